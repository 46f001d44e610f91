import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schedulingEvents } from '@ariane/contracts';
import { DomainError } from '@ariane/kernel';
import {
  type Aggregate,
  type CommandContext,
  type Database,
  effect,
  ensureIndexes,
  FileKeyStore,
  type InboxDocument,
  INBOXES,
  openDatabase,
  OUTBOX,
  Store,
} from './index';

interface Seat {
  readonly holder: string;
  readonly seat: string;
  readonly note: string;
  readonly moves: number;
}
type Command = { type: 'Take'; seat: string; note: string } | { type: 'Leave' } | { type: 'Count' };
type Event =
  | { type: 'AppointmentCancelled'; data: Record<string, string> }
  | { type: 'Taken' | 'Left' | 'Counted'; data: Record<string, string> };

const seats: Aggregate<Seat, Command, Event> = {
  name: 'seat',
  collection: 'seats',
  facts: { AppointmentCancelled: schedulingEvents.AppointmentCancelled },
  subject: (state) => state.holder,
  patient: (state) => state.holder,
  sealed: ['note'],
  claims: (state) => (state.seat === '' ? [] : [`seat:${state.seat}`]),
  companions: (event, { seat, moves }, id) => {
    const row = { collection: 'seatRows' };
    if (event.type === 'AppointmentCancelled') return [];
    return event.type === 'Left' ? [{ ...row, remove: id }] : [{ ...row, put: { _id: id, seat, moves } }];
  },
  decide: (state, command) => {
    switch (command.type) {
      case 'Take':
        if (state?.seat) throw new DomainError('STATE_CONFLICT', { state: 'taken' });
        return [{ type: 'Taken', data: { seat: command.seat, note: command.note } }];
      case 'Leave':
        return [{ type: 'Left', data: {} }, cancelled];
      case 'Count':
        return [{ type: 'Counted', data: {} }, cancelled];
    }
  },
  evolve: (state, event) => {
    const before = state ?? { holder: patientId, seat: '', note: '', moves: 0 };
    if (event.type === 'Taken') return { ...before, seat: event.data.seat ?? '', note: event.data.note ?? '' };
    if (event.type === 'Left') return { ...before, seat: '' };
    if (event.type === 'Counted') return { ...before, moves: before.moves + 1 };
    return before;
  },
};
const patientId = randomUUID();
const cancelled = {
  type: 'AppointmentCancelled' as const,
  data: { ...schedulingEvents.AppointmentCancelled.example, patientId },
};

/** What MongoDB counts of an index. */
interface IndexUse {
  readonly name: string;
  readonly accesses: { readonly ops: bigint };
}

const latest = { sort: { sequence: -1 } } as const;

const contextWith = (messageId: string = randomUUID(), territory = 'test'): CommandContext => ({
  messageId,
  consumer: 'http',
  territory,
  actor: 'person:tester',
  now: '2026-03-02T08:00:00Z',
  correlationId: messageId,
  causationId: messageId,
});

describe('the write path on a real MongoDB', () => {
  let database: Database;
  let store: Store;

  beforeAll(async () => {
    database = await openDatabase(process.env.MONGO_URL ?? '', `store_${Date.now()}`);
    await ensureIndexes(database, [seats]);
    store = new Store(database, new FileKeyStore(mkdtempSync(join(tmpdir(), 'keys-'))), 'scheduling');
  });
  afterAll(async () => {
    await database.db.dropDatabase();
    await database.connection.close();
  });

  const take = (id: string, seat: string, context = contextWith()) =>
    store.handle(seats, id, { type: 'Take', seat, note: 'Madame ESSAI prefers the window' }, context);

  it('answers a repeated message as the first time and does nothing again', async () => {
    const id = randomUUID();
    const context = contextWith();
    const first = await store.handle(seats, id, { type: 'Count' }, context);
    const again = await store.handle(seats, id, { type: 'Count' }, context);
    expect([first.version, first.replayed]).toEqual([1, false]);
    expect([again.version, again.replayed, again.state.moves]).toEqual([1, true, 1]);
  });

  it('answers a repeated message as the first time though the command would be refused now', async () => {
    const [id, context] = [randomUUID(), contextWith()];
    const first = await take(id, 'z1', context);
    const again = await take(id, 'z1', context);
    expect([again.version, again.replayed, again.state]).toEqual([first.version, true, first.state]);
  });

  it('tells the repeated messages of a commit from the new ones among them, and does each once', async () => {
    const count = (id: string, context: CommandContext) => store.handle(seats, id, { type: 'Count' }, context);
    const known = Array.from({ length: 20 }, () => ({ id: randomUUID(), context: contextWith() }));
    await Promise.all(known.map(({ id, context }) => count(id, context)));
    const fresh = Array.from({ length: 20 }, () => ({ id: randomUUID(), context: contextWith() }));
    const mixed = known.flatMap((one, index) => [one, fresh[index] ?? one]);
    const answers = await Promise.all(mixed.map(({ id, context }) => count(id, context)));
    expect(answers.map(({ replayed }) => replayed)).toEqual(mixed.map((_, index) => index % 2 === 0));
    expect(answers.every(({ state }) => state.moves === 1)).toBe(true);
  });

  it('looks no messages up but for the batches about a repeated one, however busy it is afterwards', async () => {
    const count = (id: string, context: CommandContext) =>
      store.handleMany([effect(seats, id, { type: 'Count' })], context);
    /** How often queries have used the index of messages. */
    const looks = async (): Promise<number> => {
      const used = await database.db
        .collection(INBOXES)
        .aggregate<IndexUse>([{ $indexStats: {} }])
        .toArray();
      return Number(used.find(({ name }) => name === 'messages._id_1')?.accesses.ops);
    };
    const known = contextWith();
    await count(patientId, known);
    const before = await looks();
    const busy = Array.from({ length: 16 }, async () => {
      for (let asked = 0; asked < 40; asked += 1) await count(randomUUID(), contextWith());
    });
    const again = await count(patientId, known);
    await Promise.all(busy);
    expect(again.replayed).toBe(true);
    // The batch it came in is decided again, and the one that was decided on that.
    expect((await looks()) - before).toBeLessThanOrEqual(4);
  });

  it('refuses the same message id with another input', async () => {
    const context = contextWith();
    await take(randomUUID(), 'a1', context);
    await expect(take(randomUUID(), 'a2', context)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  it('keeps the messages of a commit in one document, and knows each of them again', async () => {
    const asks = Array.from({ length: 50 }, () => ({ id: randomUUID(), context: contextWith() }));
    const count = (writer: Store) =>
      Promise.all(asks.map(({ id, context }) => writer.handle(seats, id, { type: 'Count' }, context)));
    await count(store);
    const ids = asks.map(({ context }) => `http|test|${context.messageId}|`);
    const kept = await database.db
      .collection<InboxDocument>(INBOXES)
      .find({ 'messages._id': { $in: ids } })
      .toArray();
    expect(kept.length).toBeLessThan(10);
    const again = await count(new Store(database, store.keys, 'scheduling'));
    expect(again.every(({ replayed, state }) => replayed && state.moves === 1)).toBe(true);
  });

  it('commits apart what together is more than one commit is to hold, and loses none of it', async () => {
    const large = () => {
      const context = contextWith();
      const ids = Array.from({ length: 600 }, () => randomUUID());
      const counts = ids.map((id) => effect(seats, id, { type: 'Count' }));
      return { ids, message: `http|test|${context.messageId}|`, done: store.handleMany(counts, context) };
    };
    // How large units are is known from those before.
    for (const asked of [large(), large()]) await asked.done;
    const asked = [large(), large(), large()];
    await Promise.all(asked.map(({ done }) => done));
    const kept = await database.db
      .collection<InboxDocument>(INBOXES)
      .find({ 'messages._id': { $in: asked.map(({ message }) => message) } })
      .toArray();
    expect(kept.map(({ messages }) => messages.length)).toEqual([1, 1, 1]);
    const ids = asked.flatMap((one) => one.ids);
    const counted = await store.find(seats, 'test', { _id: { $in: ids }, moves: 1 }, { limit: ids.length });
    expect(counted).toHaveLength(ids.length);
  });

  it('does once what two processes are asked with one key at the same moment, and answers both alike', async () => {
    const other = new Store(database, store.keys, 'scheduling');
    for (let round = 0; round < 8; round += 1) {
      const context = { ...contextWith(), inputHash: 'what a person asked for' };
      // Each would make an aggregate of its own, and no fact: nothing but the key keeps them apart.
      const asks = [store, other].map((writer) =>
        writer.handleMany([effect(seats, randomUUID(), { type: 'Take', seat: '', note: '' })], context),
      );
      const [first, second] = await Promise.all(asks);
      expect(second?.results).toEqual(first?.results);
      expect([first?.replayed, second?.replayed].sort()).toEqual([false, true]);
    }
  });

  it('gives a seat to exactly one of fifty who ask at the same time', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => take(randomUUID(), 'b1')));
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const refusals = outcomes.flatMap((one) => (one.status === 'rejected' ? [(one.reason as DomainError).code] : []));
    expect(new Set(refusals)).toEqual(new Set(['SLOT_TAKEN']));
  });

  it('gives a subject’s facts ids in its order, which keep to machine time however many commit together', async () => {
    const counts = Array.from({ length: 1_500 }, () => effect(seats, randomUUID(), { type: 'Count' }));
    await store.handleMany(counts, contextWith());
    const committedAt = Date.now();
    const facts = database.db.collection<{ _id: string }>(OUTBOX).find({ subject: patientId }).sort({ sequence: 1 });
    const ids = (await facts.toArray()).map(({ _id }) => _id);
    expect(ids).toEqual([...ids].sort());
    expect(Number.parseInt(ids.at(-1)?.replaceAll('-', '').slice(0, 12) ?? '', 16)).toBeLessThanOrEqual(committedAt);
  });

  it('gives a seat to exactly one when two processes race for it', async () => {
    const other = new Store(database, store.keys, 'scheduling');
    const asks = Array.from({ length: 40 }, (_, index) =>
      (index % 2 === 0 ? store : other).handle(
        seats,
        randomUUID(),
        { type: 'Take', seat: 'c1', note: '' },
        contextWith(),
      ),
    );
    const outcomes = await Promise.allSettled(asks);
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  it('frees a seat in the transaction that gives it up', async () => {
    const id = randomUUID();
    await take(id, 'd1');
    await store.handle(seats, id, { type: 'Leave' }, contextWith());
    await expect(take(randomUUID(), 'd1')).resolves.toMatchObject({ version: 1 });
  });

  it('writes a row of a read model with the event, anew each time, in its territory, and removes it again', async () => {
    const id = randomUUID();
    const rows = database.db.collection<{ _id: string }>('seatRows');
    await take(id, 'd2');
    expect(await rows.findOne({ _id: id })).toEqual({ _id: id, seat: 'd2', moves: 0, territory: 'test' });
    await store.handle(seats, id, { type: 'Count' }, contextWith());
    expect(await rows.findOne({ _id: id })).toMatchObject({ seat: 'd2', moves: 1 });
    await store.handle(seats, id, { type: 'Leave' }, contextWith());
    expect(await rows.findOne({ _id: id })).toBeNull();
  });

  it('counts every concurrent command of one aggregate, each with its own version and sequence', async () => {
    const id = randomUUID();
    const handled = await Promise.all(
      Array.from({ length: 100 }, () => store.handle(seats, id, { type: 'Count' }, contextWith())),
    );
    expect(new Set(handled.map((one) => one.state.moves)).has(100)).toBe(true);
    const read = await store.read(seats, 'test', id);
    expect([read?.version, read?.state.moves]).toEqual([100, 100]);
    const sequences = await database.db.collection<{ sequence: number }>(OUTBOX).find({ subject: patientId }).toArray();
    const numbers = sequences.map((entry) => entry.sequence).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it('loses and doubles nothing where two processes write one aggregate in a stream', async () => {
    const id = randomUUID();
    const other = new Store(database, store.keys, 'scheduling');
    const stream = async (writer: Store, callers: number, each: number): Promise<void> => {
      const call = async (): Promise<void> => {
        for (let done = 0; done < each; done += 1) await writer.handle(seats, id, { type: 'Count' }, contextWith());
      };
      await Promise.all(Array.from({ length: callers }, call));
    };
    await Promise.all([stream(store, 12, 10), stream(other, 3, 4)]);
    const read = await store.read(seats, 'test', id);
    expect([read?.version, read?.state.moves]).toEqual([132, 132]);
    const facts = await database.db.collection(OUTBOX).countDocuments({ subject: patientId });
    const last = await database.db.collection<{ sequence: number }>(OUTBOX).findOne({ subject: patientId }, latest);
    expect(last?.sequence).toBe(facts);
  });

  it('changes nothing when one of several commands is refused', async () => {
    const [free, taken] = [randomUUID(), randomUUID()];
    await take(taken, 'e1');
    const both = store.handleMany(
      [effect(seats, free, { type: 'Count' }), effect(seats, taken, { type: 'Take', seat: 'e2', note: '' })],
      contextWith(),
    );
    await expect(both).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    await expect(store.read(seats, 'test', free)).resolves.toBeUndefined();
  });

  it('hides another territory’s aggregate as if it did not exist', async () => {
    const id = randomUUID();
    await take(id, 'f1');
    await expect(store.read(seats, 'elsewhere', id)).resolves.toBeUndefined();
    const count = (territory: string) =>
      store.handle(seats, id, { type: 'Count' }, contextWith(randomUUID(), territory));
    await expect(count('elsewhere')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const [own, others] = await Promise.allSettled([count('test'), count('elsewhere')]);
    expect([own.status, others]).toMatchObject(['fulfilled', { status: 'rejected', reason: { code: 'NOT_FOUND' } }]);
  });

  it('keeps free text out of MongoDB in clear and opens it for the service', async () => {
    const id = randomUUID();
    await take(id, 'g1');
    const raw = JSON.stringify(await database.db.collection<{ _id: string }>('seats').findOne({ _id: id }));
    expect(raw).not.toContain('ESSAI');
    expect((await store.read(seats, 'test', id))?.state.note).toContain('ESSAI');
  });

  it('moves a consumer’s cursor with the effect: an old event is skipped, a hole is seen', async () => {
    const id = randomUUID();
    const subject = randomUUID();
    const unit = (sequence: number) => ({
      context: { ...contextWith(), consumer: 'group' },
      effects: [effect(seats, id, { type: 'Count' })],
      cursor: { group: 'group', producer: 'meetings', subject, sequence },
    });
    await expect(store.submit(unit(1))).resolves.toMatchObject({ kind: 'committed' });
    await expect(store.submit(unit(1))).resolves.toEqual({ kind: 'skipped' });
    await expect(store.submit(unit(3))).resolves.toEqual({ kind: 'gap', expected: 2 });
    await expect(store.submit(unit(2))).resolves.toMatchObject({ kind: 'committed' });
    expect((await store.read(seats, 'test', id))?.state.moves).toBe(2);
  });
});
