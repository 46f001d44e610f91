import { open, readFile, rename } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Stalled, SteppedClock, type ClockWorld, type Quietness, type StepAsked } from './clock.ts';
import { operatorTokens } from './operator-token.ts';

const BODY_BYTES_MAX = 4_096;
const CALL_WITHIN_MS = 5_000;

function needed(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`The demo clock needs ${name} in its environment.`);
  return value;
}

/** The services and the worker over HTTP, and the clock file that all of them read. */
function httpWorld(file: string): ClockWorld {
  const urls = JSON.parse(needed('SERVICE_URLS')) as Record<string, string>; // as: written by deploy/stack.ts
  const token = operatorTokens(needed('ARIANE_ISSUER_URL'), needed('ARIANE_SERVICE_SECRET_FILE'));
  const call = async (target: string, method: string, path: string): Promise<unknown> => {
    const headers = { authorization: `Bearer ${await token()}` };
    const response = await fetch(`${urls[target] ?? ''}${path}`, {
      method,
      headers,
      signal: AbortSignal.timeout(CALL_WITHIN_MS),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answers ${response.status}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    targets: Object.keys(urls),
    readNow: async () => (JSON.parse(await readFile(file, 'utf8')) as { now: string }).now, // as: written by writeNow only
    writeNow: (now) => replaceFile(file, JSON.stringify({ now })),
    quietnessOf: (target) =>
      call(target, 'GET', '/internal/quiet').then(
        (answer) => answer as Quietness, // as: the service's own answer
        (error: unknown) => ({ quiet: false, why: [`does not answer: ${reasonOf(error)}`] }),
      ),
    nextDueOf: async (target) => ((await call(target, 'GET', '/internal/next-due')) as { at: string | null }).at, // as: the service's own answer
    wake: async (target) => {
      await call(target, 'POST', '/internal/wake');
    },
    sleep: async (ms) => {
      await sleep(ms);
    },
    machineMs: () => performance.now(),
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** On disk before it is in place: a clock that goes back after a power cut would date facts before their causes. */
async function replaceFile(file: string, text: string): Promise<void> {
  const beside = `${file}.new`;
  const handle = await open(beside, 'w');
  await handle.writeFile(text);
  await handle.sync();
  await handle.close();
  await rename(beside, file);
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

function problem(status: number, code: string, detail: string, more: object = {}): Answer {
  return { status, body: { type: `urn:ariane:problem:${code}`, title: detail, status, code, detail, ...more } };
}

async function answerTo(clock: SteppedClock, request: IncomingMessage): Promise<Answer> {
  const route = `${request.method ?? ''} ${request.url ?? ''}`;
  if (route === 'GET /now') return { status: 200, body: { now: await clock.now() } };
  if (route === 'GET /health/ready' || route === 'GET /health/live') return { status: 200, body: { status: 'ok' } };
  if (route !== 'POST /step') return problem(404, 'NOT_FOUND', 'The clock has GET /now and POST /step.');
  // A page of another site can post a form to this machine, but not JSON.
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
    return problem(
      415,
      'INVALID_INPUT',
      'Send content-type: application/json, with {} or {"until": "<UTC instant>", "from": "<UTC instant>"}.',
    );
  }
  const body = await jsonBody(request);
  const asked = stepAsked(body);
  if (asked === undefined)
    return problem(400, 'INVALID_INPUT', 'until and from: a UTC instant such as 2026-03-02T08:00:00Z, or left out.');
  return { status: 200, body: await clock.step(asked) };
}

/** What a body asks for, or undefined for a body that is none or names no instant. */
function stepAsked(body: unknown): StepAsked | undefined {
  if (body === undefined) return undefined;
  const { until, from } = (body ?? {}) as { until?: unknown; from?: unknown }; // as: any JSON; each field is checked
  return isInstantOrNone(until) && isInstantOrNone(from) ? { until, from } : undefined;
}

function isInstantOrNone(value: unknown): value is string | undefined {
  if (value === undefined) return true;
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value) && !Number.isNaN(Date.parse(value));
}

async function jsonBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > BODY_BYTES_MAX) return undefined;
  }
  try {
    return JSON.parse(text === '' ? '{}' : text) as unknown;
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, answer: Answer): void {
  const type = answer.status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(answer.status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(JSON.stringify(answer.body));
}

function main(): void {
  if ((process.env['ARIANE_MODE'] ?? 'production') === 'production') {
    throw new Error('The demo clock is refused when ARIANE_MODE is production: care is dated by the machine clock.');
  }
  const cap = process.env['ARIANE_DAYS_PER_SECOND'];
  const clock = new SteppedClock(httpWorld(needed('ARIANE_CLOCK_FILE')), cap ? Number(cap) : undefined);
  const server = createServer((request, response) => {
    answerTo(clock, request).then(
      (answer) => {
        send(response, answer);
      },
      (error: unknown) => {
        const stalled = error instanceof Stalled;
        send(
          response,
          stalled
            ? problem(504, 'NOT_QUIET', error.message, { busy: error.busy })
            : problem(502, 'STEP_FAILED', reasonOf(error)),
        );
      },
    );
  });
  server.listen(Number(needed('PORT')), '127.0.0.1');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      server.close(() => process.exit(0));
      server.closeAllConnections();
    });
  }
}

main();
