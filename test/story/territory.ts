import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Api, keyOf, Refused } from './api.ts';
import { cast, MEETING_SPECIALTIES, MEETING_TYPE, MEETING_WEEKS, type Member, TIME_ZONE } from './cast.ts';

/** A member with the id the directory gave. */
export interface Colleague extends Member {
  readonly practitionerId: string;
}

export interface Territory {
  readonly colleagues: readonly Colleague[];
  of(role: string): Colleague;
  byId(practitionerId: string | undefined): Colleague | undefined;
}

const SEED = 'demo-territory';
const contractsFolder = join(import.meta.dirname, '../../services/capitation/payment-contracts');
/** Mondays to Fridays, mornings and afternoons. */
const hours = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, from: '08:30', to: '12:30' },
  { weekday, from: '13:30', to: '18:00' },
]);

/** Roles of the territory beside those of a care team: pathways look for them above the last rung of a ladder. */
const furtherDuties = [
  { role: 'coordinator', member: 'IDEC' },
  { role: 'on-call', member: 'EXPERT' },
] as const;

/** Brings the demo's directory, rosters, calendars, meetings and payment contracts about; what is there already stays. */
export async function ensureTerritory(api: Api, log: (line: string) => void = () => undefined): Promise<Territory> {
  const colleagues = await registerColleagues(api, cast);
  api.coordinatorId = colleagues.find((one) => one.role === 'IDEC')?.practitionerId;
  log(`directory: ${colleagues.length} professionals`);
  await setRosters(api, colleagues);
  log('duty rosters: every role, at every hour');
  await openCalendars(api, colleagues);
  log('calendars: open');
  await scheduleMeetings(api, { meetingType: MEETING_TYPE, requiredSpecialties: [...MEETING_SPECIALTIES] });
  log(`meetings: ${MEETING_WEEKS} scheduled`);
  for (const contract of paymentContracts()) await activateContract(api, contract);
  log('payment contracts: active');
  return {
    colleagues,
    of: (role) => {
      const found = colleagues.find((one) => one.role === role);
      if (found === undefined) throw new Error(`nobody in the cast is ${role}`);
      return found;
    },
    byId: (practitionerId) => colleagues.find((one) => one.practitionerId === practitionerId),
  };
}

const admin = { role: 'territory-administrator' } as const;

/** Puts members into the directory; each with the id that it gave. */
export async function registerColleagues(api: Api, members: readonly Member[]): Promise<Colleague[]> {
  return Promise.all(
    members.map(async (member) => {
      const { profession, specialty, rpps, name } = member;
      const body = { rpps, name, exercises: [{ role: profession, specialty, from: '2020-01-01' }] };
      const key = keyOf(SEED, 'practitioner', rpps);
      const { id } = await api.post<{ id: string }>(admin, 'pathways', '/practitioners', body, key);
      return { ...member, practitionerId: id };
    }),
  );
}

/** Day and night: an invented person stands for the whole line of a service, and never sleeps. */
const everyHour = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }));

/** Who answers for each role, and for the territory's further duties, at every hour. */
export function rosterLines<M extends Pick<Member, 'role'>>(members: readonly M[]) {
  const further = furtherDuties.flatMap(({ role, member }) =>
    members.filter((one) => one.role === member).map((one) => ({ ...one, role })),
  );
  return [...members, ...further].map((member) => ({ member, role: member.role, hours: everyHour }));
}

/** A protocol that must be watched takes nobody before a roster covers the roles of its alerts. */
export async function setRosters(api: Api, colleagues: readonly Colleague[]): Promise<void> {
  await Promise.all(
    rosterLines(colleagues).map(({ role, hours, member: { rpps, practitionerId } }) => {
      const rosterId = keyOf(SEED, 'roster', role, rpps);
      const line = { rosterId, role, practitionerId, from: '2020-01-01', timeZone: TIME_ZONE, hours };
      return api.post(admin, 'scheduling', '/duty-rosters', line, keyOf(SEED, 'set-roster', role, rpps));
    }),
  );
}

/** The one calendar that a member has. */
export const calendarIdOf = (rpps: string): string => keyOf(SEED, 'calendar', rpps);

export async function openCalendars(api: Api, colleagues: readonly Colleague[]): Promise<void> {
  const serving = colleagues.filter(({ visits }) => visits.length > 0);
  await Promise.all(
    serving.map(({ practitionerId, visits, rpps }) => {
      const offers = visits.map(([visitKind, minutes]) => ({ visitKind, minutes, modes: ['on-site'] }));
      const calendarId = calendarIdOf(rpps);
      const calendar = { calendarId, practitionerId, resources: [], visits: offers, hours, timeZone: TIME_ZONE };
      const key = keyOf(SEED, 'open-calendar', rpps);
      return unlessThere(() => api.post(admin, 'scheduling', '/calendars', calendar, key));
    }),
  );
}

/** Tuesdays at noon in Paris, from today on: a later story adds those that are missing. */
export async function scheduleMeetings(
  api: Api,
  { meetingType, requiredSpecialties }: MeetingKind,
  weeks = MEETING_WEEKS,
): Promise<void> {
  const first = nextTuesday(new Date(`${(await api.now()).slice(0, 10)}T00:00:00Z`));
  const starts = Array.from({ length: weeks }, (_, week) =>
    noonInParis(new Date(first.getTime() + week * 7 * 86_400_000)),
  );
  await Promise.all(starts.map((startsAt) => scheduleMeeting(api, { meetingType, requiredSpecialties, startsAt })));
}

/** What kind of meeting takes place: its type, and whom it needs. */
export interface MeetingKind {
  readonly meetingType: string;
  readonly requiredSpecialties: readonly string[];
}

/**
 * Schedules one meeting, now or at an earlier instant of the demo; the same again changes nothing. Answers its id.
 *
 * @param startsAt UTC; one type has one meeting a day
 */
export async function scheduleMeeting(
  api: Api,
  { meetingType, requiredSpecialties, startsAt }: MeetingKind & { readonly startsAt: string },
  demoAt?: string,
): Promise<string> {
  const key = `${meetingType === MEETING_TYPE ? '' : `${meetingType}/`}${startsAt.slice(0, 10)}`;
  const meetingId = keyOf(SEED, 'meeting', key);
  await unlessThere(() =>
    api.post(
      { role: 'meeting-secretary' },
      'meetings',
      '/meetings',
      { meetingId, meetingType, startsAt, requiredSpecialties },
      keyOf(SEED, 'schedule-meeting', key),
      dated(demoAt),
    ),
  );
  return meetingId;
}

/** The header of an act of the demo's past; none for an act of now. */
export const dated = (demoAt: string | undefined): Readonly<Record<string, string>> =>
  demoAt === undefined ? {} : { 'ariane-demo-at': demoAt };

/** The start of the first meeting at that instant or after it: Tuesdays, 12:00 in Paris. */
export function meetingAfter(instant: string): string {
  const day = new Date(`${instant.slice(0, 10)}T00:00:00Z`);
  const first = noonInParis(nextTuesday(day));
  return first >= instant ? first : noonInParis(nextTuesday(new Date(day.getTime() + 86_400_000)));
}

function nextTuesday(day: Date): Date {
  const ahead = (2 - day.getUTCDay() + 7) % 7;
  return new Date(day.getTime() + ahead * 86_400_000);
}

/** 12:00 in Paris on that day, as an instant. */
function noonInParis(day: Date): string {
  const noon = new Date(`${day.toISOString().slice(0, 10)}T12:00:00Z`);
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: TIME_ZONE, hour: '2-digit', hour12: false }).format(noon),
  );
  return new Date(noon.getTime() - (hour - 12) * 3_600_000).toISOString().replace('.000Z', 'Z');
}

/** The demo's people have been under care for two years, and so long the contracts of its folder have paid. */
const PAYS_FROM = '2024-01-01';

interface PaymentContract {
  readonly contract: string;
  readonly version: number;
  readonly validity: { readonly from: string; readonly to: string | null };
  /** Which protocols it may pay; a contract without any is settled by hand. */
  readonly protocols?: readonly { readonly id: string }[];
}

/** The contracts of the demo's folder that pay for a protocol: an enrolment finds its own by the protocol's id. */
export function paymentContracts(): readonly PaymentContract[] {
  const files = readdirSync(contractsFolder).filter((name) => name.endsWith('.json'));
  return files
    .sort()
    .map((name) => JSON.parse(readFileSync(join(contractsFolder, name), 'utf8')) as PaymentContract) // as: our own files
    .map((document) => ({ ...document, validity: { ...document.validity, from: PAYS_FROM } }))
    .filter(({ protocols = [] }) => protocols.length > 0);
}

async function activateContract(api: Api, document: PaymentContract): Promise<void> {
  const { contract } = document;
  await unlessThere(() =>
    api.post({ role: 'finance' }, 'capitation', '/payment-contracts', document, keyOf(SEED, 'draft', contract)),
  );
  await unlessThere(() => activateVersion(api, document, 'demo finance approver', SEED));
}

/** Activates a version as an approver does: once the report of its dry run has been read. */
export async function activateVersion(
  api: Api,
  { contract, version }: { readonly contract: string; readonly version: number },
  approvedBy: string,
  seed: string,
): Promise<void> {
  const path = `/payment-contracts/${contract}/versions/${version}`;
  const approver = { role: 'finance-approver' } as const;
  const key = keyOf(seed, 'dry-run', contract);
  const { sha256 } = await api.post<{ sha256: string }>(approver, 'capitation', `${path}/dry-runs`, {}, key);
  const activation = { approvedBy, dryRun: sha256 };
  await api.post(approver, 'capitation', `${path}/activate`, activation, keyOf(seed, 'activate', contract, sha256));
}

/** What exists already is as wanted: the same seed made it. */
async function unlessThere(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 409) throw error;
  }
}
