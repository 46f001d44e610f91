import { localIdentifier } from '@ariane/kernel';
import { type Act, actsOf, type Pathway, type Scene } from './acts.ts';
import { type Api, keyOf, Refused } from './api.ts';
import type { Course, Fact } from './courses.ts';
import { ensureTerritory, type Territory } from './territory.ts';

export interface Plot {
  readonly course: Course;
  /** The same seed tells the same story, act by act and key by key. */
  readonly seed: string;
  /** An imported patient; without one the story's own is registered. */
  readonly patientId?: string;
  readonly log: (line: string) => void;
}

export interface Told {
  readonly pathwayId: string;
  readonly patientId: string;
  readonly status: string;
  readonly territory: Territory;
}

/** Rounds without any act or step forward before the story says that it stalls. */
const ROUNDS_MAX = 2_000;

/** Plays until the pathway ends. Throws an Error that says where the story stalls. */
export async function playStory(api: Api, plot: Plot): Promise<Told> {
  const { log, course, seed } = plot;
  log(`Story: breast cancer, ${course.title}. Demo data, invented; the clock is stepped.`);
  const territory = await ensureTerritory(api);
  const pathwayId = keyOf(seed, 'pathway');
  const begun = await begunBefore(api, pathwayId);
  const patientId = begun?.patientId ?? (await thePatient(api, plot));
  // An imported patient's own creatinine drives the renal rule; the story's patient has it measured before each cycle.
  const creatinine: Fact | undefined =
    plot.patientId === undefined ? { code: 'creatinine', value: 118, unit: 'umol/L' } : undefined;
  const tell = (now: string) => (who: string, what: string) => {
    log(`${now.slice(0, 16).replace('T', ' ')}  ${who.padEnd(24)} ${what}`);
  };
  if (begun === undefined) await enrol(api, territory, pathwayId, patientId, seed);
  tell(await api.now())(
    territory.of('IDEC').name,
    begun ? 'goes on with the pathway' : 'enrols the patient in the pathway',
  );
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    await settle(api);
    const now = await api.now();
    const pathway = await api.get<Pathway>('coordinator', 'pathways', `/pathways/${pathwayId}`);
    if (pathway.status !== 'ACTIVE') {
      tell(now)('Ariane', `closes the pathway: ${pathway.status}`);
      return { pathwayId, patientId, status: pathway.status, territory };
    }
    const scene: Scene = { api, territory, course, pathwayId, patientId, now, pathway, tell: tell(now), creatinine };
    if (await endsNow(scene, seed)) continue;
    const acts = (await actsOf(scene)).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    const due = acts.filter((act) => Date.parse(act.at) <= Date.parse(now));
    for (const act of due.slice(0, 1)) {
      scene.tell(act.who, act.what);
      await act.run();
    }
    if (due.length === 0) await forward(api, acts[0], pathway);
  }
  throw new Error('the story does not come to an end');
}

/** Lets what was done take effect before looking: time stands still. */
async function settle(api: Api): Promise<void> {
  await step(api, await api.now());
}

async function forward(api: Api, next: Act | undefined, pathway: Pathway): Promise<void> {
  const from = await api.now();
  const { now } = await step(api, next?.at);
  if (now !== from || next !== undefined) return;
  const open = pathway.steps.filter(({ status }) => ['due', 'late', 'waiting'].includes(status));
  const where = open.map(
    ({ key, kind, status, waitingFor }) =>
      `${key} (${kind}, ${status}${waitingFor.length > 0 ? `, waits for ${waitingFor.join(', ')}` : ''})`,
  );
  throw new Error(`nobody has anything to do and nothing falls due. Open: ${where.join('; ')}`);
}

async function step(api: Api, until: string | undefined): Promise<{ now: string }> {
  try {
    return await api.step(until);
  } catch (error) {
    if (error instanceof Refused && error.problem.code === 'NOT_QUIET')
      throw new Error(`it stalls. ${error.problem.detail ?? ''}`, { cause: error });
    throw error;
  }
}

interface Patient {
  readonly id: string;
  readonly measurements?: readonly {
    readonly code: string;
    readonly value: number;
    readonly unit: string;
    readonly measuredAt: string;
  }[];
}

/** A story that was cut short is taken up where it stands. */
async function begunBefore(api: Api, pathwayId: string): Promise<{ patientId: string } | undefined> {
  try {
    return await api.get<{ patientId: string }>('coordinator', 'pathways', `/pathways/${pathwayId}`);
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return undefined;
    throw error;
  }
}

async function thePatient(api: Api, plot: Plot): Promise<string> {
  if (plot.patientId !== undefined) {
    const found = await api.get<Patient>('coordinator', 'pathways', `/patients/${plot.patientId}`);
    await untilNewestFact(api, found);
    return plot.patientId;
  }
  const id = keyOf(plot.seed, 'patient');
  const coordinator = { role: 'coordinator' } as const;
  await api.post(
    coordinator,
    'pathways',
    '/patients',
    {
      id,
      familyName: `ESSAI-${plot.seed
        .slice(0, 4)
        .toUpperCase()
        .replace(/[^A-Z]/g, 'X')}`,
      givenNames: ['Ariane'],
      birthDate: '1948-01-15',
      sex: 'female',
      language: 'fr',
      identifiers: [
        { system: 'urn:ariane:local', value: localIdentifier(Number.parseInt(keyOf(plot.seed).slice(0, 8), 16)) },
      ],
    },
    keyOf(plot.seed, 'register'),
  );
  const now = await api.now();
  const measured = [
    { code: '29463-7', value: 62, unit: 'kg' },
    { code: '2160-0', value: 118, unit: 'umol/L' },
  ];
  for (const { code, value, unit } of measured) {
    const measurement = { id: keyOf(plot.seed, code), code, value, unit, measuredAt: now };
    await api.post(
      coordinator,
      'pathways',
      `/patients/${id}/measurements`,
      measurement,
      keyOf(plot.seed, 'measure', code),
    );
  }
  return id;
}

/** An imported patient's story begins when her record ends. */
async function untilNewestFact(api: Api, patient: Patient): Promise<void> {
  const newest = (patient.measurements ?? [])
    .map(({ measuredAt }) => measuredAt)
    .sort()
    .at(-1);
  if (newest === undefined) return;
  for (let now = await api.now(); Date.parse(now) < Date.parse(newest);) ({ now } = await step(api, newest));
}

async function enrol(
  api: Api,
  territory: Territory,
  pathwayId: string,
  patientId: string,
  seed: string,
): Promise<void> {
  const careTeam = territory.colleagues
    .filter(({ role }) => role !== 'EXPERT')
    .map(({ practitionerId, role }) => ({ practitionerId, role, ground: 'same-establishment' }));
  const coordinator = territory.of('IDEC');
  careTeam.push({ practitionerId: coordinator.practitionerId, role: 'coordinator', ground: 'same-establishment' });
  await api.post(
    { role: 'coordinator', practitionerId: coordinator.practitionerId },
    'pathways',
    '/pathways',
    { id: pathwayId, patientId, protocolId: 'breast-cancer', careTeam },
    keyOf(seed, 'enrol'),
  );
}

/** The course's ending, once its step has been done. */
async function endsNow(scene: Scene, seed: string): Promise<boolean> {
  const { ending } = scene.course;
  if (ending === undefined) return false;
  const reached = scene.pathway.steps.some(({ key, status }) => key === ending.after && status === 'done');
  if (!reached) return false;
  scene.tell('Demo', ending.code === 'patient.died' ? 'the patient has died' : 'the patient refuses to go on');
  await scene.api.post(
    { role: 'coordinator' },
    'pathways',
    `/pathways/${scene.pathwayId}/facts`,
    { factId: keyOf(seed, ending.code), code: ending.code, at: scene.now },
    keyOf(seed, 'ending'),
  );
  return true;
}
