import { canonicalJson, sha256Hex } from '@ariane/kernel';
import { startOf } from './contract-day';
import type { Contract, Given } from './contract';
import type { EntryDraft } from './entry';
import { eventsOf, type Explanation } from './explanation';
import { type Amounts, price } from './price';
import { type Line, recalculate, ruleOf, type RuleOfLine, type Subject, targetsOf } from './recalculate';

/** What one run of a contract over one subject moves: the entries to post, the lines after them, and why. */
export interface Settled {
  readonly subject: Subject;
  readonly amounts: Amounts;
  readonly drafts: readonly EntryDraft[];
  /** Every line of the subject after the run, those that did not move included. */
  readonly lines: readonly Line[];
  readonly moved: readonly { readonly line: Line; readonly target: bigint; readonly explain: string | null }[];
  readonly explanations: readonly { readonly sha256: string; readonly tree: Explanation }[];
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
  const priced = price(contract, given);
  const targets = targetsOf(rule, subject, priced.transfers, ({ because, effectiveDay }) => {
    if (effectiveDay !== undefined) return startOf(effectiveDay, contract.document.timezone);
    const known = eventsOf(because).flatMap((id) => times.instants.get(id) ?? []);
    return known.sort().at(-1) ?? times.fallback;
  });
  const postings = recalculate(rule, subject, lines, targets, eventIds);
  const after = new Map([...lines, ...postings.map((posting) => posting.line)].map((line) => [line.key, line]));
  return {
    subject,
    amounts: priced.amounts,
    drafts: postings.map((posting) => posting.draft),
    lines: [...after.values()],
    moved: postings.map(({ line, target, draft }) => ({ line, target, explain: draft.line?.explain ?? null })),
    explanations: targets
      .filter((target) => postings.some((posting) => posting.line.key === target.key))
      .map((target) => ({ sha256: target.explain, tree: target.because })),
    run: {
      contract: rule,
      inputsHash: sha256Hex(canonicalJson(given)),
      targetsHash: sha256Hex(canonicalJson(targets.map(({ key, cents }) => [key, cents]))),
    },
  };
}

/** The subject's name in the books: it says nothing without the book and the id it stands for. */
export const pseudonymOf = (book: string, subject: string): string =>
  `ep-${sha256Hex(`${book}|${subject}`).slice(0, 16)}`;
