import { Policy } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError, monthPattern } from '@ariane/kernel';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  IsCode,
  IsInstant,
  Reader,
  type ReaderContext,
  ServiceSettings,
  TimeLimit,
} from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post } from '@nestjs/common';
import { ApiBody, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { ContractsService, settlement } from './contracts.store';
import { DryRuns } from './dry-runs.store';
import { LedgerReads } from './ledger-reads.store';
import { amountsOf } from './settlement';
import { contractView, entryView } from './views';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

class Activation {
  @ApiPropertyOptional({ description: 'Who approves; by default the person who is signed in.' })
  @IsOptional()
  @IsString()
  @Length(1, 128)
  approvedBy?: string;

  @ApiPropertyOptional({ description: 'The hash of the dry run’s report, as read: `POST …/dry-runs` makes it.' })
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/)
  dryRun?: string;

  @ApiPropertyOptional({ description: 'The book it posts to; by default its holder’s.' })
  @IsOptional()
  @IsCode()
  bookId?: string;
}

class DryRunBody {
  @ApiPropertyOptional({ description: 'Whose real inputs; by default those of the last month that has any.' })
  @IsOptional()
  @Matches(monthPattern)
  month?: string;
}

class Suspension {
  @ApiProperty({ description: 'The first civil day that is not paid.', example: '2026-06-11' })
  @Matches(dayPattern)
  from!: string; /* filled by the pipe */

  @ApiPropertyOptional({ description: 'The first day paid again; until then it is open. The same as `from`: lifted.' })
  @IsOptional()
  @Matches(dayPattern)
  to?: string;
}

class Ending {
  @ApiProperty({ description: 'The first civil day that is no longer paid.', example: '2026-10-01' })
  @Matches(dayPattern)
  endsOn!: string; /* filled by the pipe */
}

class FactsByHand {
  @ApiProperty({ description: 'Whom or what the facts are about; stands in the books by a pseudonym only.' })
  @IsString()
  @Length(1, 128)
  subject!: string; /* filled by the pipe */

  @ApiProperty({
    description: 'The facts, in the form of the contract’s examples.',
    type: 'object',
    additionalProperties: true,
  })
  @IsObject()
  given!: Record<string, unknown>; /* filled by the pipe */

  @ApiPropertyOptional({ description: 'When the amounts are true; by default now.' })
  @IsOptional()
  @IsInstant()
  @MaxLength(40)
  effectiveAt?: string;
}

/** Payment contracts and what they make of facts posted by hand. */
@ApiTags('payment contracts')
@Controller('payment-contracts')
export class PaymentContractsController {
  constructor(
    private readonly contracts: ContractsService,
    private readonly dryRuns: DryRuns,
    private readonly reads: LedgerReads,
    private readonly store: Store,
    private readonly settings: ServiceSettings,
  ) {}

  @Post()
  @Policy('finance', 'finance-approver', 'service')
  @ApiCommand()
  @ApiBody({ description: 'A contract document as it is.', schema: { type: 'object', additionalProperties: true } })
  async draft(@Body() document: unknown, @Caller() caller: CallerContext) {
    return contractView(await this.contracts.draft(document, contextOf(caller)));
  }

  @Get()
  @Policy('finance', 'finance-approver', 'auditor', 'service')
  async list(@Reader() reader: ReaderContext) {
    return { items: (await this.contracts.list(reader.territory)).map(contractView) };
  }

  @Post(':id/versions/:version/review')
  @HttpCode(200)
  @Policy('finance', 'finance-approver')
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
  @Policy('finance', 'finance-approver', 'service')
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
  @Policy('finance', 'finance-approver', 'auditor', 'service')
  async shownDryRun(
    @Param('id') id: string,
    @Param('version', ParseIntPipe) version: number,
    @Reader() { territory }: ReaderContext,
  ) {
    return this.dryRuns.shown(territory, { id, version });
  }

  @Post(':id/versions/:version/suspend')
  @HttpCode(200)
  @Policy('finance-approver')
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
  @Policy('finance-approver')
  @ApiCommand()
  async end(
    @Param('id') id: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() { endsOn }: Ending,
    @Caller() caller: CallerContext,
  ) {
    const context = contextOf(caller);
    const command = { type: 'EndPaymentContract', endsOn, by: context.actor, now: context.now } as const;
    return contractView(await this.contracts.step({ id, version }, command, context));
  }

  @Post(':id/versions/:version/activate')
  @HttpCode(200)
  @Policy('finance-approver', 'service')
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
  @Policy('finance', 'service')
  @ApiCommand()
  async settle(@Param('id') id: string, @Body() body: FactsByHand, @Caller() caller: CallerContext) {
    const effectiveAt = body.effectiveAt ?? caller.now;
    checkEvidence(body.given);
    const { pin, bookId } = await this.contracts.activeAt(caller.territory, id, effectiveAt);
    const { state } = await this.store.handle(
      settlement,
      `${caller.territory}.${id}.${body.subject}`,
      {
        type: 'SettleByHand',
        sha256: pin.sha256,
        subject: body.subject,
        given: body.given,
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
