/**
 * Writes a transaction Bundle of N resources to stdout, as a stream: `node test/import/make-bundle.ts 100000`. One in
 * a hundred is a patient, who comes after her facts; the ids follow from the rank, so that the same N is the same file.
 * With a second argument, ranks begin there: two files of other persons.
 */
import { once } from 'node:events';

const PER_PATIENT = 100;
const uuidOf = (rank: number): string => `00000000-0000-4000-8000-${rank.toString(16).padStart(12, '0')}`;
const dayOf = (rank: number): string => new Date(Date.UTC(2016, 0, 1) + (rank % 3650) * 86_400_000).toISOString();

const loinc: readonly (readonly [string, string, number])[] = [
  ['38483-4', 'mg/dL', 0.9],
  ['29463-7', 'kg', 64],
  ['8302-2', 'cm', 165],
  ['718-7', 'g/dL', 12.4],
  ['2823-3', 'mmol/L', 4.2],
  ['2345-7', 'mg/dL', 88],
];

function patient(rank: number): object {
  return {
    resourceType: 'Patient',
    id: uuidOf(rank),
    identifier: [{ system: 'urn:ariane:made', value: String(rank) }],
    name: [{ use: 'official', family: `ESSAI${rank}`, given: ['Fictive'] }],
    gender: rank % 2 === 0 ? 'female' : 'male',
    birthDate: dayOf(rank)
      .slice(0, 10)
      .replace(/^\d{4}/, String(1930 + (rank % 60)))
      .replace('02-29', '02-28'),
  };
}

function observation(rank: number, subject: string): object {
  const [code, unit, value] = loinc[rank % loinc.length] ?? ['2160-0', 'mg/dL', 1];
  return {
    resourceType: 'Observation',
    id: uuidOf(rank),
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
    ],
    code: { coding: [{ system: 'http://loinc.org', code }], text: 'Made by a generator' },
    subject: { reference: subject },
    effectiveDateTime: dayOf(rank),
    valueQuantity: { value: value + (rank % 7) / 10, unit, system: 'http://unitsofmeasure.org', code: unit },
  };
}

/** As bulky as what other makers put beside the care itself. */
function claim(rank: number, subject: string): object {
  const item = Array.from({ length: 12 }, (_, sequence) => ({
    sequence,
    productOrService: { text: `Item ${sequence} of ${rank}` },
  }));
  return { resourceType: 'Claim', id: uuidOf(rank), status: 'active', patient: { reference: subject }, item };
}

function resourceAt(rank: number, patientRank: number): object {
  const subject = `urn:uuid:${uuidOf(patientRank)}`;
  if (rank === patientRank) return patient(rank);
  return rank % 2 === 0 ? observation(rank, subject) : claim(rank, subject);
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

const count = Number(process.argv[2] ?? 10_000);
const first = Number(process.argv[3] ?? 0);
await write('{"resourceType":"Bundle","type":"transaction","entry":[');
for (let index = 0; index < count; index += 1) {
  const last = Math.min((Math.floor(index / PER_PATIENT) + 1) * PER_PATIENT, count) - 1;
  const resource = resourceAt(first + index, first + last);
  const entry = { fullUrl: `urn:uuid:${uuidOf(first + index)}`, resource, request: { method: 'POST' } };
  await write(`${index === 0 ? '' : ','}\n${JSON.stringify(entry)}`);
}
await write(']}\n');
