import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { CommandDialog } from '../../shell/command-dialog';
import { useHasRole } from '../../shell/session-context';
import { useShortcuts } from '../../shell/shortcuts';
import { Button } from '../../ui';
import { deferralReasons } from './decision-codes';
import type { MeetingCase } from './meeting';

export interface DeferButtonProps {
  readonly one: MeetingCase;
  readonly onHandled: () => void;
}

/** The meeting does not decide, for a reason that must be true; the pathway presents the case again by itself. */
export function DeferButton({ one, onHandled }: DeferButtonProps) {
  const { t } = useTranslation('meetings');
  const [isAsking, setAsking] = useState(false);
  const may = useHasRole('meeting-secretary', 'chair', 'specialist', 'coordinator') && one.status === 'planned';
  const open = (): void => {
    setAsking(true);
  };
  useShortcuts(may ? [{ keys: 's', label: t('defer.do'), run: open }] : []);
  if (!may) return <span />;
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('defer.do')} <kbd style={{ marginInlineStart: 8 }}>s</kbd>
      </Button>
      <CommandDialog
        path={`/api/meetings/cases/${one.id}/defer`}
        body={({ reason }) => ({ reason })}
        changes={['/api/meetings', '/api/pathways']}
        done={t('defer.done')}
        onDone={onHandled}
        isOpen={isAsking}
        title={t('defer.title')}
        confirmLabel={t('defer.do')}
        reasons={deferralReasons.map((value) => ({ value, label: t(`deferral.${value}`) }))}
        onClose={() => {
          setAsking(false);
        }}
      >
        {t('defer.text')}
      </CommandDialog>
    </>
  );
}
