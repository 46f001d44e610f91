import { Can } from '@ariane/auth';
import { monthPattern, toWireMoney } from '@ariane/kernel';
import { DisclosesNothing, Reader, type ReaderContext, TimeLimit } from '@ariane/service';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches } from 'class-validator';
import { Analysis } from './analysis.store';
import { Closings } from './closing.store';
import { bookIdOf } from './contracts.store';
import { DrillDown } from './drill-down.store';
import { LedgerReads } from './ledger-reads.store';

class VarianceQuery {
  @ApiProperty({ example: 'diabetes-pmpm' })
  @IsString()
  @Length(1, 80)
  contract!: string; /* filled by the pipe */

  @ApiProperty({ example: '2026-06' })
  @Matches(monthPattern)
  before!: string; /* filled by the pipe */

  @ApiProperty({ example: '2026-07' })
  @Matches(monthPattern)
  after!: string; /* filled by the pipe */
}

class AgeingQuery {
  @ApiProperty({ enum: ['receivables', 'payables'] })
  @IsIn(['receivables', 'payables'])
  of!: 'receivables' | 'payables'; /* filled by the pipe */

  @ApiProperty({ example: '2026-07' })
  @Matches(monthPattern)
  month!: string; /* filled by the pipe */
}

/** Why months differ, in effects that sum; how old what is owed is. */
@ApiTags('analysis')
@Controller('books/:id')
@DisclosesNothing('sums and terms, by no pathway')
@Can('read', 'Book')
export class AnalysisController {
  constructor(
    private readonly analysis: Analysis,
    private readonly reads: LedgerReads,
    private readonly drill: DrillDown,
    private readonly closings: Closings,
  ) {}

  /** The months in which anything was booked on a payer, what they owe for it and settled, and how each stands. */
  @Get('months')
  async months(@Param('id') id: string, @Reader() { territory }: ReaderContext) {
    const book = bookIdOf(territory, id);
    const { currency } = await this.reads.book(territory, book);
    const states = new Map((await this.closings.periods(territory, book)).map(({ month, state }) => [month, state]));
    const wire = (cents: bigint) => toWireMoney({ cents, currency });
    const items = (await this.drill.months(territory, book)).map(({ month, expected, received }) => ({
      ...{ month, state: states.get(month) ?? 'OPEN', expected: wire(expected), received: wire(received) },
    }));
    return { items };
  }

  @Get('variance')
  @TimeLimit(0)
  async variance(@Param('id') id: string, @Query() query: VarianceQuery, @Reader() { territory, now }: ReaderContext) {
    const book = bookIdOf(territory, id);
    const { currency } = await this.reads.book(territory, book);
    const { contract: contractId, before, after } = query;
    const bridge = await this.analysis.bridge(territory, { book, contractId, before, after }, now);
    const wire = (cents: bigint) => toWireMoney({ cents, currency });
    const effects = Object.entries(bridge.effects).map(([effect, cents]) => ({ effect, amount: wire(cents) }));
    return { contract: contractId, before: wire(bridge.before), after: wire(bridge.after), effects };
  }

  @Get('ageing')
  async ageing(@Param('id') id: string, @Query() query: AgeingQuery, @Reader() { territory }: ReaderContext) {
    const book = bookIdOf(territory, id);
    const { currency } = await this.reads.book(territory, book);
    const side = query.of === 'receivables' ? 'assets:receivable:' : 'liabilities:payable:';
    const found = await this.analysis.ageing(territory, book, side, query.month);
    const wire = (cents: bigint) => toWireMoney({ cents, currency });
    return {
      month: query.month,
      items: found.map(({ account, aged }) => ({
        party: account.slice(side.length),
        ages: Object.fromEntries(Object.entries(aged).map(([age, cents]) => [age, wire(cents)])),
      })),
    };
  }
}
