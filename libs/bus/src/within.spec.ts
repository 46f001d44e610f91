import { logger } from '@ariane/telemetry';
import { within } from './within';

describe('work that others do not wait for without end', () => {
  it('is waited for until it is done, and nothing is said of it', async () => {
    const said = jest.spyOn(logger, 'warn');
    let done = false;
    const work = new Promise((resolve) => setTimeout(resolve, 20)).then(() => (done = true));
    await within(5_000, work, 'test-work');
    expect(done).toBe(true);
    expect(said).not.toHaveBeenCalled();
  });

  it('is left when it never ends, which the log says', async () => {
    const said = jest.spyOn(logger, 'warn').mockReturnValue(undefined);
    await within(20, new Promise(() => undefined), 'test-work');
    expect(said).toHaveBeenCalledWith('The stop goes on without it.', { reason: 'test-work' });
  });

  it('tells its failure to whoever waits', async () => {
    await expect(within(5_000, Promise.reject(new Error('away')), 'test-work')).rejects.toThrow('away');
  });
});
