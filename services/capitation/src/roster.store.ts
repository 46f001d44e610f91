import type { Readable } from 'node:stream';
import { DomainError } from '@ariane/kernel';
import { type CommandContext, type Effect, effect, ensureIndexes, newId, Store } from '@ariane/store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { RefusedRow } from './csv-file';
import { csvFileOf, csvFileRows, type CsvRow, readCsvFile } from './csv-file.store';
import { memberPseudonym } from './pseudonym.store';
import { type Difference, differencesOf, type FileKind, type FileRow } from './roster-file';
import { readRow, type RosterFile } from './roster-file';
import { FILE_ROWS, memberType, rosterCollections, rosterFileType } from './roster-types.store';
import { type Member, type MemberCommand, moves } from './roster';

/** What is told of a member, before the member has a pseudonym. */
export type ToldOfMember = MemberCommand extends infer C
  ? C extends MemberCommand
    ? Omit<C, 'book' | 'bucket' | 'reference' | 'source' | 'now'>
    : never
  : never;

type StoredRow = FileRow & { readonly _id: string; readonly file: string };
type StoredMember = Pick<Member, 'spans' | 'values'> & { readonly _id: string };

/** Who belongs to a book's roster since when: told one by one or by file, compared with the payer's. */
@Injectable()
export class RosterService implements OnModuleInit {
  constructor(private readonly store: Store) {}

  async onModuleInit(): Promise<void> {
    await ensureIndexes(this.store.database, rosterCollections);
  }

  /** Tells one thing of one member. Throws what the member's decider throws. */
  async tell(book: string, reference: string, told: ToldOfMember, source: string, context: CommandContext) {
    const one = await this.effectOf(book, reference, told, source, context);
    await this.store.handleMany([one], context);
    const found = await this.store.read(memberType, context.territory, one.id);
    if (!found) throw new DomainError('NOT_FOUND');
    return { id: pseudonymIn(one.id), state: found.state };
  }

  /**
   * Reads a roster file as it comes in.
   *
   * @throws IDEMPOTENCY_CONFLICT, CSV_INVALID
   */
  async read(
    file: { readonly book: string; readonly kind: 'OURS' | 'PAYER'; readonly month: string; readonly body: Readable },
    context: CommandContext,
  ): Promise<{ readonly id: string; readonly state: RosterFile }> {
    const { book, kind, month, body } = file;
    return readCsvFile(
      { store: this.store, type: rosterFileType, consumer: 'roster-file' },
      { about: { book, kind, month }, body },
      (waiting, id) => this.takeRows(id, file, waiting, context),
      context,
    );
  }

  /** @throws NOT_FOUND */
  async fileOf(territory: string, id: string): Promise<{ readonly id: string; readonly state: RosterFile }> {
    return csvFileOf(this.store, rosterFileType, territory, id);
  }

  /** The rows of a file with what became of each, in their order after a line. */
  async rows(territory: string, file: string, after: number, limit: number) {
    return csvFileRows<FileRow>(this.store, FILE_ROWS, { territory, file, after, limit });
  }

  /** Every difference between a payer's file and our roster, by member; both are walked, neither is held. */
  async *differences(territory: string, id: string, after = ''): AsyncGenerator<Difference> {
    const { state } = await this.fileOf(territory, id);
    const { db } = this.store.database;
    const ours = db
      .collection<StoredMember>(memberType.collection)
      .find({ territory, _id: { $gt: `${state.book}|${after}`, $lt: `${state.book}|~` } })
      .project<StoredMember>({ spans: 1, values: 1 })
      .sort({ _id: 1 });
    const theirs = db
      .collection<StoredRow>(FILE_ROWS)
      .find({ territory, file: id, member: { $gt: after } })
      .sort({ member: 1, line: 1 });
    let ourNext = await ours.next();
    let row = await theirs.next();
    while (ourNext !== null || row !== null) {
      const our = ourNext === null ? undefined : pseudonymIn(ourNext._id);
      const member = our === undefined || (row !== null && row.member < our) ? row?.member : our;
      if (member === undefined) return;
      const told: FileRow[] = [];
      for (; row?.member === member; row = await theirs.next()) told.push(row);
      const known = our === member ? ourNext : null;
      yield* differencesOf(member, known ?? undefined, told, state.month);
      if (known !== null) ourNext = await ours.next();
    }
  }

  /** Who came and who went between two months; the counts are the lists'. */
  async moves(territory: string, book: string, before: string, month: string) {
    const joiners: string[] = [];
    const leavers: string[] = [];
    const all = this.store.database.db
      .collection<StoredMember>(memberType.collection)
      .find({ territory, book })
      .project<StoredMember>({ spans: 1, values: 1 })
      .sort({ bucket: 1 });
    for await (const { _id, ...member } of all) {
      const moved = moves([{ ...member, id: pseudonymIn(_id) }], before, month);
      joiners.push(...moved.joiners);
      leavers.push(...moved.leavers);
    }
    return { joiners, leavers };
  }

  /**
   * Members of one book go on in another from a day, when their holders merge: no day is lost and none counts twice.
   * What was known before stays where it was.
   */
  async merge(from: string, into: string, on: string, context: CommandContext): Promise<number> {
    const all = this.store.database.db
      .collection<{ _id: string }>(memberType.collection)
      .find({
        territory: context.territory,
        book: from,
        spans: { $elemMatch: { $or: [{ to: null }, { to: { $gt: on } }] } },
      })
      .project<{ _id: string }>({ _id: 1 });
    let moved = 0;
    for await (const { _id } of all) {
      const found = await this.store.read(memberType, context.territory, _id);
      if (!found) continue;
      const { reference, spans, values } = found.state;
      const ahead = spans.filter(({ to }) => to === null || to > on);
      const source = `merged from ${from}`;
      const effects = await Promise.all([
        this.effectOf(from, reference, { type: 'Leave', on, reason: 'MERGED' }, `merged into ${into}`, context),
        ...ahead.map(({ from: begin, to }) => {
          const span = { from: begin > on ? begin : on, to };
          return this.effectOf(into, reference, { type: 'Attribute', span, values }, source, context);
        }),
      ]);
      const unit = {
        ...context,
        consumer: 'roster-merge',
        messageId: `${context.messageId}|${_id}`,
        causationId: newId(),
      };
      await this.store.handleMany(effects, unit);
      moved += 1;
    }
    return moved;
  }

  private async takeRows(
    id: string,
    { book, kind }: { readonly book: string; readonly kind: FileKind },
    waiting: readonly CsvRow[],
    context: CommandContext,
  ) {
    const rows: FileRow[] = [];
    const refused: RefusedRow[] = [];
    const effects: Effect[] = [];
    for (const { columns, line } of waiting) {
      const row = readRow(columns, line);
      if ('reason' in row) {
        refused.push(row);
        continue;
      }
      const { reference, span, values } = row;
      const one = await this.effectOf(book, reference, { type: 'Attribute', span, values }, `file ${id}`, context);
      rows.push({ line, member: pseudonymIn(one.id), span, values });
      if (kind === 'OURS') effects.push(one);
    }
    return { taken: rows.length, rows, refused, effects };
  }

  private async effectOf(
    book: string,
    reference: string,
    told: ToldOfMember,
    source: string,
    { territory, now }: CommandContext,
  ): Promise<Effect> {
    const member = await memberPseudonym(this.store, territory, book, reference);
    const bucket = member.slice(3, 5);
    return effect(memberType, `${book}|${member}`, { ...told, book, bucket, reference, source, now });
  }
}

const pseudonymIn = (id: string): string => id.slice(id.lastIndexOf('|') + 1);
