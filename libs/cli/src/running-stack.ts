import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { BadInput, Failure } from './failure';

interface Answer {
  readonly code?: string;
  readonly detail?: string;
}

interface Call {
  readonly method: 'GET' | 'POST';
  /** `scheduling`, `clock`, `issuer`. */
  readonly service: string;
  readonly path: string;
  /** The role to speak in; none for the demo's own helpers. */
  readonly role?: string;
  readonly body?: object;
  /** A file sent as it is, whatever its size. */
  readonly stream?: { readonly from: Readable; readonly mediaType: string };
}

/** The services that keep facts and hear those of others. */
const keepers = ['pathways', 'scheduling', 'tele-expertise', 'meetings', 'capitation'] as const;

/** The stack that `npm start` runs, spoken to over HTTP like anybody else does. */
export class RunningStack {
  /** @param token a token made elsewhere (ARIANE_TOKEN); without it the demo's issuer is asked */
  constructor(
    private readonly urls: Readonly<Record<string, string>>,
    private readonly token: string | undefined,
  ) {}

  /** The stack that a file written by `npm start` names. Throws Failure when its process has ended. */
  static fromFile(file: string, token: string | undefined): RunningStack {
    try {
      const { pid, urls } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; urls: Record<string, string> }; // as: written by deploy/stack-file.ts only
      process.kill(pid, 0);
      return new RunningStack(urls, token);
    } catch {
      throw new Failure('No stack is running: start it with npm start, in another terminal.');
    }
  }

  /** The keepers, or the one asked for. Throws BadInput for a name that is none of them. */
  keepersNamed(name: string | undefined): readonly string[] {
    if (name === undefined) return keepers.filter((one) => this.urls[one] !== undefined);
    if (keepers.some((one) => one === name)) return [name];
    throw new BadInput(`--service: there is no service named ${name}; there are ${keepers.join(', ')}.`);
  }

  /** The JSON answer. Throws Failure with the service's own sentence for a refusal. */
  async call<T>(call: Call): Promise<T> {
    const response = await this.accepted(call, AbortSignal.timeout(120_000));
    return parsed(await response.text()) as T; // as: the contract of the route called
  }

  /** The lines of an answer, as they come. Throws Failure for a refusal, and when the answer breaks off. */
  async *lines(call: Call): AsyncGenerator<string> {
    const { body } = await this.accepted(call, undefined);
    if (!body) return;
    try {
      yield* createInterface({ input: Readable.fromWeb(body), crlfDelay: Infinity });
    } catch (error) {
      throw new Failure(`${call.service} broke off: ${String(error)}.`);
    }
  }

  private async accepted(call: Call, signal: AbortSignal | undefined): Promise<Response> {
    const { service, role } = call;
    const url = this.urls[service];
    if (url === undefined) throw new Failure(`This stack runs without ${service}.`);
    const authorization = role === undefined ? undefined : `Bearer ${this.token ?? (await this.demoToken(role)).token}`;
    const response = await this.reach(call, `${url}${call.path}`, authorization, signal);
    if (response.ok) return response;
    const answer = parsed(await response.text());
    const problem = (answer ?? {}) as Answer; // as: problem+json, whose members are optional to us
    throw new Failure(
      `${service} refuses: ${problem.code ?? response.status} ${problem.detail ?? ''}`.trim(),
      answer ?? { status: response.status },
    );
  }

  /** A token of the demo. Throws Failure in production, where there is none. */
  demoToken(role: string, more: Readonly<Record<string, string>> = {}): Promise<{ readonly token: string }> {
    return this.call({ method: 'POST', service: 'issuer', path: '/demo-token', body: { role, ...more } });
  }

  private async reach(
    call: Call,
    url: string,
    authorization: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    const { method, body, stream, service } = call;
    const headers: Record<string, string> = {
      accept: 'application/json, application/problem+json',
      'accept-language': 'en',
      ...(authorization === undefined ? {} : { authorization }),
      ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(stream === undefined ? {} : { 'content-type': stream.mediaType }),
    };
    const payload: RequestInit =
      stream === undefined
        ? { body: body === undefined ? null : JSON.stringify(body), ...(signal ? { signal } : {}) }
        : { body: Readable.toWeb(stream.from), duplex: 'half' };
    try {
      return await fetch(url, { method, headers, redirect: 'error', ...payload });
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new Failure(`${service} does not answer: ${cause}.`);
    }
  }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
