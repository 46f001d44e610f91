import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import { useHasRole, useSession } from '../../shell/session-context';
import { Button, ConfirmDialog, Panel, tell, Text } from '../../ui';
import type { Opinion } from './opinion';

const reasons = ['no-need', 'asked-elsewhere', 'sent-by-mistake'] as const;

/** While an answer is waited for: where it stands, and how to take the question back. */
export function RequesterActions({ opinion }: { readonly opinion: Opinion }) {
  const { t } = useTranslation('opinions');
  const { practitionerId } = useSession();
  const coordinates = useHasRole('coordinator');
  const [isAsking, setAsking] = useState(false);
  const cancel = useCommand<{ readonly reason: string }>({
    path: `/api/tele-expertise/opinion-requests/${opinion.id}/cancel`,
    body: ({ reason }) => ({ reason }),
    changes: ['/api/tele-expertise', '/api/pathways'],
    onDone: () => {
      setAsking(false);
      tell(t('cancel.done'));
    },
  });
  const may = coordinates || opinion.requesterId === practitionerId;
  return (
    <Panel
      title={t(`waiting.${opinion.status === 'accepted' ? 'accepted' : 'asked'}`)}
      actions={
        may ? (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => {
              setAsking(true);
            }}
          >
            {t('cancel.do')}
          </Button>
        ) : undefined
      }
    >
      <Text size="sm">{t('waiting.text')}</Text>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('cancel.title')}
        confirmLabel={t('cancel.do')}
        isDangerous
        reasons={reasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
        isBusy={cancel.isPending}
        error={cancel.error}
        onConfirm={({ reason }) => {
          cancel.mutate({ reason });
        }}
        onClose={() => {
          setAsking(false);
        }}
      >
        {t('cancel.text')}
      </ConfirmDialog>
    </Panel>
  );
}
