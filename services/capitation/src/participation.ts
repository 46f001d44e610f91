import { type Decider, sha256Hex } from '@ariane/kernel';
import type { ContributionKind } from './pathway-facts';

/** An act of care as evidence tells it: who took part, when, with which weight. */
export interface Act {
  /** The event that told it: Kafka's own, or the act's id in the system that sent it. */
  readonly eventId: string;
  readonly kind: ContributionKind;
  /** A civil day of the book's zone: the act counts to its month. */
  readonly day: string;
  /** Who took part, each with the whole weight; nobody withdraws what was told of the act before. */
  readonly practitioners: readonly string[];
  /** In thousandths. */
  readonly weight: bigint;
}

/** What was known of an act from an instant on. */
interface KnownAct extends Act {
  readonly at: string;
}

/** An act that counts to the months of a book, with all that was known of it before. */
export interface Participation {
  readonly book: string;
  readonly source: string;
  readonly known: KnownAct;
  /** In the order in which it was told. */
  readonly past: readonly KnownAct[];
  /** `2026-06|gp-204`: every month and practitioner it counts or once counted to. */
  readonly places: readonly string[];
  /** Every event that told of it. */
  readonly eventIds: readonly string[];
}

export interface TellAct {
  readonly type: 'TellAct';
  readonly book: string;
  readonly source: string;
  readonly act: Act;
  readonly territory: string;
  readonly now: string;
}

export interface ActTold {
  readonly type: 'ActTold';
  readonly data: Omit<TellAct, 'type'> & { readonly before: Act | null };
}

/**
 * The last that is told of an act is what counts: it replaces what was told before, in the month it belonged to.
 * Telling the same again says nothing, and withdrawing what was never told neither.
 */
export const participations: Decider<Participation, TellAct, ActTold> = {
  decide: (state, { book, source, act, territory, now }) => {
    const told = { ...act, practitioners: [...new Set(act.practitioners)].sort() };
    const before = state?.known ?? null;
    if (before === null ? told.practitioners.length === 0 : isSame(before, told)) return [];
    return [{ type: 'ActTold', data: { book, source, act: told, before, territory, now } }];
  },
  evolve: (state, { data: { book, source, act, now } }) => ({
    book,
    source,
    known: { ...act, at: now },
    past: state ? [...state.past, state.known] : [],
    places: [...new Set([...(state?.places ?? []), ...placesOf(act)])],
    eventIds: [...new Set([...(state?.eventIds ?? []), act.eventId])],
  }),
};

/** The place of an act among those that count to a month for a practitioner. */
export const placeOf = (month: string, practitioner: string): string => `${month}|${practitioner}`;

const placesOf = ({ day, practitioners }: Act): readonly string[] =>
  practitioners.map((practitioner) => placeOf(day.slice(0, 7), practitioner));

const isSame = (a: Act, b: Act): boolean => textOf(a) === textOf(b);
const textOf = ({ eventId, kind, day, practitioners, weight }: Act): string =>
  [eventId, kind, day, weight, ...practitioners].join('|');

/** What was known of an act at an instant; undefined before anything was. */
export function knownAt({ known, past }: Participation, instant: string): Act | undefined {
  return [...past, known].findLast(({ at }) => at <= instant);
}

/** Whether an act counts to a month for a practitioner. */
export const countsTo = ({ day, practitioners }: Act, month: string, practitioner: string): boolean =>
  day.startsWith(month) && practitioners.includes(practitioner);

/** All that was told of an act, each word with the instants from which and until which it was the last. */
export function wordsOf({ book, known, past }: Participation) {
  const all = [...past, known];
  return all.map((act, index) => ({ book, act, from: act.at, until: all[index + 1]?.at }));
}

/** What an act adds to, or takes from, the sum of a practitioner's acts of a kind on a day. */
export interface ActSum {
  readonly practitioner: string;
  readonly kind: ContributionKind;
  readonly day: string;
  /** How many acts. */
  readonly n: bigint;
  /** In thousandths. */
  readonly weight: bigint;
  /** The sum of the acts' seals: other acts of the same number and weight have another. */
  readonly seal: bigint;
}

/** The change of the sums that replacing an act makes: a month of a million acts is never added up again. */
export function changesOf(source: string, before: Act | null, after: Act): readonly ActSum[] {
  const of = (act: Act, sign: bigint): readonly ActSum[] =>
    act.practitioners.map((practitioner) => ({
      ...{ practitioner, kind: act.kind, day: act.day },
      ...{ n: sign, weight: sign * act.weight, seal: sign * sealOf(source, act) },
    }));
  return [...(before ? of(before, -1n) : []), ...of(after, 1n)];
}

/** 32 bits, so that a sum of two billion of them is still an int64. */
const sealOf = (source: string, { eventId }: Act): bigint =>
  BigInt(`0x${sha256Hex(`${source}|${eventId}`).slice(0, 8)}`);
