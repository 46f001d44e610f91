import { Can, mayDo, queryOf } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError, fromWireMoney, toWireMoney } from '@ariane/kernel';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  pageOf,
  PageQuery,
  Reader,
  type ReaderContext,
} from '@ariane/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { payable } from './accounts';
import {
  AnswerBody,
  Contest,
  Decision,
  DisputesQuery,
  Fulfilment,
  GuardBody,
  PromiseBody,
} from './acts-inputs.controller';
import { EntryActs } from './acts.store';
import { bookIdOf } from './contracts.store';
import { LedgerReads } from './ledger-reads.store';
import { disputeView, pendingView } from './period-views';
import { namedPerson } from './seeing.guard';
import { entryView } from './views';

/** What people do to single entries: promise, resolve, take back, bound an account, contest a line. */
@ApiTags('ledger')
@Controller()
@Discloses('read-account')
export class ActsController {
  constructor(
    private readonly acts: EntryActs,
    private readonly reads: LedgerReads,
  ) {}

  @Post('pendings')
  @Can('change', 'Pending')
  @ApiCommand()
  async promise(@Body() body: PromiseBody, @Caller() caller: CallerContext) {
    const book = bookIdOf(caller.territory, body.book);
    const { currency } = await this.reads.book(caller.territory, book);
    const amountCents = centsOf(body.amount, currency);
    const pending = await this.acts.promise(
      {
        ...{ id: body.id, book, code: body.code, debit: body.debit, credit: body.credit, amountCents },
        ...{ effectiveAt: body.effectiveAt, dueAt: body.dueAt, expiresAt: body.expiresAt },
      },
      contextOf(caller),
    );
    return pendingView(`pending-${body.id}`, pending, currency);
  }

  /** What is promised and neither posted nor voided, in the order it is due. */
  @Get('books/:id/pendings')
  @Can('read', 'Pending')
  async pendings(@Param('id') id: string, @Query() query: PageQuery, @Reader() { territory }: ReaderContext) {
    const book = bookIdOf(territory, id);
    const { currency } = await this.reads.book(territory, book);
    const [dueAt = '', after = ''] = (query.cursor ?? '').split('_');
    const found = await this.acts.pendingsAfter(territory, book, { dueAt, id: after }, query.limit + 1);
    const shown = pageOf(found, query.limit, (one) => `${one.state.dueAt}_${one.id}`);
    return { ...shown, items: shown.items.map((one) => pendingView(one.id, one.state, currency)) };
  }

  @Post('pendings/:id/fulfilments')
  @Can('change', 'Pending')
  @HttpCode(200)
  @ApiCommand()
  async fulfil(@Param('id') id: string, @Body() body: Fulfilment, @Caller() caller: CallerContext) {
    const part = body.amount === undefined ? {} : { amountCents: centsOf(body.amount, 'EUR') };
    const cause = [caller.idempotencyKey];
    const fulfil = { type: 'Fulfil' as const, ...part, eff: body.effectiveAt, cause, now: caller.now };
    return this.resolved(id, fulfil, caller);
  }

  @Post('pendings/:id/releases')
  @Can('change', 'Pending')
  @HttpCode(200)
  @ApiCommand()
  async release(@Param('id') id: string, @Caller() caller: CallerContext) {
    return this.resolved(id, { type: 'Release', cause: [caller.idempotencyKey], now: caller.now }, caller);
  }

  /** Voids what nobody resolved in time; before its time it is refused. */
  @Post('pendings/:id/expiries')
  @Can('change', 'Pending')
  @HttpCode(200)
  @ApiCommand()
  async expire(@Param('id') id: string, @Caller() caller: CallerContext) {
    return this.resolved(id, { type: 'Expire', now: caller.now }, caller);
  }

  @Post('entries/:id/reversals')
  @Can('reverse', 'Entry')
  @ApiCommand()
  async reverse(@Param('id') id: string, @Caller() caller: CallerContext) {
    const entry = await this.acts.reverse(id, contextOf(caller));
    const { currency } = await this.reads.book(caller.territory, entry.book);
    return entryView(entry, currency);
  }

  @Post('books/:id/guards')
  @Can('guard', 'Book')
  @ApiCommand()
  async guard(@Param('id') id: string, @Body() { account, guard }: GuardBody, @Caller() caller: CallerContext) {
    const book = bookIdOf(caller.territory, id);
    const { currency } = await this.reads.book(caller.territory, book);
    const guarded = await this.acts.guard(book, account, guard, contextOf(caller));
    const balance = toWireMoney({ cents: guarded.dr - guarded.cr, currency });
    return { account, guard: guarded.guard, balance };
  }

  /** A professional contests a line of their own; finance contests for anybody. */
  @Post('disputes')
  @Can('create', 'Dispute')
  @ApiCommand()
  async contest(@Body() body: Contest, @Caller() caller: CallerContext) {
    const { id, entryId, party, reason } = body;
    if (!mayDo(caller.principal, 'create', 'Dispute', { party })) throw new DomainError('NOT_FOUND');
    const entry = await this.reads.entry(caller.territory, entryId);
    const isOwn = entry.legs.some((leg) => leg.a === payable(party));
    if (!isOwn) throw new DomainError('NOT_FOUND');
    const by = namedPerson(caller.principal);
    const contest = { type: 'Contest' as const, entry, party, reason, by, now: caller.now };
    return disputeView(id, await this.acts.dispute(id, contest, contextOf(caller)));
  }

  @Get('disputes')
  @Can('read', 'Dispute')
  async disputes(@Query() { entry, decided }: DisputesQuery, @Reader() { territory, principal }: ReaderContext) {
    const states = decided === 'true' ? ['UPHELD', 'REJECTED'] : ['OPEN', 'ANSWERED'];
    const found = await this.acts.disputesOf(territory, {
      ...queryOf(principal, 'read', 'Dispute'),
      ...(entry === undefined ? { state: { $in: states } } : { entryId: entry }),
    });
    return { items: found.map(({ id, state }) => disputeView(id, state)) };
  }

  @Post('disputes/:id/answers')
  @Can('answer', 'Dispute')
  @HttpCode(200)
  @ApiCommand()
  async answer(@Param('id') id: string, @Body() { answer }: AnswerBody, @Caller() caller: CallerContext) {
    const by = namedPerson(caller.principal);
    return disputeView(
      id,
      await this.acts.dispute(id, { type: 'Answer', answer, by, now: caller.now }, contextOf(caller)),
    );
  }

  @Post('disputes/:id/decisions')
  @HttpCode(200)
  @Can('decide', 'Dispute')
  @ApiCommand()
  async decide(@Param('id') id: string, @Body() body: Decision, @Caller() caller: CallerContext) {
    const { territory, now } = caller;
    const { entryId } = await this.acts.disputeOf(territory, id);
    const entry = await this.reads.entry(territory, entryId);
    const { currency } = await this.reads.book(territory, entry.book);
    const deltaCents = body.amount === undefined ? 0n : centsOf(body.amount, currency);
    const by = namedPerson(caller.principal);
    const decide = { type: 'Decide' as const, disputeId: id, outcome: body.outcome, entry, deltaCents, by, now };
    return disputeView(id, await this.acts.dispute(id, decide, contextOf(caller)));
  }

  private async resolved(id: string, command: Parameters<EntryActs['resolve']>[1], caller: CallerContext) {
    const pending = await this.acts.resolve(id, command, contextOf(caller));
    const { currency } = await this.reads.book(caller.territory, pending.book);
    return pendingView(id, pending, currency);
  }
}

const centsOf = (text: string, currency: string): bigint => fromWireMoney({ amount: text, currency }).cents;
