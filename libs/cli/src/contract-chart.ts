import { init } from 'echarts';
import { type ContractStudy, order } from './contract-study';
import { sideName } from './contract-tables';

const width = 1200;
const shownTurns = 12;

/** Whole units of the currency, for an axis only: no amount is computed from it. */
const units = (cents: bigint): number => Number(cents) / 100;

/**
 * The study as a drawing: what a tenth more or less of each figure does to the payer's total, and the spread of what
 * the payer pays per case. ECharts draws on the server, without a page.
 */
export function studySvg({ sides, turns }: ContractStudy): string {
  const shown = turns.slice(0, shownTurns);
  const upper = 110 + shown.length * 28;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: upper + 420 });
  const currency = sides[0]?.contract.document.currency ?? '';
  chart.setOption({
    animation: false,
    title: [
      { text: `Payer’s total when a figure is 10 % lower or higher, ${currency}`, left: 20, top: 10 },
      { text: `What the payer pays per case, ${currency}: share of cases that pay no more`, left: 20, top: upper + 10 },
    ],
    legend: [
      { top: 12, right: 20, data: ['10 % lower', '10 % higher'] },
      { top: upper + 40, left: 20, data: sides.map(sideName) },
    ],
    grid: [
      { left: 260, right: 40, top: 60, height: upper - 100 },
      { left: 80, right: 60, top: upper + 90, height: 260 },
    ],
    xAxis: [
      { type: 'value', gridIndex: 0 },
      { type: 'value', gridIndex: 1, scale: true },
    ],
    yAxis: [
      { type: 'category', inverse: true, data: shown.map(({ name }) => name), gridIndex: 0 },
      { type: 'value', name: '%', min: 0, max: 100, gridIndex: 1 },
    ],
    series: [
      ...(['lower', 'higher'] as const).map((side) => ({
        ...{ type: 'bar' as const, stack: 'turn', name: `10 % ${side}`, xAxisIndex: 0, yAxisIndex: 0 },
        data: shown.map((turn) => units(turn[side])),
      })),
      ...sides.map((side) => ({
        ...{ type: 'line' as const, step: 'end' as const, name: sideName(side), xAxisIndex: 1, yAxisIndex: 1 },
        showSymbol: false,
        data: [...side.costs].sort(order).map((cost, index, all) => [units(cost), (100 * (index + 1)) / all.length]),
      })),
    ],
  });
  const drawing = chart.renderToSVGString();
  chart.dispose();
  return `${drawing}\n`;
}
