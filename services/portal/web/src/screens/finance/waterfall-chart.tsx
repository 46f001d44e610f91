import type { Money as Amount } from '../../formats';
import { useMediaQuery } from '../../ui';
import { amountOf } from './amounts';
import { useMoneyText } from './money';
import { type Bar, rangeOf } from './waterfall';

const HEIGHT = 280;
const TOP = 26;
const BOTTOM = 40;
const SLOT = 118;
const NARROW_SLOT = 84;

export interface WaterfallChartProps {
  readonly bars: readonly Bar[];
  readonly labelOf: (id: string) => string;
  readonly currency: string;
  readonly title: string;
}

const inkOf: Readonly<Record<Bar['kind'], string>> = {
  total: 'var(--ariane-calm)',
  up: 'var(--ariane-done)',
  down: 'var(--ariane-late)',
  none: 'var(--mantine-color-dimmed)',
};

/** A bridge as a picture; its table stands beside it, so that here every figure is seen and none is needed. */
export function WaterfallChart({ bars, labelOf, currency, title }: WaterfallChartProps) {
  const isNarrow = useMediaQuery('(max-width: 48em)');
  const money = useMoneyText();
  const slot = isNarrow ? NARROW_SLOT : SLOT;
  const width = slot * bars.length;
  const { low, high } = rangeOf(bars);
  const y = (value: number): number => TOP + ((high - value) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const textOf = (bar: Bar): string => `${bar.kind === 'up' ? '+' : ''}${money(euros(bar.cents, currency))}`;
  return (
    <div style={{ overflowX: 'auto' }} tabIndex={0} role="group" aria-label={title}>
      <svg
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${String(width)} ${String(HEIGHT)}`}
        role="img"
        aria-label={bars.map((bar) => `${labelOf(bar.id)} ${textOf(bar)}`).join(', ')}
      >
        <line x1={0} x2={width} y1={y(0)} y2={y(0)} stroke="var(--ariane-line)" />
        {bars.map((bar, index) => {
          const x = index * slot;
          const next = bars[index + 1];
          const end = bar.kind === 'down' ? bar.low : bar.high;
          return (
            <g key={bar.id}>
              <rect
                x={x + 12}
                width={slot - 24}
                y={y(bar.high)}
                height={Math.max(2, y(bar.low) - y(bar.high))}
                rx={3}
                fill={inkOf[bar.kind]}
              />
              {next === undefined ? null : (
                <line
                  x1={x + slot - 12}
                  x2={x + slot + 12}
                  y1={y(end)}
                  y2={y(end)}
                  stroke="var(--mantine-color-dimmed)"
                  strokeDasharray="3 3"
                />
              )}
              <text
                x={x + slot / 2}
                y={y(bar.high) - 8}
                textAnchor="middle"
                fontSize={12}
                fontWeight={640}
                fill="var(--ariane-ink)"
              >
                {textOf(bar)}
              </text>
              <text x={x + slot / 2} y={HEIGHT - 14} textAnchor="middle" fontSize={12} fill="var(--ariane-ink)">
                {labelOf(bar.id)}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

const euros = (cents: bigint, currency: string): Amount => ({ amount: amountOf(cents), currency });
