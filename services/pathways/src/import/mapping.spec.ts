import { insSystems, rppsSystem } from '@ariane/kernel';
import { practitionerIdOf } from '../identifiers';
import { mapEntry } from './map-entry';
import { traitsOf } from './map-patient';
import type { Mapped } from './mapped';
import { lookedUp } from './references';
import {
  breastCancer,
  ckdWoman,
  clinic,
  creatinine,
  oncologist,
  oncologistsExercise,
  weightInPounds,
} from './sample.fixture';

function map(resource: unknown, fullUrl?: string): Mapped {
  const bytes = Buffer.from(JSON.stringify({ resource, fullUrl }));
  const entry = mapEntry({ status: 'found', position: 0, offset: 0, wrapped: true, bytes });
  if (entry === undefined) throw new Error('The entry has no resource.');
  return entry.mapped;
}
const withIdentifier = (...identifier: unknown[]): unknown => ({ ...ckdWoman, identifier });

describe('a patient of another’s file', () => {
  it('keeps traits and record number, and loses foreign social security, licence and passport', () => {
    const mapped = map(ckdWoman);
    expect(mapped).toMatchObject({
      status: 'taken',
      taken: {
        patient: {
          familyName: 'ESSAI',
          givenNames: ['Ariane', 'Zoé'],
          birthDate: '1947-06-01',
          sex: 'female',
          language: 'fr',
          identifiers: [{ system: 'urn:example:records', value: 'R-1' }],
        },
      },
      warnings: ['FOREIGN_IDENTIFIER_DROPPED'],
    });
    expect(JSON.stringify(mapped)).not.toMatch(/999-00|S0|X0/);
  });

  it('has the same id each time, and another under another number', () => {
    expect(map(ckdWoman)).toEqual(map(ckdWoman));
    const idOf = (mapped: Mapped) =>
      mapped.status === 'taken' && mapped.taken.kind === 'patient' ? mapped.taken.patient.patientId : '';
    const other = map(withIdentifier({ system: 'urn:example:records', value: 'R-2' }));
    expect(idOf(other)).not.toBe(idOf(map(ckdWoman)));
  });

  it('is warned about, not refused, when the key of the INS is wrong', () => {
    const mapped = map(withIdentifier({ system: insSystems.test, value: '199019999999944' }));
    expect(mapped).toMatchObject({ status: 'taken', warnings: ['INS_KEY_WRONG'] });
    expect(map(withIdentifier({ system: insSystems.test, value: '199019999999979' }))).toMatchObject({ warnings: [] });
  });

  it('is refused without what tells persons apart', () => {
    const missing = (key: string) => map({ ...ckdWoman, [key]: undefined });
    expect(missing('birthDate')).toEqual({ status: 'refused', reason: 'BIRTH_DATE_MISSING_OR_INCOMPLETE' });
    expect(map({ ...ckdWoman, birthDate: '1947-02-30' })).toMatchObject({ reason: 'BIRTH_DATE_MISSING_OR_INCOMPLETE' });
    expect(missing('name')).toEqual({ status: 'refused', reason: 'FAMILY_NAME_MISSING' });
    expect(missing('identifier')).toEqual({ status: 'refused', reason: 'NO_IDENTIFIER' });
    expect(map({ ...ckdWoman, identifier: undefined }, 'urn:uuid:1')).toMatchObject({ status: 'taken' });
  });

  it('is told when dead, since nobody may write to the dead', () => {
    expect(map({ ...ckdWoman, deceasedDateTime: '2020-01-01' })).toMatchObject({
      taken: { patient: { deceased: true, deceasedAt: '2020-01-01T12:00:00.000Z' } },
      warnings: ['FOREIGN_IDENTIFIER_DROPPED', 'DECEASED'],
    });
    expect(map({ ...ckdWoman, deceasedBoolean: true })).toMatchObject({ taken: { patient: { deceased: true } } });
    expect(map({ ...ckdWoman, deceasedBoolean: false })).toMatchObject({ taken: { patient: { deceased: false } } });
  });

  it('has traits that do not depend on case, accents or hyphens', () => {
    const one = { familyName: 'Le-Roy', givenNames: ['Zoé'], birthDate: '1990-01-01', sex: 'female' };
    expect(traitsOf({ ...one, familyName: 'LEROY', givenNames: ['ZOE', 'B'] })).toBe(traitsOf(one));
    expect(traitsOf({ ...one, birthDate: '1990-01-02' })).not.toBe(traitsOf(one));
  });
});

describe('an observation of another’s file', () => {
  it('keeps its unit, and its instant in UTC', () => {
    expect(map(creatinine, 'urn:uuid:o-1')).toMatchObject({
      status: 'taken',
      taken: {
        source: 'urn:uuid:o-1',
        measurement: { code: '2160-0', value: 1.33, unit: 'mg/dL', measuredAt: '2026-03-09T07:30:00.000Z' },
      },
    });
    expect(map(weightInPounds)).toMatchObject({
      taken: { measurement: { value: 150, unit: '[lb_av]', measuredAt: '2026-03-08T12:00:00.000Z' } },
    });
  });

  it('keeps a unit outside UCUM as text, which no rule takes for a unit', () => {
    expect(map({ ...creatinine, valueQuantity: { value: 1.33, unit: 'mg/dL' } })).toMatchObject({
      taken: { measurement: { unit: 'text:mg/dL' } },
      warnings: ['UNIT_NOT_UCUM'],
    });
  });

  it('takes ECOG as a whole number, and leaves coded values and other codes with their source', () => {
    const ecog = {
      ...creatinine,
      code: { coding: [{ system: 'http://loinc.org', code: '89247-1' }] },
      valueQuantity: undefined,
    };
    expect(map({ ...ecog, valueInteger: 0 })).toMatchObject({ taken: { measurement: { value: 0, unit: '1' } } });
    expect(map({ ...ecog, valueCodeableConcept: { coding: [] } })).toEqual({
      status: 'unused',
      reason: 'VALUE_NOT_A_NUMBER',
    });
    const other = { coding: [{ system: 'http://loinc.org', code: '2345-7' }] };
    expect(map({ ...creatinine, code: other })).toEqual({ status: 'unused', reason: 'OBSERVATION_CODE' });
    expect(map({ ...creatinine, status: 'entered-in-error' })).toEqual({ status: 'unused', reason: 'NOT_FINAL' });
  });

  it.each([
    [{ code: {} }, 'CODE_MISSING'],
    [{ status: undefined }, 'STATUS_MISSING'],
    [{ subject: 'Patient/1' }, 'SUBJECT_MISSING'],
    [{ effectiveDateTime: '2026-03' }, 'DATE_MISSING_OR_TOO_COARSE'],
    [{ valueQuantity: { value: '1.3' } }, 'VALUE_MISSING'],
    [{ valueQuantity: { value: 1.3, comparator: '<' } }, 'VALUE_HAS_COMPARATOR'],
  ])('is refused with its reason: %j gives %s', (fault, reason) => {
    expect(map({ ...creatinine, ...fault })).toEqual({ status: 'refused', reason });
  });
});

describe('conditions and the directory of another’s file', () => {
  it('prefer ICD-10 and leave what was refuted', () => {
    expect(map(breastCancer)).toMatchObject({ taken: { condition: { system: 'CIM-10', code: 'C50.9' } } });
    const refuted = { coding: [{ code: 'refuted' }] };
    expect(map({ ...breastCancer, verificationStatus: refuted })).toEqual({
      status: 'unused',
      reason: 'NOT_A_FINDING',
    });
    expect(map({ ...breastCancer, code: { text: 'cancer' } })).toEqual({ status: 'refused', reason: 'CODE_MISSING' });
  });

  it('give a professional the id that our own forms give', () => {
    expect(map(oncologist)).toMatchObject({
      taken: {
        practitioner: { practitionerId: practitionerIdOf('99700218896'), rpps: '99700218896', name: 'Odile Exemple' },
      },
      warnings: [],
    });
    const national = { ...oncologist, identifier: [{ system: 'urn:oid:1.2.250.1.71.4.2.1', value: '899700218896' }] };
    expect(map(national)).toMatchObject({
      taken: { practitioner: { identifier: { system: rppsSystem, value: '99700218896' } } },
    });
  });

  it('take places and exercises, and warn of a wrong key', () => {
    expect(map(clinic)).toMatchObject({ taken: { organisation: { finess: '990000010' } }, warnings: [] });
    const wrong = { ...clinic, identifier: [{ system: 'https://finess.esante.gouv.fr', value: '990000011' }] };
    expect(map(wrong)).toMatchObject({ warnings: ['FINESS_KEY_WRONG'] });
    expect(map(oncologistsExercise)).toMatchObject({
      taken: { kind: 'exercise', exercise: { role: 'doctor', specialty: 'oncology', from: '2020-01-01' } },
    });
  });

  it('count what we have no use for, and refuse what cannot be read', () => {
    expect(map({ resourceType: 'Claim' })).toEqual({ status: 'unused', reason: 'KIND' });
    expect(map({})).toEqual({ status: 'refused', reason: 'NO_RESOURCE_TYPE' });
    expect(map(null)).toEqual({ status: 'refused', reason: 'NO_RESOURCE' });
    const broken = { status: 'found', position: 3, offset: 9, wrapped: true, bytes: Buffer.from('{"a":}') } as const;
    expect(mapEntry(broken)).toMatchObject({
      position: 3,
      offset: 9,
      resourceType: 'unreadable',
      mapped: { reason: 'NOT_JSON' },
    });
  });

  it('look a reference up as written, and by its last two parts', () => {
    expect(lookedUp('http://example.org/fhir/Patient/7/_history/2')).toEqual([
      'http://example.org/fhir/Patient/7',
      'Patient/7',
    ]);
    expect(lookedUp('Patient?identifier=a|b')).toEqual(['Patient?identifier=a|b']);
  });
});
