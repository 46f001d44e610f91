import { setTimeout as pause } from 'node:timers/promises';
import { keyOf } from '../story/api.ts';

const GIVE_UP_MS = 180_000;

/** One command of a person: its key, where it goes, and the entries that it makes. */
export interface Posting {
  readonly key: string;
  readonly path: string;
  readonly body: object;
  /** How to find its entries in the database, and how many there are when it took place. */
  readonly entries: { readonly filter: object; readonly count: number };
  /** What the same person does next, once this one was answered. */
  readonly then?: Posting;
}

export interface Posted {
  readonly posting: Posting;
  /** Undefined: nobody ever answered, and nobody asked again. */
  readonly answer: string | undefined;
}

/** People of finance who post over HTTP while the service comes and goes. */
export class PostingPeople {
  readonly posted: Posted[] = [];
  readonly faults: string[] = [];
  /** Answers to a key asked again that were compared with the first. */
  compared = 0;
  asked = 0;
  private readonly tokens = new Map<string, string>();
  private readonly urls: Readonly<Record<string, string>>;
  private readonly territory: string;
  private readonly chance: () => number;

  constructor(urls: Readonly<Record<string, string>>, territory: string, chance: () => number) {
    this.urls = urls;
    this.territory = territory;
    this.chance = chance;
  }

  /** Posts once. A lost answer is asked for again with the same key, but for one in four, whose person gives up. */
  async post(posting: Posting): Promise<boolean> {
    const gives = this.chance() < 0.25;
    for (const giveUp = Date.now() + GIVE_UP_MS; ;) {
      const answer = await this.once('POST', posting.path, posting.body, posting.key).catch((error: unknown) => {
        // A refusal is an answer, and a fault of the drill: nothing that it asks for may be refused.
        if (error instanceof Refusal) throw error;
        return undefined;
      });
      if (answer !== undefined) {
        this.posted.push({ posting, answer });
        if (this.chance() < 0.3) await this.again(posting, answer);
        return true;
      }
      if (gives || Date.now() > giveUp) {
        this.posted.push({ posting, answer: undefined });
        return false;
      }
      await pause(200);
    }
  }

  /** The same key once more, until it is answered: what was answered before must be said again. */
  async again(posting: Posting, first: string): Promise<void> {
    const second = await this.surely('POST', posting.path, posting.body, posting.key);
    this.compared += 1;
    if (second !== first) this.faults.push(`another answer to the same key ${posting.key}`);
  }

  /** Asks until it is answered. Throws Error for a refusal, or when nobody answers. */
  async surely(
    method: string,
    path: string,
    body?: object,
    key = keyOf(path, method),
    role = 'finance',
  ): Promise<string> {
    for (const giveUp = Date.now() + GIVE_UP_MS; ;) {
      const answer = await this.once(method, path, body, key, role).catch((error: unknown) => {
        if (error instanceof Refusal || Date.now() > giveUp) throw error;
        return undefined;
      });
      if (answer !== undefined) return answer;
      await pause(200);
    }
  }

  private async once(method: string, path: string, body: object | undefined, key: string, role = 'finance') {
    this.asked += 1;
    const token = this.tokens.get(role) ?? (await this.signIn(role));
    const response = await fetch(`${this.urls['capitation'] ?? ''}${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': key },
      signal: AbortSignal.timeout(30_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return text;
    if (response.status >= 500) return undefined;
    const refusal = new Refusal(`${method} ${path}: ${response.status} ${text}`);
    throw refusal;
  }

  private async signIn(role: string): Promise<string> {
    const response = await fetch(`${this.urls['issuer'] ?? ''}/demo-token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ role, territory: this.territory }),
    });
    const { token } = (await response.json()) as { token: string }; // as: the issuer's own answer
    this.tokens.set(role, token);
    return token;
  }
}

class Refusal extends Error {}
