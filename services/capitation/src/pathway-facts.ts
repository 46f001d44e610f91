import { type Rational, parseRational, formatRational, sum, zero } from '@ariane/kernel';
import { dayOf } from './book-time';
import type { Contract, Given, PointsRow } from './contract';
import { camel } from './facts';

/** Something a professional did in a pathway. `source` names the act; hearing of the act again replaces it. */
export interface Evidence {
  readonly source: string;
  readonly kind: ContributionKind;
  readonly practitionerId: string;
  /** When it took place, an instant. */
  readonly at: string;
  readonly eventId: string;
}

/** The kinds of contribution a table of points may value. */
export const contributionKinds = ['consultation', 'opinion', 'meeting', 'coordination'] as const;
export type ContributionKind = (typeof contributionKinds)[number];

interface Milestone {
  readonly id: string;
  readonly at: string;
  readonly eventId: string;
}

export type ClosingStatus = 'COMPLETED' | 'DIED' | 'REFUSED' | 'TRANSFERRED' | 'EXCLUDED';

/** What is known of a pathway's delivery, whatever the order in which it was heard. */
export interface Delivery {
  readonly milestones: readonly Milestone[];
  readonly closing: { readonly status: ClosingStatus; readonly at: string; readonly eventId: string } | null;
  readonly evidence: readonly Evidence[];
}

interface Participant {
  readonly id: string;
  readonly points: string;
  readonly evidence: readonly string[];
}

/** The phase of work after the last milestone: what an exit pays. */
const exit = 'exit';

/**
 * The facts a pathway contract is priced on. Work belongs to the phase that ends at the first milestone not before it,
 * and after the last milestone to the exit; so late, corrected and withdrawn evidence changes what the past should have
 * been, and the order of hearing changes nothing.
 */
export function givenOf(delivery: Delivery, contract: Contract): Given {
  const milestones = [...delivery.milestones].sort(byInstant);
  const known = phasesPaidBy(contract);
  // A milestone the contract does not pay ends no phase: the work before it waits for the next one, or for the exit.
  const ends = milestones.filter((milestone) => known.includes(camel(milestone.id)));
  const phases = new Map<string, Evidence[]>([...known, exit].map((phase) => [phase, []]));
  for (const one of [...delivery.evidence].sort(byInstant)) {
    const phase = phaseOf(one, ends);
    phases.set(phase, [...(phases.get(phase) ?? []), one]);
  }
  const table = contract.document.tables?.points ?? [];
  const participants = new Map(
    [...phases].map(([phase, work]) => [phase, participantsOf(work, table, contract.document.timezone)]),
  );
  const leaving = participants.get(exit) ?? [];
  return {
    pathway: { status: delivery.closing?.status ?? 'OPEN' },
    milestones: milestones.map((milestone) => milestone.id),
    exit: { points: formatRational(sum(leaving.map((one) => parseRational(one.points)))) },
    participants: Object.fromEntries(participants),
    evidence: {
      'pathway.status': delivery.closing ? [delivery.closing.eventId] : [],
      'exit.points': leaving.flatMap((one) => one.evidence).sort(),
      ...Object.fromEntries(milestones.map(({ id, eventId }) => [`milestone.${camel(id)}`, [eventId]])),
    },
  };
}

/** The instants of the pathway's life by event id: what dates a transfer. */
export const instantsOf = ({ milestones, closing }: Delivery): ReadonlyMap<string, string> =>
  new Map([...milestones, ...(closing ? [closing] : [])].map(({ eventId, at }) => [eventId, at]));

/** Every phase a contract shares a pool in must have its list, empty where nobody worked in it. */
const phasesPaidBy = ({ document }: Contract): readonly string[] =>
  document.components.flatMap((component) => {
    const phase = component.kind === 'redistribute' && /^participants\.(\w+)$/.exec(component.among)?.[1];
    return phase ? [phase] : [];
  });

function phaseOf(evidence: Evidence, milestones: readonly Milestone[]): string {
  const ends = milestones.find((milestone) => Date.parse(milestone.at) >= Date.parse(evidence.at));
  return ends ? camel(ends.id) : exit;
}

function participantsOf(work: readonly Evidence[], table: readonly PointsRow[], timeZone: string): Participant[] {
  const byPerson = Map.groupBy(work, (one) => one.practitionerId);
  return [...byPerson]
    .map(([practitionerId, acts]) => ({
      id: `prac:${practitionerId}`,
      points: formatRational(sum(acts.map(({ kind, at }) => pointsOn(table, kind, dayOf(at, timeZone))))),
      evidence: [...new Set(acts.map((act) => act.eventId))].sort(),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What an act of a kind is worth on its civil day by a contract's table; what the table does not value, nothing. */
export function pointsOn(table: readonly PointsRow[], asked: ContributionKind, day: string): Rational {
  const row = table.find(({ kind, from, to }) => kind === asked && from <= day && (to === null || day < to));
  return row ? parseRational(row.points) : zero;
}

/** By instant, then by the act's or milestone's own name: a total order that no delivery changes. */
function byInstant<T extends { readonly at: string }>(a: T, b: T): number {
  const name = (one: T): string => JSON.stringify(one);
  return Date.parse(a.at) - Date.parse(b.at) || (name(a) < name(b) ? -1 : 1);
}
