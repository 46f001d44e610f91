import { formatScaled, rational, roundToInteger } from '@ariane/kernel';
import { type ContractStudy, order, quantile, type Side, type Spread, sumOf } from './contract-study';
import { table } from './simulate-table';

const percents = [5, 25, 50, 75, 95] as const;
const shownTurns = 12;

export const euros = (cents: bigint): string => formatScaled(cents, 2);
export const sideName = ({ contract }: Side): string => `${contract.document.contract} v${contract.document.version}`;

/** The mean, rounded to a cent. */
export const meanOf = (all: readonly bigint[]): bigint =>
  all.length === 0 ? 0n : roundToInteger(rational(sumOf(all), BigInt(all.length)), 'HALF_UP');

/** The spread of one amount, as `mean`, `least`, quantiles and `most`. */
const spreadCells = (spread: Spread): readonly bigint[] => [
  meanOf(spread),
  spread[0] ?? 0n,
  ...percents.map((percent) => quantile(spread, percent)),
  spread.at(-1) ?? 0n,
];
const spreadHeads = ['mean', 'least', ...percents.map((percent) => `${percent} %`), 'most'] as const;

/** Each party under the contracts: its total and, of two, in how many cases it wins or loses by the second. */
export function partyRows({
  sides,
}: ContractStudy): readonly { name: string; totals: readonly bigint[]; wins: number; loses: number }[] {
  const names = [...new Set(sides.flatMap(({ parties }) => [...parties.keys()]))].sort();
  return names.map((name) => {
    const each = sides.map(({ parties, costs }) => parties.get(name) ?? costs.map(() => 0n));
    const [before = [], after] = each;
    const steps = after ? after.map((one, index) => order(one, before[index] ?? 0n)) : [];
    return {
      name,
      totals: each.map(sumOf),
      wins: steps.filter((step) => step > 0).length,
      loses: steps.filter((step) => step < 0).length,
    };
  });
}

/** The study as tables for the eyes. Nothing of it is posted anywhere. */
export function studyLines(study: ContractStudy, about: string): readonly string[] {
  const { sides, turns } = study;
  const two = sides.length === 2;
  const currency = sides[0]?.contract.document.currency ?? '';
  const spreads = sides.flatMap((side) => [
    [`payer, ${sideName(side)}`, ...spreadCells([...side.costs].sort(order)).map(euros)],
    ...[...side.components].map(([id, spread]) => [`  ${id}`, ...spreadCells(spread).map(euros)]),
  ]);
  return [
    `${about} Amounts in ${currency}; nothing is posted.`,
    '',
    ...table(
      ['Party', ...sides.map(sideName), ...(two ? ['difference', 'wins', 'loses'] : [])],
      partyRows(study).map(({ name, totals, wins, loses }) => [
        ...[name, ...totals.map(euros)],
        ...(two ? [euros((totals[1] ?? 0n) - (totals[0] ?? 0n)), String(wins), String(loses)] : []),
      ]),
    ),
    '',
    ...table(['Per case', ...spreadHeads], spreads),
    '',
    ...table(
      ['Payer’s total if …', '10 % lower', '10 % higher'],
      turns.slice(0, shownTurns).map(({ name, lower, higher }) => [name, euros(lower), euros(higher)]),
    ),
  ];
}

/** The study as one long table, a figure a line: RFC 4180. */
export function studyCsv(study: ContractStudy): string {
  const rows: (readonly string[])[] = [['contract', 'section', 'name', 'measure', 'value']];
  study.sides.forEach((side, index) => {
    const name = sideName(side);
    for (const party of partyRows(study))
      rows.push([name, 'party', party.name, 'total', euros(party.totals[index] ?? 0n)]);
    const spreads = [['payer', [...side.costs].sort(order)] as const, ...side.components];
    for (const [id, spread] of spreads) {
      spreadCells(spread).forEach((value, at) =>
        rows.push([name, 'per case', id, spreadHeads[at] ?? '', euros(value)]),
      );
    }
  });
  if (study.sides.length === 2) {
    for (const { name, wins, loses } of partyRows(study)) {
      rows.push(
        ['difference', 'party', name, 'wins', String(wins)],
        ['difference', 'party', name, 'loses', String(loses)],
      );
    }
  }
  for (const { name, lower, higher } of study.turns) {
    rows.push(
      ['sensitivity', 'payer', name, '10 % lower', euros(lower)],
      ['sensitivity', 'payer', name, '10 % higher', euros(higher)],
    );
  }
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
