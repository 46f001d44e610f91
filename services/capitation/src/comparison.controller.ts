import { Can } from '@ariane/auth';
import { DomainError, monthPattern } from '@ariane/kernel';
import { Discloses, idOf, pageOf, PageQuery, Reader, type ReaderContext, TimeLimit } from '@ariane/service';
import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { ComparedPathway, Leak } from './comparison';
import {
  comparedView,
  comparisonTable,
  flowsView,
  leakageTable,
  leakageView,
  leakView,
  measureView,
  pathwayView,
} from './comparison-views';
import { Comparisons } from './comparison.store';
import { bookIdOf } from './contracts.store';
import { LINES_MAX, tableFile } from './exports.store';
import { LedgerReads } from './ledger-reads.store';

const ways = ['provider', 'act'] as const;
const formats = ['csv', 'xlsx'] as const;

class MonthQuery {
  @ApiProperty({ example: '2026-06' })
  @Matches(monthPattern)
  month!: string; /* filled by the pipe */
}

class PathwaysQuery extends PageQuery {
  @ApiPropertyOptional({ example: '2026-06', description: 'Without it, over the life of each pathway.' })
  @IsOptional()
  @Matches(monthPattern)
  month?: string;
}

class PathwaysFileQuery {
  @ApiPropertyOptional({ example: '2026-06' })
  @IsOptional()
  @Matches(monthPattern)
  month?: string;

  @ApiProperty({ enum: formats })
  @IsIn(formats)
  format!: (typeof formats)[number]; /* filled by the pipe */
}

class LeakageQuery extends PageQuery {
  @ApiProperty({ example: '2026-06', description: 'The month of care.' })
  @Matches(monthPattern)
  month!: string; /* filled by the pipe */

  @ApiProperty({ enum: ways })
  @IsIn(ways)
  by!: (typeof ways)[number]; /* filled by the pipe */
}

class LeakageFileQuery extends MonthQuery {
  @ApiProperty({ enum: ways })
  @IsIn(ways)
  by!: (typeof ways)[number]; /* filled by the pipe */

  @ApiProperty({ enum: formats })
  @IsIn(formats)
  format!: (typeof formats)[number]; /* filled by the pipe */
}

/** Capitation beside fee for service, margin, what members consume outside, and indicators with their definition. */
@ApiTags('analysis')
@Controller('books/:id')
@Discloses('read-account')
@Can('read', 'Book')
export class ComparisonController {
  constructor(
    private readonly comparisons: Comparisons,
    private readonly reads: LedgerReads,
  ) {}

  /** A month of the holder: its flows and margin, its pathways beside fee for service, what left it. */
  @Get('comparison')
  @TimeLimit(0)
  async month(@Param('id') id: string, @Query() { month }: MonthQuery, @Reader() { territory }: ReaderContext) {
    const { book, currency } = await this.bookOf(id, territory);
    const { holder, pathways, count, outsideCents } = await this.comparisons.month(territory, book, month);
    return {
      ...{ book, month, holder: flowsView(holder, currency) },
      pathways: { count, ...comparedView(pathways, currency) },
      leakage: leakageView(outsideCents, holder.receivedCents, currency),
    };
  }

  @Get('comparison/pathways')
  @TimeLimit(0)
  async pathways(@Param('id') id: string, @Query() query: PathwaysQuery, @Reader() { territory }: ReaderContext) {
    const { book, currency } = await this.bookOf(id, territory);
    const { month, cursor, limit } = query;
    const found = await taken(this.comparisons.pathways(territory, { book, month }, cursor), limit + 1);
    const shown = pageOf(found, limit, idOf);
    return { ...shown, items: shown.items.map(({ compared }) => pathwayView(compared, currency)) };
  }

  /** The same as a file whose last row is the sum of the others. */
  @Get('comparison/pathways/file')
  @TimeLimit(0)
  async pathwaysFile(
    @Param('id') id: string,
    @Query() { month, format }: PathwaysFileQuery,
    @Reader() { territory }: ReaderContext,
  ): Promise<StreamableFile> {
    const { book } = await this.bookOf(id, territory);
    const found = await taken(this.comparisons.pathways(territory, { book, month }), LINES_MAX + 1);
    const rows = notTooMany(found).map(({ compared }): ComparedPathway => compared);
    return tableFile(comparisonTable(rows), format);
  }

  /** What members consumed outside the team in a month of care, by provider or by kind of act, the largest first. */
  @Get('leakage')
  async leakage(@Param('id') id: string, @Query() query: LeakageQuery, @Reader() { territory }: ReaderContext) {
    const { book, currency } = await this.bookOf(id, territory);
    const { month, by, cursor, limit } = query;
    const found = await this.comparisons.leakage(territory, { book, month, by }, leakAfter(cursor), limit + 1);
    const total = await this.comparisons.outside(territory, book, month);
    const shown = pageOf(found, limit, ({ cents, key }) => `${cents}_${key}`);
    return { ...shown, items: shown.items.map((leak) => leakView(leak, total, currency)) };
  }

  @Get('leakage/file')
  @TimeLimit(0)
  async leakageFile(
    @Param('id') id: string,
    @Query() { month, by, format }: LeakageFileQuery,
    @Reader() { territory }: ReaderContext,
  ): Promise<StreamableFile> {
    const { book } = await this.bookOf(id, territory);
    const found = await this.comparisons.leakage(territory, { book, month, by }, undefined, LINES_MAX + 1);
    return tableFile(leakageTable(notTooMany(found)), format);
  }

  /** The holder's indicators, each with its definition, its inputs and its version, or why it is not assessed. */
  @Get('indicators')
  @TimeLimit(0)
  async indicators(
    @Param('id') id: string,
    @Query() { month: asked }: PathwaysQuery,
    @Reader() { territory, now }: ReaderContext,
  ) {
    const { book } = await this.bookOf(id, territory);
    const { month, measures } = await this.comparisons.holderIndicators(territory, book, asked, now);
    return { book, month, items: measures.map((measure) => measureView(measure)) };
  }

  @Get('indicators/pathways')
  @TimeLimit(0)
  async pathwayIndicators(
    @Param('id') id: string,
    @Query() { cursor = '', limit }: PageQuery,
    @Reader() { territory }: ReaderContext,
  ) {
    const { book } = await this.bookOf(id, territory);
    const found = await taken(this.comparisons.pathwayIndicators(territory, book, cursor), limit + 1);
    const shown = pageOf(found, limit, idOf);
    const items = shown.items.map(({ subject, measures }) => ({
      subject,
      indicators: measures.map((measure) => measureView(measure)),
    }));
    return { ...shown, items };
  }

  /** @throws NOT_FOUND */
  private async bookOf(id: string, territory: string) {
    const book = bookIdOf(territory, id);
    return { book, currency: (await this.reads.book(territory, book)).currency };
  }
}

/** The first of a list that is walked. */
async function taken<T>(all: AsyncIterable<T>, limit: number): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const one of all) {
    found.push(one);
    if (found.length >= limit) break;
  }
  return found;
}

/** @throws PAYLOAD_TOO_LARGE for more lines than a file may have */
function notTooMany<T>(found: readonly T[]): readonly T[] {
  if (found.length > LINES_MAX) throw new DomainError('PAYLOAD_TOO_LARGE');
  return found;
}

/** From the largest when the cursor is absent or none of ours. */
function leakAfter(cursor = ''): Pick<Leak, 'key' | 'cents'> | undefined {
  const [, cents, key] = /^(\d{1,18})_([\w.:-]{1,64})$/.exec(cursor) ?? [];
  return cents === undefined || key === undefined ? undefined : { cents: BigInt(cents), key };
}
