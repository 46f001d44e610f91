import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Alert, type Member, type PathwayWhole, paths } from '../../api/care';
import { useCommand, useRead } from '../../api/queries';
import { useShortcuts } from '../../shell/shortcuts';
import { Button, Group, Text, tell, tellUndo } from '../../ui';
import { AlertDialog, type AskedOfAlert } from './alert-dialog';
import { HandOverDialog } from './hand-over-dialog';

interface Act {
  readonly verb: 'acknowledge' | 'resume' | 'hand-over' | AskedOfAlert;
  readonly body?: Readonly<Record<string, string>>;
}

export interface AlertActsProps {
  readonly alert: Alert;
  /** Something else on the screen is what `e` does. */
  readonly isSecond?: boolean;
  readonly onDone?: () => void;
}

/** Everything that may be done about an alert, each by one key and one answer. */
export function AlertActs({ alert, isSecond = false, onDone }: AlertActsProps) {
  const { t } = useTranslation('care');
  const [asked, setAsked] = useState<AskedOfAlert | 'hand-over' | undefined>();
  const act = useCommand<Act>({
    path: ({ verb }) => `/api/pathways/alerts/${alert.id}/${verb}`,
    body: ({ body = {} }) => body,
    changes: ['/api/pathways/alerts', '/api/pathways/worklist'],
  });
  const ask = (what: AskedOfAlert | 'hand-over') => () => {
    act.reset();
    setAsked(what);
  };
  const done = (say: () => void, isGone = false) => ({
    onSuccess: () => {
      setAsked(undefined);
      say();
      if (isGone) onDone?.();
    },
  });
  const close = (): void => {
    setAsked(undefined);
  };
  const whole = useRead<PathwayWhole>(paths.pathway(alert.pathwayId), { isEnabled: asked === 'hand-over' });
  const team = whole.data?.team ?? [];
  const said = useSaid((verb, body) => {
    // The panel may have gone with its alert: what it told a mutation would then be said by nobody.
    act.mutateAsync({ verb, ...(body === undefined ? {} : { body }) }).then(said.undone, said.notUndone);
  });
  const take = (): void => {
    act.mutate({ verb: 'acknowledge' }, done(said.taken));
  };
  const isUrgent = alert.tier === 1;
  const isOpen = alert.status === 'open';
  useShortcuts([
    ...(isOpen ? [{ keys: 't', label: t('act.take'), run: take }] : []),
    ...(isUrgent ? [] : [{ keys: 's', label: t('act.snooze'), run: ask('snooze') }]),
    ...(isSecond
      ? []
      : [
          { keys: 'e', label: t('act.done'), run: ask('handle') },
          { keys: 'a', label: t('act.handOver'), run: ask('hand-over') },
        ]),
  ]);
  return (
    <>
      <Group gap="xs">
        {isSecond ? null : <ActButton label={t('act.done')} letter="e" variant="filled" onPress={ask('handle')} />}
        {isOpen ? <ActButton label={t('act.take')} letter="t" isBusy={isTaking(act)} onPress={take} /> : null}
        <ActButton label={t('act.handOver')} letter={isSecond ? undefined : 'a'} onPress={ask('hand-over')} />
        {isUrgent ? <UrgentNever /> : <Deferring onAsk={ask} />}
        {alert.snoozedUntil === undefined ? null : (
          <ActButton
            label={t('act.resume')}
            onPress={() => {
              act.mutate({ verb: 'resume' }, done(said.resumed));
            }}
          />
        )}
        {isSecond ? null : <ActButton label={t('act.close')} variant="subtle" onPress={ask('close')} />}
      </Group>
      <AlertDialog
        key={asked}
        asked={asked === 'hand-over' ? undefined : asked}
        isBusy={act.isPending}
        error={act.error}
        onClose={close}
        onAct={(verb, body) => {
          const isEnded = verb === 'handle' || verb === 'close';
          act.mutate({ verb, body }, done(said[verb], isEnded || verb === 'snooze'));
        }}
      />
      <HandOverDialog
        isOpen={asked === 'hand-over' && whole.data !== undefined}
        team={team}
        isBusy={act.isPending}
        error={act.error}
        onClose={close}
        onHandOver={(to, reason) => {
          act.mutate(
            { verb: 'hand-over', body: { to, reason } },
            done(() => {
              said.handedOver(alert, team, reason);
            }, true),
          );
        }}
      />
    </>
  );
}

const isTaking = ({ isPending, variables }: { readonly isPending: boolean; readonly variables?: Act | undefined }) =>
  isPending && variables?.verb === 'acknowledge';

interface ActButtonProps {
  readonly label: string;
  readonly letter?: string | undefined;
  readonly variant?: 'filled' | 'default' | 'subtle';
  readonly isBusy?: boolean;
  readonly onPress: () => void;
}

function ActButton({ label, letter, variant = 'default', isBusy = false, onPress }: ActButtonProps) {
  return (
    <Button
      variant={variant}
      loading={isBusy}
      onClick={onPress}
      rightSection={letter === undefined ? null : <kbd aria-hidden>{letter}</kbd>}
    >
      {label}
    </Button>
  );
}

function UrgentNever() {
  const { t } = useTranslation('care');
  return (
    <Text size="xs" c="dimmed">
      {t('act.urgentNever')}
    </Text>
  );
}

function Deferring({ onAsk }: { readonly onAsk: (what: 'snooze' | 'pause') => () => void }) {
  const { t } = useTranslation('care');
  return (
    <>
      <ActButton label={t('act.snooze')} letter="s" onPress={onAsk('snooze')} />
      <ActButton label={t('act.pause')} onPress={onAsk('pause')} />
    </>
  );
}

/** What is said after each act; what can be taken back offers it. */
function useSaid(undo: (verb: 'resume' | 'hand-over', body?: Act['body']) => void) {
  const { t } = useTranslation('care');
  const backAgain = (): void => {
    undo('resume');
  };
  return {
    taken: () => {
      tell(t('act.taken'));
    },
    handle: () => {
      tell(t('act.doneSaid'));
    },
    close: () => {
      tell(t('act.closed'));
    },
    resumed: () => {
      tell(t('act.resumed'));
    },
    undone: () => {
      tell(t('act.undone'));
    },
    notUndone: () => {
      tell(t('act.notUndone'), 'failed');
    },
    /** To whoever had it before it can be handed back, where the care team still holds them. */
    handedOver: ({ ownerId }: Alert, team: readonly Member[], reason: string) => {
      if (ownerId === undefined || !team.some(({ practitionerId }) => practitionerId === ownerId)) {
        tell(t('act.handedOver'));
        return;
      }
      tellUndo(t('act.handedOver'), t('act.undo'), () => {
        undo('hand-over', { to: ownerId, reason });
      });
    },
    snooze: () => {
      tellUndo(t('act.snoozed'), t('act.undo'), backAgain);
    },
    pause: () => {
      tellUndo(t('act.paused'), t('act.undo'), backAgain);
    },
  } as const;
}
