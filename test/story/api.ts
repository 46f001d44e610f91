import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

export type Role =
  | 'auditor'
  | 'coordinator'
  | 'specialist'
  | 'requester'
  | 'meeting-secretary'
  | 'chair'
  | 'finance'
  | 'finance-approver'
  | 'territory-administrator';

/** A refusal as the services answer it: problem+json. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly problem: { readonly code?: string; readonly detail?: string; readonly field?: string };

  constructor(what: string, status: number, problem: Refused['problem']) {
    super(`${what}: ${status} ${problem.code ?? ''} ${problem.detail ?? ''} ${problem.field ?? ''}`);
    this.status = status;
    this.problem = problem;
  }
}

interface PageOf<T> {
  readonly items: readonly T[];
  readonly next?: string | null;
}

/** Longer than the clock takes to say that it stalls, which may be a minute before it moves and one after. */
const ANSWER_WITHIN_MS = 150_000;

/** A service under fault comes back; an act is repeated with its key for this long before the story gives up. */
const GIVE_UP_MS = 90_000;

/** The same act of the same story has the same key, however often it is repeated. */
export function keyOf(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('/')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** In whose name a call is made; a subject is the name of who is no professional of the directory. */
interface Who {
  readonly role: Role;
  readonly practitionerId?: string;
  readonly subject?: string;
}

/** The HTTP API as people use it: each call is made by somebody in a role. */
export class Api {
  private readonly tokens = new Map<string, Promise<string>>();
  readonly urls: Readonly<Record<string, string>>;
  /** Who signs in as coordinator: the care team's own. */
  coordinatorId: string | undefined;

  constructor(urls: Readonly<Record<string, string>>) {
    this.urls = urls;
  }

  get<T>(role: Role, service: string, path: string): Promise<T> {
    return this.call<T>({ role }, 'GET', service, path);
  }

  /** Every item of a paged list. */
  async all<T>(role: Role, service: string, path: string): Promise<T[]> {
    const found: T[] = [];
    let cursor: string | null | undefined;
    do {
      const more: string = cursor ? `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}` : '';
      const page: PageOf<T> = await this.get(role, service, `${path}${more}`);
      found.push(...page.items);
      cursor = page.next;
    } while (cursor);
    return found;
  }

  post<T>(
    who: Who,
    service: string,
    path: string,
    body: object,
    key: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    return this.call<T>(who, 'POST', service, path, body, { 'idempotency-key': key, ...headers });
  }

  put<T>(who: Who, service: string, path: string, body: object, key: string): Promise<T> {
    return this.call<T>(who, 'PUT', service, path, body, { 'idempotency-key': key });
  }

  /**
   * Moves the demo clock to the next due instant, or to `until` where that comes first. The instant that is left goes
   * along, so that a repetition after a lost answer moves nothing.
   */
  async step(until: string | undefined): Promise<{ from: string; now: string; next: string | null }> {
    const from = await this.now();
    const step = await this.call<{ now: string; next: string | null }>({}, 'POST', 'clock', '/step', { from, until });
    return { ...step, from };
  }

  async now(): Promise<string> {
    const { now } = await this.call<{ now: string }>({}, 'GET', 'clock', '/now');
    return now;
  }

  private async call<T>(
    who: Partial<Who>,
    method: string,
    service: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const what = `${method} ${service}${path}`;
    for (const giveUp = Date.now() + GIVE_UP_MS; ;) {
      try {
        return await this.once<T>(who, method, service, path, body, headers);
      } catch (error) {
        const lasting = error instanceof Refused && error.status < 500;
        const stalled = error instanceof Refused && error.problem.code === 'NOT_QUIET';
        if (lasting || stalled) throw error;
        await pause(500);
        if (Date.now() > giveUp) throw new Error(`${what} does not succeed: ${describe(error)}`, { cause: error });
      }
    }
  }

  private async once<T>(
    who: Partial<Who>,
    method: string,
    service: string,
    path: string,
    body: object | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<T> {
    const authorization: Record<string, string> =
      who.role === undefined ? {} : { authorization: `Bearer ${await this.tokenOf({ ...who, role: who.role })}` };
    const response = await fetch(`${this.urls[service] ?? ''}${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'accept-language': 'en', ...authorization, ...headers },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    if (response.ok) return answer as T; // the route's own answer
    throw new Refused(`${method} ${service}${path}`, response.status, answer as Refused['problem']); // problem+json
  }

  private tokenOf({ role, practitionerId, subject }: Who): Promise<string> {
    const person = practitionerId ?? (role === 'coordinator' ? this.coordinatorId : undefined);
    const name = [role, person, subject].join('/');
    const known = this.tokens.get(name);
    if (known !== undefined) return known;
    // What is undefined is left out of the JSON.
    const asked = this.demoToken({ role, practitionerId: person, subject });
    this.tokens.set(name, asked);
    asked.catch(() => {
      this.tokens.delete(name);
    });
    return asked;
  }

  private async demoToken(body: object): Promise<string> {
    const { token } = await this.call<{ token: string }>({}, 'POST', 'issuer', '/demo-token', body);
    return token;
  }
}

/** The error with what lies behind it: fetch alone says no more than that it failed. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
