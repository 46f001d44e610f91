import { type Contract } from '@ariane/capitation';
import { monthPattern } from '@ariane/kernel';
import { type Command, type Invocation, operandOf, valueOf } from './command';
import { cohortOf, next } from './contract-cohort';
import { studySvg } from './contract-chart';
import { contractIn } from './contract-commands';
import { studyOf } from './contract-study';
import { euros, meanOf, partyRows, sideName, studyCsv, studyLines } from './contract-tables';
import { BadInput } from './failure';
import { writeText } from './write-text';

export const contractSimulateCommand: Command = {
  name: 'contract simulate',
  usage: 'CONTRACT --period MONTH[/MONTH] [--against OTHER] [--cases N] [--seed S] [--csv FILE] [--svg FILE]',
  about:
    'prices an invented cohort, under one contract or two: who wins and loses, spreads, sensitivity; posts nothing',
  operands: ['CONTRACT'],
  options: { period: 'value', against: 'value', cases: 'value', seed: 'value', csv: 'value', svg: 'value' },
  needed: ['period'],
  run: (invocation) => {
    const { against, csv, svg, seed = '1' } = invocation.options;
    const contract = contractIn(invocation, operandOf(invocation, 0));
    const contracts = [contract, ...(typeof against === 'string' ? [contractIn(invocation, against)] : [])];
    const months = monthsIn(valueOf(invocation, 'period'));
    for (const one of contracts) checkValidity(one, months);
    const cases = casesOf(invocation);
    const study = studyOf(contracts, cohortOf(contract, { cases, seed: String(seed), months }));
    if (typeof csv === 'string') writeText(invocation.folder, csv, studyCsv(study));
    if (typeof svg === 'string') writeText(invocation.folder, svg, studySvg(study));
    const about = `${study.cases} invented cases, seed ${String(seed)}, ${months.join(', ')}; refused ${study.refused}.`;
    return {
      value: {
        cases: study.cases,
        refused: study.refused,
        contracts: study.sides.map((side) => ({ name: sideName(side), mean: euros(meanOf(side.costs)) })),
        parties: partyRows(study).map((row) => ({ ...row, totals: row.totals.map(euros) })),
        sensitivity: study.turns.map((turn) => ({ ...turn, lower: euros(turn.lower), higher: euros(turn.higher) })),
      },
      lines: studyLines(study, about),
    };
  },
};

function casesOf({ options }: Invocation): number {
  const cases = Number(options.cases ?? 1000);
  if (Number.isInteger(cases) && cases >= 1 && cases <= 1_000_000) return cases;
  throw new BadInput('--cases is a whole number from 1 to 1000000.');
}

/** The months of `2026-06` or `2026-01/2026-12`. */
function monthsIn(period: string): readonly string[] {
  const [from, to = from] = period.split('/');
  const isMonth = (text: string | undefined): text is string => monthPattern.test(text ?? '');
  if (!isMonth(from) || !isMonth(to) || to < from || period.split('/').length > 2)
    throw new BadInput('--period is a month, or two: 2026-06 or 2026-01/2026-12.');
  const months = [from];
  for (let month = from; month < to && months.length < 120; months.push(month)) month = next(month).slice(0, 7);
  return months;
}

function checkValidity({ document }: Contract, months: readonly string[]): void {
  const { from, to } = document.validity;
  const outside = months.find((month) => next(month) <= from || (to !== null && `${month}-01` >= to));
  if (outside !== undefined)
    throw new BadInput(`${document.contract} is not valid in ${outside}: its validity is ${from} to ${to ?? 'open'}.`);
}
