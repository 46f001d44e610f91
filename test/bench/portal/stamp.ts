import { uuidv5 } from '@ariane/kernel';
import type { StoredText, Template } from './templates.ts';

const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const ATTEMPTS = [1, 2, 3, 4];
const reasons = ['late', 'to-do', 'waiting-for', 'coming', 'alert', 'result-unacknowledged', 'decision-unapplied'];

/** A text cut at its ids, so that a copy costs a join. */
interface Cut {
  readonly pieces: readonly string[];
  /** Places in the list of the template's ids, one between any two pieces. */
  readonly places: readonly number[];
}

export interface CutDocument {
  readonly stored: StoredText;
  readonly clear: Cut;
  readonly secret: Cut | undefined;
}

/** A template ready to be copied. */
export interface Stamp {
  readonly documents: readonly CutDocument[];
  /** The ids of a copy in the places of the template's, for its pathway and patient and whom it meets there. */
  readonly idsOf: (pathwayId: string, patientId: string, memberAt: (index: number) => string) => readonly string[];
}

/** What the copy has in one place of the template's ids. */
type Copied = (pathwayId: string, patientId: string, memberAt: (index: number) => string) => string;

/**
 * Cuts a template. An id that the services derive from the pathway's is derived from the copy's as they would, so that
 * they find what they opened; every other one becomes another of the same version.
 */
export function stampOf(template: Template): Stamp {
  const known = new Map<string, number>();
  const copies: Copied[] = [];
  const derived = derivedIds(template);
  const cut = (text: string): Cut => {
    const places = [...text.matchAll(ids)].map(([id]) => {
      const place = known.get(id) ?? copies.length;
      if (place === copies.length) copies.push(copied(id, template, derived));
      known.set(id, place);
      return place;
    });
    return { pieces: text.split(ids), places };
  };
  const documents = template.documents.map((stored) => {
    const { clear, secret } = stored;
    return { stored, clear: cut(clear), secret: secret === undefined ? undefined : cut(secret) };
  });
  return {
    documents,
    idsOf: (pathwayId, patientId, memberAt) => copies.map((copy) => copy(pathwayId, patientId, memberAt)),
  };
}

export const filled = ({ pieces, places }: Cut, own: readonly string[]): string =>
  pieces.map((piece, index) => (index === 0 ? piece : `${own[places[index - 1] ?? 0] ?? ''}${piece}`)).join('');

function copied(id: string, { pathwayId, patientId, team }: Template, derived: ReadonlyMap<string, string>): Copied {
  const name = derived.get(id);
  const member = team.findIndex(({ practitionerId }) => practitionerId === id);
  if (id === pathwayId) return (pathway) => pathway;
  if (id === patientId) return (_, patient) => patient;
  if (member >= 0) return (_pathway, _patient, memberAt) => memberAt(member);
  if (name !== undefined) return (pathway) => uuidv5(pathway, name);
  return (pathway) => {
    const other = uuidv5(pathway, id);
    // capitation tells by the version whose word a fact is.
    return `${other.slice(0, 14)}${id.charAt(14)}${other.slice(15)}`;
  };
}

/** The names under which the services derive ids from a pathway's. */
function derivedIds({ pathwayId, steps }: Template): ReadonlyMap<string, string> {
  const ofSteps = steps.flatMap((key) =>
    ATTEMPTS.flatMap((attempt) => [`${key}/${attempt}`, `${key}/${attempt}/late`]).concat(
      reasons.map((reason) => `work/${reason}/${key}`),
    ),
  );
  const ofPeople = Array.from({ length: 110 }, (_, age) => `patient.age/${age}`);
  const names = [...ofSteps, ...ofPeople, 'patient.sex/female', 'patient.sex/male'];
  return new Map(names.map((name) => [uuidv5(pathwayId, name), name]));
}
