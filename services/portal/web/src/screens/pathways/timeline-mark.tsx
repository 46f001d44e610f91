import { useTranslation } from 'react-i18next';

import { Group, Text } from '../../ui';
import type { Mark, MarkShape } from './timeline-layout';

const inks: Readonly<Record<MarkShape, string>> = {
  done: 'var(--ariane-done)',
  late: 'var(--ariane-late)',
  booked: 'var(--ariane-calm)',
  planned: 'var(--mantine-color-dimmed)',
  missed: 'var(--ariane-urgent)',
};
const shapes = ['done', 'booked', 'planned', 'late', 'missed'] as const;

/** Each state has its own outline: a disc, a square, a ring, a triangle, a cross. */
function Shape({ shape, x, y }: { readonly shape: MarkShape; readonly x: number; readonly y: number }) {
  const ink = inks[shape];
  const stroke = { stroke: ink, strokeWidth: 2, fill: 'none' } as const;
  switch (shape) {
    case 'done':
      return <circle cx={x} cy={y} r={6} fill={ink} />;
    case 'booked':
      return <rect x={x - 5.5} y={y - 5.5} width={11} height={11} rx={2} fill={ink} />;
    case 'planned':
      return <circle cx={x} cy={y} r={5.5} {...stroke} />;
    case 'late':
      return <path d={`M${String(x)} ${String(y - 7)}l7 12.5h-14z`} fill={ink} />;
    case 'missed':
      return <path d={`M${String(x - 5)} ${String(y - 5)}l10 10m0-10l-10 10`} {...stroke} strokeWidth={2.6} />;
  }
}

export interface TimelineMarkProps {
  readonly mark: Mark;
  readonly x: number;
  readonly y: number;
  /** Where it had been planned, when it was done on another day. */
  readonly plannedX: number | undefined;
  /** Of the text, in pixels. */
  readonly width: number;
  readonly day: string;
  readonly isEntry: boolean;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

/** One step on the thread: chosen by mouse, arrow keys and Enter. */
export function TimelineMark(props: TimelineMarkProps) {
  const { mark, x, y, plannedX, isSelected, onSelect } = props;
  const { t } = useTranslation('pathways');
  return (
    <g
      role="button"
      tabIndex={props.isEntry ? 0 : -1}
      data-mark={mark.key}
      aria-pressed={isSelected}
      aria-label={`${mark.label}, ${t(`shape.${mark.shape}`)}, ${props.day}`}
      onClick={onSelect}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onSelect();
      }}
      style={{ cursor: 'pointer' }}
    >
      <rect
        x={x - 12}
        y={y - 12}
        width={28 + props.width}
        height={24}
        rx={6}
        fill={isSelected ? 'var(--ariane-calm-ground)' : 'transparent'}
      />
      {/* What came before its day has none: the line would run through its own name. */}
      {plannedX === undefined || plannedX > x ? null : (
        <line x1={plannedX} x2={x} y1={y} y2={y} stroke={inks[mark.shape]} strokeDasharray="2 3" aria-hidden />
      )}
      <Shape shape={mark.shape} x={x} y={y} />
      {/* Cut by the drawing and not by us: the name of the button has to hold all of the text that stands in it. */}
      <foreignObject x={x + 11} y={y - 10} width={props.width} height={20} aria-hidden>
        <div
          style={{
            ...{ fontSize: 12, lineHeight: '20px', color: 'var(--ariane-ink)', whiteSpace: 'nowrap' },
            ...{ overflow: 'hidden', textOverflow: 'ellipsis', fontStyle: mark.isByPerson ? 'italic' : 'normal' },
          }}
        >
          {mark.label}
        </div>
      </foreignObject>
    </g>
  );
}

/** What each outline means, in words. */
export function TimelineLegend() {
  const { t } = useTranslation('pathways');
  return (
    <Group gap="md" component="ul" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('legend')}>
      {shapes.map((shape) => (
        <Group key={shape} gap={4} component="li">
          <svg width={18} height={18} aria-hidden>
            <Shape shape={shape} x={9} y={9} />
          </svg>
          <Text size="xs">{t(`shape.${shape}`)}</Text>
        </Group>
      ))}
    </Group>
  );
}
