import { logger } from '@ariane/telemetry';
import { Batch, type Ground } from './batch';
import { hashed } from './message';
import type { FactBatch } from './told-facts';
import { inTransaction, isLabelled, translate } from './transaction';
import type { Outcome, Unit } from './unit';

/** Units in one transaction: far below MongoDB's 16 MB entry, and a batch stays under a tenth of a second. */
const UNITS_MAX = 256;
/**
 * A batch that writes so many documents takes no more on board: it is made ready while the one before is under way, and
 * whoever comes with as many does not wait for both.
 */
const WRITES_MAX = 1_000;
/** While a batch is under way, those who come are decided together, no more often than this. */
const BOARDING_MS = 2;
/** Attempts of one batch after a write conflict before its units are tried one by one. */
const BATCH_ATTEMPTS = 3;
/**
 * Attempts of a lone unit, ever further apart: about seven seconds in all. A process that was killed leaves its open
 * transaction, with its locks, to the server until `transactionLifetimeLimitSeconds` (five in our topology) is over.
 */
const LONE_ATTEMPTS = 9;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

interface Waiting {
  readonly unit: Unit;
  readonly settle: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
}

/** A batch on its way, and who waits for it. */
class Flight {
  readonly passengers: Waiting[] = [];
  /** False when a read failed: it is to be decided where it is written. */
  isDecided = true;
  isInAir = true;
  /** Whether it was committed as it was decided here. It never rejects. */
  landed: Promise<boolean> = Promise.resolve(false);

  constructor(readonly batch: Batch) {}
}

/**
 * The group commit: takes whatever units wait, commits them in one transaction, and takes the next. There is no timer:
 * an idle system commits at once, a busy one shares each commit among all who came meanwhile. While MongoDB works on one
 * batch the next is decided on what that one will leave, and is written when it has.
 */
export class Committer {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  private arrived: () => void = () => undefined;
  /** Documents that a unit of the last batch writes, on average. */
  private writesEach = 1;

  constructor(
    private readonly ground: Ground,
    /** Told after each commit, with the facts that it has put into the outbox, if any. */
    private readonly committed: (facts: FactBatch | undefined) => void,
  ) {}

  /** The outcome of a unit, once it is durable. Rejects on a bug or when MongoDB stays away: the caller repeats. */
  submit(unit: Unit): Promise<Outcome> {
    return new Promise<Outcome>((settle, fail) => {
      this.waiting.push({ unit: hashed(unit), settle, fail });
      this.arrived();
      this.running ??= this.run();
    });
  }

  /** Waits until nothing is queued or in flight. */
  async drain(): Promise<void> {
    while (this.running !== undefined) await this.running;
  }

  private async run(): Promise<void> {
    // One turn of the event loop lets callers of the same moment join the first batch.
    await nextTurn();
    let before: Flight | undefined;
    while (this.waiting.length > 0) {
      const flight = await this.board(before);
      const isFree = before === undefined || (await before.landed);
      if (isFree && flight.isDecided) {
        flight.landed = this.fly(flight);
        before = flight;
      } else {
        // What was decided on it would have to be decided again as well, and so on: the next one begins anew.
        await this.redirected(flight);
        before = undefined;
      }
      if (this.waiting.length === 0) await Promise.race([flight.landed, this.arrival()]);
      // Who is answered and asks again goes on from what is known.
      if (this.waiting.length === 0) await nextTurn();
    }
    this.running = undefined;
  }

  /**
   * Decides those who wait on what the flight before will leave, and whoever comes until it has landed or this one is
   * full.
   */
  private async board(before: Flight | undefined): Promise<Flight> {
    const session = this.ground.database.connection.getClient().startSession({ snapshot: true });
    const flight = new Flight(new Batch(this.ground, session, before?.batch, true));
    try {
      await this.take(flight);
      while (before?.isInAir === true && this.roomIn(flight) > 0) {
        if (this.waiting.length === 0) await Promise.race([before.landed, this.arrival()]);
        await Promise.race([before.landed, pause(BOARDING_MS)]);
        await this.take(flight);
      }
      await flight.batch.prepare();
    } catch (error) {
      logger.warn('A batch could not be decided beforehand.', { count: flight.passengers.length, error });
      flight.isDecided = false;
    } finally {
      await session.endSession();
    }
    return flight;
  }

  private async take(flight: Flight): Promise<void> {
    const { passengers, batch } = flight;
    const joining = this.waiting.splice(0, this.roomIn(flight));
    if (joining.length === 0) return;
    passengers.push(...joining);
    await batch.take(joining.map(({ unit }) => unit));
    this.writesEach = Math.max(1, batch.size / passengers.length);
  }

  /** How many more fit, as large as those before them were; one always does. */
  private roomIn({ passengers, batch }: Flight): number {
    const fit = Math.floor((WRITES_MAX - batch.size) / this.writesEach);
    return Math.min(passengers.length === 0 ? Math.max(1, fit) : fit, UNITS_MAX - passengers.length);
  }

  /** Writes what was decided and made ready; whether it came out so. */
  private async fly(flight: Flight): Promise<boolean> {
    const { batch } = flight;
    batch.standAlone();
    try {
      if (!batch.changesNothing) await inTransaction(this.ground.database, (session) => batch.send(session));
    } catch (error) {
      // Another process wrote what it was decided on, a message came again, or the answer was lost.
      logger.warn('A batch did not commit as it was decided, and is decided again.', {
        count: flight.passengers.length,
        error,
      });
      return this.redirected(flight);
    }
    this.settle(flight.passengers, batch);
    flight.isInAir = false;
    return true;
  }

  /** Decides a flight again where it is written. */
  private async redirected(flight: Flight): Promise<false> {
    await this.commitBatch(flight.passengers);
    flight.isInAir = false;
    return false;
  }

  private async commitBatch(passengers: readonly Waiting[]): Promise<void> {
    const units = passengers.map((one) => one.unit);
    try {
      this.settle(passengers, await this.commit(units, passengers.length === 1 ? LONE_ATTEMPTS : BATCH_ATTEMPTS));
    } catch (error) {
      const [only] = passengers;
      if (passengers.length === 1 && only !== undefined) only.fail(translate(error));
      else {
        // A failing unit fails alone: each is tried by itself.
        logger.warn('A batch failed: its units are tried one by one.', { count: passengers.length, error });
        for (const one of passengers) await this.commitBatch([one]);
      }
    }
  }

  private settle(passengers: readonly Waiting[], { outcomes, facts }: Batch): void {
    this.committed(facts);
    passengers.forEach((one, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined) one.fail(new Error('a unit had no outcome'));
      else one.settle(outcome);
    });
  }

  private async commit(units: readonly Unit[], attempts: number): Promise<Batch> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await inTransaction(this.ground.database, async (session) => {
          const batch = new Batch(this.ground, session);
          await batch.take(units);
          await batch.prepare();
          await batch.send(session);
          return batch;
        });
      } catch (error) {
        if (!isLabelled(error, 'TransientTransactionError') || attempt >= attempts) throw error;
        await pause(Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS));
      }
    }
  }

  /** The next time that somebody submits. */
  private arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.arrived = resolve;
    });
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
