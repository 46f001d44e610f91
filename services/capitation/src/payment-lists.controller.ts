import { Can } from '@ariane/auth';
import { toWireMoney } from '@ariane/kernel';
import { DisclosesNothing, Reader, type ReaderContext } from '@ariane/service';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { detailsView } from './bank-details-view';
import { bookIdOf } from './contracts.store';
import { LedgerReads } from './ledger-reads.store';
import { Payments } from './payments.store';

/** The payments of a book as lists: what is drafted or sent, and whose bank details wait for a second person. */
@ApiTags('payments')
@Controller('books/:id')
@Can('read', 'Payment')
@DisclosesNothing('parties and sums, by no pathway')
export class PaymentListsController {
  constructor(
    private readonly payments: Payments,
    private readonly reads: LedgerReads,
  ) {}

  /** The latest batches, each with its sum. */
  @Get('payment-batches')
  async batches(@Param('id') asked: string, @Reader() { territory }: ReaderContext) {
    const book = bookIdOf(territory, asked);
    const { currency } = await this.reads.book(territory, book);
    const found = await this.payments.batches(territory, book);
    return {
      items: found.map(({ id, state: { items, ...batch } }) => {
        const cents = items.reduce((sum, { amountCents }) => sum + amountCents, 0n);
        return { id, ...batch, payees: items.length, total: toWireMoney({ cents, currency }) };
      }),
    };
  }

  /** Whose bank details are known or proposed; of an account only its last four signs. */
  @Get('bank-details')
  async details(@Param('id') asked: string, @Reader() { territory }: ReaderContext) {
    const book = bookIdOf(territory, asked);
    await this.reads.book(territory, book);
    return { items: (await this.payments.accounts(territory, book)).map(detailsView) };
  }
}
