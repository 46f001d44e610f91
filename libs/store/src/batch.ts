import { DomainError } from '@ariane/kernel';
import type { ClientSession, mongo } from 'mongoose';
import type { Database } from './database';
import { decideUnit } from './decide-unit';
import { CURSORS, type CursorDocument, type HandledMessage, INBOXES, type InboxDocument } from './documents';
import type { KeyStore } from './key-store';
import { byId, Layer } from './layer';
import { inputHashOf, messageOf, movedCursorOf } from './message';
import { Reservations } from './reservations';
import { States } from './states';
import type { FactBatch } from './told-facts';
import type { CommandResult, Outcome, Unit } from './unit';
import { Writes } from './writes';

/** What a batch needs from its service. */
export interface Ground {
  readonly database: Database;
  readonly keys: KeyStore;
  readonly service: string;
}

/**
 * Units that commit together: each is decided on what the session shows and, over it, on what the batch before leaves.
 * Nothing is written before `send`, and what it writes says which version it was decided on: where MongoDB has another,
 * an insert fails that would have been an update, and the whole batch is to be decided anew.
 */
export class Batch {
  /** One for each unit, in their order. */
  readonly outcomes: Outcome[] = [];
  private readonly inbox: Layer<HandledMessage>;
  private readonly cursors: Layer<CursorDocument>;
  private readonly states: States;
  private readonly reservations: Reservations;
  private readonly writes: Writes;

  /**
   * @param session where it reads: a snapshot, or the open transaction that it is written in
   * @param before a batch whose commit is under way and must succeed before this one is sent
   * @param trusts whether messages are taken for new ones unless they are refused: the inbox's index refuses the batch
   *   that one of them comes back in, and it is decided again by a batch that looks
   */
  constructor(
    ground: Ground,
    session: ClientSession,
    private before?: Batch,
    private readonly trusts = false,
  ) {
    const { db } = ground.database;
    this.inbox = new Layer(byMessage(db.collection(INBOXES), session), () => this.before?.inbox);
    this.cursors = new Layer(byId<CursorDocument>(db.collection(CURSORS), session), () => this.before?.cursors);
    this.states = new States(db, ground.keys, session, () => this.before?.states);
    this.reservations = new Reservations(db, session, () => this.before?.reservations);
    this.writes = new Writes(ground, session, () => this.before?.writes);
  }

  /** The facts it put into the outbox once it is prepared, undefined when there are none. */
  get facts(): FactBatch | undefined {
    return this.writes.facts;
  }

  /** Decides units after those it has. */
  async take(units: readonly Unit[]): Promise<void> {
    const messages = units.flatMap((unit) => messageOf(unit) ?? []);
    if (this.trusts) this.inbox.inherit(messages);
    else await this.inbox.read(messages);
    await this.cursors.read(units.flatMap((unit) => movedCursorOf(unit) ?? []));
    await this.states.preload(units.flatMap((unit) => unit.effects));
    for (const unit of units) this.outcomes.push(await this.outcomeOf(unit));
    await this.writes.readSequences();
  }

  /** What the batch before leaves is in MongoDB now: kept, each would keep the one before it, all of a busy day. */
  standAlone(): void {
    this.before = undefined;
  }

  /** Makes ready to be sent what was decided; no unit may be taken afterwards. */
  async prepare(): Promise<void> {
    await this.writes.prepare(
      this.states.changes(),
      this.inbox.changes().map(({ now }) => now),
      this.cursors.changes(),
    );
  }

  /** Writes all that was prepared, in an open transaction. */
  send(session: ClientSession): Promise<void> {
    return this.writes.send(session);
  }

  /** Documents that it is to write. */
  get size(): number {
    return this.writes.size;
  }

  /** Whether anything is to be written: refusals and repeated messages leave nothing. */
  get changesNothing(): boolean {
    return this.writes.isEmpty && this.cursors.changes().length === 0;
  }

  private async outcomeOf(unit: Unit): Promise<Outcome> {
    const stop = this.cursorVerdict(unit);
    if (stop !== undefined) return stop;
    const message = messageOf(unit);
    const hash = message === undefined ? '' : inputHashOf(unit);
    const before = message === undefined ? undefined : this.inbox.get(message);
    if (before !== undefined && before.hash !== hash && unit.context.consumer === 'http') {
      return { kind: 'refused', error: new DomainError('IDEMPOTENCY_CONFLICT') };
    }
    try {
      const results = before === undefined ? await this.accept(unit) : before.results;
      this.moveCursor(unit);
      if (before !== undefined) return { kind: 'replayed', results };
      if (message !== undefined && unit.effects.length > 0) {
        this.inbox.set({ _id: message, hash, results });
      }
      return { kind: 'committed', results };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // What was done already may be refused the second time: it is looked for before that is said.
      if (this.trusts && message !== undefined && before === undefined) {
        await this.inbox.read([message]);
        if (this.inbox.get(message) !== undefined) return this.outcomeOf(unit);
      }
      return { kind: 'refused', error };
    }
  }

  private async accept(unit: Unit): Promise<readonly CommandResult[]> {
    const decision = await decideUnit(unit, this.states, this.reservations);
    this.states.accept(decision.changed.values(), unit.context.territory);
    this.reservations.accept(decision.claimed, decision.released);
    this.writes.add(unit, decision);
    return decision.results;
  }

  private cursorVerdict(unit: Unit): Outcome | undefined {
    const id = movedCursorOf(unit);
    if (id === undefined || unit.cursor === undefined) return undefined;
    const cursor = this.cursors.get(id);
    const at = cursor?.sequence ?? 0;
    if (unit.cursor.sequence <= at) return { kind: 'skipped' };
    const { sequence, after = sequence - 1 } = unit.cursor;
    if (after > at) return { kind: 'gap', expected: at + 1 };
    return cursor?.parked === true && unit.cursor.parks !== true ? { kind: 'behind' } : undefined;
  }

  private moveCursor(unit: Unit): void {
    const _id = movedCursorOf(unit);
    if (_id === undefined || unit.cursor === undefined) return;
    const { sequence, parks } = unit.cursor;
    const isParked = parks === true || this.cursors.get(_id)?.parked === true;
    this.cursors.set({ _id, territory: unit.context.territory, sequence, ...(isParked ? { parked: true } : {}) });
  }
}

/** Reads messages out of the documents of the commits that handled them. */
const byMessage =
  (inboxes: mongo.Collection<InboxDocument>, session: ClientSession) =>
  async (ids: readonly string[]): Promise<readonly HandledMessage[]> => {
    const commits = await inboxes.find({ 'messages._id': { $in: ids } }, { session }).toArray();
    return commits.flatMap(({ messages }) => messages);
  };
