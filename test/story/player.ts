import { actsOf } from './acts.ts';
import { type Api, keyOf, Refused } from './api.ts';
import { answerKey, assessmentLines } from './assessment.ts';
import type { Course, Fact } from './courses.ts';
import { begunBefore, enrol, registerPatient, traceIdOf } from './enrolment.ts';
import { addBreastCancer, type Imported, importedPatient, untilNewestFact } from './imported.ts';
import type { Act, Pathway, Scene, Step } from './scene.ts';
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
  /** Of the enrolment; the traces of later acts are linked to it. */
  readonly traceId: string;
}

/** Rounds before a story that comes to no end is given up. */
const ROUNDS_MAX = 4_000;

/** One patient's story under way. */
interface Player {
  readonly plot: Plot;
  readonly territory: Territory;
  readonly pathwayId: string;
  readonly patientId: string;
  /** The record of a patient whom an import brought. */
  readonly imported: Imported | undefined;
  /** What has been told of the rules' answers, so that each is told once. */
  readonly answered: Set<string>;
}

/** What a player's turn came to: an act was done, the next one is awaited, or the story is told. */
type Turn = { readonly acted: true } | { readonly next: Act | undefined; readonly pathway: Pathway } | Told;

/** Plays until the pathway ends. Throws an Error that says where the story stalls. */
export async function playStory(api: Api, plot: Plot): Promise<Told> {
  const [told] = await playStories(api, [plot]);
  if (told === undefined) throw new Error('one plot gives one story');
  return told;
}

/** Plays several patients' stories side by side on the one clock, which goes to the earliest of what people owe. */
export async function playStories(api: Api, plots: readonly Plot[]): Promise<Told[]> {
  const records = new Map<Plot, Imported>();
  for (const plot of plots) {
    if (plot.patientId === undefined) continue;
    const record = await importedPatient(api, plot.patientId, plot.course);
    // An imported patient's story begins when her record ends; calendars and meetings are opened from there.
    await untilNewestFact(api, record);
    records.set(plot, record);
  }
  const territory = await ensureTerritory(api);
  // An enrolment needs the contract, of which pathways has to hear first.
  await settle(api);
  const players: Player[] = [];
  for (const plot of plots) players.push(await begin(api, territory, plot, records.get(plot)));
  const told = new Map<Player, Told>();
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const playing = players.filter((player) => !told.has(player));
    await settle(api, playing);
    const now = await api.now();
    const turns = await Promise.all(playing.map(async (player) => [player, await turnOf(api, player, now)] as const));
    for (const [player, turn] of turns) if ('status' in turn) told.set(player, turn);
    if (told.size === players.length) return players.flatMap((player) => told.get(player) ?? []);
    const waiting = turns.flatMap(([, turn]) => ('next' in turn ? [turn] : []));
    if (turns.every(([, turn]) => 'next' in turn)) await forward(api, waiting, playing);
  }
  throw new Error('the story does not come to an end');
}

async function begin(api: Api, territory: Territory, plot: Plot, imported: Imported | undefined): Promise<Player> {
  const { log, course, seed } = plot;
  log(`Story: breast cancer, ${course.title}. Demo data, invented; the clock is stepped.`);
  if (imported !== undefined) log(['From the record:', ...imported.lines].join('\n  '));
  const pathwayId = keyOf(seed, 'pathway');
  const begun = await begunBefore(api, pathwayId);
  const patientId = begun?.patientId ?? plot.patientId ?? (await registerPatient(api, seed));
  if (begun === undefined) await enrol(api, territory, pathwayId, patientId, seed);
  const { name } = territory.of('IDEC');
  tell(plot, await api.now())(name, begun ? 'goes on with the pathway' : 'enrols the patient in the pathway');
  return { plot, territory, pathwayId, patientId, imported, answered: new Set() };
}

const tell = (plot: Plot, now: string) => (who: string, what: string) => {
  plot.log(`${now.slice(0, 16).replace('T', ' ')}  ${who.padEnd(24)} ${what}`);
};

async function turnOf(api: Api, player: Player, now: string): Promise<Turn> {
  const { plot, pathwayId, patientId, territory, imported } = player;
  const pathway = await pathwayOf(api, player);
  if (pathway.status !== 'ACTIVE') {
    tell(plot, now)('Ariane', `closes the pathway: ${pathway.status}`);
    return { pathwayId, patientId, status: pathway.status, territory, traceId: traceIdOf(plot.seed) };
  }
  // An imported patient's own creatinine drives the renal rule; the story's patient has it measured before each cycle.
  const creatinine: Fact | undefined =
    imported === undefined ? { code: 'creatinine', value: 118, unit: 'umol/L' } : undefined;
  tellAnswers(player, pathway, now);
  const { seed } = plot;
  const course = imported?.course ?? plot.course;
  const scene: Scene = {
    api,
    territory,
    course,
    pathwayId,
    patientId,
    now,
    pathway,
    tell: tell(plot, now),
    creatinine,
  };
  if (await endsNow(scene, seed)) return { acted: true };
  if (imported !== undefined) await diagnose(player, imported, scene);
  const [next] = (await actsOf(scene)).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  if (next === undefined || Date.parse(next.at) > Date.parse(now)) return { next, pathway };
  scene.tell(next.who, next.what);
  await next.run();
  return { acted: true };
}

/** What the clinical rules answer and why, whenever that changes: above all before a cycle of chemotherapy. */
function tellAnswers({ plot, answered }: Player, { assessments = [], steps }: Pathway, now: string): void {
  for (const assessment of assessments) {
    const lines = assessmentLines(assessment, steps);
    if (lines.length === 0 || answered.has(answerKey(lines))) continue;
    answered.add(answerKey(lines));
    for (const line of lines) tell(plot, now)('Ariane', line);
  }
}

/** The diagnosis goes to the register once it has been announced, where the import brought none. */
async function diagnose({ answered }: Player, imported: Imported, scene: Scene): Promise<void> {
  const announced = scene.pathway.steps.some(({ key, status }) => key === 'announcement' && status === 'done');
  if (imported.hasBreastCancer || !announced || answered.has('diagnosis')) return;
  answered.add('diagnosis');
  await addBreastCancer(scene.api, imported, scene.pathwayId);
  scene.tell(scene.territory.of('IDEC').name, 'adds breast cancer (CIM-10 C50.9) to the imported record');
}

/** Lets what was done take effect before looking: time stands still. */
export async function settle(api: Api, playing: readonly Player[] = []): Promise<void> {
  await step(api, await api.now(), playing);
}

async function forward(
  api: Api,
  waiting: readonly { readonly next: Act | undefined; readonly pathway: Pathway }[],
  playing: readonly Player[],
): Promise<void> {
  const from = await api.now();
  const [until] = waiting.flatMap(({ next }) => (next === undefined ? [] : [next.at])).sort();
  const { now } = await step(api, until, playing);
  if (now !== from || until !== undefined) return;
  throw new Error(`nobody has anything to do and nothing falls due. ${openSteps(waiting)}`);
}

const openSteps = (waiting: readonly { readonly pathway: Pathway }[]): string =>
  `Open: ${waiting.flatMap(({ pathway }) => pathway.steps.filter(isOpen).map(describeOpen)).join('; ')}`;

const isOpen = ({ status }: Step): boolean => ['due', 'late', 'waiting'].includes(status);

const describeOpen = ({ key, kind, status, waitingFor }: Step): string =>
  `${key} (${kind}, ${status}${waitingFor.length > 0 ? `, waits for ${waitingFor.join(', ')}` : ''})`;

async function step(api: Api, until: string | undefined, playing: readonly Player[]): Promise<{ now: string }> {
  try {
    return await api.step(until);
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== 'NOT_QUIET') throw error;
    const waiting = await Promise.all(playing.map(async (player) => ({ pathway: await pathwayOf(api, player) })));
    const where = waiting.length === 0 ? 'Nobody is enrolled yet.' : openSteps(waiting);
    throw new Error(`it stalls. ${error.problem.detail ?? ''} ${where}`, { cause: error });
  }
}

const pathwayOf = (api: Api, { pathwayId }: Player): Promise<Pathway> =>
  api.get<Pathway>('coordinator', 'pathways', `/pathways/${pathwayId}`);

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
