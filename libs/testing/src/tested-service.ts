import { type PersonRole, type RunningIssuer, type ServiceName, ServiceTokens, startIssuer } from '@ariane/auth';
import { busSettings, databaseOf, fromMessage, openEvent, toMessage } from '@ariane/bus';
import type { ReceivedEvent, Service } from '@ariane/contracts';
import { invariant } from '@ariane/kernel';
import { type RunningService, type ServiceDescription, startService } from '@ariane/service';
import { openDatabase, OUTBOX, type OutboxDocument, Store } from '@ariane/store';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Facts, type Speaker, speakerOf } from './speaker';

/** What a route answered; each test knows its route. */
export interface Answer<B> {
  readonly status: number;
  readonly body: B;
}

/** What goes with a request beside its body. */
interface Sending {
  /** The Idempotency-Key: another one each time unless given. */
  readonly key?: string;
  /** The version that was read, sent as If-Match. */
  readonly version?: number;
  /** The address of another instance of the service. */
  readonly url?: string;
}

/** Whom the issuer vouches for: in the service's own territory unless another is named. */
interface Person {
  readonly role: PersonRole;
  readonly subject?: string;
  readonly practitionerId?: string;
  readonly patientId?: string;
  readonly trustedBy?: string;
  readonly territory?: string;
}

/**
 * One service on the servers that `npm test` starts, spoken to over HTTP by those who have signed in under a name. Its
 * issuer, its territory, its clock and its database are its own. The keys are the servers' own, for all specs: what one
 * of them published stays on the topics, and a later spec's service is slow to set aside what it cannot open.
 *
 * @typeParam B the fields of the answers that a spec looks at
 */
export class TestedService<B> {
  readonly territory = `t${Date.now()}`;
  private readonly folder: string;
  private readonly tokens = new Map<string, string>();
  private readonly speakers: { stop(): Promise<void> }[] = [];
  private issuer: RunningIssuer | undefined;
  private running: RunningService | undefined;

  /** @param startsAt what its clock shows at first, an instant in UTC */
  constructor(
    private readonly name: Service,
    startsAt = '2026-03-02T08:00:00.000Z',
  ) {
    this.folder = mkdtempSync(join(tmpdir(), `${name}-`));
    this.setClock(startsAt);
  }

  /** Starts the service on an empty database. */
  async start(description: Omit<ServiceDescription, 'name' | 'env'>): Promise<void> {
    const { territory, secretFile: serviceSecretFile } = this;
    const keysFile = join(this.folder, 'jwks.json');
    this.issuer = await startIssuer({ port: 0, keysFile, serviceSecretFile, mode: 'test', territory });
    // Jest gives each spec an environment of its own, so this ends with the spec.
    Object.assign(process.env, {
      PORT: '0',
      ARIANE_MODE: 'test',
      ARIANE_ISSUER_URL: this.issuer.url,
      ARIANE_SERVICE_SECRET_FILE: serviceSecretFile,
      ARIANE_CLOCK_FILE: this.clockFile,
      // Beside what other specs have said on the same servers, a busy machine may need longer than a service should.
      ARIANE_STOP_TIMEOUT_MS: '30000',
    });
    await this.dropDatabase(); // what a killed run left would fall due under this clock
    this.running = await startService({ ...description, name: this.name });
  }

  /** Stops the service, who spoke to it and its issuer, and leaves nothing of them. */
  async stop(): Promise<void> {
    await this.running?.stop();
    for (const speaker of this.speakers) await speaker.stop();
    await this.issuer?.stop();
    await this.dropDatabase();
    rmSync(this.folder, { recursive: true });
  }

  /**
   * Lets another service's facts be said to this one.
   *
   * @param facts those that may be said, by their names
   */
  async speaker<C extends Facts>(other: Service, facts: C): Promise<Speaker<C>> {
    const speaker = await speakerOf(this.territory, other, facts);
    this.speakers.push(speaker);
    return speaker;
  }

  get app(): RunningService['app'] {
    return this.started.app;
  }

  get url(): string {
    return this.started.url;
  }

  get store(): Store {
    return this.app.get(Store, { strict: false });
  }

  /** @param now an instant in UTC */
  readonly setClock = (now: string): void => {
    writeFileSync(this.clockFile, JSON.stringify({ now }));
  };

  /** Gives a name the token of a person. Answers when it ends, by the machine's clock. */
  readonly signIn = async (who: string, person: Person): Promise<{ readonly expiresAt: string }> => {
    const body = JSON.stringify({ territory: this.territory, ...person });
    const response = await fetch(`${this.issuerUrl}/demo-token`, { method: 'POST', body });
    if (!response.ok) throw new Error(`The issuer refused a token to ${who}: ${await response.text()}`);
    const { token, expiresAt } = (await response.json()) as Record<string, string>; // as: the issuer's own answer
    this.tokens.set(who, token ?? '');
    return { expiresAt: expiresAt ?? '' };
  };

  /** Gives a name the token of a service, or of the operator. */
  readonly signInService = async (who: string, service: ServiceName): Promise<void> => {
    const tokens = new ServiceTokens({ issuer: this.issuerUrl, service, secretFile: this.secretFile });
    this.tokens.set(who, await tokens.tokenFor(this.territory));
  };

  /** Throws an Error for a name under which nobody has signed in. */
  readonly tokenOf = (who: string): string => {
    const token = this.tokens.get(who);
    if (token === undefined) throw new Error(`Nobody has signed in as ${who}.`);
    return token;
  };

  readonly post = (who: string, path: string, body: object = {}, sending?: Sending): Promise<Answer<B>> =>
    this.call(who, 'POST', path, body, sending);

  readonly get = (who: string, path: string): Promise<Answer<B>> => this.call(who, 'GET', path);

  /** One request, whose caller may name what it expects of the answer; a text is sent as a CSV file. */
  readonly call = async <T = B>(
    who: string,
    method: string,
    path: string,
    body?: object | string,
    { key = randomUUID(), version, url = this.url }: Sending = {},
  ): Promise<Answer<T>> => {
    const isText = typeof body === 'string';
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.tokenOf(who)}`,
        'idempotency-key': key,
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        ...(body === undefined ? {} : { 'content-type': isText ? 'text/csv' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T }; // as: each test knows its route
  };

  /** The facts about a subject that the service has committed, opened, in their order. */
  readonly factsOf = async (subject: string): Promise<ReceivedEvent[]> => {
    const { database, keys } = this.store;
    const outbox = database.db.collection<OutboxDocument>(OUTBOX);
    const { territory } = this;
    const entries = await outbox.find({ territory, subject }).sort({ sequence: 1 }).toArray();
    return Promise.all(
      entries.map((entry) => {
        const sealed = fromMessage(Buffer.from(toMessage(this.name, entry).value));
        invariant(sealed !== undefined, 'what the relay sends can be read');
        return openEvent(keys, sealed);
      }),
    );
  };

  private async dropDatabase(): Promise<void> {
    const database = await openDatabase(busSettings(process.env).mongoUrl, databaseOf(this.name));
    await database.db.dropDatabase();
    await database.connection.close();
  }

  private get started(): RunningService {
    if (this.running === undefined) throw new Error('The service has not been started.');
    return this.running;
  }

  private get issuerUrl(): string {
    if (this.issuer === undefined) throw new Error('The service has not been started.');
    return this.issuer.url;
  }

  private get secretFile(): string {
    return join(this.folder, 'secrets.json');
  }

  private get clockFile(): string {
    return join(this.folder, 'clock.json');
  }
}
