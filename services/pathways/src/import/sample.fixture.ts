/** A small file of our own making, with what the files of others have in them: nobody in it exists. */

export const ckdWoman = {
  resourceType: 'Patient',
  id: 'p-1',
  identifier: [
    { system: 'urn:example:records', value: 'R-1', type: { coding: [{ code: 'MR' }] } },
    { system: 'http://hl7.org/fhir/sid/us-ssn', value: '999-00-0000', type: { coding: [{ code: 'SS' }] } },
    { system: 'urn:oid:2.16.840.1.113883.4.3.25', value: 'S0', type: { coding: [{ code: 'DL' }] } },
    { system: 'http://hl7.org/fhir/sid/passport-USA', value: 'X0', type: { coding: [{ code: 'PPN' }] } },
  ],
  name: [
    { use: 'maiden', family: 'AUTREFOIS' },
    { use: 'official', family: 'ESSAI', given: ['Ariane', 'Zoé'] },
  ],
  gender: 'female',
  birthDate: '1947-06-01',
  communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'fr-FR' }] } }],
};

export const creatinine = {
  resourceType: 'Observation',
  id: 'o-1',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '2160-0' }] },
  subject: { reference: 'urn:uuid:11111111-1111-4111-8111-111111111111' },
  effectiveDateTime: '2026-03-09T08:30:00+01:00',
  valueQuantity: { value: 1.33, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' },
};

export const weightInPounds = {
  ...creatinine,
  id: 'o-2',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  effectiveDateTime: '2026-03-08',
  valueQuantity: { value: 150, unit: 'lb', system: 'http://unitsofmeasure.org', code: '[lb_av]' },
};

export const breastCancer = {
  resourceType: 'Condition',
  id: 'c-1',
  verificationStatus: { coding: [{ code: 'confirmed' }] },
  code: {
    coding: [
      { system: 'http://snomed.info/sct', code: '254837009' },
      { system: 'http://hl7.org/fhir/sid/icd-10', code: 'C50.9' },
    ],
  },
  subject: { reference: 'Patient/p-1' },
  onsetDateTime: '2026-02-01T10:00:00+01:00',
};

export const oncologist = {
  resourceType: 'Practitioner',
  id: 'd-1',
  identifier: [{ system: 'https://rpps.esante.gouv.fr', value: '99700218896' }],
  name: [{ family: 'Exemple', given: ['Odile'] }],
};

export const clinic = {
  resourceType: 'Organization',
  id: 'g-1',
  identifier: [{ system: 'https://finess.esante.gouv.fr', value: '990000010' }],
  name: 'Clinique de démonstration',
};

export const oncologistsExercise = {
  resourceType: 'PractitionerRole',
  id: 'r-1',
  practitioner: { reference: 'Practitioner?identifier=https://rpps.esante.gouv.fr|99700218896' },
  organization: { reference: 'Organization/g-1' },
  code: [{ coding: [{ code: 'doctor' }] }],
  specialty: [{ coding: [{ code: 'oncology' }] }],
  period: { start: '2020-01-01' },
};

/** The facts come before the patient they speak of. */
export const sampleBundle = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    { fullUrl: 'urn:uuid:o-1', resource: creatinine, request: { method: 'POST', url: 'Observation' } },
    { fullUrl: 'urn:uuid:o-2', resource: weightInPounds },
    { fullUrl: 'urn:uuid:c-1', resource: breastCancer },
    { fullUrl: 'urn:uuid:r-1', resource: oncologistsExercise },
    { fullUrl: 'urn:uuid:claim', resource: { resourceType: 'Claim', id: 'x' } },
    { fullUrl: 'urn:uuid:11111111-1111-4111-8111-111111111111', resource: ckdWoman },
    {
      fullUrl: 'urn:uuid:d-1',
      resource: oncologist,
      request: { method: 'POST', url: 'Practitioner', ifNoneExist: 'x' },
    },
    { fullUrl: 'urn:uuid:g-1', resource: clinic },
  ],
};
