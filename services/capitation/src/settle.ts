import { canonicalJson, sha256Hex } from '@ariane/kernel';
import { startOf } from './contract-day';
import type { Contract, Given } from './contract';
import type { EntryDraft } from './entry';
import { eventsOf } from './explanation';
import { type Keeper, keeper, type Kept } from './kept-explanation';
import type { Transfer } from './kind';
import { type Amounts, price } from './price';
import {
  type Line,
  movedBy,
  type PendingAct,
  recalculate,
  ruleOf,
  type RuleOfLine,
  type Subject,
  type Target,
  targetsOf,
} from './recalculate';

/** What one run of a contract over one subject moves: the entries to post, the lines after them, and why. */
export interface Settled {
  readonly subject: Subject;
  readonly amounts: Amounts;
  readonly drafts: readonly EntryDraft[];
  /** What it promises, and what it does to what was promised. */
  readonly acts: readonly PendingAct[];
  /** When time alone may move lines again: an instant. */
  readonly wakeAt: string | null;
  /** Every line of the subject after the run, those that did not move included. */
  readonly lines: readonly Line[];
  readonly moved: readonly { readonly line: Line; readonly target: bigint; readonly explain: string | null }[];
  readonly explanations: readonly { readonly sha256: string; readonly tree: Kept }[];
  readonly run: {
    readonly contract: RuleOfLine;
    readonly inputsHash: string;
    readonly targetsHash: string;
  };
}

/** A run with when and for whom it was made. */
export type Run = Settled & { readonly now: string; readonly territory: string };

/**
 * Prices a subject's facts and moves its lines to their targets.
 *
 * @param instants when the facts of the pathway's life became true, by event id: a transfer is effective at the latest
 *   of those it rests on
 * @param fallback the effective instant of a transfer that rests on none of them
 * @param eventIds what set the run off
 */
export function settle(
  contract: Contract,
  subject: Subject,
  given: Given,
  lines: readonly Line[],
  times: { readonly instants: ReadonlyMap<string, string>; readonly fallback: string },
  eventIds: readonly string[],
): Settled {
  const rule = ruleOf(contract);
  const { timezone: timeZone } = contract.document;
  const priced = price(contract, given);
  const explanations = keeper();
  const effectiveAt = ({ because, effectiveDay }: Transfer): string => {
    if (effectiveDay !== undefined) return startOf(effectiveDay, timeZone);
    const known = eventsOf(because).flatMap((id) => times.instants.get(id) ?? []);
    return known.sort().at(-1) ?? times.fallback;
  };
  const targets = targetsOf(rule, subject, priced, { effectiveAt, timeZone }, explanations);
  return {
    amounts: priced.amounts,
    wakeAt: priced.wakesOn === null ? null : startOf(priced.wakesOn, timeZone),
    ...moveLines({ rule, subject, lines, targets, explanations, inputs: given, eventIds }),
  };
}

/** Lines of a subject, where a rule aims them, and why. */
interface Aimed {
  readonly rule: RuleOfLine;
  readonly subject: Subject;
  readonly lines: readonly Line[];
  readonly targets: readonly Target[];
  /** What kept the targets' explanations. */
  readonly explanations: Keeper;
  /** What the targets were computed from. */
  readonly inputs: unknown;
  /** What set the run off. */
  readonly eventIds: readonly string[];
}

/** Moves lines to their targets. */
export function moveLines(aimed: Aimed): Omit<Settled, 'amounts' | 'wakeAt'> {
  const { rule, subject, lines, targets, explanations, inputs, eventIds } = aimed;
  const postings = recalculate(rule, subject, lines, targets, eventIds);
  const after = new Map([...lines, ...postings.map((posting) => posting.line)].map((line) => [line.key, line]));
  return {
    subject,
    drafts: postings.flatMap(({ draft }) => draft ?? []),
    acts: postings.flatMap(({ act }) => act ?? []),
    lines: [...after.values()],
    moved: movedBy(postings),
    explanations: [
      ...targets
        .filter((target) => postings.some((posting) => posting.line.key === target.key))
        .map((target) => ({ sha256: target.explain, tree: target.kept })),
      ...explanations.commons(),
    ],
    run: {
      contract: rule,
      inputsHash: sha256Hex(canonicalJson(inputs)),
      targetsHash: sha256Hex(canonicalJson(targets.map(({ key, cents }) => [key, cents]))),
    },
  };
}

/** The subject's name in the books: it says nothing without the book and the id it stands for. */
export const pseudonymOf = (book: string, subject: string): string =>
  `ep-${sha256Hex(`${book}|${subject}`).slice(0, 16)}`;
