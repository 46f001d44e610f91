import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Member } from '../../api/care';
import { dayIn } from '../../formats';
import { PersonName } from '../../shell/names';
import { usePlace, useSession } from '../../shell/session-context';
import { ChoiceDialog, SegmentedControl, Stack, Text } from '../../ui';
import { useCareWords } from './care-words';

const reasons = ['workload', 'leave', 'better-placed'] as const;

export interface HandOverDialogProps {
  readonly isOpen: boolean;
  readonly team: readonly Member[];
  readonly isBusy: boolean;
  readonly error: Parameters<typeof ChoiceDialog>[0]['error'];
  readonly onHandOver: (to: string, reason: string) => void;
  readonly onClose: () => void;
}

/** To whom of the care team, and why: nobody else may see the patient. */
export function HandOverDialog(props: HandOverDialogProps) {
  const { t } = useTranslation('care');
  const words = useCareWords();
  const { practitionerId } = useSession();
  const place = usePlace();
  const [reason, setReason] = useState<string>(reasons[0]);
  const today = dayIn(place.now, place.timeZone);
  const others = props.team.filter(
    (member) => member.practitionerId !== practitionerId && (member.until === undefined || member.until > today),
  );
  const people = [...new Map(others.map((member) => [member.practitionerId, member])).values()];
  return (
    <ChoiceDialog
      isOpen={props.isOpen}
      title={t('act.handOverTo')}
      choices={people.map(({ practitionerId: id, role }) => ({
        value: id,
        label: (
          <span>
            <PersonName id={id} /> · {words.teamRole(role)}
          </span>
        ),
      }))}
      isBusy={props.isBusy}
      error={props.error ?? null}
      onChoose={(to) => {
        props.onHandOver(to, reason);
      }}
      onClose={props.onClose}
    >
      <Stack gap="xs">
        <SegmentedControl
          aria-label={t('why.reason')}
          data={reasons.map((one) => ({ value: one, label: words.handOver(one) }))}
          value={reason}
          onChange={setReason}
        />
        {people.length === 0 ? <Text size="sm">{t('act.nobodyElse')}</Text> : null}
      </Stack>
    </ChoiceDialog>
  );
}
