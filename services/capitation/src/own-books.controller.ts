import { Can, partyOf } from '@ariane/auth';
import { DomainError, toWireMoney } from '@ariane/kernel';
import { DisclosesNothing, Reader, type ReaderContext } from '@ariane/service';
import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DrillDown } from './drill-down.store';
import { LedgerReads } from './ledger-reads.store';

/** Where a professional finds what is theirs: they are told no other book, and of a book nothing but their own. */
@ApiTags('statements')
@Controller('own-books')
@Can('read-own', 'Book')
@DisclosesNothing('one’s own sums, by no pathway')
export class OwnBooksController {
  constructor(
    private readonly reads: LedgerReads,
    private readonly drill: DrillDown,
  ) {}

  /** The books in which something was ever booked for the reader, with what they are owed now. */
  @Get()
  async list(@Reader() { territory, principal }: ReaderContext) {
    const party = partyOf(principal);
    if (party === undefined) throw new DomainError('NOT_FOUND');
    const books = await this.reads.books(territory);
    const found = await Promise.all(
      books.map(async ({ id, state: { currency } }) => {
        const cents = await this.drill.owedTo(territory, id, party);
        return cents === undefined ? [] : [{ book: id, party, owed: toWireMoney({ cents, currency }) }];
      }),
    );
    return { items: found.flat() };
  }
}
