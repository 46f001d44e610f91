import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import { instantOf } from '../../formats';
import { useDraft } from '../../shell/draft';
import { usePlace } from '../../shell/session-context';
import { useWords } from '../../shell/words';
import { Button, DateTimePicker, Failure, Group, Modal, MultiSelect, Select, Stack, tell } from '../../ui';
import { places } from './decision-codes';

/** The types of meetings that the protocols ask for, with the specialties that each requires. */
const usual: Readonly<Record<string, readonly string[]>> = {
  'rcp-senology': ['oncology', 'radiotherapy', 'surgery'],
  'rcp-digestive': ['gastroenterology', 'oncology', 'surgery'],
  'rcp-genome-upstream': ['genetics'],
  'rcp-genome-downstream': ['genetics'],
  'nephrology-team': ['nephrology'],
};
const specialties = [...new Set([...Object.values(usual).flat(), 'geriatrics', 'pathology', 'radiology'])].sort();

interface Planned {
  readonly meetingType: string;
  /** As the picker gives it, `2026-03-03 12:00:00`: clocks of the territory. */
  readonly at: string | null;
  readonly place: string;
  readonly required: readonly string[];
}
const EMPTY: Planned = { meetingType: '', at: null, place: 'hybrid', required: [] };

/** Schedules a meeting; cases that wait for one of its type are put on its agenda at once. */
export function PlanMeetingDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('meetings');
  const words = useWords();
  const { timeZone } = usePlace();
  const draft = useDraft<Planned>('new-meeting', EMPTY);
  const [meetingId] = useState(() => crypto.randomUUID());
  const { meetingType, at, place, required } = draft.value;
  const plan = useCommand<Planned>({
    path: '/api/meetings/meetings',
    body: (planned) => ({
      ...{ meetingId, meetingType: planned.meetingType, place: planned.place },
      startsAt: instantOf(planned.at ?? '', timeZone),
      requiredSpecialties: planned.required,
    }),
    changes: ['/api/meetings'],
    onDone: () => {
      draft.clear();
      onClose();
      tell(t('plan.done'));
    },
  });
  const isComplete = meetingType !== '' && at !== null;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (isComplete) plan.mutate(draft.value);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('plan.title')}
      centered
      closeButtonProps={{ 'aria-label': t('plan.close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Select
            label={t('plan.type')}
            required
            data={Object.keys(usual).map((value) => ({ value, label: words.meetingType(value) }))}
            value={meetingType === '' ? null : meetingType}
            error={plan.error?.fields['meetingType']}
            onChange={(value) => {
              draft.change({ meetingType: value ?? '', required: usual[value ?? ''] ?? [] });
            }}
          />
          <DateTimePicker
            popoverProps={{ withinPortal: false }}
            label={t('plan.at')}
            required
            value={at}
            error={plan.error?.fields['startsAt']}
            onChange={(value) => {
              draft.change({ at: value });
            }}
          />
          <Select
            label={t('plan.place')}
            allowDeselect={false}
            data={places.map((value) => ({ value, label: t(`place.${value}`) }))}
            value={place}
            onChange={(value) => {
              draft.change({ place: value ?? 'hybrid' });
            }}
          />
          <MultiSelect
            label={t('plan.required')}
            description={t('plan.requiredHelp')}
            data={specialties.map((value) => ({ value, label: words.specialty(value) }))}
            value={[...required]}
            onChange={(value) => {
              draft.change({ required: value });
            }}
          />
          {plan.error === null ? null : <Failure error={plan.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('plan.leave')}
            </Button>
            <Button type="submit" loading={plan.isPending} disabled={!isComplete}>
              {t('plan.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
