import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

const { advance } = proxyActivities<{ advance(id: string): Promise<void> }>({ startToCloseTimeout: '60 seconds' });

/** Runs the activity so many times, each upon a signal; `spare` signals count for nothing. */
export async function bareWorkflow(pathwayId: string, times: number, spare: number): Promise<void> {
  let rung = -spare;
  setHandler(defineSignal('ring'), () => {
    rung += 1;
  });
  for (let done = 0; done < times; done += 1) {
    await condition(() => rung > done);
    await advance(pathwayId);
  }
}
