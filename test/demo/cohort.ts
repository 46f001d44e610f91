import { epochOf } from '@ariane/kernel';
import type { Fact, Protocol } from '@ariane/protocol';
import { type Course, hashOf, playCell, type Scenario, studyOf } from '@ariane/simulation';
import { keyOf } from '../story/api.ts';
import { TIME_ZONE } from '../story/cast.ts';
import { habits } from './habits.ts';
import { familyNames, givenNames } from './names.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** Two years of enrolments, the last of them yesterday. */
const WEEKS = 105;
/** So many people are made, whatever part of them is shown. */
export const COHORT = 240;
const SEED = 'demo-cohort';
/** Of every person needed so many are simulated, so that few of those who are shown have ended. */
const SPARE = 2;
/** More than this is not told at an enrolment. */
const FACTS_MAX = 450;
/** When the year's visits were counted for the forfait, where the protocol asks for it each 31 October. */
const COUNTED_AT = '2025-11-05T10:00:00Z';

/** What one person of the demo lived until today, as the simulation of their protocol told it. */
export interface Person {
  /** Counts from 0 within the whole cohort: the lower, the earlier they are loaded. */
  readonly order: number;
  readonly patientId: string;
  readonly pathwayId: string;
  readonly protocolId: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string;
  readonly sex: 'female' | 'male';
  readonly begunMs: number;
  readonly facts: readonly Fact[];
  /** How the simulation left them: still under care, or how it ended. */
  readonly status: string;
  /** Which of two lines of professionals cares for them. */
  readonly line: number;
}

interface Life {
  readonly begunMs: number;
  readonly facts: readonly Fact[];
  readonly status: string;
}

/** How many of each protocol; what does not divide goes to the first. */
function sharesOf(protocolIds: readonly string[], pathways: number): readonly number[] {
  return protocolIds.map((_, index) => Math.floor((pathways + protocolIds.length - 1 - index) / protocolIds.length));
}

/**
 * The demo's people: simulated in the same protocols that the services follow, so that what they lived is what would
 * have happened; the same ones in the same order, whatever the machine; a part of them are the first.
 *
 * @param todayMs an instant, milliseconds since 1970: what comes after it has not happened
 */
export function cohortOf(protocols: readonly Protocol[], todayMs: number): readonly Person[] {
  const shares = sharesOf(
    protocols.map(({ document }) => document.id),
    COHORT,
  );
  const rows = protocols.map((protocol, index) => {
    const wanted = shares[index] ?? 0;
    const lives = livesOf(protocol, wanted * SPARE, todayMs);
    return chosen(lives, wanted).map((life, nth) =>
      personOf(protocol.document.id, told(life, nth, protocol, todayMs), nth),
    );
  });
  // One of each protocol in turn, so that whoever looks early sees all of them.
  const longest = Math.max(...shares);
  const inTurn = Array.from({ length: longest }, (_, nth) => rows.flatMap((row) => row[nth] ?? [])).flat();
  return inTurn.map((person, order) => ({ ...person, order }));
}

/** Lets people live one protocol and keeps every fact that was told. */
function livesOf(protocol: Protocol, patients: number, todayMs: number): readonly Life[] {
  const assumptions = { ...habits[protocol.document.id], source: 'the demo', enrolmentWeeks: WEEKS };
  const from = new Date(todayMs - WEEKS * WEEK_MS).toISOString().slice(0, 10);
  const seed = `${SEED}/${protocol.document.id}`;
  const settings = { patients, years: 2, seed, from, timeZone: TIME_ZONE, holidays: 'FR', assumptions } as const;
  const study = studyOf(settings, [protocol]);
  const lives: Life[] = [];
  let facts: Fact[] = [];
  const sides = study.sides.map((side) =>
    recorded(side, (fresh) => {
      facts = fresh;
    }),
  );
  const keep = ({ enrolledMs, end }: Course) => {
    lives.push({ begunMs: enrolledMs, facts, status: end?.status ?? 'ACTIVE' });
    return {};
  };
  for (let cell = 0; cell < study.cells; cell += 1) playCell({ ...study, sides }, cell, keep);
  return lives.sort((a, b) => a.begunMs - b.begunMs);
}

/** The same scenario; whoever enrols is written down from then on. */
function recorded(scenario: Scenario, begin: (facts: Fact[]) => void): Scenario {
  const enrol: Scenario['planner']['enrol'] = (enrolledAt) => {
    const plan = scenario.planner.enrol(enrolledAt);
    const facts: Fact[] = [];
    begin(facts);
    return {
      plan: () => plan.plan(),
      advance: (now, told) => {
        facts.push(...told);
        return plan.advance(now, told);
      },
    };
  };
  return { ...scenario, planner: { enrol } };
}

/** Three of four are under care; the others show how care ends. Evenly over the two years, in an order of its own. */
function chosen(lives: readonly Life[], wanted: number): readonly Life[] {
  const short = lives.filter(({ facts }) => facts.length <= FACTS_MAX);
  const under = spread(short.filter(({ status }) => status === 'ACTIVE'));
  const ended = spread(short.filter(({ status }) => status !== 'ACTIVE'));
  const few = Math.min(ended.length, Math.floor(wanted / 4));
  const all = [...under.slice(0, wanted - few), ...ended];
  return spread(all.slice(0, wanted).sort((a, b) => a.begunMs - b.begunMs));
}

/** Neighbours in time come apart: the first dozen already come from both years. */
const spread = <T>(list: readonly T[]): readonly T[] =>
  list
    .map((one, index) => ({ one, at: (index * 0.618_033_988_75) % 1 }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);

/**
 * What is known of somebody today. Some are moved by whole weeks so that a meeting is about to decide on them; for one
 * in three nobody has written anything down for a while, and what was to be done is late.
 */
function told(life: Life, nth: number, protocol: Protocol, todayMs: number): Life {
  const moved = nth % 3 === 1 ? beforeMeeting(life, protocol, todayMs) : life;
  const silentMs = moved === life && nth % 3 === 0 && life.status === 'ACTIVE' ? (4 + (nth % 5) * 3) * DAY_MS : 0;
  const untilMs = todayMs - silentMs;
  const facts = counted(moved, protocol).filter(({ at }) => epochOf(at) < untilMs);
  return { ...moved, facts, status: facts.length < moved.facts.length ? 'ACTIVE' : moved.status };
}

/** The services' own calendar asks for this count; a simulation has no such calendar. */
function counted({ begunMs, facts, status }: Life, protocol: Protocol): readonly Fact[] {
  const stepKey = 'forfait-count';
  if (status !== 'ACTIVE' || begunMs > epochOf(COUNTED_AT) || !protocol.steps.has(stepKey)) return facts;
  const visits = ['nephrologist-visits', 'nurse-sessions', 'dietician-sessions'].map((what) => `forfait.${what}`);
  const found = [...visits.map((code) => ({ code, value: 2 })), { code: 'task.done' }];
  return [
    ...facts,
    ...found.map((one, index) => ({ ...one, id: `count${index}`, seq: 10_000 + index, at: COUNTED_AT, stepKey })),
  ];
}

/** The same life moved by whole weeks so that its first meeting is all that it waits for; kept if it has none. */
function beforeMeeting(life: Life, protocol: Protocol, todayMs: number): Life {
  const isMeeting = (key = ''): boolean => protocol.steps.get(key.split('#')[0] ?? '')?.document.kind === 'meeting';
  const decided = life.facts.find(
    ({ code, stepKey }) => /^(meeting\.decision|case\.decided)$/.test(code) && isMeeting(stepKey),
  );
  const before = life.facts.filter(({ at }) => decided !== undefined && epochOf(at) < epochOf(decided.at));
  const lastMs = Math.max(0, ...before.map(({ at }) => epochOf(at)));
  const byMs = Math.floor((todayMs - DAY_MS - lastMs) / WEEK_MS) * WEEK_MS;
  if (before.length === 0 || life.begunMs + byMs > todayMs - DAY_MS) return life;
  const facts = before.map((fact) => ({ ...fact, at: new Date(epochOf(fact.at) + byMs).toISOString() }));
  return { begunMs: life.begunMs + byMs, facts, status: 'ACTIVE' };
}

/** Whom the sign-in of services/portal/demo-people.json lets be the patient. */
const shown = {
  protocolId: 'breast-cancer',
  nth: 1,
  name: 'demo-1',
  familyName: 'ESSAI',
  givenName: 'Ariane',
} as const;

const isShown = (protocolId: string, nth: number): boolean => protocolId === shown.protocolId && nth === shown.nth;

const nameOf = (protocolId: string, nth: number): string =>
  isShown(protocolId, nth) ? shown.name : `${SEED}/${protocolId}/${nth}`;

/** The ids of a protocol's nth person, counted from 0: known without making anybody. */
export const idsOf = (protocolId: string, nth: number): Pick<Person, 'patientId' | 'pathwayId'> => ({
  patientId: keyOf(nameOf(protocolId, nth), 'patient'),
  pathwayId: keyOf(nameOf(protocolId, nth), 'pathway'),
});

function personOf(protocolId: string, life: Life, nth: number): Person {
  const name = nameOf(protocolId, nth);
  const sex = valueOf(life, 'patient.sex') === 'male' ? 'male' : drawnSex(protocolId, life, name);
  const age = Number(valueOf(life, 'patient.age') ?? 60);
  const days = Math.floor(age * 365.25) + 1 + ((hashOf(`${name}/birth`) >>> 0) % 300);
  return {
    order: nth,
    ...idsOf(protocolId, nth),
    protocolId,
    familyName: `ESSAI-${among(familyNames, `${name}/family`)}`,
    givenName: among(givenNames[sex], `${name}/given`),
    ...(isShown(protocolId, nth) ? { familyName: shown.familyName, givenName: shown.givenName } : {}),
    birthDate: new Date(life.begunMs - days * DAY_MS).toISOString().slice(0, 10),
    sex,
    begunMs: life.begunMs,
    facts: life.facts,
    status: life.status,
    line: nth % 2,
  };
}

/** Where the protocol asks no one's sex it is anybody's. */
function drawnSex(protocolId: string, life: Life, name: string): 'female' | 'male' {
  if (protocolId === 'breast-cancer' || valueOf(life, 'patient.sex') === 'female') return 'female';
  return (hashOf(`${name}/sex`) >>> 0) % 2 === 0 ? 'female' : 'male';
}

const valueOf = ({ facts }: Life, code: string): Fact['value'] => facts.find((fact) => fact.code === code)?.value;

const among = <T>(list: readonly [T, ...T[]], luck: string): T => list[(hashOf(luck) >>> 0) % list.length] ?? list[0];
