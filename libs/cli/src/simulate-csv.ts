import type { Estimate, Report, SideReport } from '@ariane/simulation';
import { nameOf } from './simulate-table';

type Row = readonly (string | number)[];

/** The report as one long table, a figure a line: RFC 4180, points in decimals, weeks counted from 0. */
export function reportCsv({ sides, differences }: Report): string {
  const head: Row = ['protocol', 'section', 'name', 'week', 'measure', 'value', 'low', 'high'];
  const rows = [
    head,
    ...sides.flatMap(sideRows),
    ...Object.entries(differences).map(([name, estimate]) => estimateRow('difference', 'difference', name, estimate)),
  ];
  return rows.map((row) => `${row.map(written).join(',')}\r\n`).join('');
}

function sideRows(side: SideReport): readonly Row[] {
  const protocol = nameOf(side);
  const flat = (section: string, of: Readonly<Record<string, object>>): readonly Row[] =>
    Object.entries(of).flatMap(([name, figures]) =>
      Object.entries(figures).flatMap(([measure, value]: [string, unknown]): Row[] =>
        typeof value === 'number' ? [[protocol, section, name, '', measure, value, '', '']] : [],
      ),
    );
  const weekly = Object.entries(side.resources).flatMap(([name, { load, waiting }]) => [
    ...load.map((value, week): Row => [protocol, 'resource', name, week, 'load', value, '', '']),
    ...waiting.map((value, week): Row => [protocol, 'resource', name, week, 'waiting', value, '', '']),
  ]);
  return [
    ...flat('end', { patients: side.ends }),
    ...flat('step', side.steps),
    ...flat('resource', side.resources),
    ...weekly,
    ...Object.entries(side.measures).map(([name, estimate]) => estimateRow(protocol, 'per patient', name, estimate)),
  ];
}

const estimateRow = (protocol: string, section: string, name: string, { mean, low, high }: Estimate): Row => [
  ...[protocol, section, name, '', 'mean'],
  ...[mean, low, high],
];

const written = (value: string | number): string => {
  const text = typeof value === 'number' && !Number.isFinite(value) ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
