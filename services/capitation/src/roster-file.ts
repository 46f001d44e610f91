import { type Decider, DomainError, isCivilDate } from '@ariane/kernel';
import { type DatedValue, memberMonth, type Member, type Span } from './roster';

/** What a file holds: our roster, that it changes; the payer's, that is compared with it; or acts of care. */
export type FileKind = 'OURS' | 'PAYER' | 'ACTS';

/** A row of a roster file as it was read. The member stands under the book's pseudonym. */
export interface FileRow {
  readonly line: number;
  readonly member: string;
  readonly span: Span;
  readonly values: readonly DatedValue[];
}

/** Why a row was not taken: its line, its column, what is wrong with it; never what stood there. */
export interface RefusedRow {
  readonly line: number;
  readonly column: string;
  readonly reason: 'MISSING' | 'NOT_A_DAY' | 'ENDS_BEFORE_IT_BEGINS' | 'NOT_A_NUMBER' | 'NOT_AN_ID' | 'NOT_A_KIND';
}

/** What became of a unit of rows: how many were taken, and those that are kept to be read again. */
export interface ReadUnit {
  readonly taken: number;
  readonly rows: readonly FileRow[];
  readonly refused: readonly RefusedRow[];
}

/** A file of rows and how far it was read. */
export interface RosterFile {
  readonly book: string;
  readonly kind: FileKind;
  /** The month a payer's file speaks of; empty for acts, whose rows say their day. */
  readonly month: string;
  readonly state: 'READING' | 'DONE';
  /** The last line that was read: a file sent again under its key goes on after it. */
  readonly through: number;
  readonly taken: number;
  readonly refused: number;
  readonly sha256: string | null;
  readonly receivedAt: string;
}

export type RosterFileCommand =
  | {
      readonly type: 'ReceiveFile';
      readonly book: string;
      readonly kind: FileKind;
      readonly month: string;
      readonly now: string;
    }
  | (ReadUnit & { readonly type: 'TakeRows'; readonly through: number })
  | { readonly type: 'FinishFile'; readonly sha256: string };

export type RosterFileEvent =
  | { readonly type: 'FileReceived'; readonly data: Pick<RosterFile, 'book' | 'kind' | 'month' | 'receivedAt'> }
  | { readonly type: 'RowsTaken'; readonly data: ReadUnit & { readonly through: number } }
  | { readonly type: 'FileFinished'; readonly data: { readonly sha256: string } };

/** @throws IDEMPOTENCY_CONFLICT for another file under the key of one that was read, NOT_FOUND */
export const rosterFiles: Decider<RosterFile, RosterFileCommand, RosterFileEvent> = {
  decide: (state, command) => {
    if (command.type === 'ReceiveFile') {
      const { book, kind, month, now: receivedAt } = command;
      if (!state) return [{ type: 'FileReceived', data: { book, kind, month, receivedAt } }];
      if (state.book !== book || state.kind !== kind || state.month !== month) {
        throw new DomainError('IDEMPOTENCY_CONFLICT');
      }
      return [];
    }
    if (!state) throw new DomainError('NOT_FOUND');
    if (command.type === 'TakeRows') {
      const { through, taken, rows, refused } = command;
      return through <= state.through ? [] : [{ type: 'RowsTaken', data: { through, taken, rows, refused } }];
    }
    if (state.sha256 === command.sha256) return [];
    if (state.sha256 !== null) throw new DomainError('IDEMPOTENCY_CONFLICT');
    return [{ type: 'FileFinished', data: { sha256: command.sha256 } }];
  },
  evolve: (state, event) => {
    if (event.type === 'FileReceived') {
      return { ...event.data, state: 'READING', through: 0, taken: 0, refused: 0, sha256: null };
    }
    if (!state) throw new Error('a file is received before it is read');
    if (event.type === 'FileFinished') return { ...state, state: 'DONE', sha256: event.data.sha256 };
    const { through, taken, refused } = event.data;
    return { ...state, through, taken: state.taken + taken, refused: state.refused + refused.length };
  },
};

/** What a file's columns say of one member, before the member has a pseudonym. */
export interface ReadRow {
  readonly reference: string;
  readonly span: Span;
  readonly values: readonly DatedValue[];
}

/**
 * Reads one row by the names of its columns: `member`, `from`, `to` (the first day that is no more, empty while it
 * lasts), `score`, `version`.
 */
export function readRow(columns: Readonly<Record<string, string>>, line: number): ReadRow | RefusedRow {
  const { member = '', from = '', to = '', score = '', version = '' } = columns;
  const refused = (column: string, reason: RefusedRow['reason']): RefusedRow => ({ line, column, reason });
  if (member === '') return refused('member', 'MISSING');
  if (!isCivilDate(from)) return refused('from', from === '' ? 'MISSING' : 'NOT_A_DAY');
  if (to !== '' && !isCivilDate(to)) return refused('to', 'NOT_A_DAY');
  if (to !== '' && to <= from) return refused('to', 'ENDS_BEFORE_IT_BEGINS');
  if (score !== '' && !/^\d+(\.\d{1,9})?$/.test(score)) return refused('score', 'NOT_A_NUMBER');
  const values = score === '' ? [] : [{ name: SCORE, from, value: score, version }];
  return { reference: member, span: { from, to: to === '' ? null : to }, values };
}

/** The name under which contracts read the risk score of a roster file. */
const SCORE = 'raw';

/** How the payer's file and our roster differ on one member in a month. */
export interface Difference {
  readonly member: string;
  /** MISSING: we have the member, the payer does not pay for them. EXTRA: the payer does, and we have them not. */
  readonly kind: 'MISSING' | 'EXTRA' | 'DATES' | 'SCORE';
  readonly ours: string | null;
  readonly theirs: string | null;
  /** The lines of the payer's file. */
  readonly lines: readonly number[];
}

type Known = Pick<Member, 'spans' | 'values'>;

/** The differences of one member: days and score of the month are compared, not how they are written. */
export function differencesOf(
  member: string,
  ours: Known | undefined,
  theirs: readonly FileRow[],
  month: string,
): readonly Difference[] {
  const lines = theirs.map(({ line }) => line);
  const told = { spans: theirs.map(({ span }) => span), values: theirs.flatMap(({ values }) => values) };
  const [here, there] = [ours && memberMonth(ours, month), memberMonth(told, month)];
  const difference = (kind: Difference['kind'], our?: string, their?: string): Difference[] => [
    { member, kind, ours: our ?? null, theirs: their ?? null, lines },
  ];
  if (!here && !there) return [];
  if (!there) return difference('MISSING', String(here?.days));
  if (!here) return difference('EXTRA', undefined, String(there.days));
  const [score, other] = [here.values[SCORE], there.values[SCORE]];
  return [
    ...(here.days === there.days ? [] : difference('DATES', String(here.days), String(there.days))),
    ...(score === other ? [] : difference('SCORE', score, other)),
  ];
}
