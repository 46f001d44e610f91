import { canonicalJson, formatMoney, invariant, parseMoney, sha256Hex } from '@ariane/kernel';
import { daysIn } from './book-time';
import type { Component, PmpmComponent } from './components';
import type { Contract, Given } from './contract';
import { price } from './price';
import type { Counting, MemberMonth } from './roster';

/** A row of the roster as contracts read it. */
export interface RosterRow extends MemberMonth {
  readonly id: string;
}

/** What each component that counts members makes of one of them, in cents by the component's id. */
export interface MemberLine {
  readonly id: string;
  readonly days: number;
  readonly cents: Readonly<Record<string, bigint>>;
}

const isPerMember = (component: Component): component is PmpmComponent => component.kind === 'pmpm';

/** The components whose amount is a sum over members, each line rounded by itself. */
export const perMember = ({ document }: Contract): readonly PmpmComponent[] => document.components.filter(isPerMember);

/** The hash of what a bucket's lines are made of: another version, fact or member gives another. */
export const inputsHashOf = (contract: Contract, month: string, given: Given, rows: readonly RosterRow[]): string =>
  sha256Hex(canonicalJson({ contract: contract.sha256, month, given, rows }));

/** What a part is read from beside its members, of which `revision` counts the changes: see `BucketSum.seen`. */
export const seenOf = (contract: Contract, month: string, given: Given, counting: Counting, revision: bigint): string =>
  sha256Hex(canonicalJson({ contract: contract.sha256, month, given, counting, revision }));

/**
 * The members' lines, each as the whole contract would make it: lines are rounded one by one, so that a roster may be
 * computed in parts and its total is the sum of its lines.
 *
 * @throws what `price` throws, FACT_MISSING for a member without a score above all
 */
export function memberLines(
  contract: Contract,
  month: string,
  given: Given,
  rows: readonly RosterRow[],
): readonly MemberLine[] {
  const components = perMember(contract);
  const alone: Contract = { ...contract, ordered: components, document: { ...contract.document, components } };
  const list = rows.map(({ values, days, ...row }) => ({ ...values, ...row, days: String(days) }));
  const { amounts } = price(
    alone,
    withMembers(components, month, given, () => list),
  );
  return rows.map(({ id, days }) => ({
    id,
    days,
    cents: Object.fromEntries(
      components.map((component) => [component.id, centsOf(amounts[`${component.id}.lines`], id)]),
    ),
  }));
}

function centsOf(lines: string | Readonly<Record<string, string>> | undefined, id: string): bigint {
  const text = typeof lines === 'object' ? lines[id] : undefined;
  invariant(text !== undefined, 'every member has a line');
  return parseMoney(text).cents;
}

/** A part of the roster that was computed: its sums in cents by component, how many members, how many days. */
export interface BucketSum {
  readonly bucket: string;
  readonly inputsHash: string;
  readonly cents: Readonly<Record<string, bigint>>;
  readonly members: number;
  readonly days: number;
  /** What it was read from; where that is the same the part is, and absent from parts of before it was kept. */
  readonly seen?: string;
}

export function sumOf(bucket: string, inputsHash: string, lines: readonly MemberLine[]): BucketSum {
  const cents: Record<string, bigint> = {};
  for (const line of lines) {
    for (const [id, amount] of Object.entries(line.cents)) cents[id] = (cents[id] ?? 0n) + amount;
  }
  return {
    ...{ bucket, inputsHash, cents },
    members: lines.length,
    days: lines.reduce((sum, line) => sum + line.days, 0),
  };
}

/**
 * The contract and the facts of a whole month, with the roster's parts in the place of its members: what a part came to
 * is taken as it is, so that everything behind it (withholds, caps, shares) is computed on the true total.
 */
export function monthOfParts(
  contract: Contract,
  month: string,
  given: Given,
  parts: readonly BucketSum[],
): { readonly contract: Contract; readonly given: Given } {
  const { currency } = contract.document;
  const field = (id: string): string => `due${perMember(contract).findIndex((component) => component.id === id)}`;
  const summed = (component: Component): Component =>
    isPerMember(component)
      ? { ...component, rate: field(component.id), risk: '1', proration: 'WHOLE_MONTH' }
      : component;
  const components = contract.document.components.map(summed);
  const byId = new Map(components.map((component) => [component.id, component]));
  const ordered = contract.ordered.map((component) => byId.get(component.id) ?? component);
  // A part that everybody left has no sum of its own: it comes to nothing.
  const due = ({ cents }: BucketSum): (readonly [string, string])[] =>
    perMember(contract).map(({ id }) => [field(id), formatMoney({ cents: cents[id] ?? 0n, currency })]);
  const rows = parts.map((part) => ({ id: part.bucket, ...Object.fromEntries(due(part)) }));
  return {
    contract: { ...contract, ordered, document: { ...contract.document, components } },
    given: withMembers(perMember(contract), month, given, () => rows),
  };
}

/** Facts with a list of rows under each name the components read members by: `members`, `roster.members`. */
export function withMembers(
  components: readonly PmpmComponent[],
  month: string,
  given: Given,
  rows: () => readonly object[],
): Given {
  const lists = components.reduce<Given>((facts, { members }) => placed(facts, members.split('.'), rows()), given);
  return { daysInPeriod: String(daysIn(month)), ...lists };
}

function placed(facts: Given, [name = '', ...rest]: readonly string[], rows: readonly object[]): Given {
  if (rest.length === 0) return { ...facts, [name]: rows };
  const below = facts[name];
  const inner: Given = typeof below === 'object' && below !== null ? { ...below } : {};
  return { ...facts, [name]: placed(inner, rest, rows) };
}
