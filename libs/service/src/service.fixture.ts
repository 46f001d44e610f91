import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Can, Policy, type RunningIssuer, startIssuer } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { logger } from '@ariane/telemetry';
import { Body, Controller, Get, Injectable, Module, Param, Post, Query, type Type } from '@nestjs/common';
import { Type as TypeOf } from 'class-transformer';
import { IsIn, IsInt, Max, MaxLength, Min, ValidateNested } from 'class-validator';

import { type RunningService, type ServiceDescription, startService } from './bootstrap';
import { Caller, type CallerContext, IfMatch, Reader, type ReaderContext } from './caller';
import { IdPipe } from './id.pipe';
import { PageQuery } from './page';
import { StopHooks } from './registries';
import { TimeLimit } from './time-limit';
import { IsCivilDate, IsId } from './validators';

class Visit {
  @IsCivilDate()
  on!: string; /* filled by the pipe */
}

class OrderVisit {
  @IsId()
  id!: string; /* filled by the pipe */

  @IsIn(['routine', 'urgent'])
  priority!: string; /* filled by the pipe */

  @IsInt()
  @Min(5)
  @Max(120)
  minutes!: number; /* filled by the pipe */

  @MaxLength(10)
  room!: string; /* filled by the pipe */

  @ValidateNested({ each: true })
  @TypeOf(() => Visit)
  visits!: Visit[]; /* filled by the pipe */
}

/** Lets a test hold a request under way until the process gets SIGUSR2. */
@Injectable()
class Gate {
  constructor(hooks: StopHooks) {
    hooks.add('first', () => {
      logger.info('Hook: first.');
    });
    hooks.add('second', () => {
      logger.info('Hook: second.');
    });
  }

  async pass(): Promise<void> {
    logger.info('The gate is reached.');
    await new Promise((resolve) => process.once('SIGUSR2', resolve));
    logger.info('The gate is passed.');
  }
}

@Controller('visits')
class VisitController {
  constructor(private readonly gate: Gate) {}

  @Post()
  @Can('request', 'Appointment')
  order(@Body() body: OrderVisit, @Caller() caller: CallerContext): object {
    return { body, caller };
  }

  @Get()
  @Can('staff', 'Pathway')
  list(@Query() query: PageQuery, @Reader() reader: ReaderContext): object {
    return { limit: query.limit, reader };
  }

  @Get('slow')
  @Policy('public')
  async slow(): Promise<object> {
    await this.gate.pass();
    return { done: true };
  }

  @Get('stuck')
  @Policy('public')
  @TimeLimit(50)
  stuck(): Promise<never> {
    return new Promise(() => undefined);
  }

  @Get('broken')
  @Policy('public')
  broken(): never {
    throw new Error('Madame Canari a 54 ans');
  }

  @Get('refused')
  @Policy('public')
  refused(): never {
    throw new DomainError('STATE_CONFLICT', { state: 'closed' }, 'visitId');
  }

  @Get(':id')
  @Can('staff', 'Pathway')
  one(@Param('id', IdPipe) id: string): object {
    return { id };
  }

  @Post(':id/close')
  @Can('staff', 'Pathway')
  close(@IfMatch() version: number): object {
    return { version };
  }
}

@Module({ controllers: [VisitController], providers: [Gate] })
export class VisitModule {}

type Paths = Pick<ServiceDescription, 'largePaths'>;

/** A running issuer, and services and tokens of it; `end` stops all and removes the files. */
export interface Bench {
  readonly issuer: RunningIssuer;
  readonly env: NodeJS.ProcessEnv;
  readonly start: (module: Type, env?: NodeJS.ProcessEnv, more?: Paths) => Promise<RunningService>;
  readonly tokenOf: (role: string) => Promise<string>;
  readonly end: () => Promise<void>;
}

export async function bench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'ariane-service-'));
  const serviceSecretFile = join(folder, 'secrets.json');
  const issuer = await startIssuer({ port: 0, keysFile: join(folder, 'keys.json'), serviceSecretFile, mode: 'test' });
  const started: RunningService[] = [];
  const env = {
    PORT: '0',
    ARIANE_MODE: 'test',
    ARIANE_ISSUER_URL: issuer.url,
    ARIANE_SERVICE_SECRET_FILE: serviceSecretFile,
  };
  return {
    issuer,
    env,
    start: async (module, more = {}, paths = {}) => {
      const service = await startService({ module, name: 'scheduling', env: { ...env, ...more }, ...paths });
      started.push(service);
      return service;
    },
    tokenOf: async (role) => {
      const response = await fetch(`${issuer.url}/demo-token`, { method: 'POST', body: JSON.stringify({ role }) });
      return ((await response.json()) as { token: string }).token; /* the issuer's own answer */
    },
    end: async () => {
      await Promise.all(started.map((service) => service.stop()));
      await issuer.stop();
      await rm(folder, { recursive: true });
    },
  };
}
