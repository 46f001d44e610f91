import { epochOf } from '@ariane/kernel';
import type { Fact, Protocol } from '@ariane/protocol';
import { keyOf } from '../story/api.ts';
import type { Colleague } from '../story/territory.ts';
import type { Agenda } from './agenda.ts';
import type { Person } from './cohort.ts';

/** A fact as an enrolment takes it over. */
interface History {
  readonly factId: string;
  readonly code: string;
  readonly at: string;
  readonly stepKey?: string;
  readonly value?: Fact['value'];
  readonly unit?: string;
}

interface Act {
  readonly id: string;
  readonly stepKey: string;
  readonly at: string;
}
/** What another service is told of the past, in its own words. */
export type PastAct =
  | (Act & {
      readonly kind: 'visit';
      readonly visitKind: string;
      readonly practitionerId: string;
      readonly outcome: 'attended' | 'missed';
    })
  | (Act & {
      readonly kind: 'opinion';
      readonly specialty: string;
      readonly question: string;
      readonly conclusion: string;
    })
  | (Act & { readonly kind: 'case'; readonly meetingType: string; readonly orientation: string });

/** What somebody did that ended the pathway: told last, so that all before is told of a pathway that is open. */
export type Closing = Omit<History, 'factId'>;

export interface Past {
  readonly history: readonly History[];
  readonly acts: readonly PastAct[];
  readonly closing: readonly Closing[];
}

const HOUR_MS = 3_600_000;
const visitCodes = ['appointment.attended', 'appointment.missed'];
/** Worked out by the services themselves. */
const derived = /^(sub-protocol\.|clinical-rule\.|patient\.(age|sex)$)/;

type Group = readonly Fact[];
type Doing = Exclude<ReturnType<Protocol['steps']['get']>, undefined>['document'];

/**
 * What a person lived, as it is told to the services: visits at hours at which their professional was free, decisions at
 * meetings that took place, and everything after what came before it.
 *
 * @param team who cares for the person
 * @param meetingAt the start of the first meeting of a type at or after an instant; ms since 1970
 */
export function pastOf(
  person: Person,
  protocol: Protocol,
  team: readonly Colleague[],
  { agenda, meetingAt, todayMs }: { agenda: Agenda; meetingAt: (fromMs: number) => number; todayMs: number },
): Past {
  const groups = groupsOf(person.facts);
  const last = person.status === 'ACTIVE' ? undefined : groups.at(-1);
  const history: History[] = [];
  const acts: PastAct[] = [];
  let atMs = person.begunMs;
  for (const group of groups) {
    const told = placed(group, Math.max(atMs, epochOf(group[0]?.at ?? '')), {
      person,
      protocol,
      team,
      agenda,
      meetingAt,
    });
    if (told.atMs >= todayMs) break;
    atMs = told.atMs;
    const at = new Date(atMs).toISOString();
    if (group === last) return { history, acts: [...acts, ...told.acts], closing: closingOf(group, at) };
    acts.push(...told.acts);
    history.push(...historyOf(group, at, told.acts, person));
  }
  return { history, acts, closing: [] };
}

/** What was told at one instant belongs together: a visit and what it found. */
function groupsOf(facts: readonly Fact[]): readonly Group[] {
  const groups: Fact[][] = [];
  for (const fact of [...facts].sort((a, b) => epochOf(a.at) - epochOf(b.at) || (a.seq ?? 0) - (b.seq ?? 0))) {
    const open = groups.at(-1);
    if (open?.[0]?.at === fact.at) open.push(fact);
    else groups.push([fact]);
  }
  return groups;
}

interface Place {
  readonly person: Person;
  readonly protocol: Protocol;
  readonly team: readonly Colleague[];
  readonly agenda: Agenda;
  readonly meetingAt: (fromMs: number) => number;
}

/** Finds the hour of a group, and whom it has to be told to beside pathways. */
function placed(
  group: Group,
  wishedMs: number,
  place: Place,
): { readonly atMs: number; readonly acts: readonly PastAct[] } {
  const { person, protocol } = place;
  for (const { code, stepKey = '', value } of group) {
    const step = protocol.steps.get(stepKey.split('#')[0] ?? '')?.document;
    const id = keyOf(person.pathwayId, 'past', stepKey, group[0]?.id ?? '');
    if (step?.kind === 'appointment' && code !== 'appointment.booked' && code !== 'appointment.cancelled') {
      const visit = visitOf(step, wishedMs, place);
      if (visit === undefined) continue;
      const outcome = code === 'appointment.missed' ? 'missed' : 'attended';
      const at = new Date(visit.atMs).toISOString();
      const about = { id, stepKey, at, visitKind: step.visitKind, practitionerId: visit.practitionerId };
      return { atMs: visit.atMs, acts: [{ kind: 'visit', ...about, outcome }] };
    }
    if (step?.kind === 'tele-expertise' && code === 'opinion.given') {
      const at = new Date(wishedMs).toISOString();
      const { specialty, question } = step;
      const conclusion = typeof value === 'string' ? value : 'recorded';
      return {
        atMs: wishedMs,
        acts: [{ kind: 'opinion', id, stepKey, at, specialty, question: question.fr, conclusion }],
      };
    }
    if (step?.kind === 'meeting' && code === 'meeting.decision' && typeof value === 'string') {
      const atMs = place.meetingAt(wishedMs) + HOUR_MS / 2;
      const at = new Date(atMs).toISOString();
      return { atMs, acts: [{ kind: 'case', id, stepKey, at, meetingType: step.meetingType, orientation: value }] };
    }
  }
  return { atMs: wishedMs, acts: [] };
}

function visitOf(
  step: Extract<Doing, { kind: 'appointment' }>,
  wishedMs: number,
  { person, team, agenda }: Place,
): { readonly atMs: number; readonly practitionerId: string } | undefined {
  const roles = [step.role, ...(step.deputies ?? [])];
  const serving = team.filter(
    ({ role, visits }) => roles.includes(role) && visits.some(([kind]) => kind === step.visitKind),
  );
  const [first] = serving;
  const minutes = first?.visits.find(([kind]) => kind === step.visitKind)?.[1];
  if (first === undefined || minutes === undefined) return undefined;
  const atMs = agenda.take(wishedMs, minutes, [first.practitionerId, person.patientId]);
  return atMs === undefined ? undefined : { atMs, practitionerId: first.practitionerId };
}

/**
 * Facts that their own service will tell too have ids of version 5, which makes capitation wait for its word before it
 * pays; all others are known from here alone.
 */
function historyOf(group: Group, at: string, acts: readonly PastAct[], { pathwayId }: Person): readonly History[] {
  const [act] = acts;
  const about = { at, ...(act === undefined ? {} : { stepKey: act.stepKey }) };
  const implied =
    act?.kind === 'visit' && act.outcome === 'attended'
      ? ['appointment.attended']
      : act?.kind === 'case'
        ? ['case.decided']
        : [];
  const facts = group.filter(({ code }) => !derived.test(code));
  const added = implied
    .filter((code) => !facts.some((fact) => fact.code === code && fact.stepKey === act?.stepKey))
    .map((code): History => ({ factId: keyOf(pathwayId, 'past', code, at), code, ...about }));
  const told = facts.map((fact): History => {
    const { id, code, stepKey } = fact;
    const key = keyOf(pathwayId, 'past', id);
    const isTold = act?.stepKey === stepKey && isServices(code);
    return {
      factId: isTold ? key : `${key.slice(0, 14)}4${key.slice(15)}`,
      ...{ code, at },
      ...detailsOf(fact),
    };
  });
  return [...added, ...told];
}

const isServices = (code: string): boolean =>
  [...visitCodes, 'opinion.given', 'case.decided', 'meeting.decision'].includes(code);

/** First what was found, then what was done, at last what ends a pathway by itself. */
function closingOf(group: Group, at: string): readonly Closing[] {
  const rank = ({ code }: Fact): number => (ending.test(code) ? 2 : isTask(code) ? 1 : 0);
  return group
    .filter(({ code }) => !derived.test(code) && !isServices(code))
    .sort((a, b) => rank(a) - rank(b))
    .map((fact) => ({ code: fact.code, ...detailsOf(fact), at }));
}

const ending = /^(patient\.(died|refused|transferred)|relapse\.confirmed|screening\.left)$/;

/** What a task tells when it is done; its owner does it, nobody writes it down. */
export const isTask = (code: string): boolean =>
  ['task.done', 'questionnaire.answered', 'document.signed'].includes(code);

const detailsOf = ({ stepKey, value, unit }: Fact): Pick<History, 'stepKey' | 'value' | 'unit'> => ({
  ...(stepKey === undefined ? {} : { stepKey }),
  ...(value === undefined ? {} : { value }),
  ...(unit === undefined ? {} : { unit }),
});
