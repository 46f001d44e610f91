import { busSettings, kafkaClient, Relay } from '@ariane/bus';
import type { EventContract, Service } from '@ariane/contracts';
import { clockNow } from '@ariane/service';
import {
  type Aggregate,
  type DomainEvent,
  ensureIndexes,
  FileKeyStore,
  openDatabase,
  publishAgain,
  Store,
} from '@ariane/store';
import type { Static } from '@sinclair/typebox';
import { randomUUID } from 'node:crypto';

/** Contracts of facts by their names, as each service's catalogue has them. */
export type Facts = Readonly<Record<string, EventContract>>;

/** Stands for another service: publishes, through a real store and relay, whatever fact it is told to. */
export interface Speaker<C extends Facts> {
  /** Says a fact at the clock's instant. One of a patient is sealed with the patient's key, as its service would. */
  say<F extends keyof C & string>(fact: F, subject: string, data: Static<C[F]['data']>): Promise<void>;
  /** Publishes all that was said of a subject once more. */
  again(subject: string): Promise<void>;
}

/** Lets facts of a service be said in a territory, until it is stopped. */
export async function speakerOf<C extends Facts>(
  territory: string,
  service: Service,
  facts: C,
): Promise<Speaker<C> & { stop(): Promise<void> }> {
  const type: Aggregate<{ readonly patientId?: string }, DomainEvent, DomainEvent> = {
    name: 'speaker',
    collection: 'speakers',
    facts,
    subject: (_state, _event, id) => id,
    patient: ({ patientId }) => patientId,
    decide: (_state, said) => [said],
    evolve: (_state, { data }) => ('patientId' in data ? { patientId: String(data.patientId) } : {}),
  };
  const { mongoUrl, kafkaBrokers, keysFolder } = busSettings(process.env);
  const database = await openDatabase(mongoUrl, `speaker_${service.replaceAll('-', '_')}_${territory}`);
  await ensureIndexes(database, [type]);
  const store = new Store(database, new FileKeyStore(keysFolder), service);
  const relay = new Relay(store, kafkaClient('test', kafkaBrokers), service);
  relay.start();
  return {
    async say(fact, subject, data) {
      const id = randomUUID();
      const ids = { messageId: id, correlationId: id, causationId: id };
      const context = { ...ids, consumer: 'http', territory, actor: 'person:tester', now: clockNow() };
      await store.handle(type, subject, { type: fact, data }, context);
    },
    async again(subject) {
      await publishAgain(database, { subject });
      relay.wakeNow();
    },
    async stop() {
      await relay.stop();
      await database.db.dropDatabase();
      await database.connection.close();
    },
  };
}
