import { arianeNamespace, checkImportedIns, isInsSystem, uuidv5 } from '@ariane/kernel';
import {
  codingsOf,
  dayOf,
  type FhirIdentifier,
  identifiersOf,
  instantOf,
  type Json,
  listOf,
  objectOf,
  textOf,
} from './fhir-reading';
import { type KeptIdentifier, type Mapped, refused, type SourceResource, taken, type Warning } from './mapped';
import { ownReferences } from './references';

/** Social security, licence and passport numbers of another country are no business of a French register. */
const foreignTypes = new Set(['SS', 'DL', 'PPN', 'SB']);
const foreignSystems = [/\/us-ssn$/, /\/passport-/, /^urn:oid:2\.16\.840\.1\.113883\.4\.(1|3\.\d+)$/];

/** A FHIR Patient as a person to register, or why not. Traits are required: without them nobody can be told apart. */
export function mapPatient(source: SourceResource): Mapped {
  const { resource } = source;
  const birthDate = dayOf(textOf(resource, 'birthDate'));
  if (birthDate === undefined) return refused('BIRTH_DATE_MISSING_OR_INCOMPLETE');
  const name = officialName(resource);
  const familyName = textOf(name, 'family');
  if (familyName === undefined) return refused('FAMILY_NAME_MISSING');
  const { kept, warnings } = keptIdentifiers(identifiersOf(resource));
  const key = personKey(kept, source);
  if (key === undefined) return refused('NO_IDENTIFIER');
  const sex = sexOf(textOf(resource, 'gender'));
  const deceasedAt = instantOf(textOf(resource, 'deceasedDateTime'));
  const deceased = textOf(resource, 'deceasedDateTime') !== undefined || resource.deceasedBoolean === true;
  const patient = {
    patientId: uuidv5(arianeNamespace, `patient|${key}`),
    familyName: familyName.slice(0, 120),
    givenNames: givenOf(name),
    birthDate,
    sex,
    language: languageOf(resource),
    identifiers: kept.map(({ system, value }) => ({ system, value })),
    deceased,
    ...(deceasedAt === undefined ? {} : { deceasedAt }),
  };
  const all: Warning[] = [
    ...warnings,
    ...(sex === 'unknown' ? ['SEX_UNKNOWN' as const] : []),
    ...(deceased ? ['DECEASED' as const] : []),
  ];
  return taken({ kind: 'patient', patient, references: ownReferences('Patient', source, kept) }, all);
}

/** The same traits under another identifier: told as a possible duplicate, never merged. */
export const traitsOf = (patient: {
  familyName: string;
  givenNames: readonly string[];
  birthDate: string;
  sex: string;
}): string =>
  [patient.familyName, patient.givenNames[0] ?? '', patient.birthDate, patient.sex]
    .map((trait) =>
      trait
        .normalize('NFD')
        .replace(/[^\p{L}\d]/gu, '')
        .toLowerCase(),
    )
    .join('|');

function officialName(resource: Json): Json {
  const names = listOf(resource, 'name');
  return names.find((name) => name.use === 'official') ?? names[0] ?? {};
}

function givenOf(name: Json): string[] {
  const given = Array.isArray(name.given) ? name.given : [];
  return given
    .filter((one): one is string => typeof one === 'string' && one.trim() !== '')
    .map((one) => one.trim().slice(0, 120));
}

function sexOf(gender: string | undefined): 'male' | 'female' | 'unknown' {
  return gender === 'male' || gender === 'female' ? gender : 'unknown';
}

/** The first language named, without its region; French where none is, since the territory speaks it. */
function languageOf(resource: Json): string {
  const [first] = listOf(resource, 'communication').flatMap((one) => codingsOf(objectOf(one, 'language')));
  const language = first?.code.split('-')[0] ?? 'fr';
  return /^[a-z]{2,3}$/.test(language) ? language : 'fr';
}

function keptIdentifiers(identifiers: readonly FhirIdentifier[]): { kept: FhirIdentifier[]; warnings: Warning[] } {
  const warnings = new Set<Warning>();
  const kept = identifiers.flatMap((one) => {
    if (one.types.some((type) => foreignTypes.has(type)) || foreignSystems.some((system) => system.test(one.system))) {
      warnings.add('FOREIGN_IDENTIFIER_DROPPED');
      return [];
    }
    if (!isInsSystem(one.system)) return one.system === '' || one.value.length > 64 ? [] : [one];
    const ins = checkImportedIns(one.value);
    if ('problem' in ins) {
      warnings.add('INS_SHAPE_WRONG_DROPPED');
      return [];
    }
    if (ins.warning !== undefined) warnings.add('INS_KEY_WRONG');
    return [{ ...one, value: ins.ok }];
  });
  return { kept, warnings: [...warnings] };
}

/**
 * What the person's id is made from: the INS, else a record number, else the first identifier, else the resource's own
 * absolute address. `Patient/1` alone is no key: two sources may both have it, and two persons would become one.
 */
function personKey(kept: readonly FhirIdentifier[], source: SourceResource): string | undefined {
  const chosen: KeptIdentifier | undefined =
    kept.find((one) => isInsSystem(one.system)) ?? kept.find((one) => one.types.includes('MR')) ?? kept[0];
  if (chosen !== undefined) return `${chosen.system}|${chosen.value}`;
  return source.fullUrl !== undefined && /^(urn:uuid:|https?:\/\/)/.test(source.fullUrl) ? source.fullUrl : undefined;
}
