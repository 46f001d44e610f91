import { useTranslation } from 'react-i18next';

import { dateFormat } from '../../formats';
import { usePlace } from '../../shell/session-context';
import type { Axis, Stretch } from './timeline-layout';

const DAY_MS = 86_400_000;
/** Between two dates on the axis. */
const TICK_PX = 84;
/** Half of what a date and the word for today cover of each other. */
const TODAY_PX = 46;

export interface TimelineAxisProps {
  readonly axis: Axis;
  readonly left: number;
  readonly height: number;
  /** Epoch ms. */
  readonly now: number;
}

/** Days above, breaks where time is folded, and today as the thread. */
export function TimelineAxis({ axis, left, height, now }: TimelineAxisProps) {
  const { t } = useTranslation('pathways');
  const { language } = usePlace();
  const todayX = left + axis.xOf(now);
  return (
    <g aria-hidden>
      {axis.stretches.map((stretch) =>
        stretch.isIdle ? (
          <Break key={stretch.from} x={left + stretch.x} width={stretch.width} height={height}>
            {t('drawing.idle', { count: Math.round((stretch.to - stretch.from) / (7 * DAY_MS)) })}
          </Break>
        ) : (
          ticksOf(stretch).map(({ at, x }) => (
            <g key={at}>
              <line x1={left + x} x2={left + x} y1={26} y2={height} stroke="var(--ariane-line)" />
              <text x={left + x + 4} y={20} fontSize={11} fill="var(--mantine-color-dimmed)">
                {Math.abs(left + x + TODAY_PX - todayX) > TODAY_PX ? dayOnAxis(at, now, language) : ''}
              </text>
            </g>
          ))
        ),
      )}
      <line x1={todayX} x2={todayX} y1={4} y2={height} stroke="var(--ariane-thread)" strokeWidth={2} />
      <rect x={todayX - 30} y={2} width={60} height={17} rx={5} fill="var(--ariane-paper)" />
      <text x={todayX} y={15} fontSize={11} fontWeight={700} textAnchor="middle" fill="var(--ariane-thread)">
        {t('drawing.today')}
      </text>
    </g>
  );
}

/** `2 févr.`, with the year where it is another than that of now. */
function dayOnAxis(at: number, now: number, language: string): string {
  const isThisYear = new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear();
  const year = isThisYear ? {} : { year: '2-digit' as const };
  return dateFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC', ...year }).format(at);
}

interface BreakProps {
  readonly x: number;
  readonly width: number;
  readonly height: number;
  readonly children: string;
}

/** Weeks in which nothing was to happen, folded and told. */
function Break({ x, width, height, children }: BreakProps) {
  const middle = x + width / 2;
  return (
    <g>
      <rect x={x} y={26} width={width} height={height - 26} fill="var(--ariane-line)" opacity={0.28} />
      <text x={middle} y={20} fontSize={11} textAnchor="middle" fill="var(--mantine-color-dimmed)">
        {children}
      </text>
    </g>
  );
}

function ticksOf({ from, to, x, width }: Stretch): readonly { readonly at: number; readonly x: number }[] {
  const count = Math.max(1, Math.floor(width / TICK_PX));
  return Array.from({ length: count }, (_, index) => {
    const share = index / count;
    return { at: from + (to - from) * share, x: x + width * share };
  });
}
