import { Policy } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { logger } from '@ariane/telemetry';
import { Controller, Get, Injectable } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';

import { DisclosesNothing } from './disclosure';
import { ReadinessChecks } from './registries';

const checkTimeoutMs = 2_000;

/** Whether the service takes work: from the end of its start to the beginning of its stop, while its checks hold. */
@Injectable()
export class Readiness {
  private open = false;

  constructor(private readonly checks: ReadinessChecks) {}

  begin(): void {
    this.open = true;
  }

  end(): void {
    this.open = false;
  }

  /** The names of the checks that fail; `started` while the service starts or stops. */
  async failing(): Promise<readonly string[]> {
    if (!this.open) return ['started'];
    const results = await Promise.all(
      this.checks.all().map(async ({ name, run }) => ({ name, holds: await holds(run) })),
    );
    return results.filter((result) => !result.holds).map(({ name }) => name);
  }
}

@Controller('health')
@DisclosesNothing('whether the service works')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @Policy('public')
  @ApiOkResponse({ schema: statusSchema() })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Policy('public')
  @ApiOkResponse({ schema: statusSchema() })
  async ready(): Promise<{ status: 'ok' }> {
    const failing = await this.readiness.failing();
    if (failing.length === 0) return { status: 'ok' };
    for (const probe of failing) logger.warn('The service is not ready.', { probe });
    throw new DomainError('NOT_READY', {}, failing.join(','));
  }
}

async function holds(check: () => Promise<boolean> | boolean): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(resolve, checkTimeoutMs, false);
    });
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function statusSchema(): {
  type: 'object';
  required: string[];
  properties: { status: { type: 'string'; enum: string[] } };
} {
  return { type: 'object', required: ['status'], properties: { status: { type: 'string', enum: ['ok'] } } };
}
