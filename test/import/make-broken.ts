/**
 * Writes a Bundle with a fault of each kind among good resources to stdout, and to stderr what its report must say:
 * `node test/import/make-broken.ts > broken.json`.
 */
const person = (id: string, changes: object = {}): object => ({
  resourceType: 'Patient',
  id,
  identifier: [{ system: 'urn:ariane:broken', value: id }],
  name: [{ family: 'ESSAI', given: [id] }],
  gender: 'female',
  birthDate: '1950-05-05',
  ...changes,
});
const weight = (id: string, patientId: string, changes: object = {}): object => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  subject: { reference: `Patient/${patientId}` },
  effectiveDateTime: '2026-01-05',
  valueQuantity: { value: 61, system: 'http://unitsofmeasure.org', code: 'kg' },
  ...changes,
});

const entry = (resource: object): string => JSON.stringify({ resource });
/** Each entry as it is written, with the reason for which it must be refused, or `taken`. */
const entries: readonly (readonly [string, string])[] = [
  [entry(person('a')), 'taken'],
  ['{"resource":{"resourceType":"Patient",,}}', 'NOT_JSON'],
  [entry(weight('1', 'a')), 'taken'],
  ['null', 'NOT_AN_OBJECT'],
  ['{"fullUrl":"urn:uuid:nothing"}', 'NO_RESOURCE'],
  [entry({ id: 'kindless' }), 'NO_RESOURCE_TYPE'],
  [entry(person('b', { birthDate: '1950' })), 'BIRTH_DATE_MISSING_OR_INCOMPLETE'],
  [entry(weight('2', 'b')), 'REFERENCE_NOT_FOUND'],
  [entry(person('c', { name: [] })), 'FAMILY_NAME_MISSING'],
  [entry(weight('3', 'a', { valueQuantity: { value: 'heavy' } })), 'VALUE_MISSING'],
  [entry(weight('4', 'a', { effectiveDateTime: '2026' })), 'DATE_MISSING_OR_TOO_COARSE'],
  [entry(weight('5', 'a')), 'taken'],
  ['{"resource":{"resourceType":"Observation","id":"6","status":"fin', 'TRUNCATED'],
];

process.stdout.write(
  `{"resourceType":"Bundle","type":"collection","entry":[${entries.map(([text]) => text).join(',\n')}`,
);
const reasons = entries.map(([, reason]) => reason);
const refusedFor = Object.fromEntries(
  [...new Set(reasons)]
    .filter((reason) => reason !== 'taken')
    .map((reason) => [reason, reasons.filter((one) => one === reason).length]),
);
process.stderr.write(
  `${JSON.stringify({ resources: entries.length, taken: reasons.filter((one) => one === 'taken').length, refusedFor })}\n`,
);
