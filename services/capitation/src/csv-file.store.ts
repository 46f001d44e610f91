import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { DomainError } from '@ariane/kernel';
import { type Aggregate, type CommandContext, type Effect, effect, type Store } from '@ariane/store';
import { parse } from 'csv-parse';
import {
  type CsvFile,
  type CsvFileCommand,
  type CsvFileEvent,
  csvFiles,
  type ReadUnit,
  type RefusedRow,
} from './csv-file';

/** Rows of a file that commit together: far below what one unit may bring about. */
const ROWS_PER_UNIT = 250;

/** Text of a row by the names of its columns, and its line in the file. */
export interface CsvRow {
  readonly columns: Readonly<Record<string, string>>;
  readonly line: number;
}

type CsvFileType<About extends object, Row> = Aggregate<
  CsvFile<About>,
  CsvFileCommand<About, Row>,
  CsvFileEvent<About, Row>
>;

/** Files of a kind, with each row, or why it was refused, in a collection beside. */
export const csvFileType = <About extends object, Row extends { readonly line: number }>(
  name: string,
  collection: string,
  rowsCollection: string,
): CsvFileType<About, Row> => ({
  ...csvFiles<About, Row>(),
  name,
  collection,
  facts: {},
  subject: (_state, _event, id) => id,
  companions: (event, _state, id) => {
    if (event.type !== 'RowsTaken') return [];
    const { rows, refused } = event.data;
    const put = (row: { readonly line: number }) => ({ _id: `${id}|${row.line}`, file: id, ...row });
    return [...rows, ...refused].map((row) => ({ collection: rowsCollection, put: put(row) }));
  },
});

/** What a unit of rows comes to, and what is to be done for it. */
export type TakenUnit<Row> = ReadUnit<Row> & { readonly effects: readonly Effect[] };

/**
 * Reads a CSV file as it comes in, a unit of rows at a time. The same file under the same key goes on where it was
 * cut off and changes nothing twice.
 *
 * @param consumer a unit is known by what it does: the file's key stands in its target
 * @throws IDEMPOTENCY_CONFLICT, CSV_INVALID
 */
export async function readCsvFile<About extends object, Row>(
  { store, type, consumer }: { store: Store; type: CsvFileType<About, Row>; consumer: string },
  file: { readonly about: About; readonly body: Readable },
  take: (waiting: readonly CsvRow[], file: string) => Promise<TakenUnit<Row>>,
  context: CommandContext,
): Promise<{ readonly id: string; readonly state: CsvFile<About> }> {
  const { territory, now } = context;
  const id = `${territory}|${context.messageId}`;
  const quiet = (part: string): CommandContext => ({ ...context, consumer, messageId: `${id}|${part}` });
  const receive = { type: 'ReceiveFile' as const, about: file.about, now };
  await store.handleMany([effect(type, id, receive)], quiet('0'));
  const known = (await csvFileOf(store, type, territory, id)).state;
  const sha256 = createHash('sha256');
  file.body.on('data', (chunk: Buffer) => sha256.update(chunk));
  const takeRows = async (waiting: readonly CsvRow[]): Promise<void> => {
    const through = waiting.at(-1)?.line ?? 0;
    const { effects, ...unit } = await take(waiting, id);
    const taken = effect(type, id, { type: 'TakeRows', through, ...unit });
    await store.handleMany([taken, ...effects], quiet(String(through)));
  };
  let waiting: CsvRow[] = [];
  for await (const row of csvRows(file.body)) {
    if (row.line > known.through) waiting.push(row);
    if (waiting.length < ROWS_PER_UNIT) continue;
    await takeRows(waiting);
    waiting = [];
  }
  if (waiting.length > 0) await takeRows(waiting);
  const finish = { type: 'FinishFile' as const, sha256: sha256.digest('hex') };
  await store.handleMany([effect(type, id, finish)], quiet(`end ${finish.sha256}`));
  return csvFileOf(store, type, territory, id);
}

/** The rows of a CSV file with their lines, the first being the columns' names. Throws CSV_INVALID. */
async function* csvRows(body: Readable): AsyncGenerator<CsvRow> {
  const rows = body.pipe(
    parse({ columns: true, bom: true, trim: true, delimiter: [';', ',', '\t'], skip_empty_lines: true }),
  );
  let line = 1;
  try {
    for await (const columns of rows as AsyncIterable<Record<string, string>>) {
      line += 1;
      yield { columns, line };
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) {
      throw new DomainError('CSV_INVALID', { reason: String(error.code) });
    }
    throw error;
  }
}

/** @throws NOT_FOUND */
export async function csvFileOf<About extends object, Row>(
  store: Store,
  type: CsvFileType<About, Row>,
  territory: string,
  id: string,
): Promise<{ readonly id: string; readonly state: CsvFile<About> }> {
  const found = await store.read(type, territory, id);
  if (!found) throw new DomainError('NOT_FOUND');
  return { id, state: found.state };
}

/** The rows of a file with what became of each, in their order after a line. */
export async function csvFileRows<Row extends object>(
  store: Store,
  collection: string,
  { territory, file, after, limit }: { territory: string; file: string; after: number; limit: number },
): Promise<readonly (Row | RefusedRow)[]> {
  return store.database.db
    .collection<{ line: number; territory: string; file: string }>(collection)
    .find({ territory, file, line: { $gt: after } })
    .project<Row | RefusedRow>({ _id: 0, file: 0, territory: 0 })
    .sort({ line: 1 })
    .limit(limit)
    .toArray();
}
