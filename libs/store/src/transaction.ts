import { DomainError } from '@ariane/kernel';
import { mongo } from 'mongoose';
import type { Database } from './database';

/** Questions about a commit whose answer was lost. */
const COMMIT_ATTEMPTS = 5;

const SNAPSHOT = new mongo.ReadConcern('snapshot');
const DURABLE = new mongo.WriteConcern('majority', undefined, true);

/** Does the work in one transaction, which is durable once this resolves; of work that fails nothing is left. */
export async function inTransaction<R>(
  { connection }: Database,
  work: (session: mongo.ClientSession) => Promise<R>,
): Promise<R> {
  const session = await connection.startSession();
  session.startTransaction({ readConcern: SNAPSHOT, writeConcern: DURABLE });
  try {
    const result = await work(session);
    await commitSurely(session);
    return result;
  } catch (error) {
    await session.abortTransaction().catch(() => undefined); // the server may have aborted it already
    throw error;
  } finally {
    await session.endSession();
  }
}

/** Commits, asking again while the answer is unknown: MongoDB makes the repetition safe. */
async function commitSurely(session: mongo.ClientSession): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      if (!isLabelled(error, 'UnknownTransactionCommitResult') || attempt >= COMMIT_ATTEMPTS) throw error;
    }
  }
}

export const isLabelled = (error: unknown, label: string): boolean =>
  error instanceof mongo.MongoError && error.hasErrorLabel(label);

/**
 * What a failed transaction is to whoever asked for it: a write conflict that outlived its retries is a refusal that the
 * caller can act on; a duplicate reservation is a taken slot.
 */
export function translate(error: unknown): unknown {
  if (error instanceof mongo.MongoServerError && error.code === 11000) {
    return new DomainError(/reservations/.test(error.message) ? 'SLOT_TAKEN' : 'ALREADY_EXISTS');
  }
  if (isLabelled(error, 'TransientTransactionError') && error instanceof mongo.MongoServerError && error.code === 112) {
    return new DomainError('VERSION_CONFLICT');
  }
  return error;
}
