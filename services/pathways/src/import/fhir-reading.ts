/** Any JSON object of a FHIR resource: nothing in it is believed before it has been looked at. */
export type Json = Readonly<Record<string, unknown>>;

export interface Coding {
  readonly system: string;
  readonly code: string;
}

export interface FhirIdentifier {
  readonly system: string;
  readonly value: string;
  /** Codes of its type: `MR`, `SS`, `INS-NIR`. */
  readonly types: readonly string[];
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object under a key, or an empty one. */
export function objectOf(parent: Json, key: string): Json {
  const value = parent[key];
  return isObject(value) ? value : {};
}

/** The objects of a list under a key; what is no object is left out. */
export function listOf(parent: Json, key: string): readonly Json[] {
  const value = parent[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A text under a key, trimmed; undefined when it is absent, empty or no text. */
export function textOf(parent: Json, key: string): string | undefined {
  const value = parent[key];
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

/** The codings of a CodeableConcept that carry a code. */
export function codingsOf(concept: Json): readonly Coding[] {
  return listOf(concept, 'coding').flatMap((coding) => {
    const code = textOf(coding, 'code');
    return code === undefined ? [] : [{ system: textOf(coding, 'system') ?? '', code }];
  });
}

/** The identifiers that carry a value. */
export function identifiersOf(resource: Json): readonly FhirIdentifier[] {
  return listOf(resource, 'identifier').flatMap((one) => {
    const value = textOf(one, 'value');
    if (value === undefined) return [];
    const types = codingsOf(objectOf(one, 'type')).map((coding) => coding.code);
    return [{ system: textOf(one, 'system') ?? '', value, types }];
  });
}

/** A literal reference, as written. */
export const referenceOf = (resource: Json, key: string): string | undefined =>
  textOf(objectOf(resource, key), 'reference');

/** Whether a FHIR status code, in a CodeableConcept, is one of these. */
export const statusIs = (resource: Json, key: string, codes: readonly string[]): boolean =>
  codingsOf(objectOf(resource, key)).some((coding) => codes.includes(coding.code));

const dayPattern = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** A civil day that exists. */
export function dayOf(text: string | undefined): string | undefined {
  if (text === undefined || !dayPattern.test(text)) return undefined;
  const parsed = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(parsed) || new Date(parsed).toISOString().slice(0, 10) !== text ? undefined : text;
}

/**
 * An instant in UTC. A FHIR date without time becomes noon UTC, which is the same civil day in every French territory
 * but those of the Pacific; a year or a month alone is too coarse and gives undefined.
 */
export function instantOf(text: string | undefined): string | undefined {
  const day = dayOf(text);
  if (day !== undefined) return `${day}T12:00:00.000Z`;
  if (text === undefined || !instantPattern.test(text)) return undefined;
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? undefined : new Date(parsed).toISOString();
}
