import type { RawEntry } from './entry-scanner';
import { isObject, textOf } from './fhir-reading';
import { mapOrganisation, mapPractitioner, mapPractitionerRole } from './map-directory';
import { mapCondition, mapObservation } from './map-facts';
import { mapPatient } from './map-patient';
import { type Mapped, refused, type SourceResource, unused } from './mapped';

/** The report's line for a resource whose kind could not be read. */
const UNKNOWN_KIND = 'unreadable';

/** One resource of the file with what becomes of it. */
export interface MappedEntry {
  readonly position: number;
  readonly offset: number;
  /** FHIR resource type, or `unreadable`. */
  readonly resourceType: string;
  /** The source's own id, to find the resource again. */
  readonly sourceId?: string;
  readonly mapped: Mapped;
}

/** Reads one entry and maps it. A fault in it is its own refusal and nobody else's. Undefined for an empty Bundle. */
export function mapEntry(entry: RawEntry): MappedEntry | undefined {
  const { position, offset } = entry;
  const unreadable = (reason: string): MappedEntry => ({
    position,
    offset,
    resourceType: UNKNOWN_KIND,
    mapped: refused(reason),
  });
  if (entry.status === 'broken') return unreadable(entry.reason);
  const source = readSource(entry.bytes, entry.wrapped);
  if ('reason' in source) return unreadable(source.reason);
  if (source.resourceType === 'Bundle' && !entry.wrapped) return undefined;
  const sourceId = textOf(source.resource, 'id') ?? source.fullUrl;
  const known = { position, offset, resourceType: source.resourceType, mapped: mapResource(source) };
  return sourceId === undefined ? known : { ...known, sourceId: sourceId.slice(0, 120) };
}

function readSource(bytes: Buffer, wrapped: boolean): SourceResource | { readonly reason: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString('utf8'));
  } catch {
    return { reason: 'NOT_JSON' }; // the fault belongs to this resource and is told in the report
  }
  if (!isObject(parsed)) return { reason: 'NOT_AN_OBJECT' };
  const resource = wrapped ? parsed.resource : parsed;
  if (!isObject(resource)) return { reason: 'NO_RESOURCE' };
  const resourceType = textOf(resource, 'resourceType');
  if (resourceType === undefined || !/^[A-Z][A-Za-z]{1,63}$/.test(resourceType)) return { reason: 'NO_RESOURCE_TYPE' };
  const fullUrl = wrapped ? textOf(parsed, 'fullUrl') : undefined;
  return fullUrl === undefined ? { resourceType, resource } : { resourceType, resource, fullUrl };
}

function mapResource(source: SourceResource): Mapped {
  switch (source.resourceType) {
    case 'Patient':
      return mapPatient(source);
    case 'Observation':
      return mapObservation(source);
    case 'Condition':
      return mapCondition(source);
    case 'Practitioner':
      return mapPractitioner(source);
    case 'PractitionerRole':
      return mapPractitionerRole(source);
    case 'Organization':
      return mapOrganisation(source);
    default:
      return unused('KIND');
  }
}
