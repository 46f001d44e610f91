import { readFileSync } from 'node:fs';
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
const contractFile = join(import.meta.dirname, '../../services/capitation/payment-contracts/onco-pathway-a.json');
/** Mondays to Fridays, mornings and afternoons. */
const hours = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, from: '08:30', to: '12:30' },
  { weekday, from: '13:30', to: '18:00' },
]);

/** Brings the demo's directory, calendars, meetings and payment contract about; what is there already stays. */
export async function ensureTerritory(api: Api, log: (line: string) => void = () => undefined): Promise<Territory> {
  const admin = { role: 'territory-administrator' } as const;
  const colleagues: Colleague[] = [];
  for (const member of cast) {
    const { role, profession, specialty, rpps, name } = member;
    const { id } = await api.post<{ id: string }>(
      admin,
      'pathways',
      '/practitioners',
      { rpps, name, exercises: [{ role: profession, specialty, from: '2020-01-01' }] },
      keyOf(SEED, 'practitioner', rpps),
    );
    colleagues.push({ ...member, practitionerId: id, role });
  }
  api.coordinatorId = colleagues.find((one) => one.role === 'IDEC')?.practitionerId;
  log(`directory: ${colleagues.length} professionals`);
  await openCalendars(api, colleagues);
  log('calendars: open');
  await scheduleMeetings(api, log);
  await activateContract(api);
  log('payment contract: active');
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

async function openCalendars(api: Api, colleagues: readonly Colleague[]): Promise<void> {
  for (const { practitionerId, visits, rpps } of colleagues) {
    if (visits.length === 0) continue;
    await unlessThere(() =>
      api.post(
        { role: 'territory-administrator' },
        'scheduling',
        '/calendars',
        {
          calendarId: keyOf(SEED, 'calendar', rpps),
          practitionerId,
          resources: [],
          visits: visits.map(([visitKind, minutes]) => ({ visitKind, minutes, modes: ['on-site'] })),
          hours,
          timeZone: TIME_ZONE,
        },
        keyOf(SEED, 'open-calendar', rpps),
      ),
    );
  }
}

/** Tuesdays at noon in Paris, from today on: a later story adds those that are missing. */
async function scheduleMeetings(api: Api, log: (line: string) => void): Promise<void> {
  const first = nextTuesday(new Date(`${(await api.now()).slice(0, 10)}T00:00:00Z`));
  for (let week = 0; week < MEETING_WEEKS; week += 1) {
    const day = new Date(first.getTime() + week * 7 * 86_400_000);
    const startsAt = noonInParis(day);
    const key = startsAt.slice(0, 10);
    await unlessThere(() =>
      api.post(
        { role: 'meeting-secretary' },
        'meetings',
        '/meetings',
        {
          meetingId: keyOf(SEED, 'meeting', key),
          meetingType: MEETING_TYPE,
          startsAt,
          requiredSpecialties: [...MEETING_SPECIALTIES],
        },
        keyOf(SEED, 'schedule-meeting', key),
      ),
    );
  }
  log(`meetings: ${MEETING_WEEKS} scheduled`);
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

async function activateContract(api: Api): Promise<void> {
  const document = JSON.parse(readFileSync(contractFile, 'utf8')) as { contract: string; version: number };
  const { contract, version } = document;
  await unlessThere(() =>
    api.post({ role: 'finance' }, 'capitation', '/payment-contracts', document, keyOf(SEED, 'draft', contract)),
  );
  await unlessThere(() =>
    api.post(
      { role: 'finance-approver' },
      'capitation',
      `/payment-contracts/${contract}/versions/${version}/activate`,
      { approvedBy: 'demo finance approver' },
      keyOf(SEED, 'activate', contract),
    ),
  );
}

/** What exists already is as wanted: the same seed made it. */
async function unlessThere(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 409) throw error;
  }
}
