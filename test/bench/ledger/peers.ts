import { randomUUID } from 'node:crypto';
import { newId } from '@ariane/store';
import { Book, initModels, mongoTransaction } from 'medici';
import mongoose, { type Connection, createConnection, type mongo } from 'mongoose';

const OTHERS = 200;
const HOT = 'Assets:Hot';
const durable = new mongoose.mongo.WriteConcern('majority', undefined, true);
let number = 0;
const other = (): string => {
  number += 1;
  return `Income:P${number % OTHERS}`;
};

/** Peer: medici, whose commit without a session is not atomic, so that it is always given one. */
export class Medici {
  private readonly ledger = new Book('bench', { precision: 2 });

  static async open(url: string): Promise<Medici> {
    await mongoose.connect(url, { dbName: 'bench_medici', writeConcern: durable });
    await initModels();
    return new Medici();
  }

  /** @param locks whether its write lock on the hot account is asked for, which its balances need to be right */
  async commit(locks: boolean): Promise<number> {
    await mongoTransaction(async (session) => {
      const entry = this.ledger.entry('bench').debit(HOT, 1.23).credit(other(), 1.23);
      await entry.commit({ session, ...(locks ? { writelockAccounts: [HOT] } : {}) });
    });
    return 1;
  }

  async close(): Promise<void> {
    await mongoose.disconnect();
  }
}

/** Peers: a transaction per entry as one would first write it, and the bare insert of the same documents. */
export class Bare {
  private readonly connection: Connection;

  private constructor(connection: Connection) {
    this.connection = connection;
  }

  /** @param indexes those of our own entries */
  static async open(url: string, indexes: readonly Readonly<Record<string, 1>>[]): Promise<Bare> {
    const connection = await createConnection(url, { dbName: 'bench_bare', writeConcern: durable }).asPromise();
    for (const index of indexes) await connection.db?.collection('bulk').createIndex(index, {}, {});
    for (const index of indexes) await connection.db?.collection('entries').createIndex(index, {}, {});
    return new Bare(connection);
  }

  /** One entry and the two balances that it moves, tried again until it goes through. */
  async transaction(): Promise<number> {
    const entry = entryDocument();
    const session = await this.connection.startSession();
    await session.withTransaction(
      async () => {
        await this.collection('entries').insertOne(entry, { session });
        for (const { a, d, amt } of entry.legs) {
          const side = d === 1 ? { dr: amt } : { cr: amt };
          await this.collection('balances').updateOne({ _id: a }, { $inc: side }, { session, upsert: true });
        }
      },
      { readConcern: new mongoose.mongo.ReadConcern('snapshot'), writeConcern: durable },
    );
    await session.endSession();
    return 1;
  }

  async insertMany(count: number): Promise<number> {
    await this.collection('bulk').insertMany(
      Array.from({ length: count }, () => entryDocument()),
      { ordered: false },
    );
    return count;
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  private collection(name: string): mongo.Collection<{ _id: string }> {
    return this.connection.db!.collection(name); // the connection is open
  }
}

/** An entry of the size and the fields of ours. */
function entryDocument() {
  const hash = randomUUID().replaceAll('-', '').repeat(2);
  const at = new Date('2026-06-15T08:00:00Z');
  const payable = other();
  const amt = BigInt(100 + (number % 900));
  return {
    _id: randomUUID(),
    territory: 'bench',
    book: 'bare',
    seq: BigInt(number),
    prev: hash,
    hash,
    reqHash: hash,
    code: 'BENCH',
    status: 'POSTED',
    eff: at,
    rec: at,
    period: '2026-06',
    effPeriod: '2026-06',
    prior: false,
    contract: null,
    line: null,
    cause: { eventIds: [newId()] },
    legs: [
      { a: HOT, d: 1, amt },
      { a: payable, d: -1, amt },
    ],
    reverses: null,
    pendingId: null,
  };
}
