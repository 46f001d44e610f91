import { type Decider, DomainError } from '@ariane/kernel';

/** Why a row was not taken: its line, its column, what is wrong with it; never what stood there. */
export interface RefusedRow {
  readonly line: number;
  readonly column: string;
  readonly reason:
    | 'MISSING'
    | 'TOO_LONG'
    | 'NOT_A_DAY'
    | 'AFTER_TODAY'
    | 'BEFORE_CARE'
    | 'ENDS_BEFORE_IT_BEGINS'
    | 'NOT_A_NUMBER'
    | 'NOT_AN_AMOUNT'
    | 'NOT_A_CODE'
    | 'NOT_AN_ID'
    | 'NOT_A_KIND';
}

interface Progress {
  readonly state: 'READING' | 'DONE';
  /** The last line that was read: a file sent again under its key goes on after it. */
  readonly through: number;
  readonly taken: number;
  readonly refused: number;
  readonly sha256: string | null;
  readonly receivedAt: string;
}

/** A file of rows and how far it was read; `About` says what it is a file of. */
export type CsvFile<About extends object> = About & Progress;

/** What became of a unit of rows: how many were taken, those that are kept to be read again, those that were refused. */
export interface ReadUnit<Row> {
  readonly taken: number;
  readonly rows: readonly Row[];
  readonly refused: readonly RefusedRow[];
}

interface Rows<Row> extends ReadUnit<Row> {
  /** The last line of the unit. */
  readonly through: number;
}

export type CsvFileCommand<About extends object, Row> =
  | { readonly type: 'ReceiveFile'; readonly about: About; readonly now: string }
  | ({ readonly type: 'TakeRows' } & Rows<Row>)
  | { readonly type: 'FinishFile'; readonly sha256: string };

export type CsvFileEvent<About extends object, Row> =
  | { readonly type: 'FileReceived'; readonly data: About & Pick<Progress, 'receivedAt'> }
  | { readonly type: 'RowsTaken'; readonly data: Rows<Row> }
  | { readonly type: 'FileFinished'; readonly data: { readonly sha256: string } };

/**
 * A file that is read once, a unit of rows at a time.
 *
 * @throws IDEMPOTENCY_CONFLICT for another file under the key of one that was read, NOT_FOUND
 */
export function csvFiles<About extends object, Row>(): Decider<
  CsvFile<About>,
  CsvFileCommand<About, Row>,
  CsvFileEvent<About, Row>
> {
  return {
    decide: (state, command) => {
      if (command.type === 'ReceiveFile') {
        if (!state) return [{ type: 'FileReceived', data: { ...command.about, receivedAt: command.now } }];
        const known = new Map(Object.entries(state));
        const isSame = Object.entries(command.about).every(([name, value]) => known.get(name) === value);
        if (!isSame) throw new DomainError('IDEMPOTENCY_CONFLICT');
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
}
