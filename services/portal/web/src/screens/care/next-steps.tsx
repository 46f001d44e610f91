import { useTranslation } from 'react-i18next';

import type { PathwayWhole, Step } from '../../api/care';
import { Group, Stack, StatusMark, Text, type Tone } from '../../ui';
import { useCareWords, useTimes } from './care-words';

const SHOWN_MAX = 5;

/** How a step's state looks. */
export const toneOfStep: Readonly<Record<Step['status'], Tone>> = {
  late: 'late',
  due: 'waiting',
  waiting: 'calm',
  done: 'done',
  missed: 'urgent',
  'not-applicable': 'info',
  stopped: 'info',
};

/** What comes next, what is booked of it and what is not. */
export function NextSteps({ pathway }: { readonly pathway: Pick<PathwayWhole, 'steps'> }) {
  const { t } = useTranslation('care');
  const words = useCareWords();
  const times = useTimes();
  const open = pathway.steps
    .filter(({ status, kind }) => kind !== 'milestone' && (status === 'due' || status === 'late'))
    .sort((a, b) => ((a.latest ?? '9') < (b.latest ?? '9') ? -1 : 1))
    .slice(0, SHOWN_MAX);
  if (open.length === 0) return <Text size="sm">{t('step.none')}</Text>;
  return (
    <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {open.map(({ key, label, status, latest, booking }) => (
        <Group key={key} component="li" gap="xs" justify="space-between" wrap="nowrap">
          <Text size="sm">
            {label}
            <Text span size="xs" c="dimmed">
              {' '}
              {booking?.startsAt === undefined
                ? latest === undefined
                  ? ''
                  : t('step.before', { day: times.day(latest) })
                : t('step.bookedOn', { when: times.instant(booking.startsAt) })}
            </Text>
          </Text>
          <StatusMark tone={booking?.status === 'booked' ? 'done' : toneOfStep[status]}>
            {booking?.status === 'booked' ? t('step.booked') : words.status(status)}
          </StatusMark>
        </Group>
      ))}
    </Stack>
  );
}
