import { type Decider, DomainError } from '@ariane/kernel';
import { daysIn, monthAfter } from './book-time';

/** A time of attribution, in civil days of the book's zone: `to` is exclusive, null is open. */
export interface Span {
  readonly from: string;
  readonly to: string | null;
}

/** A value of a member from a day on, such as the risk score, with the version of what computed it. */
export interface DatedValue {
  readonly name: string;
  readonly from: string;
  readonly value: string;
  readonly version: string;
}

/** Why a member left; a death ends every attribution, also those told later. */
type LeavingReason = 'MOVED' | 'DIED' | 'CHOICE' | 'PAYER' | 'MERGED';

/** One change of what was known of a member: who said so, when. */
interface RosterChange {
  readonly at: string;
  readonly source: string;
  readonly what: 'ATTRIBUTED' | 'LEFT' | 'DEATH_TAKEN_BACK' | 'VALUED';
  readonly spans: readonly Span[];
}

/** A member of a book's roster under the book's pseudonym. What was known when stands in `history`. */
export interface Member {
  readonly book: string;
  /** The first two digits of the pseudonym: the roster is computed by buckets. */
  readonly bucket: string;
  /** The payer's number of the member; sealed. */
  readonly reference: string;
  /** In order of day, apart from one another. */
  readonly spans: readonly Span[];
  readonly values: readonly DatedValue[];
  /** The first day after the death. */
  readonly diedBefore: string | null;
  readonly history: readonly RosterChange[];
}

interface Told {
  readonly book: string;
  readonly bucket: string;
  readonly reference: string;
  readonly source: string;
  readonly now: string;
}

export type MemberCommand =
  | (Told & { readonly type: 'Attribute'; readonly span: Span; readonly values: readonly DatedValue[] })
  | (Told & { readonly type: 'Leave'; readonly on: string; readonly reason: LeavingReason })
  /** The death was told by mistake. The attributions it cut are told again by who knows them. */
  | (Told & { readonly type: 'TakeBackDeath' })
  | (Told & { readonly type: 'Value'; readonly values: readonly DatedValue[] });

export interface MemberChanged {
  readonly type: 'MemberChanged';
  readonly data: Omit<Member, 'history'> & { readonly change: RosterChange };
}

/**
 * What is told of a member replaces what it contradicts: an attribution takes the place of those it shares a day with,
 * a leaving cuts those after it, a value replaces that of its name and day. Telling the same again says nothing, and
 * what was told before stays in the history.
 *
 * @throws SPAN_INVALID, NOT_FOUND for one who leaves and never was there
 */
export const members: Decider<Member, MemberCommand, MemberChanged> = {
  decide: (state, command) => {
    const { book, bucket, reference, source, now } = command;
    if (!state && (command.type === 'Leave' || command.type === 'TakeBackDeath')) throw new DomainError('NOT_FOUND');
    const before = state ?? { book, bucket, reference, spans: [], values: [], diedBefore: null };
    const after = told(before, command);
    if (sameText(contentOf(before), contentOf(after)) && state) return [];
    const change: RosterChange = { at: now, source, what: whatOf[command.type], spans: after.spans };
    const { spans, values, diedBefore } = after;
    return [{ type: 'MemberChanged', data: { book, bucket, reference, spans, values, diedBefore, change } }];
  },
  evolve: (state, { data: { change, ...member } }) => ({ ...member, history: [...(state?.history ?? []), change] }),
};

const whatOf = {
  Attribute: 'ATTRIBUTED',
  Leave: 'LEFT',
  TakeBackDeath: 'DEATH_TAKEN_BACK',
  Value: 'VALUED',
} as const;

type Content = Pick<Member, 'spans' | 'values' | 'diedBefore'>;
const contentOf = ({ spans, values, diedBefore }: Content): Content => ({ spans, values, diedBefore });
const sameText = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function told<M extends Content>(before: M, command: MemberCommand): M {
  switch (command.type) {
    case 'Attribute': {
      const { span } = command;
      if (span.to !== null && span.to <= span.from) throw new DomainError('SPAN_INVALID', { ...days(span) });
      const others = before.spans.filter((other) => !meet(other, span));
      const spans = clipped([...others, span], before.diedBefore);
      return { ...before, spans, values: valued(before.values, command.values) };
    }
    case 'Leave': {
      const diedBefore = command.reason === 'DIED' ? command.on : before.diedBefore;
      return { ...before, spans: clipped(before.spans, command.on), diedBefore };
    }
    case 'TakeBackDeath':
      return { ...before, diedBefore: null };
    case 'Value':
      return { ...before, values: valued(before.values, command.values) };
  }
}

const days = ({ from, to }: Span): Record<string, string> => ({ from, to: to ?? '' });

/** Whether two times share a day or follow one another without a gap. */
const meet = (a: Span, b: Span): boolean => (a.to === null || b.from <= a.to) && (b.to === null || a.from <= b.to);

/** Spans in their order, none of them on or after a day. */
function clipped(spans: readonly Span[], end: string | null): readonly Span[] {
  return [...spans]
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .flatMap(({ from, to }) => {
      if (end === null || (to !== null && to <= end)) return [{ from, to }];
      return from < end ? [{ from, to: end }] : [];
    });
}

function valued(before: readonly DatedValue[], told: readonly DatedValue[]): readonly DatedValue[] {
  const isReplaced = (one: DatedValue): boolean =>
    told.some(({ name, from }) => name === one.name && from === one.from);
  const order = ({ name, from }: DatedValue): string => `${name} ${from}`;
  return [...before.filter((one) => !isReplaced(one)), ...told].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** A member's month, as contracts read it: the days of attribution and the values in force on the first of them. */
export interface MemberMonth {
  /** Without those on which the contract was suspended. */
  readonly days: number;
  readonly values: Readonly<Record<string, string>>;
  /** Whether the 15th is one of the days; only where the contract counts by it. */
  readonly fifteenth?: boolean;
}

/** How a contract counts the days of a month: which are taken out, and whether it asks for the 15th. */
export interface Counting {
  readonly out: readonly { readonly from: string; readonly to: string }[];
  readonly asksFifteenth: boolean;
}

const allDays: Counting = { out: [], asksFifteenth: false };

/** What a month has of a member; undefined when they were attributed on not a day of it. */
export function memberMonth(
  { spans, values }: Pick<Member, 'spans' | 'values'>,
  month: string,
  { out, asksFifteenth }: Counting = allDays,
): MemberMonth | undefined {
  const first = `${month}-01`;
  const length = daysIn(month);
  const after = `${monthAfter(month)}-01`;
  const within = spans
    .map(({ from, to }) => ({ from: from > first ? from : first, to: to === null || to > after ? after : to }))
    .filter(({ from, to }) => from < to);
  const [begin] = within;
  if (!begin) return undefined;
  // Both ends lie in one month or on the day after it: the difference of days is one of numbers.
  const dayNumber = (day: string): number => (day === after ? length + 1 : Number(day.slice(8)));
  const holds = (all: Counting['out'], day: number): boolean =>
    all.some(({ from, to }) => dayNumber(from) <= day && day < dayNumber(to));
  const isSuspended = (day: number): boolean => holds(out, day);
  const attributed = within.reduce((sum, { from, to }) => sum + dayNumber(to) - dayNumber(from), 0);
  const suspended =
    out.length === 0 ? 0 : daysOf(length).filter((day) => holds(within, day) && isSuspended(day)).length;
  const inForce = values.filter(({ from }) => from <= begin.from);
  return {
    days: attributed - suspended,
    // In order of day: the latest of a name stays.
    values: Object.fromEntries(inForce.map(({ name, value }) => [name, value])),
    ...(asksFifteenth ? { fifteenth: holds(within, 15) && !isSuspended(15) } : {}),
  };
}

const daysOf = (length: number): readonly number[] => Array.from({ length }, (_, index) => index + 1);

/** Who came, who went between two months: by the pseudonym of those with a day in one and none in the other. */
export function moves(
  roster: readonly (Pick<Member, 'spans' | 'values'> & { readonly id: string })[],
  before: string,
  month: string,
): { readonly joiners: readonly string[]; readonly leavers: readonly string[] } {
  const has = (member: Pick<Member, 'spans' | 'values'>, at: string): boolean => memberMonth(member, at) !== undefined;
  return {
    joiners: roster.filter((one) => has(one, month) && !has(one, before)).map(({ id }) => id),
    leavers: roster.filter((one) => !has(one, month) && has(one, before)).map(({ id }) => id),
  };
}
