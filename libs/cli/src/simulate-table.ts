import type { Estimate, Report, SideReport } from '@ariane/simulation';

type Cells = readonly string[];

/** The report as tables for the eyes. */
export function reportLines(report: Report): readonly string[] {
  const { patients, years, seed, from, assumptions, sides, differences } = report;
  const names = sides.map(nameOf);
  return [
    `${whole(patients)} invented patients, ${years} years from ${from}, seed ${seed}. Assumptions: ${assumptions}.`,
    ...sides.flatMap((side) => ['', ...sideLines(side)]),
    ...(sides.length === 2 ? ['', ...differenceLines(report, names)] : []),
    '',
    'Intervals: normal, 95 %, over patients' +
      (Object.keys(differences).length > 0 ? '; differences patient by patient, on the same luck.' : '.'),
  ];
}

export const nameOf = ({ protocol }: SideReport): string => `${protocol.id} v${protocol.version}`;

function sideLines(side: SideReport): readonly string[] {
  const { protocol, ends } = side;
  const ended = Object.entries(ends).flatMap(([status, n]) =>
    n > 0 ? [`${status === 'OPEN' ? 'still under way' : status.toLowerCase()} ${whole(n)}`] : [],
  );
  return [
    `${protocol.id}, version ${protocol.version}; sha256 ${protocol.sha256}`,
    `Ends: ${ended.join(', ')}.`,
    '',
    ...stepTable(side),
    '',
    ...resourceTable(side),
    '',
    ...table(['Per patient', 'patients', 'mean', '95 % interval'], measureRows(side)),
  ];
}

const stepTable = ({ steps }: SideReport): readonly string[] =>
  table(
    ['Step', 'done', 'on target', 'late', 'missed', 'to do', 'stopped', 'median days', '90 % within'],
    Object.entries(steps).map(([id, step]) => [
      id,
      whole(step.done),
      percent(step.onTargetShare),
      ...[step.late, step.missed, step.open, step.stopped, step.medianDays, step.ninetyPercentDays].map(whole),
    ]),
  );

const resourceTable = ({ resources }: SideReport): readonly string[] =>
  table(
    ['Resource', 'visits', 'mean a week', 'most a week', 'most waiting', 'queued', 'weeks queued'],
    Object.entries(resources).map(
      ([id, { visits, meanPerWeek, peakPerWeek, peakWaiting, queuedShare, meanQueuedWeeks }]) => [
        ...[id, whole(visits), decimal(meanPerWeek), whole(peakPerWeek), whole(peakWaiting)],
        ...[percent(queuedShare), decimal(meanQueuedWeeks)],
      ],
    ),
  );

const measureRows = ({ measures }: SideReport): readonly Cells[] =>
  Object.entries(measures).map(([name, estimate]) => [
    ...[name, whole(estimate.n), decimal(estimate.mean), interval(estimate)],
  ]);

function differenceLines({ sides, differences }: Report, names: readonly string[]): readonly string[] {
  const [first, second] = sides;
  const mean = (side: SideReport | undefined, name: string) => decimal(side?.measures[name]?.mean ?? Number.NaN);
  return table(
    ['Per patient', ...names, 'difference', '95 % interval', 'patients'],
    Object.entries(differences).map(([name, estimate]) => [
      ...[name, mean(first, name), mean(second, name)],
      ...[decimal(estimate.mean), interval(estimate), whole(estimate.n)],
    ]),
  );
}

/** The first column to the left, the others to the right. */
export function table(heads: Cells, rows: readonly Cells[]): readonly string[] {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: Cells): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(heads), ...rows.map(line)];
}

const none = '–';
const whole = (value: number): string => (Number.isNaN(value) ? none : value.toLocaleString('en-US'));
const decimal = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : none);
const percent = (share: number): string => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : none);
const interval = ({ low, high }: Estimate): string =>
  Number.isFinite(low) ? `[${decimal(low)}, ${decimal(high)}]` : none;
