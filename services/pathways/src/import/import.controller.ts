import { type Principal, Can } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  DisclosesNothing,
  IdPipe,
  Reader,
  type ReaderContext,
  TimeLimit,
} from '@ariane/service';
import { Controller, Get, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Readable } from 'node:stream';
import { type ImportJob, isLines } from './import-job';
import { Imports } from './import.store';

@ApiTags('import')
@Controller('patients/import')
@DisclosesNothing('counts, and refusals by their place in the file')
export class ImportController {
  constructor(private readonly imports: Imports) {}

  /** Streams a file of another's making to the disk and answers its job; reading it goes on afterwards. */
  @Post()
  @HttpCode(202)
  @Can('import', 'Patient')
  @TimeLimit(0)
  @Header('Cache-Control', 'no-store')
  @ApiCommand()
  @ApiOperation({
    summary: 'Import patients, conditions, measurements and the directory from FHIR R4',
    description:
      'A Bundle of any type, several in a row, an array of resources, or NDJSON. Send application/fhir+json or ' +
      'application/fhir+ndjson: the body is streamed, whatever its size.',
  })
  @ApiConsumes('application/fhir+json', 'application/fhir+ndjson')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiAcceptedResponse({ description: 'The job; follow it at /patients/import/{job}.' })
  async receive(@Req() request: Request, @Caller() caller: CallerContext): Promise<ImportJob> {
    return this.imports.receive({
      territory: caller.territory,
      actor: actorOf(caller.principal),
      key: caller.idempotencyKey,
      lines: isLines(request.headers['content-type']),
      now: caller.now,
      body: bodyOf(request),
    });
  }

  /** Progress of an import, and its report per kind of resource: taken, refused with reason, not used. */
  @Get(':job')
  @Can('import', 'Patient')
  @ApiOperation({ summary: 'Follow an import' })
  @ApiOkResponse({ description: 'Its progress or its report.' })
  async find(@Param('job', IdPipe) jobId: string, @Reader() reader: ReaderContext): Promise<ImportJob> {
    const job = await this.imports.find(reader.territory, jobId);
    if (job === undefined) throw new DomainError('NOT_FOUND', {}, 'job');
    return job;
  }
}

/** The stream itself; a small plain `application/json` has been parsed before us and is written again. */
function bodyOf(request: Request): Readable {
  const parsed: unknown = request.body;
  return parsed === undefined ? request : Readable.from([Buffer.from(JSON.stringify(parsed))]);
}

function actorOf(principal: Principal): string {
  if (principal.kind === 'service') return `service:${principal.service}`;
  const { subject, actingFor } = principal;
  return actingFor === undefined ? `person:${subject}` : `person:${subject} for person:${actingFor}`;
}
