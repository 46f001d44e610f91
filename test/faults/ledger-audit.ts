import { fromMessage, openEvent } from '@ariane/bus';
import { FileKeyStore } from '@ariane/store';
import { Kafka, logLevel } from 'kafkajs';
import { mongo } from 'mongoose';
import type { Stack } from '../../deploy/stack.ts';
import type { Posted, PostingPeople } from './posting-people.ts';

const WITHIN_MS = 60_000;

/** What became of postings, read from MongoDB without any of our code. */
export interface Verdict {
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  /** Of those that nobody answered: all of their entries stand, none, or some. */
  readonly present: number;
  readonly absent: number;
  readonly torn: number;
  readonly entries: number;
  readonly faults: readonly string[];
}

/** Acknowledged means present, exactly once; not acknowledged means wholly present or wholly absent. */
export async function faultsOfPostings(url: string, posted: readonly Posted[]): Promise<Verdict> {
  const sums = { acknowledged: 0, lost: 0, doubled: 0, present: 0, absent: 0, torn: 0, entries: 0 };
  const client = await mongo.MongoClient.connect(url);
  try {
    const entries = client.db('ariane_capitation').collection('entries');
    for (const { posting, answer } of posted) {
      const { filter, count } = posting.entries;
      const found = await entries.countDocuments(filter);
      sums.entries += found;
      if (found > count) sums.doubled += 1;
      else if (answer !== undefined) {
        sums.acknowledged += 1;
        if (found < count) sums.lost += 1;
      } else if (found === count) sums.present += 1;
      else if (found === 0) sums.absent += 1;
      else sums.torn += 1;
    }
    // Every entry is one that somebody asked for: none stands that no posting explains.
    const all = await entries.countDocuments({ book: 'drill.hospital-a' });
    const stray = all === sums.entries ? [] : [`${all} entries stand, ${sums.entries} were asked for`];
    const { lost, doubled, torn } = sums;
    const told = Object.entries({ lost, doubled, torn }).filter(([, number]) => number > 0);
    return { ...sums, faults: [...told.map(([name, number]) => `${number} postings are ${name}`), ...stray] };
  } finally {
    await client.close();
  }
}

/** What the service itself finds in the book of these people: chain, seals, balances, and both trial balances. */
export async function faultsOfBook(people: PostingPeople): Promise<string[]> {
  const verified = JSON.parse(await people.surely('GET', '/books/hospital-a/verify')) as { good: boolean }; // as: the route's own answer
  const text = await people.surely('GET', '/books/hospital-a/trial-balance');
  const trial = JSON.parse(text) as Record<'difference' | 'pendingDifference', { amount: string }>; // as: the route's own answer
  const isZero = trial.difference.amount === '0.00' && trial.pendingDifference.amount === '0.00';
  return [
    ...(verified.good ? [] : [`verify: ${JSON.stringify(verified)}`]),
    ...(isZero ? [] : [`the trial balance is not zero: ${text}`]),
  ];
}

/** Each posted entry of the book is on the topic at least once, and first comes in the order of the numbers. */
export async function faultsOfOutbox(stack: Stack, book: string): Promise<string[]> {
  const client = await mongo.MongoClient.connect(stack.env['MONGO_URL'] ?? '');
  const expected = await client
    .db('ariane_capitation')
    .collection<{ _id: string; seq: number }>('entries')
    .find({ book, status: { $in: ['POSTED', 'POST'] } })
    .sort({ seq: 1 })
    .map(({ seq }) => seq)
    .toArray();
  await client.close();
  const keys = new FileKeyStore(stack.env['ARIANE_KEYS_DIR'] ?? '');
  const kafka = new Kafka({
    clientId: 'drill',
    brokers: [stack.env['KAFKA_BROKERS'] ?? ''],
    logLevel: logLevel.NOTHING,
  });
  const consumer = kafka.consumer({ groupId: `ledger-drill-${process.pid}` });
  await consumer.connect();
  await consumer.subscribe({ topics: ['ariane.capitation'], fromBeginning: true });
  const first = new Set<number>();
  await consumer.run({
    eachMessage: async ({ message }) => {
      const sealed = fromMessage(message.value);
      if (sealed?.envelope.subject !== book || !sealed.envelope.type.includes('EntriesPosted')) return;
      const { data } = await openEvent(keys, sealed);
      for (const { seq } of (data as { entries: { seq: number }[] }).entries) first.add(seq); // as: checked by its contract
    },
  });
  for (const giveUp = Date.now() + WITHIN_MS; first.size < expected.length && Date.now() < giveUp;) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await consumer.disconnect();
  // A set keeps the order in which its members first came.
  const isSame = JSON.stringify([...first]) === JSON.stringify(expected);
  console.log(
    `${first.size} of ${expected.length} posted entries heard on Kafka, first in the order of their numbers: ${isSame}`,
  );
  return isSame ? [] : ['the topic does not tell each entry in the order of the book'];
}
