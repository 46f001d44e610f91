import { epochOf } from '@ariane/kernel';
import type { Evaluated } from './evaluate-step';
import type { Fact } from './fact';
import type { FactView } from './fact-view';
import type { Place } from './place';
import type { Reached } from './start';

/**
 * The date of an occurrence that is counted from before it is done. `planned`: the slot last booked, until what really
 * happened replaces it; a visit that failed since then has none. `due`: its target, or its latest without target, once it
 * is known to apply.
 */
export function dateOf(place: Place, evaluated: Evaluated, date: 'planned' | 'due', view: FactView): Reached {
  const { planned, passed } = evaluated;
  if (passed.state === 'never') return passed;
  if (date === 'due') {
    const at = planned.target ?? planned.latest;
    const isKnown = passed.state === 'reached' || planned.waitingFor.length === 0;
    return at !== undefined && isKnown ? { state: 'reached', at, facts: planned.reason.facts } : place.awaited;
  }
  if (passed.state === 'reached') return passed;
  const booked = view.of('appointment.booked', planned.key).at(-1);
  const at = booked && slotOf(booked);
  if (!booked || at === undefined || !isStanding(booked, planned.key, view)) return place.awaited;
  return { state: 'reached', at, facts: [booked.id] };
}

const undone = ['appointment.missed', 'appointment.cancelled'] as const;

/** A booking stands until the visit is missed or cancelled; for one instant, the booking came after. */
const isStanding = (booked: Fact, key: string, view: FactView): boolean =>
  undone.every((code) => {
    const last = view.of(code, key).at(-1);
    return last === undefined || epochOf(last.at) <= epochOf(booked.at);
  });

/** The start of the slot, or nothing for a value that is not an instant of this age. */
function slotOf({ value }: Fact): string | undefined {
  if (typeof value !== 'string' || !/^(19|20|21)\d{2}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(value))
    return undefined;
  const at = epochOf(value);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
