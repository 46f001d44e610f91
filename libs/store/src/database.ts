import { invariant } from '@ariane/kernel';
import { type Connection, createConnection, type IndexDirection, type mongo } from 'mongoose';
import type { AnyAggregate } from './aggregate';
import { AUDIT, AUDIT_CHAINS, AUDIT_HEADS, INBOX_DAYS, INBOXES, OUTBOX, PARKED, UNSENT } from './documents';

/** Sockets to mongod: one carries the transaction, the others reads, the relay and the change of leases. */
const POOL = 10;

/** One service's database. */
export interface Database {
  readonly connection: Connection;
  readonly db: mongo.Db;
}

/** Opens a service's database: strict filters, durable writes, int64 as bigint. Waits for MongoDB until it answers. */
export async function openDatabase(url: string, name: string): Promise<Database> {
  const connection = await createConnection(url, {
    dbName: name,
    maxPoolSize: POOL,
    useBigInt64: true,
    ignoreUndefined: true,
    autoIndex: false,
    serverSelectionTimeoutMS: 5_000,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
  }).asPromise();
  invariant(connection.db !== undefined, 'an open connection has a database');
  return { connection, db: connection.db };
}

/** What an aggregate says of its own storage. */
type Indexed = Pick<AnyAggregate, 'collection' | 'indexes'>;

/** Makes the indexes of the write path and of a service's aggregates. Every unique index starts with the territory. */
export async function ensureIndexes({ db }: Database, types: readonly Indexed[]): Promise<void> {
  const index: MakeIndex = (collection, keys, options = {}) =>
    db.collection(collection).createIndex(keys as mongo.IndexSpecification, options, {}); // the driver also allows tuples
  await index(OUTBOX, { territory: 1, subject: 1, sequence: 1 }, { unique: true });
  await index(INBOXES, { 'messages._id': 1 }, { unique: true });
  await index(INBOXES, { at: 1 }, { expireAfterSeconds: INBOX_DAYS * 86_400 });
  await indexAudit(index);
  await index(PARKED, { producer: 1, subject: 1, sequence: 1 });
  for (const type of types) {
    for (const { keys, unique, partial } of type.indexes ?? []) {
      await index(
        type.collection,
        { territory: 1, ...keys },
        {
          ...(unique === true ? { unique } : {}),
          ...(partial === undefined ? {} : { partialFilterExpression: partial }),
        },
      );
    }
  }
  // A transaction may not create the collections it writes on every server version: they exist beforehand.
  const existing = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map((one) => one.name));
  for (const wanted of collectionsOf(types)) {
    if (!existing.has(wanted)) await db.createCollection(wanted).catch(ignoreExisting);
  }
}

type MakeIndex = (collection: string, keys: Keys, options?: mongo.CreateIndexesOptions) => Promise<string>;

/** What concerns a patient, what a person did, what is to be sealed, and the chain in its order. */
async function indexAudit(index: MakeIndex): Promise<void> {
  await index(
    AUDIT,
    { territory: 1, patients: 1, _id: 1 },
    { partialFilterExpression: { patients: { $exists: true } } },
  );
  await index(AUDIT, { territory: 1, 'entries.actor': 1, _id: 1 });
  await index(AUDIT, { territory: 1, _id: 1 }, { partialFilterExpression: { unsealed: true } });
  await index(AUDIT, { territory: 1, seq: 1 }, { unique: true, partialFilterExpression: { seq: { $gte: 1 } } });
  await index(AUDIT_HEADS, { territory: 1, seq: 1 }, { unique: true });
}

type Keys = Readonly<Record<string, IndexDirection>>;

const collectionsOf = (types: readonly Indexed[]): string[] => [
  ...new Set([
    ...types.map((type) => type.collection),
    'sequences',
    'cursors',
    'reservations',
    'leases',
    INBOXES,
    OUTBOX,
    UNSENT,
    AUDIT,
    AUDIT_CHAINS,
    AUDIT_HEADS,
    PARKED,
  ]),
];

function ignoreExisting(error: unknown): void {
  const exists = typeof error === 'object' && error !== null && 'code' in error && error.code === 48;
  if (!exists) throw error;
}
