import { DomainError } from '@ariane/kernel';
import { mongo } from 'mongoose';
import { type BatchResult, type Ground, hashed, runTransaction } from './transaction';
import type { Outcome, Unit } from './unit';
import type { FactBatch } from './writes';

/** Units in one transaction: far below MongoDB's 16 MB entry, and a batch stays under a tenth of a second. */
const UNITS_MAX = 256;
/** Attempts of one batch after a write conflict before its units are tried one by one. */
const BATCH_ATTEMPTS = 3;
/**
 * Attempts of a lone unit, ever further apart: about seven seconds in all. A process that was killed leaves its open
 * transaction, with its locks, to the server until `transactionLifetimeLimitSeconds` (five in our topology) is over.
 */
const LONE_ATTEMPTS = 9;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;
/** Questions about a commit whose answer was lost. */
const COMMIT_ATTEMPTS = 5;

const SNAPSHOT = new mongo.ReadConcern('snapshot');
const DURABLE = new mongo.WriteConcern('majority', undefined, true);

interface Waiting {
  readonly unit: Unit;
  readonly settle: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * The group commit: takes whatever units wait, commits them in one transaction, and takes the next. There is no timer:
 * an idle system commits at once, a busy one shares each commit among all who came meanwhile.
 */
export class Committer {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;

  constructor(
    private readonly ground: Ground,
    /** Told after each commit, with the facts that it has put into the outbox, if any. */
    private readonly committed: (facts: FactBatch | undefined) => void,
  ) {}

  /** The outcome of a unit, once it is durable. Rejects on a bug or when MongoDB stays away: the caller repeats. */
  submit(unit: Unit): Promise<Outcome> {
    return new Promise<Outcome>((settle, fail) => {
      this.waiting.push({ unit: hashed(unit), settle, fail });
      this.running ??= this.run();
    });
  }

  /** Waits until nothing is queued or in flight. */
  async drain(): Promise<void> {
    while (this.running !== undefined) await this.running;
  }

  private async run(): Promise<void> {
    // One turn of the event loop lets callers of the same moment join the first batch.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, UNITS_MAX);
      await this.commitBatch(batch);
    }
    this.running = undefined;
  }

  private async commitBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const { outcomes, facts } = await this.commit(
        batch.map((one) => one.unit),
        batch.length === 1 ? LONE_ATTEMPTS : BATCH_ATTEMPTS,
      );
      this.committed(facts);
      batch.forEach((one, index) => {
        const outcome = outcomes[index];
        if (outcome === undefined) one.fail(new Error('a unit had no outcome'));
        else one.settle(outcome);
      });
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1 && only !== undefined) only.fail(translate(error));
      // A failing unit fails alone: each is tried by itself.
      else for (const one of batch) await this.commitBatch([one]);
    }
  }

  private async commit(units: readonly Unit[], attempts: number): Promise<BatchResult> {
    const session = await this.ground.database.connection.startSession();
    try {
      for (let attempt = 1; ; attempt += 1) {
        session.startTransaction({
          readConcern: SNAPSHOT,
          writeConcern: DURABLE,
        });
        try {
          const result = await runTransaction(this.ground, session, units);
          await commitSurely(session);
          return result;
        } catch (error) {
          await session.abortTransaction().catch(() => undefined); // the server may have aborted it already
          if (!isLabelled(error, 'TransientTransactionError') || attempt >= attempts) throw error;
          await pause(Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS));
        }
      }
    } finally {
      await session.endSession();
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

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

const isLabelled = (error: unknown, label: string): boolean =>
  error instanceof mongo.MongoError && error.hasErrorLabel(label);

/** A write conflict that outlived its retries is a refusal the caller can act on; a duplicate reservation is a taken slot. */
function translate(error: unknown): unknown {
  if (error instanceof mongo.MongoServerError && error.code === 11000) {
    return new DomainError(/reservations/.test(error.message) ? 'SLOT_TAKEN' : 'ALREADY_EXISTS');
  }
  if (isLabelled(error, 'TransientTransactionError') && error instanceof mongo.MongoServerError && error.code === 112) {
    return new DomainError('VERSION_CONFLICT');
  }
  return error;
}
