import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Contract, Given, Priced } from '@ariane/capitation';
import { formatMoney } from '@ariane/kernel';
import { BadInput } from './failure';
import { unreadable } from './read-document';
import type { RunningStack } from './running-stack';

/** Facts that a contract was priced on, and what stands in the books for them, by the names of its lines. */
export interface RecordedInput {
  readonly given: Given;
  readonly posted?: Readonly<Record<string, string>>;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the stack recorded for a contract in some months. Throws Failure when the stack refuses. */
export async function* recordedIn(
  stack: RunningStack,
  contract: string,
  months: readonly string[],
): AsyncGenerator<RecordedInput> {
  for (const month of months) {
    const path = `/payment-contracts/${contract}/recorded-inputs?month=${month}`;
    yield* inputsIn(stack.lines({ method: 'GET', service: 'capitation', path, role: 'finance' }), path);
  }
}

/** The inputs in a file of JSON lines, as the route gives them. Throws BadInput with the line of the first fault. */
export async function* inputsOf(
  folder: string,
  file: string,
  months: readonly string[],
): AsyncGenerator<RecordedInput> {
  const input = createReadStream(resolve(folder, file), 'utf8');
  try {
    yield* inputsIn(createInterface({ input, crlfDelay: Infinity }), file, months);
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput(unreadable(file, error));
  }
}

async function* inputsIn(
  lines: AsyncIterable<string>,
  from: string,
  months?: readonly string[],
): AsyncGenerator<RecordedInput> {
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const input = parsed(line);
    if (!isRecord(input) || !isRecord(input.given))
      throw new BadInput(
        `${from}, line ${number}: not an input; write {"month": "2026-06", "given": {…}} on one line.`,
      );
    const { month, given, posted } = input;
    if (months && typeof month === 'string' && !months.includes(month)) continue;
    yield { given, ...(isRecord(posted) ? { posted: posted as Record<string, string> } : {}) }; // as: amounts as texts
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Whether a contract makes of an input, to the cent, what was posted for it. A line of nothing need not be there. */
export function isAsPosted(
  { document }: Contract,
  { transfers }: Priced,
  posted: RecordedInput['posted'] = {},
): boolean {
  const due = new Map<string, bigint>();
  for (const { line, cents } of transfers) due.set(line, (due.get(line) ?? 0n) + cents);
  const nothing = formatMoney({ cents: 0n, currency: document.currency });
  const names = [...new Set([...due.keys(), ...Object.keys(posted)])];
  return names.every(
    (name) => formatMoney({ cents: due.get(name) ?? 0n, currency: document.currency }) === (posted[name] ?? nothing),
  );
}
