import type { Pin } from '@ariane/contracts';
import { DomainError, epochOf, holidayTerritory, startOfDay } from '@ariane/kernel';
import {
  type FactDefinition,
  type FactDictionary,
  next,
  type Plan,
  type Protocol,
  type StepDocument,
  stepOf,
} from '@ariane/protocol';
import { isOwnStop, withChanges, withResumed } from './ad-hoc';
import { documentOfAdded } from './added-step';
import { readsSlots } from './booked-slots';
import { calendarFacts, nextCalendarDay } from './calendar-facts';
import type { NewFact, Pathway, Planner, Stepped } from './pathway';
import { dayOf } from './pathway-time';
import { personFacts } from './patient-facts';
import { additionOf } from './plan-change';

/** The protocols this service has loaded, each under the pin that pathways carry. */
export interface ProtocolLibrary {
  /** The version asked for, else the newest that is loaded. */
  readonly find: (id: string, version?: number) => Protocol | undefined;
  /** The very document of that hash, or undefined while it is not here. */
  readonly has: (pin: Pin) => Protocol | undefined;
  /** The very document that was pinned. Throws PROTOCOL_UNKNOWN when its version or its hash is not here. */
  readonly pinned: (pin: Pin) => Protocol;
}

/** The answers of the clinical rules, as facts; always at least "not assessed", never silence (hazard H7). */
export type RuleFacts = (pathway: Pathway, now: string) => readonly NewFact[];

/** A library of these protocols and no others. */
export const libraryOf = (protocols: readonly Protocol[]): ProtocolLibrary => libraryIn(byHash(protocols));

/** @param protocols by their hash; more may be added to it, and none is ever taken away or changed */
export function libraryIn(protocols: ReadonlyMap<string, Protocol>): ProtocolLibrary {
  const has = ({ id, version, sha256 }: Pin): Protocol | undefined => {
    const found = protocols.get(sha256);
    return found?.document.id === id && found.document.version === version ? found : undefined;
  };
  return {
    find: (id, version) =>
      [...protocols.values()]
        .filter(({ document }) => document.id === id && (version === undefined || document.version === version))
        .sort((a, b) => b.document.version - a.document.version)[0],
    has,
    pinned: (pin) => {
      const found = has(pin);
      if (!found) throw new DomainError('PROTOCOL_UNKNOWN', { id: pin.id, version: String(pin.version) });
      return found;
    },
  };
}

/** The map that a library reads. */
export const byHash = (protocols: readonly Protocol[]): Map<string, Protocol> =>
  new Map(protocols.map((protocol) => [protocol.sha256, protocol]));

/** Puts the loaded protocols and the clinical rules behind what the pathway's decider needs. */
export function plannerOf(library: ProtocolLibrary, rules: RuleFacts): Planner {
  const step = (pathway: Stepped, key: string): StepDocument | undefined => documentFor(library, pathway, key);
  return {
    step,
    plan: (pathway, now) => {
      const own = pathway.facts.filter((fact) => !isOwnStop(fact));
      const facts = [...own, ...derivedFacts(pathway, now), ...rules(pathway, now)];
      const protocol = library.pinned(pathway.protocol);
      const plan = next(protocol, facts, {
        now,
        enrolledAt: pathway.enrolledAt,
        timeZone: pathway.timeZone,
        holidays: holidayTerritory(pathway.holidays) ?? 'FR',
      });
      const documentOf = (key: string) => step(pathway, key);
      const day = nextCalendarDay(pathway, protocol.facts, now);
      const changed = withChanges(wokenBy(plan, day), pathway.changes, { facts: own, now, documentOf });
      return withResumed(changed, pathway.resumed);
    },
    calendar: (pathway, now) => calendarFacts(pathway, library.pinned(pathway.protocol).facts, now),
    readsSlots: (pin) => {
      const protocol = library.has(pin);
      return protocol === undefined || readsSlots(protocol);
    },
    roles: (pin) => Object.keys(library.pinned(pin).document.roles),
    checkFact: (pin, fact, origin = 'person') => {
      checkFact(library.pinned(pin), fact, origin === 'person' ? owned : derived);
    },
  };
}

/** A plan is read again when the calendar has something to record, if nothing wakes it before. */
function wokenBy(plan: Plan, day: string | null): Plan {
  if (day === null || plan.end !== undefined) return plan;
  return plan.wakeAt !== null && epochOf(plan.wakeAt) <= epochOf(day) ? plan : { ...plan, wakeAt: day };
}

/** What is said of a step: by who added it, by the pinned version, or by the former one under which it was done. */
function documentFor(library: ProtocolLibrary, pathway: Stepped, key: string): StepDocument | undefined {
  const addition = additionOf(pathway.changes, key);
  if (addition?.change === 'added') return documentOfAdded(key, addition.step);
  if (addition?.change === 'repeated') return documentFor(library, pathway, addition.of);
  const former = (pathway.migrations ?? []).map(({ from }) => from).reverse();
  const present = stepOf(library.pinned(pathway.protocol), key);
  return former.reduce<StepDocument | undefined>((found, pin) => {
    const protocol = found === undefined ? library.has(pin) : undefined;
    return protocol === undefined ? found : stepOf(protocol, key);
  }, present);
}

function derivedFacts(pathway: Pathway, now: string): readonly NewFact[] {
  if (pathway.person === undefined) return [];
  const startOf = (day: string) => startOfDay(day, pathway.timeZone);
  return personFacts(pathway.id, pathway.person, dayOf(pathway, now), startOf);
}

/** Told by the services that own them, or derived from the register: a person may not write them beside. */
const owned =
  /^(appointment\.|opinion\.|case\.|meeting\.|task\.|questionnaire\.answered|document\.signed|sub-protocol\.|clinical-rule\.|patient\.(age|sex)$)/;

/** What no record can hold, because it is worked out anew. */
const derived = /^(sub-protocol\.|clinical-rule\.|patient\.(age|sex)$)/;

/** The codes that may be recorded in a pathway of this protocol. */
const recordableCodes = (facts: FactDictionary, refused: RegExp): readonly string[] =>
  Object.keys(facts).filter((code) => !refused.test(code));

function checkFact(protocol: Protocol, { code, value, unit, stepKey }: NewFact, refused: RegExp): void {
  const definition = refused.test(code) ? undefined : protocol.facts[code];
  if (definition === undefined) {
    const allowed = recordableCodes(protocol.facts, refused).join(', ');
    throw new DomainError('FACT_NOT_ALLOWED', { name: code, allowed }, 'code');
  }
  // What a service tells says that something happened, and only sometimes what came of it.
  const isHappening = value === undefined && owned.test(code);
  const fault = isHappening ? undefined : faultOf(definition, value, unit);
  if (fault !== undefined) throw new DomainError('FACT_MALFORMED', { name: code, reason: fault.reason }, fault.field);
  if (stepKey !== undefined && stepOf(protocol, stepKey) === undefined) {
    const allowed = [...protocol.steps.keys()].join(', ');
    throw new DomainError('FACT_MALFORMED', { name: code, reason: allowed }, 'stepKey');
  }
}

/** What is expected instead of a value or unit that would be read as unknown. */
function faultOf(
  definition: FactDefinition,
  value: NewFact['value'],
  unit: string | undefined,
): { readonly field: string; readonly reason: string } | undefined {
  switch (definition.type) {
    case 'event':
      return undefined;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : { field: 'value', reason: 'true, false' };
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return { field: 'value', reason: 'number' };
      return (unit ?? '1') === (definition.unit ?? '1') ? undefined : { field: 'unit', reason: definition.unit ?? '1' };
    case 'code': {
      if (typeof value !== 'string') return { field: 'value', reason: definition.values?.join(', ') ?? 'code' };
      const isKnown = definition.values?.includes(value) ?? true;
      return isKnown ? undefined : { field: 'value', reason: definition.values?.join(', ') ?? 'code' };
    }
  }
}
