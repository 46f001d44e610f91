import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type Outcome, playCell, totalOf } from '@ariane/simulation';
import { Failure } from './failure';
import { countedIn, preparedOf, type SimulationInputs } from './simulate-inputs';

/** Below this a thread's start costs more than it saves. */
const patientsWorthThreads = 2000;

/** A built file has a built worker beside it; run from source, in tests, everything stays in one thread. */
const worker = extname(__filename) === '.js' ? join(__dirname, 'simulate-worker.js') : undefined;

/** How the one who waits for a simulation is told of it, and tells it to stop. */
export interface Watch {
  /** Patients played so far, of all. */
  readonly progress: (patients: number, of: number) => void;
  readonly interrupted: AbortSignal;
}

/**
 * Plays all cells, on as many threads as asked (all cores unless said), and adds them up in their order: the figures do
 * not depend on who played which.
 *
 * @throws Failure once it is interrupted; no thread is left
 */
export async function played(inputs: SimulationInputs, threads: number | undefined, watch: Watch): Promise<Outcome> {
  const { study, measuring } = preparedOf(inputs);
  const { cells } = study;
  const { patients } = inputs.settings;
  let done = 0;
  const tell = (more: number): void => {
    done += more;
    watch.progress(done, patients);
  };
  const wanted = Math.min(cells, threads ?? (patients >= patientsWorthThreads ? availableParallelism() : 1));
  const outcomes: Outcome[] = [];
  if (wanted > 1 && worker !== undefined) {
    const tasks = { cells, tell, interrupted: watch.interrupted };
    outcomes.push(...(await onThreads(worker, inputs, wanted, tasks)));
  } else {
    const counted = countedIn(study, measuring, tell);
    for (let cell = 0; cell < cells && !watch.interrupted.aborted; cell += 1) {
      outcomes.push(playCell(study, cell, counted));
      // A signal is heard between two cells only.
      await setImmediate();
    }
  }
  if (watch.interrupted.aborted) {
    throw new Failure(`Interrupted after ${done} of ${patients} patients. Nothing was written.`);
  }
  watch.progress(patients, patients);
  return totalOf(outcomes);
}

/** Each thread takes the next cell that nobody has taken. */
async function onThreads(
  file: string,
  inputs: SimulationInputs,
  threads: number,
  tasks: { readonly cells: number; readonly tell: (patients: number) => void; readonly interrupted: AbortSignal },
): Promise<readonly Outcome[]> {
  const { cells, tell, interrupted } = tasks;
  const outcomes: (Outcome | undefined)[] = Array.from({ length: cells });
  let next = 0;
  const run = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const thread = new Worker(file, { workerData: inputs });
      const stop = (): void => void thread.terminate();
      const give = (): void => {
        thread.postMessage(next < cells ? next : 'end');
        next += 1;
      };
      thread.on('message', (said: Said) => {
        if ('patients' in said) tell(said.patients);
        else {
          outcomes[said.cell] = said.outcome;
          give();
        }
      });
      thread.once('error', reject);
      thread.once('exit', () => {
        interrupted.removeEventListener('abort', stop);
        resolve();
      });
      interrupted.addEventListener('abort', stop);
      give();
    });
  await Promise.all(Array.from({ length: threads }, run));
  return outcomes.filter((outcome) => outcome !== undefined);
}

/** What a thread says. */
type Said = { readonly patients: number } | { readonly cell: number; readonly outcome: Outcome };
