import type { Pin } from '@ariane/contracts';
import { DomainError, holidayTerritory, startOfDay } from '@ariane/kernel';
import { type FactDefinition, type FactDictionary, next, type Protocol, stepOf } from '@ariane/protocol';
import type { NewFact, Pathway, Planner } from './pathway';
import { dayOf } from './pathway-time';
import { personFacts } from './patient-facts';

/** The protocols this service has loaded, each under the pin that pathways carry. */
export interface ProtocolLibrary {
  /** The version asked for, else the newest of that id. */
  readonly find: (id: string, version?: number) => Protocol | undefined;
  /** The very document that was pinned. Throws PROTOCOL_UNKNOWN when its version or its hash is not here. */
  readonly pinned: (pin: Pin) => Protocol;
  readonly all: readonly Protocol[];
}

/** The answers of the clinical rules, as facts; always at least "not assessed", never silence (hazard H7). */
export type RuleFacts = (pathway: Pathway, now: string) => readonly NewFact[];

export function libraryOf(protocols: readonly Protocol[]): ProtocolLibrary {
  const newest = [...protocols].sort((a, b) => b.document.version - a.document.version);
  const find = (id: string, version?: number) =>
    newest.find(({ document }) => document.id === id && (version === undefined || document.version === version));
  return {
    all: protocols,
    find,
    pinned: ({ id, version, sha256 }) => {
      const found = find(id, version);
      if (found?.sha256 !== sha256) throw new DomainError('PROTOCOL_UNKNOWN', { id, version: String(version) });
      return found;
    },
  };
}

/** Puts the loaded protocols and the clinical rules behind what the pathway's decider needs. */
export const plannerOf = (library: ProtocolLibrary, rules: RuleFacts): Planner => ({
  plan: (pathway, now) =>
    next(library.pinned(pathway.protocol), [...pathway.facts, ...derivedFacts(pathway, now), ...rules(pathway, now)], {
      now,
      enrolledAt: pathway.enrolledAt,
      timeZone: pathway.timeZone,
      holidays: holidayTerritory(pathway.holidays) ?? 'FR',
    }),
  step: (pin, key) => stepOf(library.pinned(pin), key),
  checkFact: (pin, fact) => {
    checkFact(library.pinned(pin), fact);
  },
});

function derivedFacts(pathway: Pathway, now: string): readonly NewFact[] {
  if (pathway.person === undefined) return [];
  const startOf = (day: string) => startOfDay(day, pathway.timeZone);
  return personFacts(pathway.id, pathway.person, dayOf(pathway, now), startOf);
}

/** Told by the services that own them, or derived from the register: a person may not write them beside. */
const owned =
  /^(appointment\.|opinion\.|case\.|meeting\.|task\.|questionnaire\.answered|document\.signed|clinical-rule\.|patient\.(age|sex)$)/;

/** The codes that people may record in a pathway of this protocol. */
const recordableCodes = (facts: FactDictionary): readonly string[] =>
  Object.keys(facts).filter((code) => !owned.test(code));

function checkFact(protocol: Protocol, { code, value, unit, stepKey }: NewFact): void {
  const definition = owned.test(code) ? undefined : protocol.facts[code];
  if (definition === undefined) {
    const allowed = recordableCodes(protocol.facts).join(', ');
    throw new DomainError('FACT_NOT_ALLOWED', { name: code, allowed }, 'code');
  }
  const fault = faultOf(definition, value, unit);
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
