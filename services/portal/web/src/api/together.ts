import { paths } from './care';
import { call } from './client';
import { isProblem } from './problem';

/** Parts of a pathway's file by the paths of their own routes, with `ID` for the pathway's id. */
const parts: ReadonlyMap<string, string> = new Map([
  [paths.pathway('ID'), 'plan'],
  [paths.timeline('ID'), 'timeline'],
  [paths.requestsOf('ID'), 'requests'],
  [paths.tasksOf('ID'), 'tasks'],
  [paths.alertsOf('ID'), 'alerts'],
]);
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

interface Reading {
  readonly path: string;
  readonly part: string;
  readonly signal: AbortSignal;
  readonly settle: (answer: unknown) => void;
  readonly fail: (error: unknown) => void;
}

/** By pathway, what is asked for in this moment. */
const asked = new Map<string, Reading[]>();

/**
 * Reads what stands under a path, as `call` does. Parts of one pathway that a screen asks for in the same moment are one
 * question: the service reads the pathway once, and whoever is far away waits once.
 *
 * @throws Problem as `call` does
 */
export function readTogether<T>(path: string, signal: AbortSignal): Promise<T> {
  const [id] = ID.exec(path) ?? [];
  const part = id === undefined ? undefined : parts.get(path.replace(id, 'ID'));
  if (id === undefined || part === undefined) return call<T>(path, { signal });
  return new Promise((resolve, reject) => {
    const settle = resolve as (answer: unknown) => void; // the contract of the route called
    const reading: Reading = { path, part, signal, settle, fail: reject };
    const others = asked.get(id);
    if (others !== undefined) others.push(reading);
    else {
      asked.set(id, [reading]);
      setTimeout(() => void send(id), 0);
    }
  });
}

async function send(id: string): Promise<void> {
  const all = asked.get(id) ?? [];
  asked.delete(id);
  const readings = all.filter(({ signal }) => !signal.aborted);
  if (readings.length < 2) await Promise.all(readings.map(apart));
  else await sendFile(id, readings);
}

async function sendFile(id: string, readings: readonly Reading[]): Promise<void> {
  const wanted = new Set(readings.map(({ part }) => part));
  const query = new URLSearchParams([...wanted].map((part) => ['part', part]));
  const signal = whenAll(readings.map((one) => one.signal));
  try {
    const file = await call<Readonly<Record<string, unknown>>>(
      `/api/pathways/pathways/${id}/file?${query.toString()}`,
      { signal },
    );
    for (const { part, settle } of readings) settle(file[part]);
  } catch (error) {
    // Who may not read one of the parts may read the others: each is told by its own route.
    const isRefused = isProblem(error) && (error.status === 403 || error.status === 404);
    if (isRefused) await Promise.all(readings.map(apart));
    else for (const { fail } of readings) fail(error);
  }
}

const apart = ({ path, signal, settle, fail }: Reading): Promise<void> => call(path, { signal }).then(settle, fail);

/** Aborted once all of them are. */
function whenAll(signals: readonly AbortSignal[]): AbortSignal {
  const all = new AbortController();
  for (const signal of signals) {
    signal.addEventListener('abort', () => {
      if (signals.every(({ aborted }) => aborted)) all.abort();
    });
  }
  return all.signal;
}
