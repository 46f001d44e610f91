import {
  codingsOf,
  type Coding,
  identifiersOf,
  instantOf,
  isObject,
  type Json,
  objectOf,
  referenceOf,
  statusIs,
  textOf,
} from './fhir-reading';
import { type Mapped, refused, type SourceResource, taken, unused, type Warning } from './mapped';

const loinc = 'http://loinc.org';
const ucum = 'http://unitsofmeasure.org';

/** LOINC codes that pathways and clinical rules look at; whatever else was observed stays with its source. */
const observedCodes: ReadonlySet<string> = new Set([
  ...['2160-0', '38483-4', '14682-9'], // creatinine
  ...['98979-8', '33914-3', '62238-1', '48642-3', '69405-9'], // estimated filtration, as a laboratory reported it
  ...['9318-7', '14959-1'], // albumin to creatinine
  ...['29463-7', '3141-9', '8302-2'], // weight, height
  ...['718-7', '777-3', '751-8', '26499-4', '2823-3', '6298-4', '4548-4'], // blood counts, potassium, HbA1c
  ...['89247-1', '10230-1', '33728-7'], // ECOG, ejection fraction, tumour size
  ...['2039-6', '6875-9', '24108-3', '10334-1', '2857-1', '1834-1'], // tumour markers
]);

const finished = ['final', 'amended', 'corrected'];

/** A FHIR Observation as a measurement of a patient, in the unit of its source. */
export function mapObservation(source: SourceResource): Mapped {
  const { resource } = source;
  const codings = codingsOf(objectOf(resource, 'code'));
  if (codings.length === 0) return refused('CODE_MISSING');
  const known = codings.find((coding) => coding.system === loinc && observedCodes.has(coding.code));
  if (known === undefined) return unused('OBSERVATION_CODE');
  const status = textOf(resource, 'status');
  if (status === undefined) return refused('STATUS_MISSING');
  if (!finished.includes(status)) return unused('NOT_FINAL');
  const measured = measuredValue(resource);
  if ('reason' in measured) return measured.coded ? unused(measured.reason) : refused(measured.reason);
  const reference = referenceOf(resource, 'subject');
  if (reference === undefined) return refused('SUBJECT_MISSING');
  const measuredAt = effectiveAt(resource);
  if (measuredAt === undefined) return refused('DATE_MISSING_OR_TOO_COARSE');
  const measurement = { code: known.code, value: measured.value, unit: measured.unit, measuredAt };
  const warnings: Warning[] = measured.unit.startsWith('text:') ? ['UNIT_NOT_UCUM'] : [];
  return taken({ kind: 'measurement', reference, source: sourceOf(source), measurement }, warnings);
}

/** A FHIR Condition as a diagnosis with its code; ICD-10 before SNOMED CT before any other. */
export function mapCondition(source: SourceResource): Mapped {
  const { resource } = source;
  const coding = preferred(codingsOf(objectOf(resource, 'code')));
  if (coding === undefined) return refused('CODE_MISSING');
  if (coding.code.length > 120 || coding.system.length > 80) return refused('CODE_TOO_LONG');
  if (statusIs(resource, 'verificationStatus', ['entered-in-error', 'refuted'])) return unused('NOT_A_FINDING');
  const reference = referenceOf(resource, 'subject');
  if (reference === undefined) return refused('SUBJECT_MISSING');
  const onset = textOf(resource, 'onsetDateTime') ?? textOf(objectOf(resource, 'onsetPeriod'), 'start');
  const dated = onset !== undefined && /^\d{4}/.test(onset) ? { onset: onset.slice(0, 32) } : {};
  const condition = { system: systemName(coding.system), code: coding.code, ...dated };
  return taken({ kind: 'condition', reference, source: sourceOf(source), condition });
}

/** What names this resource in its source, so that it is the same fact when it comes again. */
function sourceOf({ resource, fullUrl }: SourceResource): string {
  const [identifier] = identifiersOf(resource);
  if (identifier !== undefined) return `${identifier.system}|${identifier.value}`;
  return fullUrl ?? textOf(resource, 'id') ?? JSON.stringify(resource);
}

type Measured =
  { readonly value: number; readonly unit: string } | { readonly reason: string; readonly coded: boolean };

function measuredValue(resource: Json): Measured {
  if (typeof resource.valueInteger === 'number') return { value: resource.valueInteger, unit: '1' };
  if (!isObject(resource.valueQuantity)) {
    const coded = isObject(resource.valueCodeableConcept) || typeof resource.valueString === 'string';
    return coded ? { reason: 'VALUE_NOT_A_NUMBER', coded } : { reason: 'VALUE_MISSING', coded };
  }
  const quantity = resource.valueQuantity;
  if (typeof quantity.value !== 'number') return { reason: 'VALUE_MISSING', coded: false };
  if (quantity.comparator !== undefined) return { reason: 'VALUE_HAS_COMPARATOR', coded: false };
  return { value: quantity.value, unit: unitOf(quantity) };
}

function unitOf(quantity: Json): string {
  const code = textOf(quantity, 'code');
  if (textOf(quantity, 'system') === ucum && code !== undefined) return code.slice(0, 40);
  return `text:${code ?? textOf(quantity, 'unit') ?? ''}`.slice(0, 40);
}

function effectiveAt(resource: Json): string | undefined {
  const period = objectOf(resource, 'effectivePeriod');
  const text = textOf(resource, 'effectiveDateTime') ?? textOf(resource, 'effectiveInstant') ?? textOf(period, 'start');
  return instantOf(text);
}

const icd10 = /icd-10|1\.2\.250\.1\.213\.2\.\d+|2\.16\.840\.1\.113883\.6\.3$|^CIM-10$/i;

function preferred(codings: readonly Coding[]): Coding | undefined {
  return (
    codings.find((one) => icd10.test(one.system)) ??
    codings.find((one) => one.system === 'http://snomed.info/sct') ??
    codings[0]
  );
}

/** The WHO's classification has one name here; national modifications keep theirs, since their codes differ. */
const systemName = (system: string): string =>
  system === 'http://hl7.org/fhir/sid/icd-10' ? 'CIM-10' : system === '' ? 'unknown' : system;
