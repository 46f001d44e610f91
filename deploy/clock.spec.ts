import { nextInstant, Stalled, STALL_AFTER_MS, SteppedClock, type ClockWorld, type Quietness } from './clock.ts';

const START = '2026-03-02T08:00:00.000Z';

/** A stack in memory: machine time passes only by sleeping. */
class FakeWorld implements ClockWorld {
  readonly targets = ['pathways', 'workflows'];
  now = START;
  due: Record<string, string | null> = {};
  ms = 0;
  readonly woken: string[] = [];
  readonly busyPolls: Record<string, number> = {};

  readNow = (): Promise<string> => Promise.resolve(this.now);
  writeNow = (now: string): Promise<void> => {
    this.now = now;
    return Promise.resolve();
  };
  quietnessOf = (target: string): Promise<Quietness> => {
    const left = this.busyPolls[target] ?? 0;
    this.busyPolls[target] = left - 1;
    return Promise.resolve(left > 0 ? { quiet: false, why: ['the outbox holds 3 facts'] } : { quiet: true, why: [] });
  };
  nextDueOf = (target: string): Promise<string | null> => {
    const due = this.due[target] ?? null;
    return Promise.resolve(due !== null && due > this.now ? due : null);
  };
  wake = (target: string): Promise<void> => {
    this.woken.push(target);
    return Promise.resolve();
  };
  sleep = (ms: number): Promise<void> => {
    this.ms += ms;
    return Promise.resolve();
  };
  machineMs = (): number => this.ms;
}

describe('the next instant', () => {
  it.each([
    [['2026-03-09T08:00:00Z', null, '2026-03-05T09:30:00Z'], undefined, '2026-03-05T09:30:00.000Z'],
    [['2026-03-09T08:00:00Z'], '2026-03-04T00:00:00Z', '2026-03-04T00:00:00.000Z'],
    [[null, null], '2026-03-04T00:00:00Z', '2026-03-04T00:00:00.000Z'],
    [[null], undefined, START],
    [['2026-03-01T08:00:00Z'], undefined, START],
  ])('with %j due and %p as the limit is %s', (due, until, expected) => {
    expect(nextInstant(START, due, until)).toBe(expected);
  });
});

describe('the stepped clock', () => {
  it('moves to the earliest instant due, wakes everyone, and says what comes next', async () => {
    const world = new FakeWorld();
    world.due = { pathways: '2026-03-09T08:00:00.000Z', workflows: '2026-03-05T08:00:00.000Z' };
    const step = await new SteppedClock(world).step();
    expect(step).toMatchObject({ from: START, now: '2026-03-05T08:00:00.000Z', next: '2026-03-09T08:00:00.000Z' });
    expect(world.woken).toEqual(['pathways', 'workflows']);
  });

  it('does not move while anyone is busy, and asks for two quiet polls in a row', async () => {
    const world = new FakeWorld();
    world.busyPolls['workflows'] = 10;
    world.due = { pathways: '2026-03-05T08:00:00.000Z' };
    const step = await new SteppedClock(world).step();
    // Pauses grow to 200 ms over 10 busy polls; the two quiet ones in a row, before and after the move, are 20 ms apart.
    expect(step.waited_ms).toBe(20 + 40 + 80 + 160 + 6 * 200 + 200 + 20);
  });

  it('stalls with the name and the reason of who is busy, and moves nothing', async () => {
    const world = new FakeWorld();
    world.busyPolls['workflows'] = Number.POSITIVE_INFINITY;
    world.due = { pathways: '2026-03-05T08:00:00.000Z' };
    const step = new SteppedClock(world).step();
    await expect(step).rejects.toThrow('Not quiet after 60 s: workflows (the outbox holds 3 facts).');
    await expect(step).rejects.toBeInstanceOf(Stalled);
    expect(world.now).toBe(START);
    expect(world.ms).toBeGreaterThan(STALL_AFTER_MS);
  });

  it('takes steps that are asked for at once one after the other, also after one that failed', async () => {
    const world = new FakeWorld();
    world.busyPolls['pathways'] = 306;
    const clock = new SteppedClock(world);
    const [failed, first, second] = await Promise.allSettled([
      clock.step(),
      clock.step({ until: '2026-03-03T00:00:00Z' }),
      clock.step({ until: '2026-03-04T00:00:00Z' }),
    ]);
    expect(failed.status).toBe('rejected');
    expect(first).toMatchObject({ value: { from: START, now: '2026-03-03T00:00:00.000Z' } });
    expect(second).toMatchObject({ value: { from: '2026-03-03T00:00:00.000Z', now: '2026-03-04T00:00:00.000Z' } });
  });

  it('that moved and then failed does not move again when the step is asked for again with the instant it left', async () => {
    const world = new FakeWorld();
    world.due = { pathways: '2026-03-05T08:00:00.000Z', workflows: '2026-03-09T08:00:00.000Z' };
    const clock = new SteppedClock(world);
    world.wake = () => {
      world.busyPolls['workflows'] = Number.POSITIVE_INFINITY;
      return Promise.resolve();
    };
    await expect(clock.step({ from: START })).rejects.toBeInstanceOf(Stalled);
    expect(world.now).toBe('2026-03-05T08:00:00.000Z');
    world.busyPolls['workflows'] = 0;
    world.wake = () => Promise.resolve();
    expect(await clock.step({ from: START })).toMatchObject({
      now: '2026-03-05T08:00:00.000Z',
      next: '2026-03-09T08:00:00.000Z',
    });
    expect(await clock.step({ from: world.now })).toMatchObject({ now: '2026-03-09T08:00:00.000Z' });
  });

  it('passes no more days in a second than its cap', async () => {
    const world = new FakeWorld();
    await new SteppedClock(world, 2).step({ until: '2026-03-12T08:00:00Z' });
    expect(world.ms).toBe(5_000);
  });
});
