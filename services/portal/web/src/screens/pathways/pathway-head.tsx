import { useTranslation } from 'react-i18next';

import type { PathwayWhole } from '../../api/care';
import { PersonName } from '../../shell/names';
import { Group, StatusMark, Text, VisuallyHidden } from '../../ui';
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
    <Group className="paper" px="md" py="sm" gap="md" align="center" justify="space-between">
      <Group component="ol" gap={6} m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('head.phases')}>
        {phases.map(({ phase, isCurrent, isOver }, index) => (
          <Group key={phase} component="li" gap={6} wrap="nowrap" aria-current={isCurrent ? 'step' : undefined}>
            {index === 0 ? null : <Thread isPast={isOver || isCurrent} />}
            <Knot isOver={isOver} isCurrent={isCurrent} />
            <Text size="sm" fw={isCurrent ? 700 : 400} c={isCurrent ? undefined : 'dimmed'}>
              {words.phase(phase)}
              {isOver ? <VisuallyHidden>{t('head.over')}</VisuallyHidden> : null}
            </Text>
          </Group>
        ))}
      </Group>
      <Group gap="6px var(--mantine-spacing-lg)">
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

/** A piece of the thread between two phases; what is still to come is drawn thin. */
function Thread({ isPast }: { readonly isPast: boolean }) {
  return (
    <span
      aria-hidden
      style={{ width: 22, height: isPast ? 2 : 1, background: isPast ? 'var(--ariane-thread)' : 'var(--ariane-line)' }}
    />
  );
}

/** A phase on the thread: full once it is over, a ring where one stands, empty before. */
function Knot({ isOver, isCurrent }: { readonly isOver: boolean; readonly isCurrent: boolean }) {
  const ink = isOver || isCurrent ? 'var(--ariane-thread)' : 'var(--mantine-color-dimmed)';
  return (
    <svg width={14} height={14} aria-hidden style={{ flexShrink: 0 }}>
      <circle cx={7} cy={7} r={isCurrent ? 5 : 4} fill={isOver ? ink : 'none'} stroke={ink} strokeWidth={2} />
      {isCurrent ? <circle cx={7} cy={7} r={2} fill={ink} /> : null}
    </svg>
  );
}
