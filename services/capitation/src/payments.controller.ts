import { Can, mayDo } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError, toWireMoney } from '@ariane/kernel';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  IsCivilDate,
  IsId,
  Reader,
  type ReaderContext,
  TimeLimit,
} from '@ariane/service';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import type { Request } from 'express';
import { detailsView } from './bank-details-view';
import { bookIdOf } from './contracts.store';
import { csvOf, money, text } from './export-table';
import { LedgerReads } from './ledger-reads.store';
import type { PaymentBatch } from './payment-batch';
import { Payments } from './payments.store';
import { statementHeadView } from './period-views';
import { namedPerson } from './seeing.guard';
import { Statements } from './statements.store';

class DetailsBody {
  @ApiProperty({ example: 'FR7630006000011234567890189' })
  @IsString()
  @Length(15, 42)
  iban!: string; /* filled by the pipe */

  @ApiProperty({ description: 'The name the account is held under.' })
  @IsString()
  @Length(1, 70)
  name!: string; /* filled by the pipe */
}

class BatchBody {
  @ApiProperty()
  @IsId()
  id!: string; /* filled by the pipe */

  @ApiProperty()
  @IsCivilDate()
  executionDate!: string; /* filled by the pipe */
}

class YearQuery {
  @ApiProperty({ example: '2026' })
  @Matches(/^\d{4}$/)
  year!: string; /* filled by the pipe */
}

/** A payee is declared from this much a year (CGI, art. 240: 2,400 EUR). */
const DECLARED_FROM_CENTS = 240_000n;
/** Statements an advice lists. */
const ADVISED_MAX = 200;
/** A bank statement of a day: far more than thousands of movements. */
const CAMT_BYTES_MAX = 20_000_000;

/** Payments: bank details by two persons, batches by three, the bank's files out and in. */
@ApiTags('payments')
@Controller('books/:id')
@Discloses('read-account')
@Can('prepare', 'Payment')
export class PaymentsController {
  constructor(
    private readonly payments: Payments,
    private readonly reads: LedgerReads,
    private readonly statements: Statements,
  ) {}

  /** Proposes bank details; the former ones are paid until another person confirms. */
  @Put('bank-details/:party')
  @ApiCommand()
  async propose(
    @Param('id') id: string,
    @Param('party') party: string,
    @Body() { iban, name }: DetailsBody,
    @Caller() caller: CallerContext,
  ) {
    const book = await this.bookOf(id, caller.territory);
    const by = namedPerson(caller.principal);
    const propose = { type: 'ProposeDetails' as const, book, party, details: { iban, name }, by };
    return detailsView(await this.payments.details(book, party, propose, contextOf(caller)));
  }

  @Post('bank-details/:party/confirmations')
  @HttpCode(200)
  @Can('approve', 'Payment')
  @ApiCommand()
  async confirm(@Param('id') id: string, @Param('party') party: string, @Caller() caller: CallerContext) {
    const book = await this.bookOf(id, caller.territory);
    const confirm = { type: 'ConfirmDetails' as const, by: namedPerson(caller.principal) };
    return detailsView(await this.payments.details(book, party, confirm, contextOf(caller)));
  }

  /** Drafts a payment of all that professionals are owed. */
  @Post('payment-batches')
  @ApiCommand()
  async prepare(@Param('id') asked: string, @Body() body: BatchBody, @Caller() caller: CallerContext) {
    const book = await this.bookOf(asked, caller.territory);
    const by = namedPerson(caller.principal);
    const batch = await this.payments.prepare(
      { ...{ id: body.id, executionDate: body.executionDate }, book, by },
      contextOf(caller),
    );
    return this.view(body.id, batch, caller.territory);
  }

  @Get('payment-batches/:batch')
  @Can('read', 'Payment')
  async one(@Param('id') asked: string, @Param('batch') id: string, @Reader() { territory }: ReaderContext) {
    return this.view(id, await this.own(asked, id, territory), territory);
  }

  /** What a payment pays: its amount and the payee's statements. A professional sees their own alone. */
  @Get('payment-batches/:batch/advices/:party')
  @Can('read', 'RemittanceAdvice')
  async advice(
    @Param('id') asked: string,
    @Param('batch') id: string,
    @Param('party') party: string,
    @Reader() { territory, principal }: ReaderContext,
  ) {
    if (!mayDo(principal, 'read', 'RemittanceAdvice', { party })) throw new DomainError('NOT_FOUND');
    const { book, executionDate, items } = await this.own(asked, id, territory);
    const item = items.find((one) => one.party === party);
    if (!item) throw new DomainError('NOT_FOUND');
    const { currency } = await this.reads.book(territory, book);
    const told = await this.statements.list(territory, { book, kind: 'PROFESSIONAL', party }, '', ADVISED_MAX);
    return {
      ...{ party, executionDate, endToEndId: item.endToEndId, state: item.state },
      amount: toWireMoney({ cents: item.amountCents, currency }),
      statements: told.map((statement) => statementHeadView(statement, currency)),
    };
  }

  @Post('payment-batches/:batch/approvals')
  @HttpCode(200)
  @Can('approve', 'Payment')
  @ApiCommand()
  async approve(@Param('id') asked: string, @Param('batch') id: string, @Caller() caller: CallerContext) {
    await this.own(asked, id, caller.territory);
    const batch = await this.payments.approve(id, namedPerson(caller.principal), contextOf(caller));
    return this.view(id, batch, caller.territory);
  }

  @Post('payment-batches/:batch/withdrawals')
  @HttpCode(200)
  @ApiCommand()
  async withdraw(@Param('id') asked: string, @Param('batch') id: string, @Caller() caller: CallerContext) {
    await this.own(asked, id, caller.territory);
    return this.view(id, await this.payments.withdraw(id, contextOf(caller)), caller.territory);
  }

  /** The approved batch as pain.001.001.09. */
  @Get('payment-batches/:batch/pain')
  @Can('export', 'Payment')
  async pain(@Param('id') asked: string, @Param('batch') id: string, @Reader() { territory }: ReaderContext) {
    await this.own(asked, id, territory);
    const xml = await this.payments.pain(territory, id);
    return new StreamableFile(Buffer.from(xml), {
      type: 'application/xml',
      disposition: 'attachment; filename="pain.001.xml"',
    });
  }

  /** A statement of the bank, camt.053: settles payments and returns, and lists what it could not match. */
  @Post('bank-statements')
  @HttpCode(200)
  @TimeLimit(0)
  @ApiCommand()
  @ApiConsumes('application/xml')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async statement(@Param('id') id: string, @Req() request: Request, @Caller() caller: CallerContext) {
    const book = await this.bookOf(id, caller.territory);
    const { currency } = await this.reads.book(caller.territory, book);
    const matched = await this.payments.hearBank(book, await textOf(request), contextOf(caller));
    return {
      items: matched.map(({ amountCents: cents, ...one }) => ({ ...one, amount: toWireMoney({ cents, currency }) })),
    };
  }

  /** What each payee was paid in a year, from the sum that is to be declared. */
  @Get('fee-declaration')
  async declaration(@Param('id') id: string, @Query() { year }: YearQuery, @Reader() { territory }: ReaderContext) {
    const book = await this.bookOf(id, territory);
    const paid = [...(await this.payments.paidIn(territory, book, year))].sort(([a], [b]) => (a < b ? -1 : 1));
    const declared = paid.filter(([, cents]) => cents >= DECLARED_FROM_CENTS);
    const rows = declared.map(([party, cents]) => [text(party), text(year), money(cents)]);
    const csv = csvOf({ name: 'fees', columns: ['payee', 'year', 'paid'], rows });
    const disposition = `attachment; filename="fees-${year}.csv"`;
    return new StreamableFile(Buffer.from(csv), { type: 'text/csv; charset=utf-8', disposition });
  }

  /** @throws NOT_FOUND */
  private async bookOf(asked: string, territory: string): Promise<string> {
    const book = bookIdOf(territory, asked);
    await this.reads.book(territory, book);
    return book;
  }

  private async own(asked: string, id: string, territory: string): Promise<PaymentBatch> {
    const batch = await this.payments.batch(territory, id);
    if (batch.book !== bookIdOf(territory, asked)) throw new DomainError('NOT_FOUND');
    return batch;
  }

  private async view(id: string, { items, ...batch }: PaymentBatch, territory: string) {
    const { currency } = await this.reads.book(territory, batch.book);
    const total = items.reduce((sum, { amountCents }) => sum + amountCents, 0n);
    return {
      ...{ id, ...batch, total: toWireMoney({ cents: total, currency }) },
      items: items.map(({ amountCents: cents, ...item }) => ({ ...item, amount: toWireMoney({ cents, currency }) })),
    };
  }
}

async function textOf(request: Request): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > CAMT_BYTES_MAX) throw new DomainError('PAYLOAD_TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
