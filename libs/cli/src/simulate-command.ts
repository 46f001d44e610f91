import { loadContract } from '@ariane/capitation';
import { type Assumptions, assumptionFaults, isAssumptions, type Outcome, reportOf } from '@ariane/simulation';
import { type Command, type Invocation, operandOf } from './command';
import { BadInput } from './failure';
import { readDocument } from './read-document';
import { reportSvg } from './simulate-chart';
import { checkPays } from './simulate-cost';
import { reportCsv } from './simulate-csv';
import { defaultStart, preparedOf, settingsOf, type SimulationInputs } from './simulate-inputs';
import { progressLine } from './simulate-progress';
import { reportLines } from './simulate-table';
import { played } from './simulate-threads';
import { writeText } from './write-text';

const options = [
  ...['patients', 'years', 'seed', 'from', 'against', 'contract', 'assumptions'],
  ...['csv', 'svg', 'threads'],
] as const;

export const simulateCommand: Command = {
  name: 'protocol simulate',
  usage:
    'FILE [--patients N] [--years Y] [--seed S] [--from DAY] [--against FILE] [--contract FILE] [--assumptions FILE] [--csv FILE] [--svg FILE] [--threads N]',
  about: 'lets invented patients live a protocol, or two side by side: delays, load, waiting lists, late steps, cost',
  operands: ['FILE'],
  options: Object.fromEntries(options.map((name) => [name, 'value' as const])),
  run: async (invocation) => {
    const inputs = inputsOf(invocation);
    const { study } = preparedOf(inputs);
    if (inputs.contract !== undefined) {
      const contract = loadContract(inputs.contract);
      study.sides.forEach(({ protocol }) => {
        checkPays(contract, protocol);
      });
    }
    const threads = optional(invocation, 'threads') === undefined ? undefined : count(invocation, 'threads', 1, 64);
    const outcome = await watched(invocation, inputs, threads);
    const report = reportOf(study, outcome);
    write(invocation, 'csv', () => reportCsv(report));
    write(invocation, 'svg', () => reportSvg(report));
    return { value: report, lines: reportLines(report) };
  },
};

/** Plays it, with a line on standard error that goes on, and ends it when the user does. */
async function watched(
  invocation: Invocation,
  inputs: SimulationInputs,
  threads: number | undefined,
): Promise<Outcome> {
  const startMs = performance.now();
  let shownMs = -Infinity;
  const progress = (patients: number, of: number): void => {
    const nowMs = performance.now();
    if (nowMs - shownMs < lineEveryMs && patients < of) return;
    shownMs = nowMs;
    invocation.progress(`${progressLine(patients, of, nowMs - startMs).padEnd(lineWidth)}\r`);
  };
  try {
    return await played(inputs, threads, { progress, interrupted: invocation.interrupted() });
  } finally {
    if (shownMs > 0) invocation.progress('');
  }
}

const lineEveryMs = 500;
/** Wide enough to write over any line before it. */
const lineWidth = 90;

function inputsOf(invocation: Invocation): SimulationInputs {
  const { folder } = invocation;
  const against = optional(invocation, 'against');
  const contract = optional(invocation, 'contract');
  const files = [operandOf(invocation, 0), ...(against === undefined ? [] : [against])];
  const from = optional(invocation, 'from') ?? defaultStart;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(from) || Number.isNaN(Date.parse(from))) {
    throw new BadInput('--from is a civil day: 2026-01-05.');
  }
  const protocols = files.map((file) => readDocument(folder, file).text);
  return {
    settings: settingsOf({
      patients: count(invocation, 'patients', 1000, 10_000_000),
      years: count(invocation, 'years', 5, 30),
      seed: optional(invocation, 'seed') ?? '1',
      from,
      assumptions: assumptionsOf(invocation),
    }),
    protocols,
    contract: contract === undefined ? undefined : readDocument(folder, contract).document,
  };
}

function assumptionsOf(invocation: Invocation): Assumptions | undefined {
  const file = optional(invocation, 'assumptions');
  if (file === undefined) return undefined;
  const { document } = readDocument(invocation.folder, file);
  if (isAssumptions(document)) return document;
  throw new BadInput(
    assumptionFaults(document)
      .map((fault) => `${file} ${fault}`)
      .join('\n'),
  );
}

function optional({ options: given }: Invocation, name: (typeof options)[number]): string | undefined {
  const value = given[name];
  return typeof value === 'string' ? value : undefined;
}

function count(invocation: Invocation, name: 'patients' | 'years' | 'threads', usual: number, most: number): number {
  const text = optional(invocation, name);
  if (text === undefined) return usual;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new BadInput(`--${name} is a whole number from 1 to ${most}.`);
}

function write(invocation: Invocation, name: 'csv' | 'svg', text: () => string): void {
  const file = optional(invocation, name);
  if (file === undefined) return;
  writeText(invocation.folder, file, text());
}
