/** The other service of the bench, a process of its own: applies each fact and reports when it is durable. */
import { kafkaClient, type Listener, StoreProcessor, Subscriber } from '@ariane/bus';
import { effect, ensureIndexes, FileKeyStore, openDatabase, Store, type Aggregate } from '@ariane/store';

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
const listen: Listener = ({ envelope }) => Promise.resolve([effect(seen, envelope.subject, { now: envelope.time })]);
/** Told a few times a second, so that the telling costs what is measured little. */
const TELL_MS = 250;
let heard: [of: string, at: number][] = [];
const processor = new StoreProcessor(
  store,
  { service: 'capitation', aggregates: [seen], hears: ['meetings'] },
  group,
  () => listen,
);
const subscriber = new Subscriber(kafkaClient('bench-hearing', brokers.split(',')), group, [topic], {
  async process(event) {
    await processor.process(event);
    heard.push([event.envelope.correlationid, Date.now()]);
  },
  park: () => Promise.reject(new Error('an event of the bench was refused')),
  unreadable: () => undefined,
  isInfrastructure: () => false,
});
await subscriber.start();
process.send?.({ ready: true });
setInterval(() => {
  if (heard.length > 0) process.send?.({ heard });
  heard = [];
}, TELL_MS);
process.on('disconnect', () => process.exit(0));
