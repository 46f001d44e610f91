/**
 * The living demo, labelled and from a fixed seed: a directory, duty rosters, calendars, meetings, an active payment
 * contract per protocol, and invented patients at every stage of five protocols. Loaded through the HTTP API, like
 * anything; the first people are there at once, the others follow while the demo is used. Begun again after it was cut
 * off it goes on, since every command has its key.
 */
import { parseArgs } from 'node:util';
import { Api, Refused } from '../story/api.ts';
import { MEETING_SPECIALTIES, MEETING_TYPE } from '../story/cast.ts';
import { settle } from '../story/player.ts';
import { ensureTerritory } from '../story/territory.ts';
import { showcases } from './cast.ts';
import { COHORT, cohortOf } from './cohort.ts';
import { ensureShowcases, isPaid, teamOf } from './enrolment.ts';
import { barOf, type Progress, progressOf, writeProgress } from './progress.ts';
import { makeAccountsKnown } from './known-accounts.ts';
import { keepBooks } from './money.ts';
import { firstHour, openMeeting, readPast, workedOn } from './present.ts';
import { protocolsOf } from './protocols.ts';
import { type Case, casesOf, close, takeOver, type World } from './taking-over.ts';

/** The page may be opened on so many. */
const FIRST = 20;
/** People taken over side by side: more would wait for each other. */
const SIDE_BY_SIDE = 8;
/** Each try waits a minute for rest; what is not heard by then the close of the month names as left over. */
const REST_TRIES = 5;

const { values } = parseArgs({ options: { pathways: { type: 'string', default: String(COHORT) } } });
const pathways = Number(values.pathways);
if (!Number.isInteger(pathways) || pathways < 1 || pathways > COHORT) {
  console.error(`--pathways takes how many of the ${COHORT} pathways are wanted, such as 24.`);
  process.exit(2);
}
const {
  SERVICE_URLS = '{}',
  CLOCK_URL = '',
  ARIANE_ISSUER_URL = '',
  ARIANE_DEMO_PROGRESS = '',
  ARIANE_DEMO_TODAY,
  ARIANE_DEMO_PORTAL = '',
} = process.env;
const services = JSON.parse(SERVICE_URLS) as Record<string, string>; // as: written by deploy/stack.ts
const api = new Api({ ...services, clock: CLOCK_URL, issuer: ARIANE_ISSUER_URL });
let startedMs = performance.now();
let shownAt = 0;

function show(state: Progress['state'], done: number): void {
  const progress = progressOf(state, done, pathways, performance.now() - startedMs);
  if (ARIANE_DEMO_PROGRESS !== '') writeProgress(ARIANE_DEMO_PROGRESS, progress);
  if (done < pathways && done > 0 && performance.now() - shownAt < 5_000) return;
  shownAt = performance.now();
  console.log(barOf(progress));
}

async function world(): Promise<World> {
  const protocols = new Map(protocolsOf().map((protocol) => [protocol.document.id, protocol]));
  const territory = await ensureTerritory(api);
  const further = await ensureShowcases(api);
  // Rosters and contracts have to be heard before anybody is enrolled.
  await settle(api);
  const senology = { meetingType: MEETING_TYPE, requiredSpecialties: [...MEETING_SPECIALTIES] };
  return {
    api,
    protocols,
    coordinator: territory.of('IDEC'),
    everybody: [...territory.colleagues, ...further],
    meetings: [senology, ...showcases.flatMap(({ meetings }) => meetings)],
    // A load that is taken up on a later day of the demo makes the same people as before.
    today: ARIANE_DEMO_TODAY ?? (await api.now()),
  };
}

/** Does the same for many, side by side, in their order. */
async function forAll(cases: readonly Case[], act: (one: Case) => Promise<void>): Promise<void> {
  const waiting = cases.values();
  const hand = async (): Promise<void> => {
    for (const one of waiting) await act(one).catch(refused);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, hand));
}

async function takeOverAll(to: World, cases: readonly Case[], before: number, state: Progress['state']): Promise<void> {
  let done = before;
  await forAll(cases, async (one) => {
    await takeOver(to, one).catch(refused);
    done += 1;
    show(state, done);
  });
}

/** Somebody who uses the demo meanwhile may have decided otherwise: the others are taken over all the same. */
function refused(error: unknown): void {
  if (!(error instanceof Refused) || error.status >= 500) throw error;
  console.log(`not taken over whole: ${error.message}`);
}

/** The books name who acted; without it, screens show accounts until their people have signed in themselves. */
async function knowWhoActs(): Promise<void> {
  if (ARIANE_DEMO_PORTAL === '') return;
  await makeAccountsKnown(ARIANE_DEMO_PORTAL).catch((error: unknown) => {
    console.log(`names of the demo's accounts: ${error instanceof Error ? error.message : String(error)}`);
  });
}

/** The books wait until everything has been heard; who uses the demo meanwhile may keep it from ever being at rest. */
async function rest(): Promise<void> {
  for (let tries = 0; tries < REST_TRIES; tries += 1) {
    const isAtRest = await settle(api).then(
      () => true,
      () => false,
    );
    if (isAtRest) return;
  }
}

show('opening', 0);
const to = await world();
const people = cohortOf([...to.protocols.values()], Date.parse(to.today)).slice(0, pathways);
const showcaseOf = (id: string) => showcases.find(({ protocolId }) => protocolId === id) ?? { members: [] };
const cases = casesOf(to, people.filter(isPaid), ({ protocolId, line }, roles) =>
  teamOf(showcaseOf(protocolId), roles, to.everybody, line),
);
startedMs = performance.now();
await openMeeting(to);
await takeOverAll(to, cases.slice(0, FIRST), 0, 'opening');
await firstHour(to, cases.slice(0, FIRST));
await forAll(cases.slice(0, FIRST), (one) => readPast(to, one));
show('loading', Math.min(FIRST, cases.length));
await takeOverAll(to, cases.slice(FIRST), FIRST, 'loading');
await forAll(cases, async (one) => {
  await close(to, one);
  await readPast(to, one);
});
await workedOn(to);
await knowWhoActs();
await rest();
await keepBooks(to);
show('loaded', cases.length);
console.log(
  `demo cohort: ${to.everybody.length} professionals, ${cases.length} patients in ${showcases.length} protocols`,
);
