import { parentPort, workerData } from 'node:worker_threads';
import { playCell } from '@ariane/simulation';
import { preparedOf, type SimulationInputs } from './simulate-inputs';

/** A thread of `simulate-threads.ts`: told the number of a cell, it answers with its outcome; told anything else, it ends. */
const { study, measuring } = preparedOf(workerData as SimulationInputs); // as: what our own thread was started with

parentPort?.on('message', (cell: number | 'end') => {
  if (cell === 'end') parentPort?.close();
  else parentPort?.postMessage({ cell, outcome: playCell(study, cell, measuring) });
});
