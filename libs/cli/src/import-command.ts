import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, operandOf } from './command';
import { BadInput, Failure } from './failure';
import { unreadable } from './read-document';
import type { RunningStack } from './running-stack';

const role = 'territory-administrator';
const LOOK_MS = 500;

interface Counts {
  readonly taken: number;
  readonly refused: number;
  readonly notUsed: number;
}

interface Report {
  readonly resources: number;
  readonly kinds: Readonly<Record<string, Counts>>;
  readonly alreadyKnown: number;
  readonly refusedFor: Readonly<Record<string, number>>;
  readonly notUsedFor: Readonly<Record<string, number>>;
  readonly possibleDuplicateCount: number;
}

interface Job {
  readonly jobId: string;
  readonly status: 'received' | 'running' | 'done' | 'failed';
  readonly percent?: number;
  readonly report?: Report;
  readonly reason?: string;
}

export const importCommand: Command = {
  name: 'import',
  usage: 'FILE [--watch]',
  about: 'sends a FHIR R4 Bundle, or NDJSON (.ndjson), to the running stack; --watch waits for the report per kind',
  operands: ['FILE'],
  options: { watch: 'flag' },
  run: async (invocation) => {
    const file = operandOf(invocation, 0);
    const path = resolve(invocation.folder, file);
    const size = await stat(path).catch((error: unknown) => {
      throw new BadInput(unreadable(file, error));
    });
    if (!size.isFile()) throw new BadInput(`${file} is not a file.`);
    const running = invocation.stack();
    invocation.progress(`sending ${file}, ${(size.size / 1_048_576).toFixed(1)} MB ...`);
    const mediaType = /\.(ndjson|jsonl)$/i.test(file) ? 'application/fhir+ndjson' : 'application/fhir+json';
    const stream = { from: createReadStream(path), mediaType };
    const sent = await running.call<Job>({
      method: 'POST',
      service: 'pathways',
      path: '/patients/import',
      role,
      stream,
    });
    if (invocation.options.watch !== true) {
      return { value: sent, lines: [`Job ${sent.jobId}: GET /patients/import/${sent.jobId} of pathways follows it.`] };
    }
    const job = await watched(running, sent, invocation.progress);
    if (job.status === 'failed') throw new Failure(`The import failed: ${job.reason ?? 'no reason given'}.`, job);
    return { value: job, lines: reportLines(job.report) };
  },
};

async function watched(running: RunningStack, sent: Job, progress: (line: string) => void): Promise<Job> {
  let job = sent;
  while (job.status === 'received' || job.status === 'running') {
    await sleep(LOOK_MS);
    const path = `/patients/import/${job.jobId}`;
    job = await running.call<Job>({ method: 'GET', service: 'pathways', path, role });
    progress(`${job.percent ?? (job.status === 'done' ? 100 : 0)} %, ${job.report?.resources ?? 0} resources read\r`);
  }
  progress('');
  return job;
}

function reportLines(report: Report | undefined): readonly string[] {
  if (report === undefined) return [];
  const kinds = Object.entries(report.kinds).sort(([a], [b]) => (a < b ? -1 : 1));
  const row = (name: string, ...cells: readonly (number | string)[]): string =>
    `${name.padEnd(32)}${cells.map((cell) => String(cell).padStart(12)).join('')}`;
  const reasons = (title: string, counts: Readonly<Record<string, number>>): readonly string[] =>
    Object.entries(counts).map(([reason, count]) => row(`${title}: ${reason}`, count));
  return [
    row('kind', 'taken', 'refused', 'not used'),
    ...kinds.map(([kind, { taken, refused, notUsed }]) => row(kind, taken, refused, notUsed)),
    row('resources in all', report.resources),
    row('of the taken, known before', report.alreadyKnown),
    ...reasons('refused', report.refusedFor),
    ...reasons('not used', report.notUsedFor),
    row('persons that may be one', report.possibleDuplicateCount),
  ];
}
