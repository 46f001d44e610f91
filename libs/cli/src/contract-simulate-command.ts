import { type Contract } from '@ariane/capitation';
import { monthPattern } from '@ariane/kernel';
import { type Command, type Invocation, operandOf, valueOf } from './command';
import { cohortOf, next } from './contract-cohort';
import { studySvg } from './contract-chart';
import { contractIn } from './contract-commands';
import { inputsOf, isAsPosted, type RecordedInput, recordedIn } from './contract-inputs';
import { type ContractStudy, studyOf } from './contract-study';
import { euros, meanOf, partyRows, sideName, studyCsv, studyLines } from './contract-tables';
import { BadInput } from './failure';
import { progressLine } from './simulate-progress';
import { writeText } from './write-text';

export const contractSimulateCommand: Command = {
  name: 'contract simulate',
  usage:
    'CONTRACT --period MONTH[/MONTH] [--against OTHER] [--recorded | --inputs FILE | --cases N --seed S] [--csv FILE] [--svg FILE]',
  about:
    'prices an invented cohort, or real recorded inputs (of the running stack or a file of JSON lines), under one ' +
    'contract or two: who wins and loses, spreads, sensitivity; posts nothing',
  operands: ['CONTRACT'],
  options: {
    ...{ period: 'value', against: 'value', cases: 'value', seed: 'value', csv: 'value', svg: 'value' },
    ...{ inputs: 'value', recorded: 'flag' },
  },
  needed: ['period'],
  run: async (invocation) => {
    const { against, csv, svg } = invocation.options;
    const contract = contractIn(invocation, operandOf(invocation, 0));
    const contracts = [contract, ...(typeof against === 'string' ? [contractIn(invocation, against)] : [])];
    const months = monthsIn(valueOf(invocation, 'period'));
    for (const one of contracts) checkValidity(one, months);
    const { inputs, what } = await casesIn(invocation, contract, months);
    const study = studyOf(
      contracts,
      inputs.map(({ given }) => given),
      watched(invocation, inputs.length),
    );
    if (typeof csv === 'string') writeText(invocation.folder, csv, studyCsv(study));
    if (typeof svg === 'string') writeText(invocation.folder, svg, studySvg(study));
    const asPosted = what.isRecorded ? countAsPosted(contract, study, inputs) : undefined;
    const books = asPosted === undefined ? '' : ` ${asPosted} of ${study.cases} come to what stands in the books.`;
    const refusal = study.refusal === undefined ? '.' : `; the first: ${study.refusal}`;
    const about = `${study.cases} ${what.text}, ${months.join(', ')}; refused ${study.refused}${refusal}${books}`;
    return {
      value: {
        ...{ cases: study.cases, refused: study.refused, ...(asPosted === undefined ? {} : { asPosted }) },
        contracts: study.sides.map((side) => ({ name: sideName(side), mean: euros(meanOf(side.costs)) })),
        parties: partyRows(study).map((row) => ({ ...row, totals: row.totals.map(euros) })),
        sensitivity: study.turns.map((turn) => ({ ...turn, lower: euros(turn.lower), higher: euros(turn.higher) })),
      },
      lines: studyLines(study, about),
    };
  },
};

interface Cases {
  readonly inputs: readonly RecordedInput[];
  readonly what: { readonly text: string; readonly isRecorded: boolean };
}

/** Throws BadInput when there is nothing to price, or two sources are asked for at once. */
async function casesIn(invocation: Invocation, contract: Contract, months: readonly string[]): Promise<Cases> {
  const { inputs: file, recorded, seed = '1', cases } = invocation.options;
  const sources = [file, recorded, cases ?? invocation.options.seed].filter(
    (one) => one !== undefined && one !== false,
  );
  if (sources.length > 1) throw new BadInput('--inputs, --recorded and --cases with --seed exclude each other.');
  if (typeof file !== 'string' && recorded !== true) {
    const cohort = cohortOf(contract, { cases: casesOf(invocation), seed: String(seed), months });
    const what = { text: `invented cases, seed ${String(seed)}`, isRecorded: false };
    return { inputs: cohort.map((given) => ({ given })), what };
  }
  const source =
    typeof file === 'string'
      ? inputsOf(invocation.folder, file, months)
      : recordedIn(invocation.stack(), contract.document.contract, months);
  const inputs: RecordedInput[] = [];
  for await (const one of source) {
    inputs.push(one);
    if (inputs.length % 10_000 === 0) invocation.progress(`${inputs.length} recorded inputs read\r`);
  }
  if (inputs.length === 0) throw new BadInput(`Nothing is recorded for ${months.join(', ')}.`);
  return { inputs, what: { text: 'recorded inputs', isRecorded: true } };
}

const countAsPosted = (contract: Contract, { priced }: ContractStudy, inputs: readonly RecordedInput[]): number =>
  priced.filter((one) => isAsPosted(contract, one.priced, inputs[one.index]?.posted)).length;

/** Tells how far a study is, at most once a second. */
function watched({ progress }: Invocation, of: number): (done: number) => void {
  const begun = performance.now();
  let told = begun;
  return (done) => {
    const now = performance.now();
    if (now - told < 1_000) return;
    told = now;
    progress(`${progressLine(done, of, now - begun, 'cases')}\r`);
  };
}

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
