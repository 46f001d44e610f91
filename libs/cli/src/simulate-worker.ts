import { parentPort, workerData } from 'node:worker_threads';
import { playCell } from '@ariane/simulation';
import { countedIn, preparedOf, type SimulationInputs } from './simulate-inputs';

/**
 * A thread of `simulate-threads.ts`: told the number of a cell, it answers with its outcome, and now and then meanwhile
 * with how many patients it has played; told anything else, it ends.
 */
const { study, measuring } = preparedOf(workerData as SimulationInputs); // as: what our own thread was started with
const counted = countedIn(study, measuring, (patients) => parentPort?.postMessage({ patients }));

parentPort?.on('message', (cell: number | 'end') => {
  if (cell === 'end') parentPort?.close();
  else parentPort?.postMessage({ cell, outcome: playCell(study, cell, counted) });
});
