import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { CommandDialog } from '../../shell/command-dialog';
import { useHasRole, useSession } from '../../shell/session-context';
import { Button, Panel, Text } from '../../ui';
import type { Opinion } from './opinion';

const reasons = ['no-need', 'asked-elsewhere', 'sent-by-mistake'] as const;

/** While an answer is waited for: where it stands, and how to take the question back. */
export function RequesterActions({ opinion }: { readonly opinion: Opinion }) {
  const { t } = useTranslation('opinions');
  const { practitionerId } = useSession();
  const coordinates = useHasRole('coordinator');
  const [isAsking, setAsking] = useState(false);
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
      <CommandDialog
        path={`/api/tele-expertise/opinion-requests/${opinion.id}/cancel`}
        body={({ reason }) => ({ reason })}
        changes={['/api/tele-expertise', '/api/pathways']}
        done={t('cancel.done')}
        isOpen={isAsking}
        title={t('cancel.title')}
        confirmLabel={t('cancel.do')}
        isDangerous
        reasons={reasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
        onClose={() => {
          setAsking(false);
        }}
      >
        {t('cancel.text')}
      </CommandDialog>
    </Panel>
  );
}
