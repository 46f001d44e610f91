import { useTranslation } from 'react-i18next';

import { farText, instantText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { Group, Text } from '../../ui';
import { clockOf, isOpen, type OpinionLine } from './opinion';

const RADIUS = 7;
const ROUND = 2 * Math.PI * RADIUS;

/** A ring that empties, and beside it in words how long there is. */
export function OpinionClock({ line, isLong = false }: { readonly line: OpinionLine; readonly isLong?: boolean }) {
  const { t } = useTranslation('opinions');
  const place = usePlace();
  if (!isOpen(line)) return null;
  const { left, tone } = clockOf(line, place.now);
  const ink = tone === 'calm' ? 'var(--ariane-calm)' : `var(--ariane-${tone})`;
  const far = farText(line.dueAt, place.now, place.language);
  return (
    <Group gap={6} wrap={isLong ? 'wrap' : 'nowrap'} component="span">
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" focusable="false">
        <circle cx="9" cy="9" r={RADIUS} fill="none" stroke="var(--ariane-line)" strokeWidth="3" />
        <circle
          cx="9"
          cy="9"
          r={RADIUS}
          fill="none"
          stroke={ink}
          strokeWidth="3"
          strokeDasharray={`${left * ROUND} ${ROUND}`}
          transform="rotate(-90 9 9)"
        />
      </svg>
      <Text component="span" size="sm" fw={600} style={{ color: ink }} className="numbers">
        {left === 0 ? t('clock.over') : t('clock.until', { far })}
      </Text>
      {isLong ? (
        <Text component="span" size="sm" c="dimmed" className="numbers">
          {instantText(line.dueAt, place.now, place)}
        </Text>
      ) : null}
    </Group>
  );
}
