import { once } from 'node:events';
import { connect } from 'node:net';
import { Can, Policy } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { CustomTransportStrategy, EventPattern, Payload, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';

import { EVENT_STRATEGY, startService } from './bootstrap';
import { ReadinessChecks, StartWaits, StopHooks } from './registries';
import { type Bench, bench, VisitModule } from './service.fixture';

let desk: Bench;

beforeAll(async () => {
  desk = await bench();
});

afterAll(() => desk.end());

const statusOf = async (url: string) => (await fetch(url)).status;

@Controller('forgotten')
class ForgottenController {
  @Get()
  read(): string {
    return 'anyone';
  }
}

@Module({ controllers: [ForgottenController] })
class ForgottenModule {}

/** A strategy that hands events to their handlers and keeps what these throw, as the bus does. */
@Injectable()
class Events extends Server implements CustomTransportStrategy {
  closed = 0;

  listen(callback: () => void): void {
    callback();
  }

  close(): void {
    this.closed += 1;
  }

  on(): never {
    throw new Error('No such event.');
  }

  unwrap(): never {
    throw new Error('There is nothing to unwrap.');
  }

  async tell(type: string, data: unknown): Promise<unknown> {
    const result: unknown = await this.getHandlerByPattern(type)?.(data);
    return lastValueFrom(this.transformToObservable(result), { defaultValue: undefined });
  }
}

@Controller()
class HearingController {
  @EventPattern('refused')
  refused(): never {
    throw new DomainError('STATE_CONFLICT', { state: 'closed' });
  }

  @EventPattern('heard')
  heard(@Payload() event: { subject: string }): string {
    return `heard ${event.subject}`;
  }
}

@Module({
  controllers: [HearingController],
  providers: [Events, { provide: EVENT_STRATEGY, useExisting: Events }],
})
class HearingModule {}

@Injectable()
class Part {
  static ready = true;
  static tries = 0;

  constructor(readiness: ReadinessChecks, waits: StartWaits) {
    readiness.add('part', () => Part.ready);
    waits.add('late server', () => (++Part.tries < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve()));
  }
}

@Module({ providers: [Part] })
class PartModule {}

@Module({})
class StubbornModule {
  constructor(hooks: StopHooks) {
    hooks.add('stubborn', () => new Promise(() => undefined));
  }
}

@Controller('guarded')
class GuardedController {
  @Get()
  @Can('read', 'Book')
  read(): string {
    return 'read';
  }
}

@Module({ controllers: [GuardedController] })
class GuardedModule {}

/** Notes how many requests it has in hand, which a test lets go. */
@Controller('crowd')
class CrowdController {
  static inHand = 0;
  static begun = 0;
  static letGo = Promise.withResolvers<null>();

  @Get()
  @Can('read', 'Book')
  async read(): Promise<object> {
    CrowdController.inHand += 1;
    CrowdController.begun += 1;
    await CrowdController.letGo.promise;
    CrowdController.inHand -= 1;
    return {};
  }

  @Get('live')
  @Policy('public')
  live(): object {
    return {};
  }
}

@Module({ controllers: [CrowdController] })
class CrowdModule {}

describe('a service starts', () => {
  it('only if every route has a policy, and says which has none', async () => {
    await expect(desk.start(ForgottenModule)).rejects.toThrow('ForgottenController.read (/forgotten)');
  });

  it('not in production with a demo clock', async () => {
    const env = { ...desk.env, ARIANE_MODE: 'production', ARIANE_CLOCK_FILE: 'clock.json' };
    await expect(startService({ module: VisitModule, name: 'scheduling', env })).rejects.toThrow('ARIANE_CLOCK_FILE');
  });

  it('once the servers it waits for answer', async () => {
    Part.tries = 0;
    await desk.start(PartModule);
    expect(Part.tries).toBe(3);
  });
});

describe('readiness', () => {
  it('follows the checks of others while liveness does not', async () => {
    const { url } = await desk.start(PartModule);
    Part.ready = false;
    expect(await statusOf(`${url}/health/ready`)).toBe(503);
    expect(await statusOf(`${url}/health/live`)).toBe(200);
    Part.ready = true;
    expect(await statusOf(`${url}/health/ready`)).toBe(200);
  });
});

describe('events', () => {
  it('reach their handlers without a token, and a refusal reaches the bus as itself', async () => {
    const { app } = await desk.start(HearingModule);
    const events = app.get(Events);
    await expect(events.tell('heard', { subject: 'pathway-1' })).resolves.toBe('heard pathway-1');
    await expect(events.tell('refused', {})).rejects.toMatchObject({ name: 'DomainError', code: 'STATE_CONFLICT' });
  });

  it('end once, before the hooks of others', async () => {
    const service = await desk.start(HearingModule);
    const events = service.app.get(Events);
    let closedAtHook = 0;
    service.app.get(StopHooks).add('database', () => {
      closedAtHook = events.closed;
    });
    await Promise.all([service.stop(), service.stop()]);
    expect([closedAtHook, events.closed]).toEqual([1, 1]);
  });
});

describe('the stop', () => {
  it('does not wait for ever, and says what it waited for', async () => {
    const env = { ...desk.env, ARIANE_STOP_TIMEOUT_MS: '100' };
    const service = await startService({ module: StubbornModule, name: 'scheduling', env });
    await expect(service.stop()).rejects.toThrow('The stop took too long: stubborn.');
  });

  it('does not wait for a connection on which nothing was ever asked', async () => {
    const service = await desk.start(GuardedModule, { ARIANE_STOP_TIMEOUT_MS: '1000' });
    const held = connect(Number(new URL(service.url).port), '127.0.0.1');
    await once(held, 'connect');
    await service.stop();
    held.destroy();
  });
});

describe('a service that is asked more than it can do at once', () => {
  it('does so much at once and the rest in its order, and nothing for those who have been told to come again', async () => {
    const { url } = await desk.start(CrowdModule, { ARIANE_REQUEST_TIMEOUT_MS: '400' });
    const headers = { authorization: `Bearer ${await desk.tokenOf('auditor')}` };
    const ask = () => Promise.all(Array.from({ length: 80 }, () => fetch(`${url}/crowd`, { headers })));
    const late = await ask();
    expect([...new Set(late.map(({ status }) => status))]).toEqual([503]);
    expect(CrowdController.inHand).toBeLessThan(40);
    expect(await statusOf(`${url}/crowd/live`)).toBe(200);
    const { begun } = CrowdController;
    CrowdController.letGo.resolve(null);
    const answers = await ask();
    expect([...new Set(answers.map(({ status }) => status))]).toEqual([200]);
    expect([CrowdController.inHand, CrowdController.begun]).toEqual([0, begun + 80]);
  });
});

describe('the rate limit', () => {
  it('is off by default, and counts by caller when it is set', async () => {
    const limited = await desk.start(GuardedModule, { ARIANE_RATE_LIMIT_PER_MINUTE: '2' });
    const call = async (role: string) =>
      (await fetch(`${limited.url}/guarded`, { headers: { authorization: `Bearer ${await desk.tokenOf(role)}` } }))
        .status;
    const headers = { authorization: `Bearer ${await desk.tokenOf('auditor')}` };
    const statuses = [];
    for (let calls = 0; calls < 3; calls++) statuses.push((await fetch(`${limited.url}/guarded`, { headers })).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect(await call('chair')).toBe(403);
  });
});
