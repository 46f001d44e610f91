import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError } from '@ariane/kernel';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  DisclosesNothing,
  Reader,
  type ReaderContext,
  ServiceSettings,
  TimeLimit,
} from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { dayOf } from './book-time';
import { ContractsService, settlement, shelf } from './contracts.store';
import { DryRuns } from './dry-runs.store';
import { LedgerReads } from './ledger-reads.store';
import { Activation, DryRunBody, Ending, FactsByHand, Suspension } from './payment-contracts-inputs.controller';
import { amountsOf } from './settlement';
import { activeContract } from './shelf';
import { SplitKeys } from './split-keys.store';
import { contractView, entryView } from './views';

/** Payment contracts and what they make of facts posted by hand. */
@ApiTags('payment contracts')
@Controller('payment-contracts')
@DisclosesNothing('sums and terms, by no pathway')
export class PaymentContractsController {
  constructor(
    private readonly contracts: ContractsService,
    private readonly dryRuns: DryRuns,
    private readonly keys: SplitKeys,
    private readonly reads: LedgerReads,
    private readonly store: Store,
    private readonly settings: ServiceSettings,
  ) {}

  @Post()
  @Can('create', 'PaymentContract')
  @ApiCommand()
  @ApiBody({ description: 'A contract document as it is.', schema: { type: 'object', additionalProperties: true } })
  async draft(@Body() document: unknown, @Caller() caller: CallerContext) {
    return contractView(await this.contracts.draft(document, contextOf(caller)));
  }

  @Get()
  @Can('read', 'PaymentContract')
  async list(@Reader() reader: ReaderContext) {
    return { items: (await this.contracts.list(reader.territory)).map(contractView) };
  }

  @Post(':id/versions/:version/review')
  @HttpCode(200)
  @Can('review', 'PaymentContract')
  @ApiCommand()
  async review(
    @Param('id') id: string,
    @Param('version', ParseIntPipe) version: number,
    @Caller() caller: CallerContext,
  ) {
    const context = contextOf(caller);
    const command = { type: 'ReviewPaymentContract', by: context.actor, now: context.now } as const;
    return contractView(await this.contracts.step({ id, version }, command, context));
  }

  /** What the version would have paid on real inputs: read before it is activated. Posts nothing. */
  @Post(':id/versions/:version/dry-runs')
  @HttpCode(200)
  @Can('simulate', 'PaymentContract')
  @TimeLimit(0)
  @ApiCommand()
  async dryRun(
    @Param('id') id: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() { month }: DryRunBody,
    @Caller() caller: CallerContext,
  ) {
    return this.dryRuns.run({ id, version, ...(month === undefined ? {} : { month }) }, contextOf(caller));
  }

  /** The report of the last dry run. */
  @Get(':id/versions/:version/dry-run')
  @Discloses('read-account')
  @Can('read', 'PaymentContract')
  async shownDryRun(
    @Param('id') id: string,
    @Param('version', ParseIntPipe) version: number,
    @Reader() { territory }: ReaderContext,
  ) {
    return this.dryRuns.shown(territory, { id, version });
  }

  @Post(':id/versions/:version/suspend')
  @HttpCode(200)
  @Can('end', 'PaymentContract')
  @ApiCommand()
  async suspend(
    @Param('id') id: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() { from, to }: Suspension,
    @Caller() caller: CallerContext,
  ) {
    const command = { type: 'SuspendPaymentContract', from, to: to ?? null, now: caller.now } as const;
    return contractView(await this.contracts.step({ id, version }, command, contextOf(caller)));
  }

  @Post(':id/versions/:version/end')
  @HttpCode(200)
  @Can('end', 'PaymentContract')
  @ApiCommand()
  async end(
    @Param('id') id: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() { endsOn }: Ending,
    @Caller() caller: CallerContext,
  ) {
    return contractView(await this.contracts.end({ id, version }, endsOn, contextOf(caller)));
  }

  @Post(':id/versions/:version/activate')
  @HttpCode(200)
  @Can('activate', 'PaymentContract')
  @ApiCommand()
  async activate(
    @Param('id') id: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() body: Activation,
    @Caller() caller: CallerContext,
  ) {
    const { principal } = caller;
    const approvedBy = body.approvedBy ?? (principal.kind === 'person' ? principal.subject : undefined);
    if (approvedBy === undefined) throw new DomainError('APPROVER_REQUIRED', {}, 'approvedBy');
    const { bookId, dryRun } = body;
    const more = { ...(bookId === undefined ? {} : { bookId }), ...(dryRun === undefined ? {} : { dryRun }) };
    const asked = { id, version, approvedBy, ...more };
    const isProduction = this.settings.config.mode === 'production';
    return contractView(await this.contracts.activate(asked, isProduction, contextOf(caller)));
  }

  @Post(':id/settlements')
  @Can('settle', 'PaymentContract')
  @ApiCommand()
  async settle(@Param('id') id: string, @Body() body: FactsByHand, @Caller() caller: CallerContext) {
    const effectiveAt = body.effectiveAt ?? caller.now;
    checkEvidence(body.given);
    const { pin, bookId } = await this.contracts.activeAt(caller.territory, id, effectiveAt);
    const { document } = activeContract(shelf, caller.territory, pin.sha256).contract;
    const given = await this.keys.into(body.given, caller.territory, document, dayOf(effectiveAt, document.timezone));
    const { state } = await this.store.handle(
      settlement,
      `${caller.territory}.${id}.${body.subject}`,
      {
        type: 'SettleByHand',
        sha256: pin.sha256,
        subject: body.subject,
        given,
        effectiveAt,
        requestId: caller.idempotencyKey,
        now: caller.now,
        territory: caller.territory,
      },
      contextOf(caller),
    );
    const book = await this.reads.book(caller.territory, bookId ?? '');
    const entries = await this.reads.entriesOf(caller.territory, bookId ?? '', state.subject);
    return {
      contract: pin,
      book: bookId,
      subject: state.subject,
      amounts: amountsOf(state),
      entries: entries.map((entry) => entryView(entry, book.currency)),
    };
  }
}

/** Events named by hand must be event ids: an entry's causes are published. Throws FACT_MALFORMED. */
function checkEvidence(value: unknown): void {
  if (Array.isArray(value)) {
    value.forEach(checkEvidence);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (name !== 'evidence') checkEvidence(member);
    else if (!idsIn(member).every(isEventId))
      throw new DomainError('FACT_MALFORMED', { name, reason: 'not event ids' });
  }
}

const idsIn = (evidence: unknown): readonly unknown[] =>
  typeof evidence === 'object' && evidence !== null ? Object.values(evidence).flat() : [evidence];

const isEventId = (id: unknown): boolean =>
  typeof id === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
