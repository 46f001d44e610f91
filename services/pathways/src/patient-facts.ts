import { foreseesFistula } from '@ariane/clinical-rules';
import { uuidv5 } from '@ariane/kernel';
import { toldElsewhere } from './elsewhere';
import type { NewFact } from './pathway';
import type { Measurement, Patient } from './patient';

/**
 * The measurements that pathways read, by LOINC code. The unit goes with the value as the source gave it: protocols take
 * a value in another unit as unknown, and the clinical rules read the unit themselves (hazard H6).
 */
const codes: Readonly<Record<string, string>> = {
  '2160-0': 'creatinine',
  '38483-4': 'creatinine',
  '14682-9': 'creatinine',
  '29463-7': 'patient.weight',
  '3141-9': 'patient.weight',
  '8302-2': 'patient.height',
  '33914-3': 'egfr',
  '48642-3': 'egfr',
  '62238-1': 'egfr',
  '69405-9': 'egfr',
  '98979-8': 'egfr',
};

/** The fact that a measurement is for a pathway, or undefined for one that no pathway reads. */
export function factOfMeasurement({ id, code, value, unit, measuredAt, provenance }: Measurement): NewFact | undefined {
  const known = codes[code];
  if (known === undefined) return undefined;
  return { id: uuidv5(id, 'fact'), code: known, at: measuredAt, value, unit, by: provenance };
}

/** A condition without a readable onset has been there all along; never since birth, a date that is sealed. */
const ALL_ALONG = '1900-01-01T00:00:00.000Z';

/** A condition that forbids something in every pathway, or undefined for one that no rule reads. */
function factOfCondition({ id, code, onset, provenance }: Patient['conditions'][number]): NewFact | undefined {
  if (!foreseesFistula(code)) return undefined;
  const began = Date.parse(onset ?? '');
  const at = Number.isNaN(began) ? ALL_ALONG : new Date(began).toISOString();
  return { id: uuidv5(id, 'fact'), code: 'patient.condition', at, value: code, by: provenance };
}

/**
 * What every pathway of a person is told when it begins, and again when something is added: a death ends it (H14), and
 * what another pathway foresees may forbid something in this one (H9).
 */
export const patientFactsOf = (
  { id, birthDate, sex, measurements, conditions, deceasedAt, shared = [] }: Patient,
  pathwayId: string,
) => ({
  person: { birthDate, sex },
  facts: [
    ...conditions.flatMap((condition) => factOfCondition(condition) ?? []),
    ...shared.filter((one) => one.pathwayId !== pathwayId).map(toldElsewhere),
    ...measurements.flatMap((measurement) => factOfMeasurement(measurement) ?? []),
    ...(deceasedAt === undefined ? [] : [{ id: uuidv5(id, 'died'), code: 'patient.died', at: deceasedAt }]),
  ],
});

/**
 * Age in completed years as a fact dated from the last birthday, so that a plan read again the same year is the same;
 * and sex, where it is known. A person born on 29 February has their birthday on 1 March in common years.
 *
 * @param day the civil day on which the plan is read
 */
export function personFacts(
  pathwayId: string,
  { birthDate, sex }: { readonly birthDate: string; readonly sex: string },
  day: string,
  startOf: (day: string) => string,
): readonly NewFact[] {
  const age = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (day.slice(5) < birthDate.slice(5) ? 1 : 0);
  const year = String(Number(birthDate.slice(0, 4)) + age).padStart(4, '0');
  const birthday =
    birthDate.slice(5) === '02-29' && !isLeap(Number(year)) ? `${year}-03-01` : `${year}${birthDate.slice(4)}`;
  const ageFact: NewFact = {
    id: uuidv5(pathwayId, `patient.age/${age}`),
    code: 'patient.age',
    at: startOf(birthday),
    value: age,
    unit: 'a',
  };
  if (sex === 'unknown') return [ageFact];
  return [
    ageFact,
    { id: uuidv5(pathwayId, `patient.sex/${sex}`), code: 'patient.sex', at: startOf(birthDate), value: sex },
  ];
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
