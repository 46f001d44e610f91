import { canonicalJson, DomainError, sha256Hex } from '@ariane/kernel';
import type { ClientSession, mongo } from 'mongoose';
import type { Database } from './database';
import { decideUnit } from './decide-unit';
import { cursorIdOf, CURSORS, type CursorDocument, INBOX, type InboxDocument } from './documents';
import type { KeyStore } from './key-store';
import { Reservations } from './reservations';
import { States } from './states';
import type { CommandResult, Outcome, Unit } from './unit';
import { type FactBatch, Writes } from './writes';

/** What one transaction needs from its service. */
export interface Ground {
  readonly database: Database;
  readonly keys: KeyStore;
  readonly service: string;
}

/** The inbox's key: one event may touch several aggregates, and one caller's key means nothing to another territory. */
const inboxIdOf = (unit: Unit, target: string): string =>
  `${unit.context.consumer}|${unit.context.territory}|${unit.context.messageId}|${target}`;

const targetOf = (unit: Unit): string =>
  unit.effects.map((effect) => `${effect.type.name}/${effect.id}`).join('+') || 'none';

/**
 * A person's key names one request whatever it targets; a consumer's names one event for one set of aggregates. A unit
 * with a cursor has none: the cursor moves in its transaction and is past the event when it comes again.
 */
const messageOf = (unit: Unit): string | undefined =>
  unit.cursor === undefined ? inboxIdOf(unit, unit.context.consumer === 'http' ? '' : targetOf(unit)) : undefined;

const movedCursorOf = (unit: Unit): string | undefined =>
  unit.cursor === undefined ? undefined : cursorIdOf(unit.cursor);

/**
 * What makes two messages the same: the request as it was received where the caller says so, else the commands. A
 * command may hold what the service found out by itself, such as the slot it chose, which differs the second time.
 */
function inputHashOf(unit: Unit): string {
  if (unit.context.inputHash !== undefined) return unit.context.inputHash;
  return sha256Hex(
    canonicalJson(unit.effects.map(({ type, id, command }) => ({ target: `${type.name}/${id}`, command }))),
  );
}

/** A unit with its hash made: done as it comes, while MongoDB works for those before it. */
export const hashed = (unit: Unit): Unit =>
  unit.cursor === undefined ? { ...unit, context: { ...unit.context, inputHash: inputHashOf(unit) } } : unit;

/** What a batch came to: an outcome for each unit, in their order, and the facts it put into the outbox, if any. */
export interface BatchResult {
  readonly outcomes: readonly Outcome[];
  readonly facts: FactBatch | undefined;
}

/** Decides and writes a batch of units in one open transaction. */
export async function runTransaction(
  ground: Ground,
  session: ClientSession,
  units: readonly Unit[],
): Promise<BatchResult> {
  const { keys } = ground;
  const { db } = ground.database;
  const known = await readById<InboxDocument>(
    db,
    session,
    INBOX,
    units.flatMap((unit) => messageOf(unit) ?? []),
  );
  const cursors = await readById<CursorDocument>(
    db,
    session,
    CURSORS,
    units.flatMap((unit) => movedCursorOf(unit) ?? []),
  );
  const states = new States(db, keys, session);
  await states.preload(
    units.flatMap((unit) => unit.effects.map(({ type, id }) => ({ type, id, territory: unit.context.territory }))),
  );
  const reservations = new Reservations(db, session);
  const writes = new Writes(ground, session);
  const outcomes: Outcome[] = [];
  for (const unit of units) {
    outcomes.push(await runUnit(unit, known, cursors, states, reservations, writes));
  }
  return { outcomes, facts: await writes.flush(states) };
}

async function runUnit(
  unit: Unit,
  known: Map<string, InboxDocument>,
  cursors: Map<string, CursorDocument>,
  states: States,
  reservations: Reservations,
  writes: Writes,
): Promise<Outcome> {
  const stop = cursorVerdict(unit, cursors);
  if (stop !== undefined) return stop;
  const message = messageOf(unit);
  const hash = message === undefined ? '' : inputHashOf(unit);
  const before = message === undefined ? undefined : known.get(message);
  if (before !== undefined && before.hash !== hash && unit.context.consumer === 'http') {
    return { kind: 'refused', error: new DomainError('IDEMPOTENCY_CONFLICT') };
  }
  try {
    const results = before === undefined ? await accept(unit, states, reservations, writes) : before.results;
    moveCursor(unit, cursors, writes);
    if (before !== undefined) return { kind: 'replayed', results };
    const remembered = message === undefined ? undefined : writes.remember(unit, message, hash, results);
    if (remembered !== undefined) known.set(remembered._id, remembered);
    return { kind: 'committed', results };
  } catch (error) {
    if (error instanceof DomainError) return { kind: 'refused', error };
    throw error;
  }
}

async function accept(
  unit: Unit,
  states: States,
  reservations: Reservations,
  writes: Writes,
): Promise<readonly CommandResult[]> {
  const decision = await decideUnit(unit, states, reservations);
  states.accept(decision.changed.values());
  reservations.accept(decision.claimed, decision.released);
  writes.add(unit, decision);
  writes.belongs(
    [...decision.changed.values()].map((one) => one.id),
    unit.context.territory,
  );
  return decision.results;
}

function cursorVerdict(unit: Unit, cursors: ReadonlyMap<string, CursorDocument>): Outcome | undefined {
  const id = movedCursorOf(unit);
  if (id === undefined || unit.cursor === undefined) return undefined;
  const at = cursors.get(id)?.sequence ?? 0;
  if (unit.cursor.sequence <= at) return { kind: 'skipped' };
  if (unit.cursor.sequence > at + 1) return { kind: 'gap', expected: at + 1 };
  return cursors.get(id)?.parked === true && unit.cursor.parks !== true ? { kind: 'behind' } : undefined;
}

function moveCursor(unit: Unit, cursors: Map<string, CursorDocument>, writes: Writes): void {
  const id = movedCursorOf(unit);
  if (id === undefined || unit.cursor === undefined) return;
  const isParked = unit.cursor.parks === true || cursors.get(id)?.parked === true;
  const moved: CursorDocument = {
    _id: id,
    territory: unit.context.territory,
    sequence: unit.cursor.sequence,
    ...(isParked ? { parked: true } : {}),
  };
  writes.moveCursor(moved, !cursors.has(id));
  cursors.set(id, moved);
}

async function readById<D extends { readonly _id: string }>(
  db: mongo.Db,
  session: ClientSession,
  collection: string,
  ids: readonly string[],
): Promise<Map<string, D>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .collection<{ _id: string }>(collection)
    .find({ _id: { $in: [...new Set(ids)] } }, { session })
    .toArray();
  return new Map(found.map((document) => [document._id, document as unknown as D])); // each collection holds one shape
}
