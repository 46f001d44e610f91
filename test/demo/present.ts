import { type Api, keyOf, Refused } from '../story/api.ts';
import { TIME_ZONE } from '../story/cast.ts';
import { dated, scheduleMeeting } from '../story/territory.ts';
import { giveOpinion } from './opinion-acts.ts';
import { people, practitionerNamed } from './people.ts';
import { type Case, earlier, type World } from './taking-over.ts';

const HOUR_MS = 3_600_000;
const SEED = 'demo-today';

/** A meeting that begins this very minute: the digestive one, for whoever waits for it. */
export async function openMeeting({ api, meetings, today }: World): Promise<void> {
  const kind = meetings.find(({ meetingType }) => meetingType === 'rcp-digestive');
  if (kind !== undefined) await scheduleMeeting(api, { ...kind, startsAt: today });
}

/** An opinion that the general practitioner has asked: when, by when, and what has become of it. */
interface Question {
  readonly name: string;
  readonly expertId: string;
  readonly specialty: string;
  readonly urgency: 'routine' | 'urgent';
  readonly question: string;
  /** Hours before now and after now. */
  readonly askedBefore: number;
  readonly dueIn: number;
  readonly answer?: string;
}

const pathologist = people.specialist.practitionerId;
const nephrologist = practitionerNamed('Nina Néphrologie');
const questions: readonly Question[] = [
  {
    ...{ name: 'open', expertId: pathologist, specialty: 'pathology', urgency: 'routine', askedBefore: 20, dueIn: 76 },
    question: 'Le statut HER2 de la biopsie est équivoque : faut-il une hybridation avant la RCP ?',
  },
  {
    ...{ name: 'urgent', expertId: pathologist, specialty: 'pathology', urgency: 'urgent', askedBefore: 3, dueIn: 5 },
    question: 'Le compte rendu opératoire et la biopsie ne concordent pas : quelle lecture retenir ?',
  },
  {
    ...{ name: 'late', expertId: pathologist, specialty: 'pathology', urgency: 'routine', askedBefore: 150, dueIn: 1 },
    question: 'Le Ki-67 peut-il être relu sur la pièce opératoire ?',
  },
  {
    ...{
      name: 'overdue',
      expertId: nephrologist,
      specialty: 'nephrology',
      urgency: 'routine',
      askedBefore: 240,
      dueIn: -24,
    },
    question: 'Produit de contraste et insuffisance rénale modérée : quelle préparation ?',
  },
  {
    ...{
      name: 'answered',
      expertId: pathologist,
      specialty: 'pathology',
      urgency: 'routine',
      askedBefore: 70,
      dueIn: 48,
    },
    question: 'Atypies sans invasion sur la macrobiopsie : relecture utile ?',
    answer: 'Texte de démonstration : relecture faite, pas d’invasion.',
  },
];

/** What today holds beside what the plans bring about: opinions between town and hospital, and a leave. */
export async function firstHour({ api, today }: World, cases: readonly Case[]): Promise<void> {
  const asked = cases.filter(({ person }) => person.protocolId === 'breast-cancer' && person.status === 'ACTIVE');
  for (const [index, question] of questions.entries()) {
    const one = asked[index % asked.length];
    if (one !== undefined) await ask(api, one, question, Date.parse(today));
  }
  const admin = { role: 'territory-administrator' } as const;
  const leave = {
    leaveId: keyOf(SEED, 'leave'),
    practitionerId: practitionerNamed('Otto Cancéro'),
    deputyId: people.oncologist.practitionerId,
    timeZone: TIME_ZONE,
    ...{ from: '2026-03-09', until: '2026-03-13' },
  };
  await api.post(admin, 'scheduling', '/leaves', leave, keyOf(SEED, 'leave-recorded'));
}

async function ask(api: Api, { person }: Case, question: Question, nowMs: number): Promise<void> {
  const { pathwayId, patientId } = person;
  const { practitionerId } = people.requester;
  const at = (hours: number): string => new Date(nowMs + hours * HOUR_MS).toISOString();
  const requestId = keyOf(SEED, 'opinion', question.name);
  const { expertId, specialty, urgency, question: text } = question;
  const about = {
    requestId,
    pathwayId,
    patientId,
    stepKey: 'advice',
    specialty,
    expertId,
    requesterId: practitionerId,
  };
  const path = '/opinion-requests';
  await api.post(
    { role: 'requester', practitionerId },
    'tele-expertise',
    path,
    { ...about, urgency, question: text, dueAt: at(question.dueIn) },
    keyOf(requestId, 'ask'),
    dated(at(-question.askedBefore)),
  );
  if (question.answer === undefined) return;
  await giveOpinion(api, {
    ...{ requestId, expertId, conclusion: 'advice-given', text: question.answer },
    at: at(-30),
  });
}

/** What is older than this was read at the time; the latest results are the day's. */
const UNREAD_DAYS = 10;
/** Results that one command takes. */
const READ_AT_ONCE = 200;
/** How often a list that moved on while it was read is asked for again. */
const LISTS_MAX = 3;

/** Says of the results of the past that they were read, once the plan has put them before somebody. */
export async function readPast(world: World, one: Case, lists = LISTS_MAX): Promise<void> {
  const { api, coordinator, today } = world;
  const { past } = one;
  const { pathwayId } = one.person;
  const path = `/worklist?pathwayId=${pathwayId}&reason=result-unacknowledged&limit=200`;
  const waiting = await api.all<{ readonly factIds?: readonly string[] }>('coordinator', 'pathways', path);
  const before = earlier(today, UNREAD_DAYS);
  const old = new Set(past.history.filter(({ at }) => at < before).map(({ factId }) => factId));
  const factIds = waiting.flatMap((item) => item.factIds ?? []).filter((id) => old.has(id));
  if (factIds.length === 0) return;
  const who = { role: 'coordinator', practitionerId: coordinator.practitionerId } as const;
  const read = { factIds: [...new Set(factIds)].slice(0, READ_AT_ONCE) };
  const route = `/pathways/${pathwayId}/results/acknowledge`;
  try {
    await api.post(who, 'pathways', route, read, keyOf(pathwayId, 'read', ...read.factIds));
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 404 || lists === 0) throw error;
    return readPast(world, one, lists - 1);
  }
  // An item names its latest results only; those before come up when these are read.
  await readPast(world, one);
}

interface Alert {
  readonly id: string;
  readonly tier: number;
  readonly ownerId?: string;
  readonly status: string;
}

/** Somebody has been at work: of the coordinator's alerts one is acknowledged, one put off, one merely seen. */
export async function workedOn({ api, coordinator, today }: World): Promise<void> {
  const { practitionerId } = coordinator;
  const path = `/alerts?ownerId=${practitionerId}&status=open&limit=50`;
  const open = await api.all<Alert>('coordinator', 'pathways', path);
  const [first, second, third] = open.filter(({ tier }) => tier > 1).sort((a, b) => (a.id < b.id ? -1 : 1));
  const until = new Date(Date.parse(today) + 26 * HOUR_MS).toISOString();
  const by = { role: 'coordinator', practitionerId } as const;
  const acts = [
    [first, 'acknowledge', {}],
    [second, 'snooze', { reason: 'Démonstration : le laboratoire rappelle demain.', until }],
    [third, 'seen', {}],
  ] as const;
  for (const [alert, act, body] of acts) {
    if (alert === undefined) continue;
    await api.post(by, 'pathways', `/alerts/${alert.id}/${act}`, body, keyOf(SEED, act, alert.id)).catch(unlessDecided);
  }
}

/** An alert may have been closed in between. */
function unlessDecided(error: unknown): void {
  if (!(error instanceof Refused) || error.status >= 500) throw error;
}
