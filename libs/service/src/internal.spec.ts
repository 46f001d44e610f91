import { DueProbes, QuietProbes, WakeHooks } from './registries';
import { InternalController } from './internal';

const quiet = (count: number, why?: string) => () =>
  Promise.resolve({ quiet: count === 0, count, ...(why && { why }) });

function controller() {
  const quietProbes = new QuietProbes();
  const dueProbes = new DueProbes();
  const wakeHooks = new WakeHooks();
  return { quietProbes, dueProbes, wakeHooks, internal: new InternalController(quietProbes, dueProbes, wakeHooks) };
}

describe('calm', () => {
  it('is when every probe says so', async () => {
    const { internal, quietProbes } = controller();
    expect(await internal.quiet()).toEqual({ quiet: true, outbox: 0, lag: 0, due: 0, why: [] });
    quietProbes.add('outbox', quiet(0));
    expect(await internal.quiet()).toMatchObject({ quiet: true, why: [] });
  });

  it('is not while one is busy; counts are summed by name and the busy are named', async () => {
    const { internal, quietProbes } = controller();
    quietProbes.add('outbox', quiet(2));
    quietProbes.add('lag', quiet(3, 'ariane.pathways'));
    quietProbes.add('lag', quiet(4, 'ariane.meetings'));
    quietProbes.add('tasks', quiet(1));
    expect(await internal.quiet()).toEqual({
      quiet: false,
      outbox: 2,
      lag: 7,
      due: 0,
      why: ['outbox', 'lag: ariane.pathways', 'lag: ariane.meetings', 'tasks'],
    });
  });

  it('is not told when a probe fails: no answer is not calm', async () => {
    const { internal, quietProbes } = controller();
    quietProbes.add('outbox', () => Promise.reject(new Error('down')));
    await expect(internal.quiet()).rejects.toThrow('down');
  });
});

describe('the next thing due', () => {
  it('is the earliest of all, or none', async () => {
    const { internal, dueProbes } = controller();
    expect(await internal.nextDue()).toEqual({ at: null });
    for (const at of ['2026-03-02T08:00:00.000Z', null, '2026-03-02T08:00:00Z', '2026-03-01T23:00:00Z']) {
      dueProbes.add('due', () => Promise.resolve(at));
    }
    expect(await internal.nextDue()).toEqual({ at: '2026-03-01T23:00:00Z' });
  });
});

describe('a wake-up', () => {
  it('runs the hooks one after the other', async () => {
    const { internal, wakeHooks } = controller();
    const ran: string[] = [];
    wakeHooks.add('slow', async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      ran.push('slow');
    });
    wakeHooks.add('fast', () => Promise.resolve(void ran.push('fast')));
    expect(await internal.wake()).toEqual({ woken: ['slow', 'fast'] });
    expect(ran).toEqual(['slow', 'fast']);
  });
});
