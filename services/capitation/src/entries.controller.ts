import { Can, mayDo } from '@ariane/auth';
import { DomainError, merkleProof, toWireMoney } from '@ariane/kernel';
import { Discloses, pageOf, PageQuery, Reader, type ReaderContext } from '@ariane/service';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { bookIdOf } from './contracts.store';
import { DrillDown, type PartyPlace } from './drill-down.store';
import { LedgerReads } from './ledger-reads.store';
import { seqAfter, seqCursor } from './seq-cursor';
import { Participations } from './participations.store';
import { pseudonymOf } from './settle';
import { entryView, statementView, totalsByParty } from './views';

class StatementQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'The book: `hospital-a`.' })
  @IsString()
  @MaxLength(80)
  book!: string; /* filled by the pipe */

  @ApiPropertyOptional({ description: 'Whose statement: `prac:<id>`. Without it, what each party is owed in all.' })
  @IsOptional()
  @IsString()
  @MaxLength(80)
  party?: string;

  @ApiPropertyOptional({ description: 'One pathway’s id, to see only what it paid.' })
  @IsOptional()
  @IsString()
  @MaxLength(80)
  pathway?: string;
}

/** From a payment down to the act it pays. */
@ApiTags('ledger')
@Controller()
@Discloses('read-account')
export class EntriesController {
  constructor(
    private readonly reads: LedgerReads,
    private readonly drill: DrillDown,
    private readonly participations: Participations,
  ) {}

  @Get('entries/:id')
  @Can('read', 'Entry')
  async entry(@Param('id') id: string, @Reader() { territory }: ReaderContext) {
    const entry = await this.reads.entry(territory, id);
    const { currency } = await this.reads.book(territory, entry.book);
    const known = await this.reads.evidence(territory, entry.cause.eventIds);
    const events = entry.cause.eventIds.map((eventId) => {
      const found = known.find((one) => one.eventId === eventId);
      return found
        ? { eventId, what: found.what, at: found.at, parties: found.parties }
        : { eventId, what: 'facts posted by hand', at: entry.rec, parties: [] };
    });
    return { ...entryView(entry, currency), events };
  }

  @Get('entries/:id/explanation')
  @Can('read', 'Entry')
  async explanation(@Param('id') id: string, @Reader() { territory }: ReaderContext) {
    const entry = await this.reads.entry(territory, id);
    return { entryId: id, contract: entry.contract, explanation: await this.reads.explanation(territory, entry) };
  }

  /** That the entry is in a sealed batch: its hash and the steps lead to the batch’s root. */
  @Get('entries/:id/proof')
  @Can('read', 'Entry')
  async proof(@Param('id') id: string, @Reader() { territory }: ReaderContext) {
    const entry = await this.reads.entry(territory, id);
    const { first, root, hashes } = await this.reads.batchOf(territory, entry);
    const steps = merkleProof(hashes, Number(entry.seq - first));
    return { entryId: id, hash: entry.hash, batch: Number(first), root, steps };
  }

  /** A line with all its revisions: each with its entry and the hash of its reason. */
  @Get('lines/:key')
  @Can('read', 'Entry')
  async line(@Param('key') key: string, @Reader() { territory }: ReaderContext) {
    const { line, entries } = await this.reads.line(territory, key);
    const { currency } = await this.reads.book(territory, line.book);
    const { name, subject, period, contract, target, posted } = line;
    return {
      ...{ key, name, subject, period, contract, explain: line.explain },
      target: toWireMoney({ cents: target, currency }),
      posted: toWireMoney({ cents: posted, currency }),
      revisions: entries.map((entry) => entryView(entry, currency)),
    };
  }

  /** What an event paid: from an act back to every entry that rests on it. */
  @Get('events/:eventId/entries')
  @Can('read', 'Entry')
  async paidBy(@Param('eventId') eventId: string, @Query() query: PageQuery, @Reader() { territory }: ReaderContext) {
    const lists = await this.participations.listsOf(territory, eventId);
    const found = await this.reads.paidBy(territory, eventId, lists, seqAfter(query.cursor), query.limit + 1);
    const shown = pageOf(found, query.limit, seqCursor);
    const currencies = new Map<string, string>();
    for (const book of new Set(shown.items.map((entry) => entry.book))) {
      currencies.set(book, (await this.reads.book(territory, book)).currency);
    }
    return { ...shown, items: shown.items.map((entry) => entryView(entry, currencies.get(entry.book) ?? '')) };
  }

  /** A professional sees their own and nobody else's: a colleague's is absent, not refused. */
  @Get('statements')
  @Can('read', 'Statement')
  async statements(@Query() query: StatementQuery, @Reader() { territory, principal }: ReaderContext) {
    if (!mayDo(principal, 'read', 'Statement', { party: query.party })) throw new DomainError('NOT_FOUND');
    const book = bookIdOf(territory, query.book);
    const { currency } = await this.reads.book(territory, book);
    const { party, pathway, cursor, limit } = query;
    const wire = (cents: bigint) => toWireMoney({ cents, currency });
    if (pathway !== undefined) {
      const entries = await this.reads.entriesOf(territory, book, pseudonymOf(book, pathway));
      const parties = totalsByParty(entries, currency);
      return party === undefined ? { book, currency, parties } : statementView(party, book, currency, entries);
    }
    if (party === undefined) {
      const owed = await this.reads.owed(territory, book);
      return { book, currency, parties: [...owed].map(([one, cents]) => ({ party: one, total: wire(cents) })) };
    }
    const found = await this.drill.entriesOf(territory, { book, party }, partyPlace(cursor), limit + 1);
    const { items, ...more } = pageOf(found, limit, partyCursor);
    const total = wire((await this.drill.owedTo(territory, book, party)) ?? 0n);
    return { ...statementView(party, book, currency, items), total, ...more };
  }
}

/** The cursor of a party's entries: `2026-06_1234`. */
const partyCursor = ({ period, seq }: PartyPlace): string => `${period}_${seq}`;

/** From the first entry when the cursor is absent or none of ours. */
function partyPlace(cursor = ''): PartyPlace | undefined {
  const [, period, seq] = /^(\d{4}-\d{2})_(\d{1,18})$/.exec(cursor) ?? [];
  return period === undefined || seq === undefined ? undefined : { period, seq: BigInt(seq) };
}
