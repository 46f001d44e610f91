import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Alert } from '../../api/care';
import { useCommand } from '../../api/queries';
import { usePlace } from '../../shell/session-context';
import { useShortcuts } from '../../shell/shortcuts';
import { Button, ChoiceDialog, Group, SegmentedControl, Stack, Text, tell, tellUndo } from '../../ui';
import { useCareWords } from './care-words';

const DAY_MS = 86_400_000;
const days = [1, 2, 3, 7] as const;
const outcomes = ['patient-called', 'appointment-booked', 'reminded', 'doctor-told', 'handled'] as const;
const closings = ['no-action-needed', 'known', 'mistake'] as const;
const deferrals = ['waiting-for-result', 'appointment-set', 'patient-unreachable', 'patient-wish'] as const;

type Asked = 'handle' | 'close' | 'snooze' | 'pause';

interface Act {
  readonly verb: 'acknowledge' | 'resume' | Asked;
  readonly body?: Readonly<Record<string, string>>;
}

export interface AlertActsProps {
  readonly alert: Pick<Alert, 'id' | 'tier' | 'status'> & Partial<Pick<Alert, 'snoozedUntil'>>;
  /** Something else on the screen is what `e` does. */
  readonly isSecond?: boolean;
  readonly onDone?: () => void;
}

/** Everything that may be done about an alert, each by one key and one answer. */
export function AlertActs({ alert, isSecond = false, onDone }: AlertActsProps) {
  const { t } = useTranslation('care');
  const [asked, setAsked] = useState<Asked | undefined>();
  const act = useCommand<Act>({
    path: ({ verb }) => `/api/pathways/alerts/${alert.id}/${verb}`,
    body: ({ body = {} }) => body,
    changes: ['/api/pathways/alerts', '/api/pathways/worklist'],
  });
  const ask = (what: Asked) => () => {
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
  const said = useSaid((verb) => {
    act.mutate({ verb }, done(said.undone));
  });
  const isUrgent = alert.tier === 1;
  useShortcuts([
    ...(isSecond ? [] : [{ keys: 'e', label: t('act.done'), run: ask('handle') }]),
    ...(isUrgent ? [] : [{ keys: 's', label: t('act.snooze'), run: ask('snooze') }]),
  ]);
  return (
    <>
      <Group gap="xs">
        {isSecond ? null : (
          <Button onClick={ask('handle')} rightSection={<kbd aria-hidden>e</kbd>}>
            {t('act.done')}
          </Button>
        )}
        {alert.status === 'open' ? (
          <Button
            variant="default"
            loading={act.isPending && act.variables.verb === 'acknowledge'}
            onClick={() => {
              act.mutate({ verb: 'acknowledge' }, done(said.taken));
            }}
          >
            {t('act.take')}
          </Button>
        ) : null}
        {isUrgent ? <UrgentNever /> : <Deferring onAsk={ask} />}
        {alert.snoozedUntil === undefined ? null : (
          <Button
            variant="default"
            onClick={() => {
              act.mutate({ verb: 'resume' }, done(said.resumed));
            }}
          >
            {t('act.resume')}
          </Button>
        )}
        {isSecond ? null : (
          <Button variant="subtle" onClick={ask('close')}>
            {t('act.close')}
          </Button>
        )}
      </Group>
      <AlertDialog
        key={asked}
        asked={asked}
        isBusy={act.isPending}
        error={act.error}
        onClose={() => {
          setAsked(undefined);
        }}
        onAct={(verb, body) => {
          const isEnded = verb === 'handle' || verb === 'close';
          act.mutate({ verb, body }, done(said[verb], isEnded || verb === 'snooze'));
        }}
      />
    </>
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
      <Button variant="default" onClick={onAsk('snooze')} rightSection={<kbd aria-hidden>s</kbd>}>
        {t('act.snooze')}
      </Button>
      <Button variant="default" onClick={onAsk('pause')}>
        {t('act.pause')}
      </Button>
    </>
  );
}

/** What is said after each act; what can be taken back offers it. */
function useSaid(undo: (verb: 'resume') => void) {
  const { t } = useTranslation('care');
  const backAgain = (): void => {
    undo('resume');
  };
  return {
    acknowledge: () => undefined,
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
    snooze: () => {
      tellUndo(t('act.snoozed'), t('act.undo'), backAgain);
    },
    pause: () => {
      tellUndo(t('act.paused'), t('act.undo'), backAgain);
    },
  } as const;
}

interface AlertDialogProps {
  readonly asked: Asked | undefined;
  readonly isBusy: boolean;
  readonly error: Parameters<typeof ChoiceDialog>[0]['error'];
  readonly onAct: (verb: Asked, body: Readonly<Record<string, string>>) => void;
  readonly onClose: () => void;
}

function AlertDialog({ asked, isBusy, error = null, onAct, onClose }: AlertDialogProps) {
  const { t } = useTranslation('care');
  const words = useCareWords();
  const { now } = usePlace();
  const [count, setCount] = useState<number>(days[0]);
  const isDeferral = asked === 'snooze' || asked === 'pause';
  const titles = {
    handle: t('act.whatDone'),
    close: t('act.whyClose'),
    snooze: t('act.snooze'),
    pause: t('act.pause'),
  } as const;
  const wordOf = isDeferral ? words.deferral : words.outcome;
  const codes = isDeferral ? deferrals : asked === 'close' ? closings : outcomes;
  const choose = (code: string): void => {
    if (asked === 'handle') onAct(asked, { outcome: code });
    if (asked === 'close') onAct(asked, { reason: code });
    if (!isDeferral) return;
    const until = new Date(Date.parse(now) + count * DAY_MS).toISOString();
    onAct(asked, { reason: code, until });
  };
  return (
    <ChoiceDialog
      isOpen={asked !== undefined}
      title={asked === undefined ? '' : titles[asked]}
      choices={codes.map((code) => ({ value: code, label: wordOf(code) }))}
      isBusy={isBusy}
      error={error}
      onChoose={choose}
      onClose={onClose}
    >
      {isDeferral ? (
        <Stack gap={4}>
          <Text size="sm">{t('act.snoozeUntil')}</Text>
          <SegmentedControl
            aria-label={t('act.snoozeUntil')}
            data={days.map((one) => ({ value: String(one), label: t('act.day', { count: one }) }))}
            value={String(count)}
            onChange={(value) => {
              setCount(Number(value));
            }}
          />
          <Text size="xs" c="dimmed">
            {t('act.snoozeBound')}
          </Text>
        </Stack>
      ) : null}
    </ChoiceDialog>
  );
}
