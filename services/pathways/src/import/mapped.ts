import type { Json } from './fhir-reading';

/** An identifier kept from the source. */
export interface KeptIdentifier {
  readonly system: string;
  readonly value: string;
}

/** A person to register. The id comes from the source's identifier, so that the same file twice is the same person. */
export interface ImportedPatient {
  readonly patientId: string;
  readonly familyName: string;
  readonly givenNames: readonly string[];
  readonly birthDate: string;
  readonly sex: 'male' | 'female' | 'unknown';
  readonly language: string;
  readonly identifiers: readonly KeptIdentifier[];
  /** A dead person must never be contacted: whether the source says so, and the UTC instant where it names one. */
  readonly deceased: boolean;
  readonly deceasedAt?: string;
}

export interface ImportedCondition {
  readonly patientId: string;
  readonly conditionId: string;
  readonly system: string;
  readonly code: string;
  /** As the source wrote it: a day, a month, a year or an instant. */
  readonly onset?: string;
}

export interface ImportedMeasurement {
  readonly patientId: string;
  readonly measurementId: string;
  /** LOINC. */
  readonly code: string;
  readonly value: number;
  /** UCUM; a unit of no system is kept as `text:…`, which no clinical rule takes for a unit. */
  readonly unit: string;
  readonly measuredAt: string;
}

export interface ImportedPractitioner {
  readonly practitionerId: string;
  readonly name: string;
  /** The RPPS where the source has one with a right shape. */
  readonly rpps?: string;
  readonly identifier: KeptIdentifier;
}

export interface ImportedExercise {
  readonly practitionerId: string;
  readonly role: string;
  readonly specialty?: string;
  readonly organisationId?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface ImportedOrganisation {
  readonly organisationId: string;
  readonly name: string;
  readonly finess?: string;
  readonly identifier: KeptIdentifier;
}

/** A fact about a patient who is still only a reference: the id is given once the reference is resolved. */
export type PendingFact =
  | {
      readonly kind: 'condition';
      readonly reference: string;
      readonly source: string;
      readonly condition: Omit<ImportedCondition, 'patientId' | 'conditionId'>;
    }
  | {
      readonly kind: 'measurement';
      readonly reference: string;
      readonly source: string;
      readonly measurement: Omit<ImportedMeasurement, 'patientId' | 'measurementId'>;
    };

export type Taken =
  | { readonly kind: 'patient'; readonly patient: ImportedPatient; readonly references: readonly string[] }
  | {
      readonly kind: 'practitioner';
      readonly practitioner: ImportedPractitioner;
      readonly references: readonly string[];
    }
  | {
      readonly kind: 'organisation';
      readonly organisation: ImportedOrganisation;
      readonly references: readonly string[];
    }
  | {
      readonly kind: 'exercise';
      readonly practitioner: string;
      readonly organisation?: string;
      readonly exercise: Omit<ImportedExercise, 'practitionerId' | 'organisationId'>;
    }
  | PendingFact;

/** What becomes of one resource: never two of these, and never none. */
export type Mapped =
  | { readonly status: 'taken'; readonly taken: Taken; readonly warnings: readonly Warning[] }
  | { readonly status: 'refused'; readonly reason: string }
  | { readonly status: 'unused'; readonly reason: string };

export type Warning =
  | 'INS_KEY_WRONG'
  | 'INS_SHAPE_WRONG_DROPPED'
  | 'FOREIGN_IDENTIFIER_DROPPED'
  | 'RPPS_KEY_WRONG'
  | 'FINESS_KEY_WRONG'
  | 'SEX_UNKNOWN'
  | 'UNIT_NOT_UCUM'
  | 'DECEASED';

/** A resource with the address its Bundle gave it. */
export interface SourceResource {
  readonly resourceType: string;
  readonly resource: Json;
  readonly fullUrl?: string;
}

export const taken = (what: Taken, warnings: readonly Warning[] = []): Mapped => ({
  status: 'taken',
  taken: what,
  warnings,
});
export const refused = (reason: string): Mapped => ({ status: 'refused', reason });
export const unused = (reason: string): Mapped => ({ status: 'unused', reason });
