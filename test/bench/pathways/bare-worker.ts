/** The peer's worker, a process of its own like ours: its activity makes the HTTP command that ours makes. */
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const [address = '', pathwaysUrl = '', taskQueue = ''] = process.argv.slice(2);
const authorization = `Bearer ${process.env['BENCH_TOKEN'] ?? ''}`;
async function advance(pathwayId: string): Promise<void> {
  const response = await fetch(`${pathwaysUrl}/pathways/${pathwayId}/advance`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: '{}',
  });
  if (!response.ok) throw new Error(`pathways answered ${response.status}`);
  await response.json();
}
Runtime.install({ logger: new DefaultLogger('WARN') });
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  taskQueue,
  workflowsPath: `${import.meta.dirname}/bare-workflow.ts`,
  activities: { advance },
  maxConcurrentActivityTaskExecutions: 20,
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
await worker.run();
