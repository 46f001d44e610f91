import { Can, mayDo } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { Discloses, Reader, type ReaderContext, TimeLimit } from '@ariane/service';
import { Controller, Get, Param, ParseIntPipe, Query, StreamableFile } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import { Readable } from 'node:stream';
import { bookIdOf } from './contracts.store';
import { statementTable } from './export-table';
import { Exports, LINES_MAX, pdfOf, tableFile } from './exports.store';
import { fecName } from './fec';
import { LedgerReads } from './ledger-reads.store';
import { statementKinds } from './statement';
import { Statements } from './statements.store';

const formats = ['csv', 'xlsx', 'pdf'] as const;

class StatementFileQuery {
  @ApiProperty({ enum: formats })
  @IsIn(formats)
  format!: (typeof formats)[number]; /* filled by the pipe */
}

class FecQuery {
  @ApiProperty({ example: '123456789', description: 'The company’s SIREN: nine digits.' })
  @Matches(/^\d{9}$/)
  siren!: string; /* filled by the pipe */

  @ApiProperty({ example: '2026' })
  @Matches(/^\d{4}$/)
  year!: string; /* filled by the pipe */
}

/** Files that say what the screen says, to the cent. No name of a file says whose it is. */
@ApiTags('exports')
@Controller('books/:id')
@Discloses('read-account')
export class ExportsController {
  constructor(
    private readonly exports: Exports,
    private readonly statements: Statements,
    private readonly reads: LedgerReads,
  ) {}

  @Get('statements/:kind/:number/file')
  @Can('read', 'Statement')
  @TimeLimit(0)
  async statement(
    @Param('id') id: string,
    @Param('kind') asked: string,
    @Param('number', ParseIntPipe) number: number,
    @Query() { format }: StatementFileQuery,
    @Reader() { territory, principal, language }: ReaderContext,
  ): Promise<StreamableFile> {
    const book = bookIdOf(territory, id);
    const kind = statementKinds.find((one) => one === asked);
    if (!kind) throw new DomainError('NOT_FOUND');
    const statement = await this.statements.find(territory, book, kind, number);
    const { party } = statement;
    if (!mayDo(principal, 'read', 'Statement', { party })) throw new DomainError('NOT_FOUND');
    if (statement.lines > LINES_MAX) throw new DomainError('PAYLOAD_TOO_LARGE');
    const { currency, tz: timeZone } = await this.reads.book(territory, book);
    const lines = await this.statements.lines(territory, statement, 0n, LINES_MAX);
    const table = statementTable(statement, lines, { timeZone, language });
    if (format !== 'pdf') return tableFile(table, format);
    const disposition = `attachment; filename="${table.name}.pdf"`;
    return new StreamableFile(await pdfOf(statement, table, currency), { type: 'application/pdf', disposition });
  }

  /** The book as a journal that hledger reads in strict form. */
  @Get('journal')
  @Can('export', 'Book')
  @TimeLimit(0)
  async journal(@Param('id') id: string, @Reader() { territory }: ReaderContext): Promise<StreamableFile> {
    const book = bookIdOf(territory, id);
    await this.reads.book(territory, book);
    const disposition = 'attachment; filename="book.journal"';
    return new StreamableFile(Readable.from(this.exports.hledger(territory, book)), {
      type: 'text/plain',
      disposition,
    });
  }

  /** A year as the file of accounting entries (LPF, art. A47 A-1). */
  @Get('fec')
  @Can('export', 'Book')
  @TimeLimit(0)
  async fec(@Param('id') id: string, @Query() { siren, year }: FecQuery, @Reader() { territory }: ReaderContext) {
    const book = bookIdOf(territory, id);
    await this.reads.book(territory, book);
    const disposition = `attachment; filename="${fecName(siren, year)}"`;
    const type = 'text/plain; charset=utf-8';
    return new StreamableFile(Readable.from(this.exports.fec(territory, book, year)), { type, disposition });
  }
}
