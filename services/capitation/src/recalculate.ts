import { canonicalJson, sha256Hex } from '@ariane/kernel';
import { payee, subjectPlace } from './accounts';
import type { Contract } from './contract';
import type { EntryDraft, Leg } from './entry';
import { eventsOf, type Explanation } from './explanation';
import type { Transfer } from './kind';

/** A line of a calculation as it stands in the books: what was posted for it so far, over all its revisions. */
export interface Line {
  readonly key: string;
  readonly rev: number;
  readonly posted: bigint;
  readonly name: string;
  readonly code: string;
  readonly debit: string;
  readonly credit: string;
  readonly eff: string;
}

/** What a line should come to now, and why. */
export interface Target extends Omit<Line, 'rev' | 'posted'> {
  readonly cents: bigint;
  readonly because: Explanation;
  readonly explain: string;
}

/** What computed a line, by id, version and hash: a contract, or a rule of ours. */
export interface RuleOfLine {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
}

/** What a contract is called on the lines it computed. */
export const ruleOf = ({ document: { contract: id, version }, sha256 }: Contract): RuleOfLine => ({
  id,
  version,
  sha256,
});

/** What a run of a contract over one subject posts to. */
export interface Subject {
  readonly book: string;
  /** A pseudonym: it stands in account names. */
  readonly id: string;
  /** The month of a periodic kind, `once` for a pathway. */
  readonly period: string;
}

/**
 * The targets of a priced subject. The key leaves the contract's version out, so that a corrected contract aims at
 * the same lines; the accounts are in it, so that a part that moves to another account is taken back from the first.
 *
 * @param effectiveAt the instant a transfer is true at
 */
export function targetsOf(
  rule: RuleOfLine,
  subject: Subject,
  transfers: readonly Transfer[],
  effectiveAt: (transfer: Transfer) => string,
): readonly Target[] {
  return transfers.map((transfer) => {
    const debit = transfer.debit.replace(subjectPlace, subject.id);
    const credit = transfer.credit.replace(subjectPlace, subject.id);
    const place = [rule.id, subject.book, subject.id, subject.period, transfer.line, debit, credit];
    return {
      key: sha256Hex(canonicalJson(place)).slice(0, 32),
      name: transfer.line,
      code: transfer.code,
      debit,
      credit,
      eff: effectiveAt(transfer),
      cents: transfer.cents,
      because: transfer.because,
      explain: sha256Hex(canonicalJson(transfer.because)),
    };
  });
}

/** A posting that moves a line to its target, and the line after it. */
export interface LinePosting {
  readonly draft: EntryDraft;
  readonly line: Line;
  readonly target: bigint;
}

/**
 * Target minus posted, one entry per line that differs; lines no longer aimed at go to zero. A second run over the
 * same facts gives nothing, and the order in which facts were heard does not matter to where the lines end.
 *
 * @param eventIds what set the run off: the cause where an explanation is gone or rests on no event
 */
export function recalculate(
  rule: RuleOfLine,
  subject: Subject,
  lines: readonly Line[],
  targets: readonly Target[],
  eventIds: readonly string[],
): readonly LinePosting[] {
  const standing = new Map(lines.map((line) => [line.key, line]));
  const aimed = new Set(targets.map((target) => target.key));
  const gone = lines.filter((line) => !aimed.has(line.key));
  const post = (line: Line, target: bigint, explain: string | null, causes: readonly string[]): LinePosting => {
    const rev = line.rev + 1;
    const draft: EntryDraft = {
      id: `${line.key}-${rev}`,
      book: subject.book,
      code: rev === 1 ? line.code : 'ADJUSTMENT',
      eff: line.eff,
      legs: legsOf(line, target - line.posted, subject.id),
      contract: rule,
      line: { key: line.key, rev, explain },
      cause: { eventIds: [...new Set(causes)].sort() },
      reverses: null,
    };
    return { draft, line: { ...line, rev, posted: target }, target };
  };
  const moved = targets.flatMap((target) => {
    const { cents, because, explain, ...place } = target;
    const line: Line = { rev: 0, posted: 0n, ...standing.get(target.key), ...place };
    const causes = eventsOf(because);
    return line.posted === cents ? [] : [post(line, cents, explain, causes.length > 0 ? causes : eventIds)];
  });
  const dropped = gone.flatMap((line) => (line.posted === 0n ? [] : [post(line, 0n, null, eventIds)]));
  return [...moved, ...dropped];
}

function legsOf(line: Line, difference: bigint, pathway: string): readonly Leg[] {
  const [debit, credit] = difference > 0n ? [line.debit, line.credit] : [line.credit, line.debit];
  const amt = difference > 0n ? difference : -difference;
  const leg = (account: string, d: 1 | -1): Leg => {
    const practitioner = payee(account);
    return { a: account, d, amt, sub: practitioner === undefined ? { pathway } : { practitioner, pathway } };
  };
  return [leg(debit, 1), leg(credit, -1)];
}
