import { type Context, context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import {
  condition,
  continueAsNew,
  patched,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  defineSignal,
  workflowInfo,
  allHandlersFinished,
} from '@temporalio/workflow';
import type { PathwayActivities } from './pathway.activities';
import { type Heard, hear, type PathwayInput, RING, type Ring, WAKER } from './ring';

const ring = defineSignal<[Ring]>(RING);

/** Histories stay short: a pathway of ten years continues as new many times. */
const HISTORY_EVENTS_MAX = 2_000;

/** Everything is in MongoDB and may be asked again, so the activity is tried until it succeeds. */
const untilDone = {
  startToCloseTimeout: '60 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
} as const;
/**
 * Within the task of the workflow that needs it: what it answers is kept in the history with that task, and Temporal is
 * asked once for each ring where it was asked three times.
 */
const within = proxyLocalActivities<PathwayActivities>(untilDone);
/** Of runs that began before; to be deleted with the patch when none of them is left. */
const apart = proxyActivities<PathwayActivities>(untilDone);
const ADVANCE_WITHIN = 'advance-within';

/** Rings that one advance answers are all linked to it, but no more than say something. */
const LINKS_MAX = 16;

/**
 * One workflow per active pathway: a doorbell and a timer. It holds no fact and no rule; pathways folds facts and runs
 * the protocol, so that mending a protocol breaks no replay. An advance continues the trace of the command that rang,
 * not that of the enrolment, to which its activity links it: otherwise a pathway of ten years would be one trace.
 */
export async function pathwayWorkflow(input: PathwayInput): Promise<void> {
  const { advance } = patched(ADVANCE_WITHIN) ? within : apart;
  let heard: Heard = input.heard ?? {};
  let rings: Context[] = [context.active()];
  setHandler(ring, (one) => {
    const after = hear(heard, one);
    heard = after.heard;
    if (!after.isNew) return;
    // The waker only repeats what somebody else has caused: the last ring gives the trace, and it is never the waker's.
    if (one.source === WAKER) rings.unshift(context.active());
    else rings.push(context.active());
  });
  for (;;) {
    const causes = rings;
    rings = [];
    const links = [...new Set(causes.slice(-LINKS_MAX, -1).map(traceparentOf))].filter((one) => one !== '');
    const { pathwayId, territory } = input;
    // What time alone brings about follows from no command and begins a trace.
    const cause = causes.at(-1) ?? ROOT_CONTEXT;
    const {
      closed,
      dormant,
      waitMs,
      turn = 0,
    } = await context.with(cause, () => advance({ pathwayId, territory, links }));
    // A ring that comes while the run ends makes the server refuse the end, and the loop goes on.
    if (closed || (dormant && rings.length === 0)) return;
    const isNextPhase = rings.length === 0 && turn > (input.turn ?? 0);
    if (rings.length === 0 && !isNextPhase) await condition(() => rings.length > 0, waitMs);
    // The next run begins with an advance, which answers whatever rang last in this one.
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if (isNextPhase || historyLength > HISTORY_EVENTS_MAX || continueAsNewSuggested) {
      await condition(allHandlersFinished);
      return continueAsNew<typeof pathwayWorkflow>({ ...input, heard, turn });
    }
  }
}

/** Empty where nothing traces. */
function traceparentOf(traced: Context): string {
  const carrier: { traceparent?: string } = {};
  propagation.inject(traced, carrier);
  return carrier.traceparent ?? '';
}
