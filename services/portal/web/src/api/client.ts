import { Problem, type ProblemBody } from './problem';

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  /** What a text body is, which is then sent as it is; without it the body is sent as JSON. */
  readonly contentType?: string;
  /** Makes a command safe to send again: the same key with the same body is the same command. */
  readonly idempotencyKey?: string;
  readonly ifMatch?: number;
  readonly signal?: AbortSignal | undefined;
  /** Asked by the page itself and not by a person: it does not keep the session alive. */
  readonly isBackground?: boolean;
  readonly accept?: string;
}

/** After this time without a key or a click, what the page reads again it reads by itself. */
const ACT_MS = 10_000;

let lastActAt = 0;

/** Begins to notice when somebody last did something on the page. */
export function noticeActs(): void {
  for (const act of ['keydown', 'pointerdown'] as const)
    window.addEventListener(act, () => (lastActAt = performance.now()), { capture: true, passive: true });
}

let language = 'fr';
let sessionEnded: () => void = () => undefined;

/** The language in which the services answer. */
export function answerIn(chosen: string): void {
  language = chosen;
}

/** Called each time the portal says that there is no session any more. */
export function whenSessionEnds(listener: () => void): void {
  sessionEnded = listener;
}

/**
 * Calls the portal: `/api/pathways/…` goes to the service of that name. Gives the JSON answer, typed by the caller, or
 * undefined for an empty one.
 *
 * @throws Problem what the server refused, or that it was not reached
 */
export async function call<T>(path: string, asked: Call = {}): Promise<T> {
  const response = await answerTo(path, asked);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T; // the contract of the route called
}

/** The answer as a file. @throws Problem as `call` does */
export async function file(path: string, asked: Call = {}): Promise<Blob> {
  return (await answerTo(path, { accept: '*/*', ...asked })).blob();
}

async function answerTo(path: string, asked: Call): Promise<Response> {
  const response = await reach(path, asked);
  if (response.ok) return response;
  const problem = await problemIn(response);
  if (problem.status === 401) sessionEnded();
  throw problem;
}

async function reach(path: string, asked: Call): Promise<Response> {
  const { method = 'GET', body, contentType, idempotencyKey, ifMatch } = asked;
  const { isBackground = performance.now() - lastActAt > ACT_MS, accept = 'application/json' } = asked;
  const isText = contentType !== undefined && typeof body === 'string';
  try {
    return await fetch(path, {
      method,
      headers: {
        accept,
        'accept-language': language,
        ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        ...(ifMatch === undefined ? {} : { 'if-match': `"${String(ifMatch)}"` }),
        ...(isBackground ? { 'x-ariane-background': '1' } : {}),
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      ...(asked.signal === undefined ? {} : { signal: asked.signal }),
    });
  } catch (error) {
    if (asked.signal?.aborted === true) throw error;
    throw new Problem({ title: 'unreached', status: 0, code: 'UNREACHED' });
  }
}

async function problemIn(response: Response): Promise<Problem> {
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const body = isJson
    ? ((await response.json().catch(() => undefined)) as Partial<ProblemBody> | undefined)
    : undefined;
  return new Problem({
    ...{ title: response.statusText, code: 'UNKNOWN' },
    ...body,
    status: response.status,
  });
}
