import type { Readable } from 'node:stream';
import { DomainError } from '@ariane/kernel';
import { type CommandContext, type Effect, effect, ensureIndexes, Store } from '@ariane/store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { mongo } from 'mongoose';
import type { EvidenceDocument } from './aggregates.store';
import type { RefusedRow } from './csv-file';
import { type CsvRow, readCsvFile, type TakenUnit } from './csv-file.store';
import { EVIDENCE } from './ledger-documents.store';
import { type Act, type ActSum, countsTo, knownAt, type Participation, placeOf, wordsOf } from './participation';
import { readAct } from './participation-file';
import {
  ACT_SUMS,
  LIST_PARTIES,
  participationCollections,
  participationIdOf,
  participationType,
} from './participation-types.store';
import type { FileRow, RosterFile } from './roster-file';
import { rosterFileType } from './roster-types.store';

/** Documents in one answer of the server. */
const SUMS_AT_ONCE = 5_000;

type StoredSum = ActSum & { readonly _id: string; readonly territory: string; readonly month: string };
type StoredAct = Participation & { readonly _id: string; readonly territory: string };

type StoredList = EvidenceDocument & { readonly territory: string; readonly book: string; readonly month: string };

/** A practitioner's part in a list of acts. */
export interface ListParty {
  readonly party: string;
  readonly points: string;
  readonly acts: string;
}

/** A list of acts, and who took part in the one that was asked for. */
interface ListWith {
  readonly list: string;
  readonly practitioners: readonly string[];
}

/** Who took part in which care in the months of a book: told by file or heard, summed as it is told. */
@Injectable()
export class Participations implements OnModuleInit {
  constructor(private readonly store: Store) {}

  async onModuleInit(): Promise<void> {
    await ensureIndexes(this.store.database, participationCollections);
  }

  /** Reads a file of acts as it comes in. Throws IDEMPOTENCY_CONFLICT, CSV_INVALID. */
  read(
    { book, body }: { readonly book: string; readonly body: Readable },
    context: CommandContext,
  ): Promise<{ readonly id: string; readonly state: RosterFile }> {
    return readCsvFile(
      { store: this.store, type: rosterFileType, consumer: 'roster-file' },
      { about: { book, kind: 'ACTS' as const, month: '' }, body },
      (waiting) => Promise.resolve(unitOf(book, waiting, context)),
      context,
    );
  }

  /** The sums of a month by practitioner, kind and day: as many as these are, however many acts they sum. */
  async sums(territory: string, book: string, month: string): Promise<readonly ActSum[]> {
    return this.store.database.db
      .collection<StoredSum>(ACT_SUMS)
      .find({ territory, book, month, n: { $gt: 0n } }, { batchSize: SUMS_AT_ONCE })
      .project<ActSum>({ _id: 0, practitioner: 1, kind: 1, day: 1, n: 1, weight: 1, seal: 1 })
      .toArray();
  }

  /** The parts in a list of acts, in order of party. */
  async parties(territory: string, list: string, after: string, limit: number): Promise<readonly ListParty[]> {
    const id = (party: string): string => `${territory}|${list}|${party}`;
    return this.store.database.db
      .collection<ListParty & { readonly _id: string }>(LIST_PARTIES)
      .find({ _id: { $gt: id(after), $lt: id('~') } })
      .project<ListParty>({ _id: 0, party: 1, points: 1, acts: 1 })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
  }

  /**
   * A practitioner's acts in a list, as they were known when it was made, by their ids after one; a page of the acts
   * that ever counted there, so that it may show fewer than the limit.
   *
   * @throws NOT_FOUND
   */
  async acts(
    territory: string,
    { list, practitioner }: { readonly list: string; readonly practitioner: string },
    after: string,
    limit: number,
  ): Promise<{ readonly items: readonly Act[]; readonly next: string | undefined }> {
    const made = await this.lists.findOne({ _id: `${territory}|${list}`, month: { $exists: true } });
    if (!made) throw new DomainError('NOT_FOUND');
    const { book, month, at } = made;
    const later = after === '' ? {} : { _id: { $gt: after } };
    const found = await this.acted
      .find({ territory, book, places: placeOf(month, practitioner), ...later })
      .sort({ _id: 1 })
      .limit(limit + 1)
      .toArray();
    const shown = found.slice(0, limit);
    const items = shown.flatMap((one) => {
      const act = knownAt(one, at);
      return act && countsTo(act, month, practitioner) ? [act] : [];
    });
    return { items, next: found.length > limit ? shown.at(-1)?._id : undefined };
  }

  /**
   * The lists of acts that hold what an event told, each with those who took part by it: a list was made while the
   * event was the last word on its act.
   */
  async listsOf(territory: string, eventId: string): Promise<readonly ListWith[]> {
    const told = await this.acted.find({ territory, eventIds: eventId }).sort({ _id: 1 }).toArray();
    const words = told.flatMap((one) => wordsOf(one).filter(({ act }) => act.eventId === eventId));
    const found = words.map(async ({ book, act, from, until }): Promise<readonly ListWith[]> => {
      const at = { $gte: from, ...(until === undefined ? {} : { $lt: until }) };
      const lists = this.lists.find({ territory, book, month: act.day.slice(0, 7), at });
      return (await lists.toArray()).map((list) => ({ list: list.eventId, practitioners: act.practitioners }));
    });
    return (await Promise.all(found)).flat();
  }

  private get lists(): mongo.Collection<StoredList> {
    return this.store.database.db.collection<StoredList>(EVIDENCE);
  }

  private get acted(): mongo.Collection<StoredAct> {
    return this.store.database.db.collection<StoredAct>(participationType.collection);
  }
}

function unitOf(book: string, waiting: readonly CsvRow[], { territory, now }: CommandContext): TakenUnit<FileRow> {
  const refused: RefusedRow[] = [];
  const effects: Effect[] = [];
  for (const { columns, line } of waiting) {
    const row = readAct(columns, line);
    if ('reason' in row) {
      refused.push(row);
      continue;
    }
    const source = `file:${row.source}`;
    const told = { type: 'TellAct' as const, book, source, act: row.act, territory, now };
    effects.push(effect(participationType, participationIdOf(book, source), told));
  }
  return { taken: effects.length, rows: [], refused, effects };
}
