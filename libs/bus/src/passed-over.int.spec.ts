import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  cursorIdOf,
  type CursorDocument,
  CURSORS,
  type Database,
  effect,
  ensureIndexes,
  FileKeyStore,
  openDatabase,
  OUTBOX,
  type OutboxDocument,
  PARKED,
  Store,
} from '@ariane/store';
import { commandOf, listener, speaker } from './bus.fixture';
import { fromMessage, type Listener, type SealedEvent, StoreProcessor, toMessage } from './index';

const run = Date.now();
const territory = `passed${run}`;
const group = 'ariane.passed-test';
const options = { service: 'capitation', aggregates: [listener], hears: ['meetings'] } as const;

const note: Listener = (event) => {
  const { reason } = event.data as { reason: string }; // the contract of CaseDeferred, validated by the processor
  return Promise.resolve([effect(listener, event.envelope.subject, { reason })]);
};

describe('facts that a service does not listen to', () => {
  let database: Database;
  let store: Store;

  beforeAll(async () => {
    database = await openDatabase(process.env.MONGO_URL ?? '', `passed_${run}`);
    await ensureIndexes(database, [speaker, listener]);
    store = new Store(database, new FileKeyStore(join(mkdtempSync(join(tmpdir(), 'passed-')), 'keys')), 'meetings');
  });
  afterAll(async () => {
    await store.drain();
    await database.db.dropDatabase();
    await database.connection.close();
  });

  /** So many facts of a new subject, as they come from Kafka. */
  async function factsOf(count: number): Promise<readonly SealedEvent[]> {
    const subject = randomUUID();
    for (let at = 1; at <= count; at += 1)
      await store.handle(speaker, subject, { subject, reason: `r${at}` }, commandOf(territory));
    const said = await database.db.collection<OutboxDocument>(OUTBOX).find({ subject }).sort({ sequence: 1 }).toArray();
    return said.map((one) => fromMessage(Buffer.from(toMessage('meetings', one).value)) as SealedEvent); // as: just made
  }
  /** A consumer that listens to those facts alone whose sequences are named. */
  const processorFor = (...sequences: number[]) => {
    let heard = 0;
    const processor = new StoreProcessor(store, options, group, () => (sequences.includes(heard) ? note : undefined));
    return async (event: SealedEvent) => {
      heard = event.envelope.sequence;
      await processor.process(event);
      return processor;
    };
  };
  const subjectOf = ([first]: readonly SealedEvent[]): string => first?.envelope.subject ?? '';
  const cursorOf = async (facts: readonly SealedEvent[]): Promise<number | undefined> => {
    const _id = cursorIdOf({ group, producer: 'meetings', subject: subjectOf(facts) });
    return (await database.db.collection<CursorDocument>(CURSORS).findOne({ _id }))?.sequence;
  };
  const reasonsOf = async (facts: readonly SealedEvent[]) =>
    (await store.read(listener, territory, subjectOf(facts)))?.state.reasons;
  const parkedOf = (facts: readonly SealedEvent[]) =>
    database.db.collection(PARKED).countDocuments({ subject: subjectOf(facts) });

  it('cost it no write until they are settled, all in one', async () => {
    const facts = await factsOf(3);
    const hear = processorFor();
    let processor: StoreProcessor | undefined;
    for (const fact of facts) processor = await hear(fact);
    expect(await cursorOf(facts)).toBeUndefined();
    await processor?.settle();
    expect(await cursorOf(facts)).toBe(3);
  });

  it('are noted with the next fact of their subject that it listens to, which is applied once', async () => {
    const facts = await factsOf(4);
    const hear = processorFor(3);
    for (const fact of facts.slice(0, 3)) await hear(fact);
    expect([await cursorOf(facts), await reasonsOf(facts)]).toEqual([3, ['r3']]);
    // After a crash all that was not committed comes again, to a process that remembers nothing.
    const again = processorFor(3);
    let processor: StoreProcessor | undefined;
    for (const fact of facts) processor = await again(fact);
    await processor?.settle();
    expect([await cursorOf(facts), await reasonsOf(facts), await parkedOf(facts)]).toEqual([4, ['r3'], 0]);
  });

  it('hide no hole: what follows a missing fact is set aside', async () => {
    const facts = await factsOf(4);
    const hear = processorFor(4);
    const [first, , third, fourth] = facts as [SealedEvent, SealedEvent, SealedEvent, SealedEvent];
    await (await hear(first)).settle();
    const processor = await hear(third);
    await hear(fourth);
    await processor.settle();
    expect([await cursorOf(facts), await reasonsOf(facts), await parkedOf(facts)]).toEqual([1, undefined, 2]);
  });

  it('queue behind a fact of their subject that was refused', async () => {
    const facts = await factsOf(3);
    const [first, second, third] = facts as [SealedEvent, SealedEvent, SealedEvent];
    const hear = processorFor();
    const processor = await hear(first);
    await processor.park(second, 'STATE_CONFLICT');
    await hear(third);
    await processor.settle();
    expect(await parkedOf(facts)).toBe(2);
  });
});
