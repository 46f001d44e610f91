import type { AccessGround, AccessNote, Disclosure } from '@ariane/service';

/** Whom an answer is about, by our own ids, and why the reader may know. */
export interface Disclosed {
  readonly patients: readonly string[];
  readonly pathways: readonly string[];
  readonly grounds: readonly AccessGround[];
}

/** The reader's own ids, where they are a patient or in the directory. */
export interface ReaderIds {
  readonly patientId?: string;
  readonly practitionerId?: string;
}

interface Found {
  readonly patients: Set<string>;
  readonly pathways: Set<string>;
  /** Every other text that is an id: who is named. */
  readonly named: Set<string>;
}

/**
 * Finds in an answer everybody it discloses: each `patientId` and `pathwayId` at any depth, the ids in lists named
 * `patients` and `pathways`, the ids by which an object named `patients` is read, those of the notes that the deciding of access left, and what the route's declaration names.
 */
export function disclosedBy(
  declared: Disclosure,
  answer: unknown,
  params: Readonly<Record<string, unknown>>,
  notes: readonly AccessNote[],
  reader: ReaderIds,
): Disclosed {
  const found: Found = { patients: new Set(), pathways: new Set(), named: new Set() };
  collect('', answer, found);
  const { patients, pathways } = found;
  const named = declared.patientParam === undefined ? undefined : params[declared.patientParam];
  if (typeof named === 'string') patients.add(named.toLowerCase());
  if (declared.itemsArePatients === true) for (const id of itemIdsOf(answer)) patients.add(id);
  for (const { patientId, pathwayId } of notes) {
    patients.add(patientId);
    if (pathwayId !== undefined) pathways.add(pathwayId);
  }
  const noted = [...new Set(notes.map(({ ground }) => ground))];
  const grounds = noted.length > 0 ? noted : [groundOf(declared, found, reader)];
  return { patients: [...patients], pathways: [...pathways], grounds };
}

function groundOf(
  { ground = 'office', groundIfNamed }: Disclosure,
  { patients, named }: Found,
  { patientId, practitionerId }: ReaderIds,
): AccessGround {
  if (patientId !== undefined && patients.size === 1 && patients.has(patientId)) return 'patient';
  const isNamed = practitionerId !== undefined && named.has(practitionerId);
  return isNamed && groundIfNamed !== undefined ? groundIfNamed : ground;
}

function collect(key: string, value: unknown, found: Found): void {
  if (typeof value === 'string') {
    if (key === 'patientId' || key === 'patients') found.patients.add(value);
    else if (key === 'pathwayId' || key === 'pathways') found.pathways.add(value);
    else if (value.length === ID_LENGTH) found.named.add(value);
  } else if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) collect(key, item, found);
  } else if (isPlain(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (key === 'patients' && name.length === ID_LENGTH) found.patients.add(name);
      collect(name, member, found);
    }
  }
}

/** Of a UUID. */
const ID_LENGTH = 36;

/** An object of data: a stream or a date holds nobody's id. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !('pipe' in value) && !(value instanceof Date);
}

function itemIdsOf(answer: unknown): string[] {
  const items: unknown = isPlain(answer) ? answer['items'] : undefined;
  if (!Array.isArray(items)) return [];
  return (items as readonly unknown[]).flatMap((item) =>
    isPlain(item) && typeof item['id'] === 'string' ? [item['id']] : [],
  );
}
