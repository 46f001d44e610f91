import { type KeptIdentifier, type SourceResource } from './mapped';
import { textOf } from './fhir-reading';

/**
 * Every way in which another resource of the file may point to this one: the address its Bundle gave it, `Type/id`, and
 * a search by identifier.
 */
export function ownReferences(type: string, source: SourceResource, identifiers: readonly KeptIdentifier[]): string[] {
  const id = textOf(source.resource, 'id');
  return [
    ...(source.fullUrl === undefined ? [] : [source.fullUrl]),
    ...(id === undefined ? [] : [`${type}/${id}`]),
    ...identifiers.map(({ system, value }) => `${type}?identifier=${system}|${value}`),
  ];
}

/**
 * The forms under which a reference may have been noted, the most exact first: as written, and for an absolute address
 * its last two parts. A version at the end is left out.
 */
export function lookedUp(reference: string): string[] {
  const plain = reference.replace(/\/_history\/[^/]+$/, '');
  const relative = /^https?:\/\/.*\/([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})$/.exec(plain)?.[1];
  return relative === undefined ? [plain] : [plain, relative];
}

/** A reference by identifier holds in every file; an address holds in its own file only. */
export const holdsEverywhere = (reference: string): boolean => reference.includes('?identifier=');
