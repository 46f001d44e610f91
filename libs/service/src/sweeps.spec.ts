import { StopHooks } from './registries';
import { Sweeps } from './sweeps';

/** A look that ends when it is told to. */
function heldLook() {
  const begun: PromiseWithResolvers<undefined>[] = [];
  const run = (): Promise<unknown> => {
    const one = Promise.withResolvers<undefined>();
    begun.push(one);
    return one.promise;
  };
  return { begun, run };
}

async function stop(stops: StopHooks): Promise<void> {
  for (const { run } of stops.all()) await run();
}
const turn = () => jest.advanceTimersByTimeAsync(0);

describe('a sweep', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('looks every so often, and not while a look is under way', async () => {
    const { begun, run } = heldLook();
    new Sweeps(new StopHooks()).start({ name: 'test', everyMs: 10, run });
    await jest.advanceTimersByTimeAsync(35);
    expect(begun).toHaveLength(1);
    begun[0]?.resolve(undefined);
    // The looks that were due meanwhile do not follow each other now.
    await turn();
    expect(begun).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(10);
    expect(begun).toHaveLength(2);
  });

  it('goes on after a look that failed', async () => {
    const { begun, run } = heldLook();
    new Sweeps(new StopHooks()).start({ name: 'test', everyMs: 10, run });
    await jest.advanceTimersByTimeAsync(10);
    begun[0]?.reject(new Error('MongoDB is away'));
    await jest.advanceTimersByTimeAsync(10);
    expect(begun).toHaveLength(2);
  });

  it('that is asked for at once follows the one under way, and tells whoever asked that it failed', async () => {
    const { begun, run } = heldLook();
    const look = new Sweeps(new StopHooks()).start({ name: 'test', everyMs: 10, run });
    await jest.advanceTimersByTimeAsync(10);
    const asked = look();
    await turn();
    expect(begun).toHaveLength(1);
    begun[0]?.reject(new Error('the first'));
    await turn();
    begun[1]?.reject(new Error('the second'));
    await expect(asked).rejects.toThrow('the second');
  });

  it('ends with the service, after the look that is under way', async () => {
    const { begun, run } = heldLook();
    const stops = new StopHooks();
    new Sweeps(stops).start({ name: 'test', everyMs: 10, run });
    await jest.advanceTimersByTimeAsync(10);
    let hasStopped = false;
    void stop(stops).then(() => {
      hasStopped = true;
    });
    await jest.advanceTimersByTimeAsync(50);
    expect([begun.length, hasStopped]).toEqual([1, false]);
    begun[0]?.resolve(undefined);
    await jest.advanceTimersByTimeAsync(50);
    expect([begun.length, hasStopped]).toEqual([1, true]);
  });
});
