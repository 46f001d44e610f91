import { mongo } from 'mongoose';
import type { Raw } from './canonical-text.ts';

const databases = ['pathways', 'scheduling', 'tele_expertise', 'meetings', 'capitation'] as const;

/** A command that was answered with success: its key, and the service that answered. */
export interface Acknowledged {
  readonly service: string;
  readonly key: string;
  readonly path: string;
}

/**
 * What is wrong in stores at rest, one sentence each; empty when all is well: holes in a subject's sequence, facts not
 * published or not heard, parked keys, books that do not balance, acknowledged commands that left no trace.
 */
export async function faultsOfStores(mongoUrl: string, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const client = await mongo.MongoClient.connect(mongoUrl, { useBigInt64: true });
  try {
    const open = new Map(databases.map((name) => [name, client.db(`ariane_${name}`)]));
    const lasts = new Map<string, bigint>();
    const faults: string[] = [];
    for (const [name, db] of open)
      faults.push(...(await outboxFaults(name, db, lasts)), ...(await parkedFaults(name, db)));
    for (const [name, db] of open) faults.push(...(await cursorFaults(name, db, lasts)));
    const capitation = open.get('capitation');
    if (capitation) faults.push(...(await bookFaults(capitation)));
    for (const one of acknowledged) {
      const db = client.db(`ariane_${one.service.replaceAll('-', '_')}`);
      const found = await db.collection('audit').findOne({ 'entries.messageId': one.key });
      if (found === null) faults.push(`${one.service}${one.path} was acknowledged and left no trace (${one.key})`);
    }
    return faults;
  } finally {
    await client.close();
  }
}

async function outboxFaults(name: string, db: mongo.Db, lasts: Map<string, bigint>): Promise<string[]> {
  const facts = await db.collection<Raw>('outbox').find().toArray();
  const faults: string[] = [];
  for (const [subject, ones] of Map.groupBy(facts, (fact) => String(fact['subject']))) {
    const numbers = ones.map((one) => BigInt(String(one['sequence']))).sort((a, b) => Number(a - b));
    lasts.set(`${name.replaceAll('_', '-')}|${subject}`, numbers.at(-1) ?? 0n);
    if (numbers.some((number, index) => number !== BigInt(index + 1)))
      faults.push(`${name}: a hole in the facts of ${subject}: ${numbers.join(' ')}`);
  }
  const unsent = await db.collection('unsent').countDocuments();
  if (unsent > 0) faults.push(`${name}: ${unsent} batches of facts are not published`);
  return faults;
}

async function parkedFaults(name: string, db: mongo.Db): Promise<string[]> {
  const parked = await db.collection<Raw>('parked').find().toArray();
  return parked.map(
    (one) =>
      `${name}: parked (${String(one['reason'])}) ${String(one['producer'])} ${String(one['subject'])} ${String(one['sequence'])}`,
  );
}

/** What follows by itself does so within a moment. */
const FOLLOWS_MS = 10_000;
const LOOK_MS = 100;

/** Each consumer stands at the last fact of every subject of the producers that it hears; what it passes over it notes later. */
async function cursorFaults(name: string, db: mongo.Db, lasts: ReadonlyMap<string, bigint>): Promise<string[]> {
  for (const until = Date.now() + FOLLOWS_MS; ; await new Promise((go) => setTimeout(go, LOOK_MS))) {
    const faults = await cursorsBehind(name, db, lasts);
    if (faults.length === 0 || Date.now() > until) return faults;
  }
}

async function cursorsBehind(name: string, db: mongo.Db, lasts: ReadonlyMap<string, bigint>): Promise<string[]> {
  const cursors = await db.collection<Raw>('cursors').find().toArray();
  const at = new Map(
    cursors.map((one) => [String(one['_id']).split('|').slice(1).join('|'), BigInt(String(one['sequence']))]),
  );
  const heard = new Set([...at.keys()].map((key) => key.split('|')[0]));
  return [...lasts]
    .filter(([key]) => heard.has(key.split('|')[0]))
    .filter(([key, last]) => at.get(key) !== last)
    .map(([key, last]) => `${name}: stands at ${at.get(key) ?? 'nothing'} of ${last} facts of ${key}`);
}

/** Sums follow a posting by themselves, within a moment. */
async function sumsFollow(db: mongo.Db): Promise<boolean> {
  for (const until = Date.now() + FOLLOWS_MS; Date.now() < until; await new Promise((go) => setTimeout(go, LOOK_MS))) {
    const heads = await db.collection<Raw>('heads').find().toArray();
    const summed = await db.collection<Raw>('summedBooks').find().toArray();
    const through = new Map(summed.map((one) => [String(one['_id']), String(one['seq'])]));
    if (heads.every(({ _id, seq }) => (through.get(String(_id)) ?? '0') === String(seq))) return true;
  }
  return false;
}

/** Every entry's legs cancel out, and the balances kept are the sums of the entries that are posted. */
async function bookFaults(db: mongo.Db): Promise<string[]> {
  const entries = await db.collection<Raw>('entries').find().toArray();
  const sums = new Map<string, bigint>();
  const faults: string[] = [];
  for (const entry of entries) {
    let total = 0n;
    for (const leg of entry['legs'] as Raw[]) {
      // as: a list of legs in every entry
      const amount = BigInt(String(leg['amt'])) * BigInt(String(leg['d']));
      const account = `${String(entry['book'])}|${String(leg['a'])}`;
      if (entry['status'] === 'POSTED' || entry['status'] === 'POST')
        sums.set(account, (sums.get(account) ?? 0n) + amount);
      total += amount;
    }
    if (total !== 0n) faults.push(`capitation: entry ${String(entry['_id'])} is out of balance by ${total} cents`);
  }
  if (!(await sumsFollow(db))) faults.push('capitation: the sums of a book do not follow its entries');
  const kept = await db.collection<Raw>('balances').find().toArray();
  for (const one of kept) {
    const balance = BigInt(String(one['dr'])) - BigInt(String(one['cr']));
    if (balance !== (sums.get(String(one['_id'])) ?? 0n))
      faults.push(`capitation: balance of ${String(one['_id'])} is not the sum of its entries`);
    sums.delete(String(one['_id']));
  }
  for (const account of sums.keys()) faults.push(`capitation: ${account} has entries and no balance`);
  return faults;
}
