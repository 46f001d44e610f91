import { useTranslation } from 'react-i18next';

import type { PathwayWhole } from '../../api/care';
import { PersonName } from '../../shell/names';
import { Group, StatusMark, Text } from '../../ui';
import { useCareWords, useTimes } from '../care/care-words';
import { coordinatorOf, nextOf, phasesOf } from './pathway-standing';

/** Where the pathway stands in one line: its phases as a thread, what comes next, who coordinates. */
export function PathwayHead({ pathway }: { readonly pathway: PathwayWhole }) {
  const { t } = useTranslation('pathways');
  const words = useCareWords();
  const times = useTimes();
  const phases = phasesOf(pathway.steps);
  const next = nextOf(pathway.steps);
  const late = pathway.steps.filter(({ status }) => status === 'late').length;
  const coordinator = coordinatorOf(pathway.team);
  return (
    <Group className="paper" px="md" py="sm" gap="xl" align="flex-start">
      <Group component="ol" gap={4} m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('head.phases')}>
        {phases.map(({ phase, isCurrent, isOver }, index) => (
          <Group key={phase} component="li" gap={4} wrap="nowrap" aria-current={isCurrent ? 'step' : undefined}>
            {index === 0 ? null : (
              <span
                aria-hidden
                style={{
                  width: 14,
                  height: 2,
                  background: 'var(--ariane-thread)',
                  opacity: isOver || isCurrent ? 1 : 0.3,
                }}
              />
            )}
            <Text size="sm" fw={isCurrent ? 700 : 400} c={isCurrent ? undefined : 'dimmed'}>
              {isOver ? '✓ ' : ''}
              {words.phase(phase)}
            </Text>
          </Group>
        ))}
      </Group>
      <Group gap="lg">
        {pathway.status === 'ACTIVE' ? null : (
          <StatusMark tone="info">{words.pathwayStatus(pathway.status)}</StatusMark>
        )}
        <Text size="sm">
          <Text span c="dimmed" size="sm">
            {t('head.next')}{' '}
          </Text>
          {next === undefined
            ? t('head.nothing')
            : `${next.label}${next.latest === undefined ? '' : ` · ${times.day(next.latest)}`}`}
        </Text>
        {late > 0 ? <StatusMark tone="late">{t('head.late', { count: late })}</StatusMark> : null}
        <Text size="sm">
          <Text span c="dimmed" size="sm">
            {t('head.coordinator')}{' '}
          </Text>
          <PersonName id={coordinator} />
        </Text>
        {pathway.disclosure === 'SUSPICION' ? <StatusMark tone="waiting">{t('head.notAnnounced')}</StatusMark> : null}
      </Group>
    </Group>
  );
}
