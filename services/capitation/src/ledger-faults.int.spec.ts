import { randomUUID } from 'node:crypto';
import { DomainError } from '@ariane/kernel';
import fc from 'fast-check';
import { mongo } from 'mongoose';
import type { EntryDraft } from './entry';
import { ENTRIES, type EntryDocument } from './ledger-documents.store';
import { RealLedger } from './real-ledger.fixture.store';
import { trialBalance } from './verify';

/** Faults that mongod makes on demand, for this test's connections only: `npm test` starts it with fail points. */
const APP = `ledger-faults-${randomUUID().slice(0, 8)}`;
const now = '2026-06-15T08:00:00.000Z';

interface Group {
  readonly key: string;
  readonly drafts: readonly EntryDraft[];
}

describe('the ledger under faults of a real MongoDB', () => {
  let on: RealLedger;
  let territory: string;
  let book: string;
  const url = `${process.env.MONGO_URL ?? ''}&appName=${APP}`;
  const admin = new mongo.MongoClient(process.env.MONGO_URL ?? '');

  beforeAll(async () => {
    on = await RealLedger.open(url);
    await admin.connect();
  }, 60_000);
  beforeEach(async () => {
    ({ territory, book } = await on.book());
  });
  afterEach(() => fail('off', {}));
  afterAll(async () => {
    await on.close();
    await admin.close();
  });

  const fail = (mode: 'off' | 'alwaysOn' | { times: number }, data: object) =>
    admin.db('admin').command({
      configureFailPoint: 'failCommand',
      mode,
      ...(mode === 'off' ? {} : { data: { appName: APP, ...data } }),
    });

  const draft = (amt: bigint, debit = 'assets:receivable:org:a', of = book): EntryDraft => ({
    ...{ id: randomUUID(), book: of, code: 'SHARE_DUE', eff: now, contract: null, line: null, reverses: null },
    legs: [
      { a: debit, d: 1, amt },
      { a: `liabilities:payable:prac:${amt % 5n}`, d: -1, amt },
    ],
    cause: { eventIds: [randomUUID()] },
  });
  const groupsOf = (count: number): Group[] =>
    Array.from({ length: count }, (_, at) => ({
      key: randomUUID(),
      drafts: [draft(BigInt(at + 1)), draft(BigInt(2 * at + 1)), draft(7n)],
    }));

  /** As a client does: with the same key, until it is answered. How often it had to ask. */
  async function postSurely(ledger: RealLedger, { key, drafts }: Group): Promise<number> {
    for (let asked = 1; asked <= 40; asked += 1) {
      try {
        await ledger.post(territory, drafts, now, key);
        return asked;
      } catch (error) {
        // Whatever else the driver says, the client knows only that it was not answered.
        if (error instanceof DomainError && error.code !== 'VERSION_CONFLICT') throw error;
      }
    }
    throw new Error('not answered');
  }

  const entries = () => on.database.db.collection<EntryDocument>(ENTRIES);

  /** Nothing lost, nothing doubled, no number missing, the chain good, the books at zero. */
  async function expectWhole(groups: readonly Group[]): Promise<void> {
    const stored = await entries().find({ book }).sort({ seq: 1 }).toArray();
    const asked = groups.flatMap(({ drafts }) => drafts);
    expect(stored.map(({ _id }) => _id).sort()).toEqual(asked.map(({ id }) => id).sort());
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, at) => BigInt(at + 1)));
    expect(await on.verifier.verify(territory, book)).toMatchObject({ good: true, entries: asked.length });
    const trial = trialBalance(await on.reads.balances(territory, book));
    const total = asked.reduce((sum, { legs }) => sum + legs[0]!.amt, 0n);
    expect([trial.difference, trial.pendingDifference, trial.dr]).toEqual([0n, 0n, total]);
  }

  const dropped = { failCommands: ['commitTransaction'], closeConnection: true };
  const lost = { failCommands: ['commitTransaction'], writeConcernError: { code: 64, errmsg: 'made by a test' } };
  const conflict = { failCommands: ['insert'], errorCode: 112, errorLabels: ['TransientTransactionError'] };
  it.each([
    ['a connection dropped at the commit', { times: 1 }, dropped],
    ['a connection dropped at every commit until a batch is tried one by one', { times: 12 }, dropped],
    ['a commit that is durable but answered with an error', { times: 1 }, lost],
    ['durable commits that are answered with errors until a batch is tried one by one', { times: 12 }, lost],
    ['a write conflict on inserting', { times: 2 }, conflict],
    ['write conflicts until a batch is tried one by one', { times: 5 }, conflict],
  ])('2, 4, 6 and 7: nothing is lost or doubled by %s', async (_name, mode, data) => {
    const groups = groupsOf(12);
    await fail(mode, data);
    await Promise.all(groups.map((group) => postSurely(on, group)));
    await fail('off', {});
    await expectWhole(groups);
    // The same again, once the fault is over: the same answer, and nothing new.
    for (const { key, drafts } of groups) {
      expect(await on.post(territory, drafts, now, key)).toMatchObject({ replayed: true });
    }
    await expectWhole(groups);
  });

  it('7 and 8: what was not acknowledged is wholly absent or wholly present, and stays so', async () => {
    const groups = groupsOf(4);
    const answers: PromiseSettledResult<unknown>[] = [];
    for (const [at, { key, drafts }] of groups.entries()) {
      // How often the driver asks by itself depends on the machine: this commit is dropped until it is given up.
      if (at === 1) await fail('alwaysOn', dropped);
      answers.push(...(await Promise.allSettled([on.post(territory, drafts, now, key)])));
      await fail('off', {});
    }
    // Read by another client: the service's own may still be finding its server again.
    const aside = admin.db(on.database.db.databaseName).collection<EntryDocument>(ENTRIES);
    const stored = new Set((await aside.find({ book }).toArray()).map(({ _id }) => _id));
    const [acknowledged, unanswered] = [0, 1].map((way) =>
      groups.filter((_, at) => (answers[at]?.status === 'fulfilled') === (way === 0)),
    );
    expect(unanswered?.length).toBeGreaterThan(0);
    for (const { drafts } of acknowledged ?? []) expect(drafts.every(({ id }) => stored.has(id))).toBe(true);
    for (const { drafts } of unanswered ?? []) {
      expect([0, drafts.length]).toContain(drafts.filter(({ id }) => stored.has(id)).length);
    }
    await Promise.all(groups.map((group) => postSurely(on, group)));
    await expectWhole(groups);
  });

  it('4 and 6: two writers on one book stay correct: one chain, each key once, whoever is asked', async () => {
    const other = await on.second();
    const groups = groupsOf(24);
    const asked = groups.flatMap((group, at) =>
      at % 3 === 0 ? [postSurely(on, group), postSurely(other, group)] : [postSurely(at % 3 === 1 ? on : other, group)],
    );
    await Promise.all(asked);
    await other.close(false);
    await expectWhole(groups);
  });

  it('9: two writers do not cross a bound together', async () => {
    const other = await on.second();
    const pool = 'liabilities:pool:hip';
    const fed: Group = {
      key: randomUUID(),
      drafts: [
        {
          ...draft(100n),
          legs: [
            { a: 'assets:receivable:org:a', d: 1, amt: 100n },
            { a: pool, d: -1, amt: 100n },
          ],
        },
      ],
    };
    await postSurely(on, fed);
    await on.acts.guard(book, pool, 'NO_DEBIT_BALANCE', {
      ...{ messageId: randomUUID(), consumer: 'http', territory, actor: 'person:ada', now },
      correlationId: 'c',
      causationId: 'c',
    });
    const draws: Group[] = Array.from({ length: 8 }, () => ({ key: randomUUID(), drafts: [draft(30n, pool)] }));
    const answers = await Promise.allSettled(draws.map((group, at) => postSurely(at % 2 === 0 ? on : other, group)));
    await other.close(false);
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as DomainError] : [])); // as: checked below
    expect(refused.map(({ code }) => code)).toEqual(Array(5).fill('ACCOUNT_BOUND'));
    await expectWhole([fed, ...draws.filter((_, at) => answers[at]?.status === 'fulfilled')]);
  });

  describe('a stored entry that somebody changed in the database', () => {
    const LENGTH = 9;
    let stored: EntryDocument[];

    beforeEach(async () => {
      for (let at = 0; at < LENGTH; at += 3) {
        await on.post(territory, [draft(11n + BigInt(at)), draft(12n), draft(13n)], now);
      }
      const promise = { ...draft(50n), status: 'PENDING' as const };
      const resolves = { id: promise.id, legs: promise.legs };
      await on.post(territory, [promise], now);
      await on.post(territory, [{ ...promise, id: `${promise.id}-resolved`, status: 'POST', resolves }], now);
      stored = await entries().find({ book }).sort({ seq: 1 }).toArray();
      // Sums that are made later would be made from what was changed.
      expect(await on.verifier.verify(territory, book)).toMatchObject({ good: true });
    });

    /** Puts these documents in the place of the entries, asks the auditor, and puts the entries back. */
    async function verifyWith(documents: readonly mongo.Document[]): Promise<unknown> {
      const replace = async (by: readonly mongo.Document[]) => {
        await entries().deleteMany({});
        await on.database.db.collection(ENTRIES).insertMany([...by]);
      };
      await replace(documents);
      const found = await on.verifier.verify(territory, book);
      await replace(stored);
      return found;
    }
    const bad = (at: number) => ({ good: false, firstBadSeq: BigInt(at + 1) });

    /** Every place in a document where a value stands: `legs.0.amt`. */
    const placesIn = (value: unknown, path = ''): string[] => {
      if (typeof value !== 'object' || value === null || value instanceof Date) return [path];
      return Object.entries(value).flatMap(([name, member]) =>
        placesIn(member, path === '' ? name : `${path}.${name}`),
      );
    };

    /** Another value of the same type, one step or one character away. */
    function changed(value: unknown): unknown {
      // A number that another entry has is refused by the collection's index itself.
      if (typeof value === 'bigint') return value + 100n;
      if (typeof value === 'number') return -value;
      if (typeof value === 'boolean') return !value;
      if (value instanceof Date) return new Date(value.getTime() + 1);
      return typeof value === 'string' && value !== ''
        ? `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`
        : 'x';
    }

    /** The same value with another one at a place in it. */
    function withChange(value: unknown, [name, ...rest]: readonly string[]): unknown {
      if (name === undefined) return changed(value);
      if (Array.isArray(value))
        return value.map((one: unknown, at): unknown => (at === Number(name) ? withChange(one, rest) : one));
      const members = value as mongo.Document; // as: the place goes on below it
      return { ...members, [name]: withChange(members[name], rest) };
    }

    it('5: is named by its number, whichever of its fields was changed', async () => {
      for (const at of [0, 4, LENGTH, LENGTH + 1]) {
        for (const place of placesIn(stored[at])) {
          const documents = stored.map((one, index) =>
            index === at ? (withChange(one, place.split('.')) as mongo.Document) : one,
          );
          // A batch is sealed as one: what is changed of its seal is found at its first entry.
          const expected = place.startsWith('batch.') ? Number(stored[at]?.batch?.first ?? 1n) - 1 : at;
          expect({ place, found: await verifyWith(documents) }).toMatchObject({ place, found: bad(expected) });
        }
      }
    });

    it('5: is named when one is deleted, two are swapped or one is inserted', async () => {
      const place = fc.nat({ max: LENGTH - 1 });
      await fc.assert(
        fc.asyncProperty(place, place, async (a, b) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          expect(await verifyWith(stored.filter((_, at) => at !== low))).toMatchObject(bad(low));
          const [first, second] = [stored[low]!, stored[high]!];
          const swapped = stored.map((one, at) => {
            if (at === low) return { ...second, seq: first.seq };
            return at === high ? { ...first, seq: second.seq } : one;
          });
          if (low !== high) expect(await verifyWith(swapped)).toMatchObject(bad(low));
          const moved = stored.map((one, at) => (at < high ? one : { ...one, seq: one.seq + 1n }));
          const inserted = { ...stored[high]!, _id: randomUUID(), pendingId: null };
          expect(await verifyWith([...moved, inserted])).toMatchObject(bad(high));
        }),
        { numRuns: 6 },
      );
      // At the end, and within what one seal covers, the first number that is missing is named as well.
      for (const left of [LENGTH + 1, LENGTH - 1])
        expect(await verifyWith(stored.slice(0, left))).toMatchObject(bad(left));
      expect(await on.verifier.verify(territory, book)).toMatchObject({ good: true });
    });
  });
});
