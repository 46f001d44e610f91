import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Outcome, playCell, totalOf } from '@ariane/simulation';
import { preparedOf, type SimulationInputs } from './simulate-inputs';

/** Below this a thread's start costs more than it saves. */
const patientsWorthThreads = 2000;

/** A built file has a built worker beside it; run from source, in tests, everything stays in one thread. */
const worker = extname(__filename) === '.js' ? join(__dirname, 'simulate-worker.js') : undefined;

/**
 * Plays all cells, on as many threads as asked (all cores unless said), and adds them up in their order: the figures do
 * not depend on who played which.
 */
export async function played(
  inputs: SimulationInputs,
  threads: number | undefined,
  progress: (cells: number, of: number) => void,
): Promise<Outcome> {
  const { study, measuring } = preparedOf(inputs);
  const { cells } = study;
  const isLarge = inputs.settings.patients >= patientsWorthThreads;
  const wanted = Math.min(cells, threads ?? (isLarge ? availableParallelism() : 1));
  if (wanted > 1 && worker !== undefined) return onThreads(worker, inputs, wanted, cells, progress);
  const outcomes: Outcome[] = [];
  for (let cell = 0; cell < cells; cell += 1) {
    outcomes.push(playCell(study, cell, measuring));
    progress(cell + 1, cells);
  }
  return totalOf(outcomes);
}

/** Each thread takes the next cell that nobody has taken. */
async function onThreads(
  file: string,
  inputs: SimulationInputs,
  threads: number,
  cells: number,
  progress: (cells: number, of: number) => void,
): Promise<Outcome> {
  const outcomes: (Outcome | undefined)[] = Array.from({ length: cells });
  let next = 0;
  let done = 0;
  const run = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const thread = new Worker(file, { workerData: inputs });
      const give = (): void => {
        thread.postMessage(next < cells ? next : 'end');
        next += 1;
      };
      thread.on('message', ({ cell, outcome }: { readonly cell: number; readonly outcome: Outcome }) => {
        outcomes[cell] = outcome;
        done += 1;
        progress(done, cells);
        give();
      });
      thread.once('error', reject);
      thread.once('exit', () => {
        resolve();
      });
      give();
    });
  await Promise.all(Array.from({ length: threads }, run));
  return totalOf(outcomes.filter((outcome) => outcome !== undefined));
}
