import { canonicalJson, sha256Hex } from '@ariane/kernel';
import { payee, subjectPlace } from './accounts';
import { dayOf } from './book-time';
import type { Contract } from './contract';
import { startOf } from './contract-day';
import type { EntryDraft, Leg } from './entry';
import { eventsOf, type Explanation } from './explanation';
import type { Keeper, Kept } from './kept-explanation';
import type { Transfer } from './kind';
import { daysLater } from './member-months';
import type { PendingStep } from './pending';
import type { Priced } from './price';

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
  /** The entry that holds an amount for it while its evidence is missing, and how much. */
  readonly pending?: { readonly id: string; readonly cents: bigint };
  /** A person resolved what was pending: until there is evidence, it stays as they left it. */
  readonly byHand?: true;
}

/** What a line should come to now, and why. */
export interface Target extends Omit<Line, 'rev' | 'posted' | 'pending' | 'byHand'> {
  readonly cents: bigint;
  /** Where evidence is missing: what is held for it, nothing once the hold is over, and until when. */
  readonly awaited?: { readonly cents: bigint; readonly expiresAt: string };
  readonly because: Explanation;
  readonly kept: Kept;
  /** The hash of the explanation as it is kept. */
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
 * @param effectiveAt the instant a transfer is true at; a hold ends with a civil day of `timeZone`
 */
export function targetsOf(
  rule: RuleOfLine,
  subject: Subject,
  { transfers, awaited }: Pick<Priced, 'transfers' | 'awaited'>,
  { effectiveAt, timeZone }: { readonly effectiveAt: (transfer: Transfer) => string; readonly timeZone: string },
  { keep }: Keeper,
): readonly Target[] {
  const target = (transfer: Transfer): Target => {
    const kept = keep(transfer.because);
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
      kept,
      explain: sha256Hex(canonicalJson(kept)),
    };
  };
  const held = awaited.map(({ holdDays, ...transfer }) => {
    const one = target(transfer);
    const expiresAt = startOf(daysLater(dayOf(one.eff, timeZone), holdDays + 1), timeZone);
    return { ...one, cents: 0n, awaited: { cents: transfer.cents, expiresAt } };
  });
  return [...transfers.map(target), ...held];
}

/** What moves a line to its target: an entry, what is promised or what resolves a promise; and the line after it. */
export type LinePosting = LineMove & { readonly line: Line; readonly target: bigint; readonly explain: string | null };

/** Each line that moves, as the last of its steps leaves it. */
export const movedBy = (postings: readonly LinePosting[]) => [
  ...new Map(postings.map(({ line, target, explain }) => [line.key, { line, target, explain }])).values(),
];

type LineMove =
  { readonly draft: EntryDraft; readonly act?: never } | { readonly act: PendingAct; readonly draft?: never };

/** A step in the life of a pending entry that a calculation asks for. */
export interface PendingAct {
  /** The pending entry's id. */
  readonly id: string;
  readonly command: PendingStep;
}

/**
 * Target minus posted, one entry per line that differs; lines no longer aimed at go to zero. What waits for evidence is
 * a pending entry: posted when the evidence comes, voided when it fails or the hold ends. A second run over the same
 * facts gives nothing, and the order in which facts were heard does not matter to where the lines end.
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
  const moved = targets.flatMap((target) => {
    const { key, name, code, debit, credit, eff, cents, because, explain, awaited } = target;
    const place = { key, name, code, debit, credit, eff };
    const line: Line = { rev: 0, posted: 0n, ...standing.get(target.key), ...place };
    const causes = eventsOf(because);
    const aim = { cents, explain, causes: sorted(causes.length > 0 ? causes : eventIds), pin: rule, subject };
    return steps(line, awaited ? { ...aim, awaited } : aim);
  });
  const dropped = gone.flatMap((line) =>
    steps(line, { cents: 0n, explain: null, causes: sorted(eventIds), pin: rule, subject }),
  );
  return [...moved, ...dropped];
}

const sorted = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();

interface Aim extends Pick<Target, 'cents' | 'awaited'> {
  readonly explain: string | null;
  readonly causes: readonly string[];
  readonly pin: EntryDraft['contract'];
  readonly subject: Subject;
}

/** From where a line stands to where it should: first what is pending, then what is posted, then what is promised. */
function steps(line: Line, aim: Aim): readonly LinePosting[] {
  if (aim.awaited && line.byHand) return [];
  const made: LinePosting[] = [];
  const last = (): Line => made.at(-1)?.line ?? line;
  if (line.pending && line.pending.cents !== (aim.awaited?.cents ?? 0n)) made.push(resolved(line, line.pending, aim));
  if (last().posted !== aim.cents) made.push(posted(last(), aim));
  const held = aim.awaited?.cents ?? 0n;
  if (aim.awaited && held > 0n && !last().pending) made.push(promised(last(), held, aim.awaited.expiresAt, aim));
  return made;
}

function posted(before: Line, aim: Aim): LinePosting {
  const line = { ...settled(before), posted: aim.cents };
  const draft = draftOf(line, aim.cents - before.posted, aim, line.rev === 1 ? line.code : 'ADJUSTMENT');
  return { draft, line, target: aim.cents, explain: aim.explain };
}

/** All or part of what is pending is posted, if that takes the line where it should be; else it is voided. */
function resolved(before: Line, pending: NonNullable<Line['pending']>, aim: Aim): LinePosting {
  const due = aim.cents - before.posted;
  const isPart = aim.awaited === undefined && due > 0n && due <= pending.cents;
  const line = settled(before);
  const { id } = pending;
  const told = { cause: aim.causes, line: { key: line.key, rev: line.rev, explain: aim.explain } };
  const command: PendingStep = isPart
    ? { type: 'Fulfil', amountCents: due, eff: line.eff, ...told }
    : { type: 'Release', ...told };
  const after = isPart ? { ...line, posted: aim.cents } : line;
  return { act: { id, command }, line: after, target: aim.cents, explain: aim.explain };
}

function promised(before: Line, cents: bigint, expiresAt: string, aim: Aim): LinePosting {
  const line = settled(before);
  const draft: EntryDraft = { ...draftOf(line, cents, aim, line.code), status: 'PENDING' };
  const act: PendingAct = { id: draft.id, command: { type: 'Promise', draft, dueAt: line.eff, expiresAt } };
  return { act, line: { ...line, pending: { id: draft.id, cents } }, target: aim.cents, explain: aim.explain };
}

/** A line at its next revision, with nothing pending. */
function settled({ pending: _, byHand: __, ...line }: Line): Line {
  return { ...line, rev: line.rev + 1 };
}

function draftOf(line: Line, difference: bigint, { subject, pin, causes, explain }: Aim, code: string): EntryDraft {
  return {
    id: `${line.key}-${line.rev}`,
    book: subject.book,
    code,
    eff: line.eff,
    legs: legsOf(line, difference, subject.id),
    contract: pin,
    line: { key: line.key, rev: line.rev, explain },
    cause: { eventIds: causes },
    reverses: null,
  };
}

/**
 * Lines after a person resolved what one of them held: what was posted of it counts, and stays until there is evidence.
 * The same lines when none of them holds that entry any more.
 */
export function resolvedByHand(lines: readonly Line[], pendingId: string, postedCents: bigint): readonly Line[] {
  return lines.map((line) =>
    line.pending?.id === pendingId ? { ...settled(line), posted: line.posted + postedCents, byHand: true } : line,
  );
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
