import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import { CommandDialog } from '../../shell/command-dialog';
import { PersonSelect } from '../../shell/person-select';
import { useShortcuts } from '../../shell/shortcuts';
import { Button, ConfirmDialog, Group, tell } from '../../ui';
import type { Opinion } from './opinion';

const OPINIONS = '/api/tele-expertise/opinion-requests';
const changes = ['/api/tele-expertise'];
const declineReasons = ['not-my-field', 'missing-data', 'no-time', 'must-see-patient'] as const;
const redirectReasons = ['other-network', 'more-specialised', 'away'] as const;

/** What an expert does instead of answering: say that they will, that they will not, or who should. */
export function ExpertActions({ opinion }: { readonly opinion: Opinion }) {
  const { t } = useTranslation('opinions');
  const [dialog, setDialog] = useState<'decline' | 'redirect' | undefined>(undefined);
  const close = (): void => {
    setDialog(undefined);
  };
  const accept = useCommand({
    path: `${OPINIONS}/${opinion.id}/accept`,
    changes,
    onDone: () => {
      tell(t('accept.done'));
    },
  });
  const canAccept = opinion.status === 'asked';
  useShortcuts([
    {
      keys: 'y',
      label: t('accept.do'),
      run: () => {
        if (canAccept) accept.mutate();
      },
    },
    {
      keys: 'x',
      label: t('decline.do'),
      run: () => {
        setDialog('decline');
      },
    },
    {
      keys: 'a',
      label: t('redirect.do'),
      run: () => {
        setDialog('redirect');
      },
    },
  ]);
  return (
    <Group gap="xs">
      {canAccept ? (
        <Button
          variant="light"
          loading={accept.isPending}
          onClick={() => {
            accept.mutate();
          }}
        >
          {t('accept.do')} <kbd style={{ marginInlineStart: 8 }}>y</kbd>
        </Button>
      ) : null}
      <Button
        variant="default"
        onClick={() => {
          setDialog('redirect');
        }}
      >
        {t('redirect.do')} <kbd style={{ marginInlineStart: 8 }}>a</kbd>
      </Button>
      <Button
        variant="default"
        onClick={() => {
          setDialog('decline');
        }}
      >
        {t('decline.do')} <kbd style={{ marginInlineStart: 8 }}>x</kbd>
      </Button>
      {dialog === 'decline' ? <DeclineDialog opinion={opinion} onClose={close} /> : null}
      {dialog === 'redirect' ? <RedirectDialog opinion={opinion} onClose={close} /> : null}
    </Group>
  );
}

interface DialogProps {
  readonly opinion: Opinion;
  readonly onClose: () => void;
}

function DeclineDialog({ opinion, onClose }: DialogProps) {
  const { t } = useTranslation('opinions');
  return (
    <CommandDialog
      path={`${OPINIONS}/${opinion.id}/decline`}
      body={({ reason }) => ({ reason })}
      changes={changes}
      done={t('decline.done')}
      isOpen
      title={t('decline.title')}
      confirmLabel={t('decline.do')}
      reasons={declineReasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
      onClose={onClose}
    >
      {t('decline.text')}
    </CommandDialog>
  );
}

function RedirectDialog({ opinion, onClose }: DialogProps) {
  const { t } = useTranslation('opinions');
  const [toExpertId, setExpert] = useState<string | undefined>(undefined);
  const [wasMissing, setMissing] = useState(false);
  const redirect = useCommand<{ readonly reason: string }>({
    path: `${OPINIONS}/${opinion.id}/redirect`,
    body: ({ reason }) => ({ reason, toExpertId }),
    changes,
    onDone: () => {
      onClose();
      tell(t('redirect.done'));
    },
  });
  const missing = toExpertId === undefined && wasMissing ? t('redirect.missing') : undefined;
  return (
    <ConfirmDialog
      isOpen
      title={t('redirect.title')}
      confirmLabel={t('redirect.do')}
      reasons={redirectReasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
      isBusy={redirect.isPending}
      error={redirect.error}
      onConfirm={({ reason }) => {
        setMissing(toExpertId === undefined);
        if (toExpertId !== undefined) redirect.mutate({ reason });
      }}
      onClose={onClose}
    >
      {t('redirect.text')}
      <PersonSelect
        label={t('redirect.to')}
        value={toExpertId}
        onChange={setExpert}
        specialty={opinion.specialty}
        without={[opinion.expertId, opinion.requesterId]}
        error={missing ?? redirect.error?.fields['toExpertId']}
        isRequired
      />
    </ConfirmDialog>
  );
}
