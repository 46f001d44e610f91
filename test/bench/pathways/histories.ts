import { type Client } from '@temporalio/client';
import proto from '@temporalio/proto';

const { EventType } = proto.temporal.api.enums.v1;
const counted = {
  signals: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
  activities: EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
  'workflow tasks': EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
  timers: EventType.EVENT_TYPE_TIMER_STARTED,
  runs: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
} as const;

export type Counts = Readonly<Record<keyof typeof counted, number>>;

/** What one pathway costs Temporal on average: events counted in the histories of all runs of the workflows named so. */
export async function countsPerPathway(client: Client, workflowIds: readonly string[]): Promise<Counts> {
  const wanted = new Set(workflowIds);
  const sums = new Map<string, number>();
  for await (const { workflowId, runId } of client.workflow.list()) {
    if (!wanted.has(workflowId)) continue;
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    for (const [name, type] of Object.entries(counted)) {
      const count = events?.filter(({ eventType }) => eventType === type).length ?? 0;
      sums.set(name, (sums.get(name) ?? 0) + count / wanted.size);
    }
  }
  const of = (name: keyof typeof counted): number => sums.get(name) ?? 0;
  return {
    signals: of('signals'),
    activities: of('activities'),
    'workflow tasks': of('workflow tasks'),
    timers: of('timers'),
    runs: of('runs'),
  };
}
