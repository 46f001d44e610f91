import { canonicalJson, type Decider } from '@ariane/kernel';

/** Who somebody is, as the register last told it. */
export interface PatientIdentity {
  readonly familyName: string;
  readonly givenNames: readonly string[];
  readonly birthDate: string;
  readonly sex: string;
}

/** The portal's copy of a patient: identity, sealed where it is stored, under which screens join names. */
export interface PatientCopy extends PatientIdentity {
  readonly patientId: string;
}

export interface CopyPatient {
  readonly type: 'CopyPatient';
  readonly patient: PatientCopy;
}

export interface PatientCopied {
  readonly type: 'PatientCopied';
  readonly data: PatientCopy;
}

export const patientCopy: Decider<PatientCopy, CopyPatient, PatientCopied> = {
  decide: (state, { patient }) =>
    state !== undefined && canonicalJson(state) === canonicalJson(patient)
      ? []
      : [{ type: 'PatientCopied', data: patient }],
  evolve: (_, { data }) => data,
};
