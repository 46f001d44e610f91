import type { PathwaysEvent } from '@ariane/contracts';
import { canonicalJson, type Decider, DomainError } from '@ariane/kernel';
import type { SharedFact } from './elsewhere';
import type { Identifier } from './identifiers';
import { omit } from './omit';

export type Sex = 'male' | 'female' | 'unknown';

/** Who a person is. All of it is sealed with the person's own key. */
interface Traits {
  readonly familyName: string;
  readonly givenNames: readonly string[];
  /** A civil day, YYYY-MM-DD. */
  readonly birthDate: string;
  readonly sex: Sex;
  /** BCP 47: `fr`, `en`. */
  readonly language: string;
  /** UTC instant. Whoever has one enters no pathway and is called by nobody (hazard H14). */
  readonly deceasedAt?: string;
}

/** Whence a fact comes: a form of ours, or another's file. */
type Provenance = string;

interface Condition {
  readonly id: string;
  readonly system: string;
  readonly code: string;
  readonly onset?: string;
  readonly provenance: Provenance;
}

/** As the source gave it: the unit is UCUM text or whatever was written, and nothing is converted here. */
export interface Measurement {
  readonly id: string;
  readonly code: string;
  readonly value: number;
  readonly unit: string;
  readonly measuredAt: string;
  readonly provenance: Provenance;
}

interface PathwayLink {
  readonly pathwayId: string;
  readonly protocolId: string;
  readonly active: boolean;
}

export interface Patient extends Traits {
  readonly id: string;
  readonly identifiers: readonly Identifier[];
  /** Keyed hashes of the identifiers: what makes each unique in the territory without being readable. */
  readonly identifierHashes: readonly string[];
  readonly conditions: readonly Condition[];
  readonly measurements: readonly Measurement[];
  readonly pathways: readonly PathwayLink[];
  /** What the patient's pathways tell one another; absent until one has told something. */
  readonly shared?: readonly SharedFact[];
}

interface Identity extends Traits {
  readonly identifiers: readonly Identifier[];
  readonly identifierHashes: readonly string[];
}

export type PatientCommand =
  | ({ readonly type: 'RegisterPatient'; readonly id: string } & Identity)
  | ({ readonly type: 'CorrectTraits' } & Partial<Identity>)
  | { readonly type: 'RecordConditions'; readonly conditions: readonly Condition[] }
  | { readonly type: 'RecordMeasurements'; readonly measurements: readonly Measurement[] }
  | { readonly type: 'LinkPathway'; readonly pathwayId: string; readonly protocolId: string }
  | { readonly type: 'UnlinkPathway'; readonly pathwayId: string }
  | ({ readonly type: 'ShareFact' } & SharedFact);

type Published = Extract<
  PathwaysEvent,
  { type: 'PatientRegistered' | 'PatientTraitsCorrected' | 'ConditionRecorded' | 'MeasurementRecorded' }
>;

/** Internal events carry what the published ones must not say, or say of links between our own documents. */
export type PatientEvent =
  | Published
  | { readonly type: 'IdentifiersKept'; readonly data: { readonly hashes: readonly string[] } }
  | { readonly type: 'PathwayLinked'; readonly data: { readonly pathwayId: string; readonly protocolId: string } }
  | { readonly type: 'PathwayUnlinked'; readonly data: { readonly pathwayId: string } }
  | { readonly type: 'FactShared'; readonly data: SharedFact };

/** Far beyond a life's worth; a document of MongoDB ends at 16 MB. */
const RECORDS_MAX = 20_000;

/**
 * A person of the territory's register. Persons are never merged here: two registrations with one identifier are
 * refused, and homonyms stay two persons (hazard H1).
 */
export const patient: Decider<Patient, PatientCommand, PatientEvent> = { decide, evolve };

function decide(state: Patient | undefined, command: PatientCommand): readonly PatientEvent[] {
  if (command.type === 'RegisterPatient') return register(state, command);
  if (state === undefined) throw new DomainError('NOT_FOUND', {}, 'patientId');
  switch (command.type) {
    case 'CorrectTraits':
      return correct(state, command);
    case 'RecordConditions':
      return recordConditions(state, command.conditions);
    case 'RecordMeasurements':
      return recordMeasurements(state, command.measurements);
    case 'LinkPathway':
      return link(state, command);
    case 'UnlinkPathway':
      return state.pathways.some((one) => one.pathwayId === command.pathwayId && one.active)
        ? [{ type: 'PathwayUnlinked', data: { pathwayId: command.pathwayId } }]
        : [];
    case 'ShareFact': {
      const { pathwayId, protocolId, fact } = command;
      const isTold = (state.shared ?? []).some((one) => one.fact.id === fact.id);
      return isTold ? [] : [{ type: 'FactShared', data: { pathwayId, protocolId, fact } }];
    }
  }
}

function register(
  state: Patient | undefined,
  command: Extract<PatientCommand, { type: 'RegisterPatient' }>,
): readonly PatientEvent[] {
  if (state !== undefined) throw new DomainError('ALREADY_EXISTS', {}, 'id');
  return [
    { type: 'PatientRegistered', data: { patientId: command.id, ...identityOf(command) } },
    { type: 'IdentifiersKept', data: { hashes: command.identifierHashes } },
  ];
}

function correct(
  state: Patient,
  { type: _, ...changes }: Partial<Identity> & { type: string },
): readonly PatientEvent[] {
  const after = { ...state, ...changes };
  const hashes = after.identifierHashes;
  if (canonicalJson(identityOf(after)) === canonicalJson(identityOf(state))) return [];
  return [
    { type: 'PatientTraitsCorrected', data: { patientId: state.id, ...identityOf(after) } },
    ...(canonicalJson(hashes) === canonicalJson(state.identifierHashes)
      ? []
      : [{ type: 'IdentifiersKept' as const, data: { hashes } }]),
  ];
}

const identityOf = (identity: Omit<Identity, 'identifierHashes'>) => ({
  familyName: identity.familyName,
  givenNames: [...identity.givenNames],
  birthDate: identity.birthDate,
  sex: identity.sex,
  language: identity.language,
  identifiers: identity.identifiers.map(({ system, value }) => ({ system, value })),
  ...(identity.deceasedAt === undefined ? {} : { deceasedAt: identity.deceasedAt }),
});

/** A condition already recorded under its id is left as it is, so that an import may come twice. */
function recordConditions(state: Patient, conditions: readonly Condition[]): readonly PatientEvent[] {
  const fresh = unknownOf(state.conditions, conditions);
  return fresh.map(({ id, ...condition }) => ({
    type: 'ConditionRecorded',
    data: { patientId: state.id, conditionId: id, ...condition },
  }));
}

function recordMeasurements(state: Patient, measurements: readonly Measurement[]): readonly PatientEvent[] {
  const fresh = unknownOf(state.measurements, measurements);
  return fresh.map(({ id, ...measurement }) => ({
    type: 'MeasurementRecorded',
    data: { patientId: state.id, measurementId: id, ...measurement },
  }));
}

function unknownOf<T extends { readonly id: string }>(known: readonly T[], given: readonly T[]): readonly T[] {
  const ids = new Set(known.map((one) => one.id));
  const fresh = given.filter((one) => {
    if (ids.has(one.id)) return false;
    ids.add(one.id);
    return true;
  });
  if (known.length + fresh.length > RECORDS_MAX)
    throw new DomainError('RULE_BROKEN', { rule: 'records-per-patient-max' });
  return fresh;
}

/** One active pathway per patient and protocol: a second enrolment would ask for every visit twice. None for the dead. */
function link(state: Patient, { pathwayId, protocolId }: { pathwayId: string; protocolId: string }): PatientEvent[] {
  if (state.deceasedAt !== undefined) throw new DomainError('PATIENT_DECEASED', {}, 'patientId');
  if (state.pathways.some((one) => one.protocolId === protocolId && one.active)) {
    throw new DomainError('PATHWAY_ALREADY_ACTIVE', {}, 'protocolId');
  }
  return [{ type: 'PathwayLinked', data: { pathwayId, protocolId } }];
}

function evolve(state: Patient | undefined, event: PatientEvent): Patient {
  if (event.type === 'PatientRegistered') {
    const { patientId: id, ...identity } = event.data;
    return { id, ...identity, identifierHashes: [], conditions: [], measurements: [], pathways: [] };
  }
  if (state === undefined) throw new Error('A patient begins with PatientRegistered.');
  switch (event.type) {
    case 'PatientTraitsCorrected':
      // All traits are told: a death that is no longer among them was a mistake.
      return { ...omit(state, 'deceasedAt'), ...omit(event.data, 'patientId') };
    case 'IdentifiersKept':
      return { ...state, identifierHashes: event.data.hashes };
    case 'ConditionRecorded': {
      const condition = { id: event.data.conditionId, ...omit(event.data, 'patientId', 'conditionId') };
      return { ...state, conditions: [...state.conditions, condition] };
    }
    case 'MeasurementRecorded': {
      const measurement = { id: event.data.measurementId, ...omit(event.data, 'patientId', 'measurementId') };
      return { ...state, measurements: [...state.measurements, measurement] };
    }
    case 'PathwayLinked':
      return { ...state, pathways: [...state.pathways, { ...event.data, active: true }] };
    case 'PathwayUnlinked':
      return {
        ...state,
        pathways: state.pathways.map((one) =>
          one.pathwayId === event.data.pathwayId ? { ...one, active: false } : one,
        ),
      };
    case 'FactShared':
      return { ...state, shared: [...(state.shared ?? []), event.data] };
  }
}
