import { given } from '@ariane/testing';
import { insSystems, localIdentifier, localSystem } from '@ariane/kernel';
import { typedIdentifier } from './identifiers';
import { patient, type PatientCommand, type PatientEvent } from './patient';

const id = '01890a5d-ac96-7000-8000-000000000002';
const pathwayId = '01890a5d-ac96-7000-8000-000000000001';
const traits = {
  familyName: 'ESSAI',
  givenNames: ['Ariane'],
  birthDate: '1948-05-17',
  sex: 'female' as const,
  language: 'fr',
};
const identity = { ...traits, identifiers: [{ system: localSystem, value: 'A-0001-96' }], identifierHashes: ['h1'] };
const register: PatientCommand = { type: 'RegisterPatient', id, ...identity };
const registered: PatientEvent[] = [
  { type: 'PatientRegistered', data: { patientId: id, ...traits, identifiers: [...identity.identifiers] } },
  { type: 'IdentifiersKept', data: { hashes: ['h1'] } },
];
const linked: PatientEvent = { type: 'PathwayLinked', data: { pathwayId, protocolId: 'breast-cancer' } };
const creatinine = {
  id: '01890a5d-ac96-7000-8000-000000000009',
  code: '2160-0',
  value: 1.5,
  unit: 'mg/dL',
  measuredAt: '2026-03-02T08:00:00Z',
  provenance: 'import',
};

describe('a patient', () => {
  it('is registered with traits and identifiers, whose hashes are never published', () => {
    given(patient)
      .when(register)
      .then(...registered);
  });

  it('H1: is not registered twice under one id, and nobody is merged', () => {
    given(patient, ...registered)
      .when(register)
      .thenRefused('ALREADY_EXISTS', 'id');
  });

  it('is told corrected only when something changed', () => {
    given(patient, ...registered)
      .when({ type: 'CorrectTraits', ...identity })
      .thenNothing();
    given(patient, ...registered)
      .when({ type: 'CorrectTraits', familyName: 'EPREUVE' })
      .then({
        type: 'PatientTraitsCorrected',
        data: { patientId: id, ...traits, familyName: 'EPREUVE', identifiers: identity.identifiers },
      });
  });

  it('keeps a measurement with the unit of its source, once', () => {
    given(patient, ...registered)
      .when({ type: 'RecordMeasurements', measurements: [creatinine, creatinine] })
      .thenState({ measurements: [creatinine] });
    given(patient, ...registered, {
      type: 'MeasurementRecorded',
      data: {
        patientId: id,
        measurementId: creatinine.id,
        code: '2160-0',
        value: 1.5,
        unit: 'mg/dL',
        measuredAt: creatinine.measuredAt,
        provenance: 'import',
      },
    })
      .when({ type: 'RecordMeasurements', measurements: [creatinine] })
      .thenNothing();
  });

  it('has one active pathway per protocol, and may enter again after its end', () => {
    const again: PatientCommand = { type: 'LinkPathway', pathwayId: 'other', protocolId: 'breast-cancer' };
    given(patient, ...registered, linked)
      .when(again)
      .thenRefused('PATHWAY_ALREADY_ACTIVE', 'protocolId');
    given(patient, ...registered, linked)
      .when({ type: 'LinkPathway', pathwayId: 'other', protocolId: 'ckd' })
      .then({ type: 'PathwayLinked', data: { pathwayId: 'other', protocolId: 'ckd' } });
    given(patient, ...registered, linked, { type: 'PathwayUnlinked', data: { pathwayId } })
      .when(again)
      .thenState({
        pathways: [
          { pathwayId, protocolId: 'breast-cancer', active: false },
          { pathwayId: 'other', protocolId: 'breast-cancer', active: true },
        ],
      });
  });

  it('H14: enters no pathway once the register says that they have died', () => {
    const deceasedAt = '2026-02-01T12:00:00.000Z';
    const died: PatientEvent = {
      type: 'PatientTraitsCorrected',
      data: { patientId: id, ...traits, identifiers: [...identity.identifiers], deceasedAt },
    };
    given(patient, ...registered)
      .when({ type: 'CorrectTraits', deceasedAt })
      .then(died);
    given(patient, ...registered, died)
      .when({ type: 'LinkPathway', pathwayId, protocolId: 'breast-cancer' })
      .thenRefused('PATIENT_DECEASED', 'patientId');
    given(patient, ...registered, died)
      .when({ type: 'CorrectTraits', familyName: 'EPREUVE' })
      .thenState({ familyName: 'EPREUVE', deceasedAt });
    given(patient)
      .when({ ...register, deceasedAt })
      .thenState({ deceasedAt });
  });

  it('must be known before anything is recorded of them', () => {
    given(patient).when({ type: 'RecordConditions', conditions: [] }).thenRefused('NOT_FOUND', 'patientId');
  });
});

describe('an identifier typed in our forms', () => {
  it('is cleaned when its key is right', () => {
    const value = localIdentifier(12);
    expect(typedIdentifier({ system: localSystem, value: ` ${value.toLowerCase()}` }, 'value')).toEqual({
      system: localSystem,
      value,
    });
  });

  it.each([
    ['a wrong key', localSystem, 'A-0012-01', 'key'],
    ['a wrong shape', localSystem, '12', 'shape'],
    ['an unknown system', 'urn:x', '12', 'unknown-space'],
    ['a real person’s space', insSystems.nir, '1', 'real-ins-space'],
  ])('is refused for %s, naming the field', (_why, system, value, problem) => {
    expect(() => typedIdentifier({ system, value }, 'identifiers.0.value')).toThrow(
      expect.objectContaining({
        code: 'IDENTIFIER_INVALID',
        field: 'identifiers.0.value',
        params: { problem },
      }) as Error,
    );
  });
});
