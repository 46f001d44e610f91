import { Policy, type Principal, rolesOf } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { Reader, type ReaderContext } from '@ariane/service';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { bookIdOf } from './contracts.store';
import { LedgerReads } from './ledger-reads.store';
import { pseudonymOf } from './settle';
import { entryView, payableOf, statementView, totalsByParty } from './views';

class StatementQuery {
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
export class EntriesController {
  constructor(private readonly reads: LedgerReads) {}

  @Get('entries/:id')
  @Policy('finance', 'finance-approver', 'auditor', 'service')
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
  @Policy('finance', 'finance-approver', 'auditor', 'service')
  async explanation(@Param('id') id: string, @Reader() { territory }: ReaderContext) {
    const entry = await this.reads.entry(territory, id);
    return { entryId: id, contract: entry.contract, explanation: await this.reads.explanation(territory, entry) };
  }

  /** A professional sees their own and nobody else's: a colleague's is absent, not refused. */
  @Get('statements')
  @Policy('finance', 'finance-approver', 'auditor', 'specialist', 'requester', 'coordinator', 'service')
  async statements(@Query() query: StatementQuery, @Reader() { territory, principal }: ReaderContext) {
    if (!seesAll(principal) && (query.party === undefined || query.party !== partyOf(principal))) {
      throw new DomainError('NOT_FOUND');
    }
    const book = bookIdOf(territory, query.book);
    const { currency } = await this.reads.book(territory, book);
    const subject = query.pathway === undefined ? {} : { subject: pseudonymOf(book, query.pathway) };
    if (query.party === undefined) {
      const entries = await this.reads.entriesOf(territory, book, subject);
      return { book, currency, parties: totalsByParty(entries, currency) };
    }
    const entries = await this.reads.entriesOf(territory, book, { account: payableOf(query.party), ...subject });
    return statementView(query.party, book, currency, entries);
  }
}

const seesAll = (principal: Principal): boolean =>
  rolesOf(principal).some((role) => ['finance', 'finance-approver', 'auditor', 'service'].includes(role));

const partyOf = (principal: Principal): string | undefined =>
  principal.kind === 'person' && principal.practitionerId !== undefined
    ? `prac:${principal.practitionerId}`
    : undefined;
