import { Can } from '@ariane/auth';
import { logger } from '@ariane/telemetry';
import { Controller, Get, HttpCode, Module, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

import { DisclosesNothing } from './disclosure';
import { DueProbes, QuietProbes, WakeHooks } from './registries';

export interface Quiet {
  readonly quiet: boolean;
  /** Entries not yet published. */
  readonly outbox: number;
  /** Events not yet handled. */
  readonly lag: number;
  /** Things due and not yet done. */
  readonly due: number;
  /** `name` or `name: why` of each probe that is not quiet. */
  readonly why: readonly string[];
}

/** What the stepped clock and the tests ask of a service; only services may. */
@ApiExcludeController()
@Controller('internal')
@DisclosesNothing('counts and instants')
export class InternalController {
  constructor(
    private readonly quietProbes: QuietProbes,
    private readonly dueProbes: DueProbes,
    private readonly wakeHooks: WakeHooks,
  ) {}

  @Get('quiet')
  @Can('operate', 'Operations')
  async quiet(): Promise<Quiet> {
    const answers = await Promise.all(
      this.quietProbes.all().map(async ({ name, run }) => ({ name, ...(await run()) })),
    );
    const sumOf = (name: string) => answers.reduce((sum, one) => (one.name === name ? sum + one.count : sum), 0);
    const busy = answers.filter(({ quiet }) => !quiet);
    return {
      quiet: busy.length === 0,
      outbox: sumOf('outbox'),
      lag: sumOf('lag'),
      due: sumOf('due'),
      why: busy.map(({ name, why }) => (why === undefined ? name : `${name}: ${why}`)),
    };
  }

  /** `{ at: instant | null }`: when this service has something to do next if nobody calls it. */
  @Get('next-due')
  @Can('operate', 'Operations')
  async nextDue(): Promise<{ at: string | null }> {
    const instants = await Promise.all(this.dueProbes.all().map(({ run }) => run()));
    const known = instants
      .filter((instant) => instant !== null)
      .sort((one, other) => Date.parse(one) - Date.parse(other));
    return { at: known[0] ?? null };
  }

  /** Does now what has fallen due; answers once it is done. */
  @Post('wake')
  @HttpCode(200)
  @Can('operate', 'Operations')
  async wake(): Promise<{ woken: readonly string[] }> {
    const hooks = this.wakeHooks.all();
    for (const { name, run } of hooks) {
      await run();
      logger.debug('A wake hook ran.', { hook: name });
    }
    return { woken: hooks.map(({ name }) => name) };
  }
}

@Module({ controllers: [InternalController] })
export class InternalModule {}
