import { Can } from '@ariane/auth';
import { DomainError, monthPattern } from '@ariane/kernel';
import { Discloses, Reader, type ReaderContext, TimeLimit } from '@ariane/service';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { Readable } from 'node:stream';
import { ContractsService, shelf } from './contracts.store';
import { type RecordedInput, RecordedInputs } from './recorded-inputs.store';
import { postedOf, withoutNames } from './recorded-line';
import { perMember, withMembers } from './roster-lines';

class RecordedQuery {
  @ApiProperty({ example: '2026-06' })
  @Matches(monthPattern)
  month!: string; /* filled by the pipe */
}

/** Stands where the members of a roster come, until they are read part by part. */
const MEMBERS = { '@members': 0 };

/** What a contract was priced on: facts under pseudonyms, to be replayed under another contract. */
@ApiTags('payment contracts')
@Controller('payment-contracts/:id/recorded-inputs')
@Discloses('read-account')
export class RecordedInputsController {
  constructor(
    private readonly inputs: RecordedInputs,
    private readonly contracts: ContractsService,
  ) {}

  /** JSON lines, one for each subject of the month, sent as they are read. */
  @Get()
  @Can('read-inputs', 'PaymentContract')
  @TimeLimit(0)
  async list(@Param('id') contractId: string, @Query() { month }: RecordedQuery, @Reader() reader: ReaderContext) {
    const versions = await this.contracts.list(reader.territory, contractId);
    if (versions.length === 0) throw new DomainError('NOT_FOUND');
    const all = this.inputs.read(reader.territory, { contractId, month });
    // The first is read before the answer begins, so that a refusal is still an answer.
    const first = await all.next();
    const type = 'application/x-ndjson';
    const disposition = 'attachment; filename="recorded-inputs.jsonl"';
    return new StreamableFile(Readable.from(linesOf(reader.territory, month, first, all)), { type, disposition });
  }
}

async function* linesOf(
  territory: string,
  month: string,
  first: IteratorResult<RecordedInput>,
  rest: AsyncGenerator<RecordedInput>,
): AsyncGenerator<string> {
  for (let next = first; !next.done; next = await rest.next()) yield* lineOf(territory, month, next.value);
}

/** One line in pieces: a roster may have hundreds of thousands of members, and a part of them is held at a time. */
async function* lineOf(territory: string, month: string, input: RecordedInput): AsyncGenerator<string> {
  const contract = shelf.active(territory, input.contract.sha256)?.contract;
  if (!contract) return;
  const { document } = contract;
  const { subject, members } = input;
  const known = withoutNames(input.given, subject.book, document);
  const given = members ? withMembers(perMember(contract), month, known, () => [MEMBERS]) : known;
  const head = {
    subject: subject.id,
    month,
    contract: input.contract,
    posted: postedOf(input.lines, document.currency),
  };
  const pieces = JSON.stringify({ ...head, given }).split(JSON.stringify(MEMBERS));
  for (const [index, piece] of pieces.entries()) {
    if (index > 0 && members) yield* rowsOf(members());
    yield piece;
  }
  yield '\n';
}

async function* rowsOf(parts: ReturnType<NonNullable<RecordedInput['members']>>): AsyncGenerator<string> {
  let before = '';
  for await (const { rows } of parts) {
    const list = rows.map(({ id, days, values }) => JSON.stringify({ ...values, id, days: String(days) }));
    yield `${before}${list.join(',')}`;
    before = ',';
  }
}
