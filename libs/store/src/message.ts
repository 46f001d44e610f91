import { canonicalJson, sha256Hex } from '@ariane/kernel';
import { cursorIdOf } from './documents';
import type { Unit } from './unit';

/** The inbox's key: one event may touch several aggregates, and one caller's key means nothing to another territory. */
const inboxIdOf = (unit: Unit, target: string): string =>
  `${unit.context.consumer}|${unit.context.territory}|${unit.context.messageId}|${target}`;

const targetOf = (unit: Unit): string =>
  unit.effects.map((effect) => `${effect.type.name}/${effect.id}`).join('+') || 'none';

/**
 * A person's key names one request whatever it targets; a consumer's names one event for one set of aggregates. A unit
 * with a cursor has none: the cursor moves in its transaction and is past the event when it comes again.
 */
export const messageOf = (unit: Unit): string | undefined =>
  unit.cursor === undefined ? inboxIdOf(unit, unit.context.consumer === 'http' ? '' : targetOf(unit)) : undefined;

export const movedCursorOf = (unit: Unit): string | undefined =>
  unit.cursor === undefined ? undefined : cursorIdOf(unit.cursor);

/**
 * What makes two messages the same: the request as it was received where the caller says so, else the commands. A
 * command may hold what the service found out by itself, such as the slot it chose, which differs the second time.
 */
export function inputHashOf(unit: Unit): string {
  if (unit.context.inputHash !== undefined) return unit.context.inputHash;
  return sha256Hex(
    canonicalJson(unit.effects.map(({ type, id, command }) => ({ target: `${type.name}/${id}`, command }))),
  );
}

/** A unit with its hash made: done as it comes, while MongoDB works for those before it. */
export const hashed = (unit: Unit): Unit =>
  unit.cursor === undefined ? { ...unit, context: { ...unit.context, inputHash: inputHashOf(unit) } } : unit;
