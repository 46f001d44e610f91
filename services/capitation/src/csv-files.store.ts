import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { DomainError } from '@ariane/kernel';
import { type CommandContext, type Effect, effect, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { parse } from 'csv-parse';
import type { FileKind, FileRow, ReadUnit, RefusedRow, RosterFile } from './roster-file';
import { FILE_ROWS, rosterFileType } from './roster-types.store';

/** Rows of a file that commit together: far below what one unit may bring about. */
const ROWS_PER_UNIT = 250;

/** A row as it was read, under the names of its columns. */
export interface WaitingRow {
  readonly columns: Readonly<Record<string, string>>;
  readonly line: number;
}

/** What a unit of rows brings about beside being taken. */
type UnitOf = (
  waiting: readonly WaitingRow[],
  file: string,
) => Promise<ReadUnit & { readonly effects: readonly Effect[] }>;

interface Received {
  readonly book: string;
  readonly kind: FileKind;
  readonly month: string;
  readonly body: Readable;
}

/** CSV files of a book, read as they come in: how far each was read, and what became of its rows. */
@Injectable()
export class CsvFiles {
  constructor(private readonly store: Store) {}

  /**
   * Reads a file a unit of rows at a time. The same file under the same key goes on where it was cut off and changes
   * nothing twice.
   *
   * @throws IDEMPOTENCY_CONFLICT, CSV_INVALID
   */
  async read(
    { book, kind, month, body }: Received,
    unitOf: UnitOf,
    context: CommandContext,
  ): Promise<{ readonly id: string; readonly state: RosterFile }> {
    const { territory, now } = context;
    const id = `${territory}|${context.messageId}`;
    // A unit is known by what it does: the file's key stands in its target.
    const commit = (part: string, effects: readonly Effect[]) =>
      this.store.handleMany(effects, { ...context, consumer: 'roster-file', messageId: `${id}|${part}` });
    const take = async (waiting: readonly WaitingRow[], through: number): Promise<void> => {
      const { effects, ...unit } = await unitOf(waiting, id);
      const taken = effect(rosterFileType, id, { type: 'TakeRows', through, ...unit });
      await commit(String(through), [taken, ...effects]);
    };
    await commit('0', [effect(rosterFileType, id, { type: 'ReceiveFile', book, kind, month, now })]);
    const known = (await this.find(territory, id)).state;
    const sha256 = createHash('sha256');
    body.on('data', (chunk: Buffer) => sha256.update(chunk));
    let line = 1;
    let waiting: WaitingRow[] = [];
    for await (const columns of rowsOf(body)) {
      line += 1;
      if (line > known.through) waiting.push({ columns, line });
      if (waiting.length < ROWS_PER_UNIT) continue;
      await take(waiting, line);
      waiting = [];
    }
    if (waiting.length > 0) await take(waiting, line);
    const finish = { type: 'FinishFile' as const, sha256: sha256.digest('hex') };
    await commit(`end ${finish.sha256}`, [effect(rosterFileType, id, finish)]);
    return this.find(territory, id);
  }

  /** @throws NOT_FOUND */
  async find(territory: string, id: string): Promise<{ readonly id: string; readonly state: RosterFile }> {
    const found = await this.store.read(rosterFileType, territory, id);
    if (!found) throw new DomainError('NOT_FOUND');
    return { id, state: found.state };
  }

  /** The rows of a file with what became of each, in their order after a line; of acts, the refused ones only. */
  async rows(
    territory: string,
    file: string,
    after: number,
    limit: number,
  ): Promise<readonly (FileRow | RefusedRow)[]> {
    return this.store.database.db
      .collection<(FileRow | RefusedRow) & { _id: string; file: string }>(FILE_ROWS)
      .find({ territory, file, line: { $gt: after } }, { projection: { _id: 0, file: 0, territory: 0 } })
      .sort({ line: 1 })
      .limit(limit)
      .toArray();
  }
}

/** @throws CSV_INVALID */
async function* rowsOf(body: Readable): AsyncGenerator<Readonly<Record<string, string>>> {
  const rows = body.pipe(
    parse({ columns: true, bom: true, trim: true, delimiter: [';', ',', '\t'], skip_empty_lines: true }),
  );
  try {
    yield* rows as AsyncIterable<Record<string, string>>; // as: `columns` makes records of texts
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) {
      throw new DomainError('CSV_INVALID', { reason: String(error.code) });
    }
    throw error;
  }
}
