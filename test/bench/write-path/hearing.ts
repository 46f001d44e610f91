/** The other service of the bench, a process of its own: applies each fact and reports its age when it is durable. */
import { kafkaClient, openEvent, Subscriber } from '@ariane/bus';
import { effect, ensureIndexes, FileKeyStore, openDatabase, Store, type Aggregate } from '@ariane/store';
import { sentAtMs } from './case.ts';

const [mongoUrl = '', brokers = '', keys = '', topic = ''] = process.argv.slice(2);

const seen: Aggregate<{ count: number }, { now: string }, { type: 'Seen'; data: object }> = {
  name: 'seen',
  collection: 'seen',
  facts: {},
  subject: (_state, _event, id) => id,
  decide: () => [{ type: 'Seen', data: {} }],
  evolve: (state) => ({ count: (state?.count ?? 0) + 1 }),
};

const database = await openDatabase(mongoUrl, 'bench_hearing');
await ensureIndexes(database, [seen]);
const store = new Store(database, new FileKeyStore(keys), 'capitation');
const group = `bench-${process.pid}`;
const subscriber = new Subscriber(kafkaClient('bench-hearing', brokers.split(',')), group, [topic], {
  async process(event) {
    const { envelope } = event;
    await openEvent(store.keys, event);
    await store.submit({
      context: {
        ...envelope,
        messageId: envelope.id,
        consumer: group,
        actor: 'service:bench',
        now: envelope.time,
        correlationId: envelope.correlationid,
        causationId: envelope.id,
      },
      effects: [effect(seen, envelope.subject, { now: envelope.time })],
      cursor: { group, producer: 'meetings', subject: envelope.subject, sequence: envelope.sequence },
    });
    process.send?.({ ageMs: Date.now() - sentAtMs(envelope.correlationid) });
  },
  park: () => Promise.reject(new Error('an event of the bench was refused')),
  unreadable: () => undefined,
  isInfrastructure: () => false,
});
await subscriber.start();
process.send?.({ ready: true });
process.on('disconnect', () => process.exit(0));
