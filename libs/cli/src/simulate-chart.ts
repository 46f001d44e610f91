import { init } from 'echarts';
import type { Report, SideReport } from '@ariane/simulation';
import { nameOf } from './simulate-table';

const width = 1200;
const rowHeight = 22;
const shownResources = 6;

/**
 * The report as a drawing: what share of each step was done by its target, and how many wait for the busiest resources.
 * ECharts draws on the server, without a page.
 */
export function reportSvg(report: Report): string {
  const steps = stepsOf(report);
  const upper = 90 + steps.length * rowHeight * report.sides.length;
  const height = upper + 420;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({
    animation: false,
    title: [
      { text: 'Done by the target, % of those done', left: 20, top: 10 },
      { text: 'Patients waiting, by week', left: 20, top: upper + 10 },
    ],
    legend: [
      { top: 12, right: 20, data: report.sides.map(nameOf) },
      { top: upper + 40, left: 20, data: waitingOf(report).map(({ name }) => name) },
    ],
    grid: [
      { left: 240, right: 40, top: 60, height: upper - 90 },
      { left: 80, right: 40, top: upper + 90, height: 260 },
    ],
    xAxis: [
      { type: 'value', min: 0, max: 100, gridIndex: 0 },
      { type: 'value', name: 'weeks', gridIndex: 1, max: 'dataMax' },
    ],
    yAxis: [
      { type: 'category', inverse: true, data: [...steps], gridIndex: 0 },
      { type: 'value', gridIndex: 1 },
    ],
    series: [
      ...report.sides.map((side) => ({
        ...{ type: 'bar' as const, name: nameOf(side), xAxisIndex: 0, yAxisIndex: 0 },
        data: steps.map((id) => rounded(100 * (side.steps[id]?.onTargetShare ?? Number.NaN))),
      })),
      ...waitingOf(report).map(({ name, waiting }) => ({
        ...{ type: 'line' as const, name, xAxisIndex: 1, yAxisIndex: 1, showSymbol: false },
        data: waiting.map((patients, week) => [week, patients]),
      })),
    ],
  });
  const drawing = chart.renderToSVGString();
  chart.dispose();
  return `${drawing}\n`;
}

/** The steps that have a target and were done in any of the protocols, in the order of the documents. */
function stepsOf({ sides }: Report): readonly string[] {
  const hasShare = (side: SideReport, id: string) => Number.isFinite(side.steps[id]?.onTargetShare);
  const all = new Set(sides.flatMap(({ steps }) => Object.keys(steps)));
  return [...all].filter((id) => sides.some((side) => hasShare(side, id)));
}

const waitingOf = ({ sides }: Report) =>
  sides.flatMap((side) =>
    Object.entries(side.resources)
      .sort(([, one], [, other]) => other.peakWaiting - one.peakWaiting)
      .slice(0, shownResources)
      .map(([id, { waiting }]) => ({ name: sides.length > 1 ? `${id}, ${nameOf(side)}` : id, waiting })),
  );

const rounded = (value: number): number | null => (Number.isFinite(value) ? Math.round(value * 10) / 10 : null);
