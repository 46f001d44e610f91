import { canonicalJson, DomainError, problemText, sha256Hex, toWireMoney, type WireMoney } from '@ariane/kernel';
import { normalSide, partyOn } from './accounts';
import type { Contract, Given } from './contract';
import type { Line, Subject } from './recalculate';
import { type BucketSum, memberLines, type RosterRow, sumOf } from './roster-lines';
import { settle } from './settle';

/** What a version would have paid for real inputs, beside what was paid. Nothing of it is posted. */
export interface DryRun {
  readonly contract: { readonly id: string; readonly version: number; readonly sha256: string };
  /** The versions the inputs were priced under, and the month they are of; null where there is none earlier. */
  readonly against: readonly number[];
  readonly month: string | null;
  /** What an approver must know before the figures. */
  readonly note: string | null;
  readonly subjects: number;
  readonly lines: number;
  readonly changedLines: number;
  readonly parties: readonly ({ readonly party: string; readonly account: string } & Difference)[];
  /** The largest changes, largest first. */
  readonly changes: readonly ({ readonly subject: string; readonly line: string } & Difference)[];
  readonly failedSubjects: number;
  /** The first subjects it could not price: where in the contract, and what to do. */
  readonly errors: readonly {
    readonly subject: string;
    readonly code: string;
    readonly place: string | null;
    readonly message: string;
  }[];
}

interface Difference {
  readonly before: WireMoney;
  readonly after: WireMoney;
  readonly difference: WireMoney;
}

/** Changes and errors that a report names; it counts them all. */
const SHOWN = 20;

interface Change {
  readonly subject: string;
  readonly line: string;
  readonly before: bigint;
  readonly after: bigint;
}

/** A report in the making; changed in place, for a month may have many subjects. */
export interface Trial {
  readonly contract: Contract;
  readonly against: Set<number>;
  readonly accounts: Map<string, { before: bigint; after: bigint }>;
  changes: readonly Change[];
  readonly errors: DryRun['errors'][number][];
  subjects: number;
  lines: number;
  changed: number;
  failed: number;
}

export const newTrial = (contract: Contract): Trial => ({
  contract,
  ...{ against: new Set(), accounts: new Map(), changes: [], errors: [] },
  ...{ subjects: 0, lines: 0, changed: 0, failed: 0 },
});

/** One subject as it stands in the books, and the contract and facts it would be priced on. */
interface Tried {
  readonly subject: Subject;
  readonly version: number;
  readonly lines: readonly Line[];
  /** With a roster's parts in the place of its members, the contract that reads them so. */
  readonly priced: () => { readonly contract: Contract; readonly given: Given };
}

/** Prices a subject and adds what would change, or why it cannot be priced, to a trial in place. */
export function trySubject(trial: Trial, { subject, version, lines, priced }: Tried): void {
  trial.subjects += 1;
  trial.against.add(version);
  const times = { instants: new Map<string, string>(), fallback: '1970-01-01T00:00:00Z' };
  let after: readonly Line[];
  try {
    const { contract, given } = priced();
    after = settle(contract, subject, given, lines, times, []).lines;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, field, params } = error;
    trial.failed += 1;
    const told = { subject: subject.id, code, place: field ?? null, message: problemText(code, 'en', params) };
    if (trial.errors.length < SHOWN) trial.errors.push(told);
    return;
  }
  const before = new Map(lines.map((line) => [line.key, line.posted]));
  const moved = after.map((line) => ({ line, before: before.get(line.key) ?? 0n, after: line.posted }));
  for (const one of moved) addToAccounts(trial, subject, one);
  const changes = moved
    .filter((one) => one.before !== one.after)
    .map(({ line, ...cents }) => ({ subject: subject.id, line: line.name, ...cents }));
  trial.lines += moved.length;
  trial.changed += changes.length;
  trial.changes = [...trial.changes, ...changes].sort(byAmount).slice(0, SHOWN);
}

/** A part of a roster's month under a contract. Throws what `memberLines` throws. */
export const partUnder = (
  contract: Contract,
  month: string,
  given: Given,
  { bucket, rows }: { readonly bucket: string; readonly rows: readonly RosterRow[] },
): BucketSum => sumOf(bucket, '', memberLines(contract, month, given, rows));

/** The report of a trial and the hash by which an approver says that they have read it. */
export function reportOf(trial: Trial, month: string | null): { readonly report: DryRun; readonly sha256: string } {
  const { contract, accounts, subjects, lines, changed, failed, errors } = trial;
  const { contract: id, version, currency, parties } = contract.document;
  const money = (cents: bigint): WireMoney => toWireMoney({ cents, currency });
  const difference = ({ before, after }: { readonly before: bigint; readonly after: bigint }): Difference => ({
    ...{ before: money(before), after: money(after), difference: money(after - before) },
  });
  const report: DryRun = {
    contract: { id, version, sha256: contract.sha256 },
    ...{ against: [...trial.against].sort((a, b) => a - b), month },
    note: subjects === 0 ? 'no earlier period: nothing to compare' : null,
    ...{ subjects, lines, changedLines: changed },
    parties: [...accounts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([account, sums]) => ({ party: partyOn(account) ?? parties.holder, account, ...difference(sums) })),
    changes: trial.changes.map((one) => ({ subject: one.subject, line: one.line, ...difference(one) })),
    ...{ failedSubjects: failed, errors },
  };
  return { report, sha256: sha256Hex(canonicalJson(report)) };
}

/** Sums by account, the subject's own place taken out of its name; each on the side it grows on. */
function addToAccounts(
  { accounts }: Trial,
  subject: Subject,
  { line, before, after }: { readonly line: Line; readonly before: bigint; readonly after: bigint },
): void {
  for (const [name, side] of [
    [line.debit, 'D'],
    [line.credit, 'C'],
  ] as const) {
    const account = name.replaceAll(`:${subject.id}`, '');
    const sum = accounts.get(account) ?? { before: 0n, after: 0n };
    const sign = normalSide(name) === side ? 1n : -1n;
    sum.before += sign * before;
    sum.after += sign * after;
    accounts.set(account, sum);
  }
}

const sizeOf = ({ before, after }: Change): bigint => (after > before ? after - before : before - after);

/** Largest first; those of one size by subject and line, so that the report has one hash. */
function byAmount(a: Change, b: Change): number {
  if (sizeOf(a) !== sizeOf(b)) return sizeOf(a) > sizeOf(b) ? -1 : 1;
  return `${a.subject} ${a.line}` < `${b.subject} ${b.line}` ? -1 : 1;
}
