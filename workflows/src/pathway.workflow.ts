import {
  condition,
  continueAsNew,
  proxyActivities,
  setHandler,
  defineSignal,
  workflowInfo,
  allHandlersFinished,
} from '@temporalio/workflow';
import type { PathwayActivities } from './pathway.activities';
import { type Heard, hear, type PathwayInput, RING, type Ring } from './ring';

const ring = defineSignal<[Ring]>(RING);

/** Histories stay short: a pathway of ten years continues as new many times. */
const HISTORY_EVENTS_MAX = 2_000;

/** Everything is in MongoDB and may be asked again, so the activity is tried until it succeeds. */
const { advance } = proxyActivities<PathwayActivities>({
  startToCloseTimeout: '60 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

/**
 * One workflow per active pathway: a doorbell and a timer. It holds no fact and no rule; pathways folds facts and runs
 * the protocol, so that mending a protocol breaks no replay.
 */
export async function pathwayWorkflow(input: PathwayInput): Promise<void> {
  let heard: Heard = input.heard ?? {};
  let rung = 1;
  setHandler(ring, (one) => {
    const after = hear(heard, one);
    heard = after.heard;
    if (after.isNew) rung += 1;
  });
  for (;;) {
    const seen = rung;
    const { closed, waitMs } = await advance({ pathwayId: input.pathwayId, territory: input.territory });
    if (closed) return;
    if (rung === seen) await condition(() => rung > seen, waitMs);
    if (workflowInfo().historyLength > HISTORY_EVENTS_MAX || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      return continueAsNew<typeof pathwayWorkflow>({ ...input, heard });
    }
  }
}
