import { localIdentifier } from '@ariane/kernel';
import type { Protocol } from '@ariane/protocol';
import { hashOf } from '@ariane/simulation';
import { setTimeout as pause } from 'node:timers/promises';
import { type Api, keyOf } from '../story/api.ts';
import {
  calendarIdOf,
  type Colleague,
  dated,
  meetingAfter,
  type MeetingKind,
  scheduleMeeting,
} from '../story/territory.ts';
import { agendaOf } from './agenda.ts';
import type { Person } from './cohort.ts';
import { giveOpinion } from './opinion-acts.ts';
import { type Closing, isTask, type Past, type PastAct, pastOf } from './past.ts';

const DAY_MS = 86_400_000;
/** Before any of the demo's people came: meetings of the past were all planned by then, so that each keeps its cases. */
const PLANNED_AT = '2024-02-01T08:00:00Z';
/** How long the plan may take to open the task that ends a pathway, and how often it is looked for. */
const TASK_WITHIN_MS = 60_000;
const TASK_EVERY_MS = 250;

/** Who is there to take somebody over. */
export interface World {
  readonly api: Api;
  readonly protocols: ReadonlyMap<string, Protocol>;
  readonly coordinator: Colleague;
  readonly everybody: readonly Colleague[];
  readonly meetings: readonly MeetingKind[];
  readonly today: string;
}

/** A person with the team that cares for them and what is to be told of their past. */
export interface Case {
  readonly person: Person;
  readonly team: readonly Colleague[];
  readonly past: Past;
}

/** Gives everybody a team and their past visits an hour, in the order in which they were enrolled. */
export function casesOf(
  { protocols, today }: World,
  people: readonly Person[],
  teamFor: (person: Person, roles: readonly string[]) => readonly Colleague[],
): readonly Case[] {
  const agenda = agendaOf();
  const meetingAt = (fromMs: number): number => Date.parse(meetingAfter(new Date(fromMs).toISOString()));
  return people.flatMap((person) => {
    const protocol = protocols.get(person.protocolId);
    if (protocol === undefined) return [];
    const team = teamFor(person, Object.keys(protocol.document.roles));
    return [{ person, team, past: pastOf(person, protocol, team, { agenda, meetingAt, todayMs: Date.parse(today) }) }];
  });
}

/**
 * Takes one person over: registers and enrols them with their history, then tells the other services what they would
 * have heard at the time. The same again changes nothing, so that a load that was cut off is simply begun anew.
 */
export async function takeOver(world: World, one: Case): Promise<void> {
  await register(world, one.person);
  await enrol(world, one);
  for (const act of one.past.acts) await tell(world, one, act);
}

/** Does what ended somebody's pathway, once all that came before has been told and the plan has opened the last task. */
export async function close(world: World, one: Case): Promise<void> {
  for (const closing of one.past.closing) {
    if (isTask(closing.code)) await doTask(world, one, closing);
    else await writeDown(world, one, closing);
  }
}

async function register({ api, today }: World, { patientId: id, ...person }: Person): Promise<void> {
  const { familyName, givenName, birthDate, sex, facts } = person;
  const number = Number.parseInt(keyOf(id).slice(0, 8), 16);
  const identifiers = [{ system: 'urn:ariane:local', value: localIdentifier(number) }];
  const traits = { familyName, givenNames: [givenName], birthDate, sex, language: 'fr', identifiers };
  const coordinator = { role: 'coordinator' } as const;
  const begun = { 'ariane-demo-at': new Date(person.begunMs).toISOString() };
  await api.post(coordinator, 'pathways', '/patients', { id, ...traits }, keyOf(id, 'register'), begun);
  const numberOf = (code: string): number | undefined => {
    const value = facts.find((fact) => fact.code === code)?.value;
    return typeof value === 'number' ? value : undefined;
  };
  const measured = [
    { code: '29463-7', value: numberOf('patient.weight') ?? 55 + ((hashOf(id) >>> 0) % 30), unit: 'kg' },
    { code: '2160-0', value: numberOf('creatinine') ?? 70 + ((hashOf(`${id}/c`) >>> 0) % 20), unit: 'umol/L' },
  ];
  for (const one of measured) {
    const measuredAt = new Date(Date.parse(today) - (1 + ((hashOf(`${id}/m`) >>> 0) % 6)) * DAY_MS).toISOString();
    const body = { id: keyOf(id, one.code), ...one, measuredAt };
    await api.post(coordinator, 'pathways', `/patients/${id}/measurements`, body, keyOf(id, 'measure', one.code));
  }
}

async function enrol({ api, coordinator }: World, { person, team, past }: Case): Promise<void> {
  const { pathwayId: id, patientId, protocolId, begunMs } = person;
  const members = [...team, { ...coordinator, role: 'coordinator' }];
  const careTeam = members.map(({ practitionerId, role }) => ({ practitionerId, role, ground: 'same-establishment' }));
  const begunAt = new Date(begunMs).toISOString();
  const body = { id, patientId, protocolId, careTeam, begunAt, history: past.history };
  const who = { role: 'coordinator', practitionerId: coordinator.practitionerId } as const;
  await api.post(who, 'pathways', '/pathways', body, keyOf(id, 'enrol'));
}

function tell(world: World, one: Case, act: PastAct): Promise<void> {
  switch (act.kind) {
    case 'visit':
      return tellVisit(world, one, act);
    case 'opinion':
      return tellOpinion(world, one, act);
    case 'case':
      return tellCase(world, one, act);
  }
}

/** Some days before an instant. */
export const earlier = (instant: string, days: number): string =>
  new Date(Date.parse(instant) - days * DAY_MS).toISOString();

async function tellVisit({ api, everybody }: World, { person }: Case, act: PastAct & { kind: 'visit' }): Promise<void> {
  const { id: appointmentId, stepKey, visitKind, at, outcome, practitionerId } = act;
  const { pathwayId, patientId } = person;
  const startsAt = at.replace('.000Z', 'Z');
  const rpps = everybody.find((one) => one.practitionerId === practitionerId)?.rpps ?? '';
  const visit = { appointmentId, pathwayId, patientId, stepKey, visitKind, calendarId: calendarIdOf(rpps), startsAt };
  const coordinator = { role: 'coordinator' } as const;
  const key = (what: string): string => keyOf(appointmentId, what);
  await api.post(coordinator, 'scheduling', '/appointments', visit, key('book'), dated(earlier(at, 8)));
  const who = { role: 'specialist', practitionerId } as const;
  const body = outcome === 'missed' ? { reason: 'patient-absent' } : {};
  await api.post(who, 'scheduling', `/appointments/${appointmentId}/${outcome}`, body, key(outcome), dated(at));
}

async function tellOpinion(world: World, { person, team }: Case, act: PastAct & { kind: 'opinion' }): Promise<void> {
  const { api, coordinator, today } = world;
  const { id: requestId, stepKey, specialty, question, at, conclusion } = act;
  const { pathwayId, patientId } = person;
  const requesterId = (team.find(({ profession }) => profession === 'doctor') ?? coordinator).practitionerId;
  // Answered at the time: the deadline is far, so that no sweep of today comes between the question and its answer.
  const dueAt = earlier(today, -30);
  const asked = { requestId, pathwayId, patientId, stepKey, specialty, requesterId, question, dueAt };
  const path = '/opinion-requests';
  const { expertId } = await api.post<{ expertId: string }>(
    { role: 'coordinator' },
    'tele-expertise',
    path,
    asked,
    keyOf(requestId, 'ask'),
    dated(earlier(at, 2)),
  );
  await giveOpinion(api, {
    ...{ requestId, expertId, conclusion, at },
    text: 'Texte de démonstration : avis rendu sur dossier.',
  });
}

async function tellCase(world: World, { person }: Case, act: PastAct & { kind: 'case' }): Promise<void> {
  const { api, meetings, everybody } = world;
  const { id: caseId, stepKey, meetingType, at, orientation } = act;
  const { pathwayId, patientId } = person;
  const kind = meetings.find((one) => one.meetingType === meetingType);
  if (kind === undefined) return;
  const startsAt = new Date(Date.parse(at) - 1_800_000).toISOString().replace('.000Z', 'Z');
  await scheduleMeeting(api, { ...kind, startsAt }, PLANNED_AT);
  const key = (what: string): string => keyOf(caseId, what);
  const coordinator = { role: 'coordinator' } as const;
  const asked = { caseId, pathwayId, patientId, stepKey, meetingType, earliest: startsAt };
  const { status } = await api.post<{ status: string }>(
    coordinator,
    'meetings',
    '/cases',
    asked,
    key('ask'),
    dated(earlier(at, 6)),
  );
  // A load that is taken up again finds it as it left it.
  if (status !== 'planned') return;
  const present = attendeesOf(kind, everybody);
  const attendees = present.map(({ practitionerId }, index) => ({
    practitionerId,
    mode: index === 2 ? 'video' : 'present',
  }));
  const { version } = await api.post<{ version: number }>(
    { role: 'meeting-secretary' },
    'meetings',
    `/cases/${caseId}/attendance`,
    { attendees },
    key('attendance'),
    dated(at),
  );
  const decision = { decision: decisionFor(orientation), orientation };
  const chair = { role: 'chair', practitionerId: present[0]?.practitionerId ?? '' } as const;
  const headers = { 'if-match': `"${version}"`, ...dated(at) };
  await api.post(chair, 'meetings', `/cases/${caseId}/decision`, decision, key('decision'), headers);
}

/** A doctor of each specialty that the meeting needs, and of others until three are there. */
function attendeesOf({ requiredSpecialties }: MeetingKind, everybody: readonly Colleague[]): readonly Colleague[] {
  const doctors = everybody.filter(({ profession }) => profession === 'doctor');
  const wanted = [...requiredSpecialties, 'oncology', 'radiology', 'surgery'];
  return [...new Set(wanted)]
    .slice(0, Math.max(3, requiredSpecialties.length))
    .flatMap((specialty) => doctors.find((one) => one.specialty === specialty) ?? []);
}

/** The kind of decision that an orientation belongs to. */
function decisionFor(orientation: string): string {
  if (orientation === 'RECOURSE') return 'REFERRED_TO_RECOURSE_RCP';
  if (orientation === 'MORE_EXAMS') return 'MORE_EXAMS_NEEDED';
  if (orientation === 'SUPPORTIVE_CARE') return 'STOP_TREATMENT';
  if (['GENOME', 'PANEL', 'OTHER_TEST', 'NOT_INDICATED'].includes(orientation)) return 'GENETIC_TEST';
  if (['CAUSAL', 'UNCERTAIN', 'NEGATIVE'].includes(orientation)) return 'GENETIC_RESULT';
  return 'THERAPEUTIC_PROPOSAL';
}

async function writeDown({ api }: World, { person }: Case, { at, code, ...details }: Closing): Promise<void> {
  const { pathwayId } = person;
  const body = { factId: keyOf(pathwayId, 'closing', code), code, at, ...details };
  await api.post(
    { role: 'coordinator' },
    'pathways',
    `/pathways/${pathwayId}/facts`,
    body,
    keyOf(pathwayId, 'close', code),
  );
}

interface Task {
  readonly id: string;
  readonly stepKey: string;
  readonly ownerId?: string;
  readonly outcomes: readonly string[];
}

/** A task that the plan has opened meanwhile is done by its owner; a pathway that has ended has none. */
async function doTask({ api }: World, { person, team }: Case, { at, stepKey, value }: Closing): Promise<void> {
  const path = `/tasks?pathwayId=${person.pathwayId}&status=open&limit=200`;
  for (const giveUp = Date.now() + TASK_WITHIN_MS; Date.now() < giveUp;) {
    await pause(TASK_EVERY_MS);
    const { status } = await api.get<{ status: string }>('coordinator', 'pathways', `/pathways/${person.pathwayId}`);
    if (status !== 'ACTIVE') return;
    const open = await api.all<Task>('coordinator', 'pathways', path);
    const task = open.find((one) => one.stepKey === stepKey);
    if (task === undefined) continue;
    const owner = team.find(({ practitionerId }) => practitionerId === task.ownerId);
    const who =
      owner === undefined
        ? ({ role: 'coordinator' } as const)
        : ({ role: 'specialist', practitionerId: owner.practitionerId } as const);
    const outcome = task.outcomes.length === 0 ? {} : { outcome: value ?? task.outcomes[0] };
    await api.post(who, 'pathways', `/tasks/${task.id}/done`, outcome, keyOf(task.id, 'done'), dated(at));
    return;
  }
}
