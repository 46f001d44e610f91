import { formatMoney } from '@ariane/kernel';
import type { ContractDocument, Given } from './contract';
import type { Line } from './recalculate';
import { pseudonymOf } from './settle';

/** Who is named openly in the books: professionals, organisations and groups of them. */
const payee = /^(?:prac|org|grp):/;

/** Names of facts that the language itself reads, in any contract. */
const reserved = [
  ...['period', 'from', 'to', 'suspensions', 'milestones', 'allocated', 'days', 'daysInPeriod', 'fifteenth', 'exit'],
  ...['timing', 'day', 'start', 'arrived', 'points', 'participants', 'pathway', 'status', 'cost', 'birthDate', 'age'],
];

/**
 * Facts that somebody posted by hand, as they may leave the service: rows by a pseudonym unless they are of one who is
 * paid, so that rows of one patient still belong together; without event ids, and without a field that the contract
 * does not name, which may be anything.
 */
export function withoutNames(given: Given, book: string, document: ContractDocument): Given {
  const spoken = new Set([...reserved, ...(JSON.stringify(document).match(/\w+/g) ?? [])]);
  const isSpoken = (key: string): boolean =>
    payee.test(key) || (key.match(/\w+/g) ?? []).every((word) => spoken.has(word));
  const perPerson = new Set(
    document.components
      .flatMap((one) => (one.kind === 'feeForService' ? (one.limits ?? []) : []))
      .flatMap(({ per }) => per),
  );
  const hide = (value: unknown, name: string, inRow: boolean): unknown => {
    if (Array.isArray(value)) return value.map((one: unknown) => hide(one, name, true));
    if (typeof value === 'object' && value !== null) {
      const kept = Object.entries(value).filter(([key]) => key !== 'evidence' && isSpoken(key));
      const named = 'id' in value ? [['id', value.id] as const] : [];
      const fields = [...named, ...kept].map(([key, member]) => [key, hide(member, key, inRow)] as const);
      return Object.fromEntries(fields);
    }
    const isPerson = inRow && (name === 'id' || perPerson.has(name));
    return isPerson && typeof value === 'string' && !payee.test(value) ? pseudonymOf(book, value) : value;
  };
  return hide(given, '', false) as Given; // as: a record hidden is a record
}

/** What stands in the books for a subject, by the contract's own names of lines. */
export const postedOf = (lines: readonly Line[], currency: string): Readonly<Record<string, string>> =>
  Object.fromEntries(lines.map(({ name, posted }) => [name, formatMoney({ cents: posted, currency })]));
