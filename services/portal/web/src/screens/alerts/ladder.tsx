import { useTranslation } from 'react-i18next';

import type { Alert } from '../../api/care';
import { Group, Stack, Text, Title } from '../../ui';
import { useCareWords, useTimes } from '../care/care-words';
import { useDurationText } from '../protocols/step-words';
import { ladderOf } from './alert-order';

const marks = { passed: '✓', current: '●', ahead: '○' } as const;

/** To whom the alert climbs when nobody answers, and when. */
export function Ladder({ alert }: { readonly alert: Alert }) {
  const { t } = useTranslation('alerts');
  const words = useCareWords();
  const times = useTimes();
  const durationText = useDurationText();
  const rungs = ladderOf(alert);
  return (
    <div>
      <Title order={3} size="h6" mb={4}>
        {t('ladder.title')}
      </Title>
      <Stack gap={4} component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {rungs.map(({ index, role, after, state }) => (
          <Group key={index} component="li" gap="xs" aria-current={state === 'current' ? 'step' : undefined}>
            <span aria-hidden style={{ color: 'var(--ariane-thread)' }}>
              {marks[state]}
            </span>
            <Text size="sm" fw={state === 'current' ? 700 : 400} c={state === 'ahead' ? 'dimmed' : undefined}>
              {words.teamRole(role)}
              {after === undefined ? '' : ` · ${t('ladder.after', { span: durationText(after) })}`} ·{' '}
              {t(`ladder.${state}`)}
            </Text>
          </Group>
        ))}
      </Stack>
      <Text size="xs" c="dimmed" mt={4}>
        {t(`ladder.${alert.clock?.ladder.hours === 'always' ? 'always' : 'working'}`)}
        {alert.dueAt === null || alert.status === 'closed'
          ? ''
          : ` ${t('ladder.next', { when: times.instant(alert.dueAt) })}`}
      </Text>
    </div>
  );
}
