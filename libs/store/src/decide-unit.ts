import type { EventContract } from '@ariane/contracts';
import { faultsOf } from '@ariane/contracts';
import { DomainError, invariant } from '@ariane/kernel';
import type { AnyAggregate, Companion, DomainEvent, Effect } from './aggregate';
import type { Reservations } from './reservations';
import { keyIdOf, type Loaded, type States } from './states';
import type { CommandResult, Unit } from './unit';

/** A fact on its way to the outbox, before it has its place in its subject's sequence. */
export interface Outgoing {
  readonly contract: EventContract;
  readonly event: DomainEvent;
  readonly subject: string;
  readonly keyId: string;
  readonly join: AnyAggregate['join'];
}

/** All that accepting one unit would change. */
export interface Decision {
  readonly changed: ReadonlyMap<string, Loaded>;
  readonly outgoing: readonly Outgoing[];
  readonly companions: readonly Companion[];
  readonly results: readonly CommandResult[];
  readonly claimed: readonly string[];
  readonly released: readonly string[];
}

/** Commands one event may bring about before we call it a loop. */
const EFFECTS_MAX = 2_000;

interface Draft {
  readonly changed: Map<string, Loaded>;
  readonly outgoing: Outgoing[];
  readonly companions: Companion[];
}

/**
 * Decides one unit against the batch's states without changing them, so that a refusal leaves the rest of the batch
 * untouched. Commands that events bring about are decided in the same unit.
 *
 * @throws DomainError when the unit is refused
 */
export async function decideUnit(unit: Unit, states: States, reservations: Reservations): Promise<Decision> {
  const draft: Draft = { changed: new Map(), outgoing: [], companions: [...(unit.companions ?? [])] };
  const originals = new Map<string, Loaded>();
  const results: CommandResult[] = [];
  const queue: Effect[] = [...unit.effects];
  for (let index = 0; index < queue.length; index += 1) {
    invariant(index < EFFECTS_MAX, 'events bring about commands without end');
    const effect = queue[index];
    invariant(effect !== undefined, 'the queue has no holes');
    const name = `${effect.type.name}/${effect.id}`;
    const current = draft.changed.get(name) ?? (await states.get(effect.type, effect.id, unit.context.territory));
    if (!originals.has(name)) originals.set(name, current);
    const events = effect.type.decide(current.state, effect.command);
    const after = apply(effect, current, events, unit.context.territory, draft, queue);
    const before = originals.get(name)?.version ?? 0;
    if (after !== undefined) draft.changed.set(name, { ...after, version: before + 1 });
    if (index < unit.effects.length) {
      const version = draft.changed.get(name)?.version ?? current.version;
      results.push({ id: effect.id, version, facts: events.map((event) => event.type) });
    }
  }
  return { ...draft, results, ...(await checkClaims(draft, originals, unit.context.territory, reservations)) };
}

function apply(
  { type, id }: Effect,
  current: Loaded,
  events: readonly DomainEvent[],
  territory: string,
  draft: Draft,
  queue: Effect[],
): Loaded | undefined {
  if (events.length === 0) return undefined;
  let state = current.state;
  for (const event of events) {
    state = type.evolve(state, event);
    draft.companions.push(...(type.companions?.(event, state, id) ?? []));
    queue.push(...(type.follow?.(event, state, id, territory) ?? []));
    const contract = type.facts[event.type];
    if (contract !== undefined) draft.outgoing.push(outgoingOf(type, contract, event, state, id, territory));
  }
  return { ...current, state };
}

function outgoingOf(
  type: AnyAggregate,
  contract: EventContract,
  event: DomainEvent,
  state: Record<string, unknown>,
  id: string,
  territory: string,
): Outgoing {
  const faults = faultsOf(contract.type, event.data);
  invariant(faults.length === 0, `${contract.type} breaks its contract at ${faults.join(', ')}`);
  return {
    contract,
    event,
    subject: type.subject(state, event, id),
    keyId: keyIdOf(type, state, territory),
    join: type.join,
  };
}

async function checkClaims(
  draft: Draft,
  originals: ReadonlyMap<string, Loaded>,
  territory: string,
  reservations: Reservations,
): Promise<{ claimed: string[]; released: string[] }> {
  const claimed: string[] = [];
  const released: string[] = [];
  for (const [name, after] of draft.changed) {
    if (after.type.claims === undefined || after.state === undefined) continue;
    const original = originals.get(name)?.state;
    const had = new Set(original === undefined ? [] : after.type.claims(original));
    const has = new Set(after.type.claims(after.state));
    claimed.push(...[...has].filter((key) => !had.has(key)).map((key) => `${territory}|${key}`));
    released.push(...[...had].filter((key) => !has.has(key)).map((key) => `${territory}|${key}`));
  }
  const freed = new Set(released);
  const taken = await reservations.firstTaken(claimed.filter((key) => !freed.has(key)));
  const twice = claimed.length !== new Set(claimed).size;
  if (taken !== undefined || twice) throw new DomainError('SLOT_TAKEN');
  return { claimed, released };
}
