import type { mongo } from 'mongoose';
import type { Database } from './database';
import { OUTBOX, type OutboxDocument, UNSENT, type UnsentDocument } from './documents';
import { newId } from './new-id';

/** Facts that wait under one id: a read of the relay's takes a few of these at a time. */
const BATCH = 500;

/**
 * Lets the relay send facts of the outbox once more, in their order; their hearers skip what they know.
 *
 * @returns how many facts
 */
export async function publishAgain({ db }: Database, filter: mongo.Filter<OutboxDocument>): Promise<number> {
  const unsent = db.collection<UnsentDocument>(UNSENT);
  const found = db
    .collection<OutboxDocument>(OUTBOX)
    .find(filter)
    .sort({ _id: 1 })
    .project<{ _id: string }>({ _id: 1 });
  let count = 0;
  let facts: string[] = [];
  const write = async () => {
    if (facts.length > 0) await unsent.insertOne({ _id: newId(), facts });
    count += facts.length;
    facts = [];
  };
  for await (const { _id } of found) {
    facts.push(_id);
    if (facts.length === BATCH) await write();
  }
  await write();
  return count;
}
