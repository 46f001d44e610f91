import { Agent, request, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Figures } from './figures.ts';

/** What a page asks for. */
export interface Asked {
  /** Under which its times are told. */
  readonly kind: string;
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly body?: object;
  readonly idempotencyKey?: string;
}

/** What the portal tells of a change. */
export interface Change {
  readonly service: string;
  readonly type: string;
  readonly pathwayId?: string;
}

const ANSWER_MS = 30_000;
const AGAIN_MS = 2_000;
/** As browsers do: six connections to a host, of which the stream has one. */
const CONNECTIONS = 5;

/** One browser of one person: their cookie, their connections, their stream. */
export class BrowserLike {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  private stream: IncomingMessage | undefined;
  private isClosed = false;
  private readonly portal: URL;
  private readonly cookie: string;
  private readonly figures: Figures;

  constructor(portal: string, cookie: string, figures: Figures) {
    this.portal = new URL(portal);
    this.cookie = cookie;
    this.figures = figures;
  }

  /** The JSON answer, or undefined where there was none that can be used; both are counted. */
  async ask<T>({ kind, path, method = 'GET', body, idempotencyKey }: Asked): Promise<T | undefined> {
    const from = performance.now();
    try {
      const { status, text } = await this.sent(path, method, body, idempotencyKey);
      this.figures.time(`api ${kind}`, performance.now() - from);
      if (status < 300) return JSON.parse(text) as T; // the contract of the route
      this.figures.fail(`${kind}: ${status} ${/"code":"(\w+)"/.exec(text)?.[1] ?? ''}`);
    } catch (error) {
      this.figures.fail(`${kind}: ${error instanceof Error ? error.message : 'no answer'}`);
    }
    return undefined;
  }

  private async sent(
    path: string,
    method: string,
    body: object | undefined,
    key: string | undefined,
  ): Promise<{ readonly status: number; readonly text: string }> {
    const headers = {
      ...{ accept: 'application/json', 'accept-language': 'fr', cookie: this.cookie, origin: this.portal.origin },
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(new URL(path, this.portal), { method, headers, agent: this.agent, timeout: ANSWER_MS });
      asked.once('response', resolve).once('error', reject);
      asked.once('timeout', () => asked.destroy(new Error('no answer in time')));
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
    let text = '';
    for await (const chunk of answer.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
    return { status: answer.statusCode ?? 0, text };
  }

  /** Holds the stream open, again and again, until `close`. Resolves once it is ready for the first time. */
  listen(hear: (told: Change | 'reset') => void): Promise<void> {
    return new Promise((ready) => {
      const open = async (): Promise<void> => {
        while (!this.isClosed) {
          await this.streamed(hear, ready).catch((error: unknown) => {
            if (!this.isClosed) this.figures.fail(`stream: ${error instanceof Error ? error.message : 'cut'}`);
          });
          await pause(AGAIN_MS);
        }
      };
      void open();
    });
  }

  private async streamed(hear: (told: Change | 'reset') => void, ready: () => void): Promise<void> {
    const headers = { accept: 'text/event-stream', cookie: this.cookie };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(new URL('/api/stream', this.portal), { headers, agent: false });
      asked.once('response', resolve).once('error', reject);
      asked.end();
    });
    this.stream = answer;
    if (answer.statusCode !== 200) throw new Error(`answered ${String(answer.statusCode)}`);
    let rest = '';
    for await (const chunk of answer.setEncoding('utf8') as AsyncIterable<string>) {
      const events = `${rest}${chunk}`.split('\n\n');
      rest = events.pop() ?? '';
      for (const text of events) {
        const [, name] = /^event: (\w+)$/m.exec(text) ?? [];
        const [, data] = /^data: (.*)$/m.exec(text) ?? [];
        if (name === 'ready') ready();
        else if (name === 'reset') hear('reset');
        else if (name === 'change' && data !== undefined) hear(JSON.parse(data) as Change); // the portal's own
      }
    }
  }

  close(): void {
    this.isClosed = true;
    this.stream?.destroy();
    this.agent.destroy();
  }
}
