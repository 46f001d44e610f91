import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PathwayWhole } from '../../api/care';
import { usePlace } from '../../shell/session-context';
import { Box, Group, SegmentedControl, Stack, Text } from '../../ui';
import { useTimes } from '../care/care-words';
import { TimelineAxis } from './timeline-axis';
import { TimelineLegend, TimelineMark } from './timeline-mark';
import { axisOf, linesOf, marksOf, placed } from './timeline-layout';

/** Pixels a day. */
const densities = { loose: 26, usual: 14, dense: 7 } as const;
type Density = keyof typeof densities;

const LANE_NAME_PX = 112;
/** Before the first mark. */
const BEFORE_PX = 16;
const LINE_PX = 24;
const LANE_GAP_PX = 10;
const AXIS_PX = 34;
const LABEL_MAX = 26;
const CHARACTER_PX = 6.6;

/** Of a label as it is drawn; a long one is cut. */
const widthOf = (label: string): number => Math.min(label.length, LABEL_MAX) * CHARACTER_PX;

export interface TimelineDrawingProps {
  readonly pathway: PathwayWhole;
  readonly selected: string | undefined;
  readonly onSelect: (stepKey: string) => void;
}

/** The pathway as one thread: what was done, what is planned, what is late, and where today is. */
export function TimelineDrawing({ pathway, selected, onSelect }: TimelineDrawingProps) {
  const { t } = useTranslation('pathways');
  const { now } = usePlace();
  const times = useTimes();
  const [density, setDensity] = useState<Density>('usual');
  const drawn = useDrawing(pathway, Date.parse(now), densities[density]);
  const frame = useRef<HTMLDivElement>(null);
  const { todayX } = drawn;
  useEffect(() => {
    if (frame.current !== null) frame.current.scrollLeft = Math.max(0, todayX - frame.current.clientWidth / 2);
  }, [todayX]);
  const marks = drawn.marks;
  const entry = marks.some(({ key }) => key === selected) ? selected : marks[0]?.key;
  const walk = (event: KeyboardEvent<SVGSVGElement>): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const at = marks.findIndex(({ key }) => key === entry);
    const to = marks[at + by];
    if (to === undefined) return;
    onSelect(to.key);
    event.currentTarget.querySelector<SVGElement>(`[data-mark="${CSS.escape(to.key)}"]`)?.focus();
  };
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <TimelineLegend />
        <SegmentedControl
          size="xs"
          aria-label={t('density.label')}
          data={(['dense', 'usual', 'loose'] as const).map((value) => ({ value, label: t(`density.${value}`) }))}
          value={density}
          onChange={(value) => {
            setDensity(value);
          }}
        />
      </Group>
      <div className="paper" style={{ display: 'flex', overflow: 'hidden' }}>
        <LaneNames lanes={drawn.lanes} height={drawn.height} />
        <Box
          ref={frame}
          tabIndex={0}
          role="region"
          aria-label={t('drawing.scroll')}
          style={{ overflowX: 'auto', flex: 1, minWidth: 0 }}
        >
          <svg
            width={drawn.width}
            height={drawn.height}
            role="group"
            aria-label={t('drawing.label', { count: marks.length })}
            onKeyDown={walk}
            style={{ display: 'block' }}
          >
            {drawn.lanes.map(({ lane, y, height }, index) => (
              <g key={lane}>
                {index % 2 === 0 ? (
                  <rect x={0} y={y} width={drawn.width} height={height} fill="var(--mantine-color-body)" />
                ) : null}
              </g>
            ))}
            <TimelineAxis axis={drawn.axis} left={BEFORE_PX} height={drawn.height} now={Date.parse(now)} />
            {marks.map((mark) => (
              <TimelineMark
                key={mark.key}
                mark={mark}
                x={BEFORE_PX + mark.x}
                y={mark.y}
                plannedX={mark.plannedAt === undefined ? undefined : BEFORE_PX + drawn.axis.xOf(mark.plannedAt)}
                width={widthOf(mark.label)}
                day={times.day(new Date(mark.at).toISOString())}
                isEntry={mark.key === entry}
                isSelected={mark.key === selected}
                onSelect={() => {
                  onSelect(mark.key);
                }}
              />
            ))}
          </svg>
        </Box>
      </div>
      <Text size="xs" c="dimmed">
        {t('drawing.twin')}
      </Text>
    </Stack>
  );
}

type Lanes = ReturnType<typeof useDrawing>['lanes'];

/** What each line of the drawing holds; it stays in sight while the drawing is scrolled. */
function LaneNames({ lanes, height }: { readonly lanes: Lanes; readonly height: number }) {
  const { t } = useTranslation('pathways');
  return (
    <svg width={LANE_NAME_PX} height={height} aria-hidden style={{ flexShrink: 0 }}>
      {lanes.map(({ lane, y, height: tall }, index) => (
        <g key={lane}>
          {index % 2 === 0 ? (
            <rect x={0} y={y} width={LANE_NAME_PX} height={tall} fill="var(--mantine-color-body)" />
          ) : null}
          <text x={10} y={y + 21} fontSize={12} fontWeight={640} fill="var(--mantine-color-dimmed)">
            {t(`lane.${lane}`)}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** Everything of the drawing that is numbers. */
function useDrawing(pathway: PathwayWhole, now: number, pxPerDay: number) {
  return useMemo(() => {
    const marks = marksOf(pathway.steps);
    const planned = marks.flatMap(({ plannedAt }) => plannedAt ?? []);
    const instants = [Date.parse(pathway.enrolledAt), now, ...marks.map(({ at }) => at), ...planned];
    const axis = axisOf(instants, pxPerDay);
    const found = placed(marks, axis, widthOf);
    let y = AXIS_PX;
    const laneRows = linesOf(found).map(({ lane, lines }) => {
      const height = lines * LINE_PX + LANE_GAP_PX;
      const row = { lane, y, height };
      y += height;
      return row;
    });
    const tops = new Map(laneRows.map((row) => [row.lane, row.y]));
    return {
      ...{ axis, lanes: laneRows, height: y + 6 },
      width: BEFORE_PX + axis.width + LABEL_MAX * CHARACTER_PX,
      todayX: BEFORE_PX + axis.xOf(now),
      marks: found.map((mark) => ({ ...mark, y: (tops.get(mark.lane) ?? 0) + 17 + mark.line * LINE_PX })),
    };
  }, [pathway, now, pxPerDay]);
}
