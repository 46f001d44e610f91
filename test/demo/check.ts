/**
 * Asks the services of a running stack whether the living demo holds what its screens need, and prints a table. Exits
 * with 1 where something is missing. `--pathways 24` expects a small cohort, of which only the kinds are counted.
 */
import { parseArgs } from 'node:util';
import { Api } from '../story/api.ts';
import { COHORT } from './cohort.ts';
import { people, practitionerNamed } from './people.ts';
import { protocolIds } from './protocols.ts';

const { values } = parseArgs({ options: { pathways: { type: 'string', default: String(COHORT) } } });
const wanted = Number(values.pathways);
/** A small cohort shows each kind once; the whole one as many as the screens are made for. */
const atLeast = (many: number): number => (wanted >= COHORT ? many : Math.min(1, many));

const { SERVICE_URLS = '{}', CLOCK_URL = '', ARIANE_ISSUER_URL = '' } = process.env;
const services = JSON.parse(SERVICE_URLS) as Record<string, string>; // as: written by deploy/stack.ts
const api = new Api({ ...services, clock: CLOCK_URL, issuer: ARIANE_ISSUER_URL });
api.coordinatorId = people.coordinator.practitionerId;
const now = await api.now();

interface Row {
  readonly what: string;
  readonly found: number;
  readonly wanted: number;
}
const rows: Row[] = [];
const expectAtLeast = (what: string, found: number, least: number): void => {
  rows.push({ what, found, wanted: least });
};
const numberBy = <T>(list: readonly T[], is: (one: T) => boolean): number => list.filter(is).length;

interface Pathway {
  readonly id: string;
  readonly status: string;
  readonly protocol: { readonly id: string };
}

async function ofPathways(): Promise<void> {
  const pathways = await api.all<Pathway>('coordinator', 'pathways', '/pathways?limit=200');
  expectAtLeast('pathways', pathways.length, wanted);
  for (const id of protocolIds) {
    const ours = pathways.filter(({ protocol }) => protocol.id === id);
    expectAtLeast(`  of ${id}`, ours.length, atLeast(20));
    expectAtLeast(
      '    under care',
      numberBy(ours, ({ status }) => status === 'ACTIVE'),
      1,
    );
  }
  expectAtLeast(
    '  ended',
    numberBy(pathways, ({ status }) => status !== 'ACTIVE'),
    atLeast(20),
  );
  interface Alert {
    readonly ownerId?: string;
    /** Who has it at the end of its ladder, where nobody took it. */
    readonly ownerRole?: string;
  }
  const pages = pathways.map(({ id }) =>
    api.all<Alert>('coordinator', 'pathways', `/alerts?pathwayId=${id}&status=open&limit=200`),
  );
  const open = (await Promise.all(pages)).flat();
  expectAtLeast('open alerts', open.length, atLeast(40));
  expectAtLeast(
    '  that somebody owns, or a role',
    numberBy(open, ({ ownerId, ownerRole }) => (ownerId ?? ownerRole) !== undefined),
    open.length,
  );
}

async function ofMeetings(): Promise<void> {
  interface Case {
    readonly status: string;
    readonly meetingId?: string;
  }
  interface Meeting {
    readonly id: string;
    readonly startsAt: string;
  }
  const cases = await api.all<Case>('coordinator', 'meetings', '/cases?limit=200');
  const meetings = await api.all<Meeting>('coordinator', 'meetings', '/meetings?limit=200');
  const sizeOf = (of: readonly Meeting[], status: string): number =>
    Math.max(0, ...of.map(({ id }) => numberBy(cases, (one) => one.meetingId === id && one.status === status)));
  const day = now.slice(0, 10);
  const past = meetings.filter(({ startsAt }) => startsAt < day);
  const today = meetings.filter(({ startsAt }) => startsAt.startsWith(day) && Date.parse(startsAt) <= Date.parse(now));
  const coming = meetings.filter(({ startsAt }) => Date.parse(startsAt) > Date.parse(now));
  expectAtLeast('cases decided at a past meeting', sizeOf(past, 'decided'), 1);
  expectAtLeast('cases to decide at the meeting that is under way', sizeOf(today, 'planned'), atLeast(3));
  expectAtLeast('cases on the agenda of a coming meeting', sizeOf(coming, 'planned'), atLeast(8));
}

async function ofAppointmentsAndOpinions(): Promise<void> {
  const visits = await api.all<{ status: string }>('coordinator', 'scheduling', '/appointments?limit=200');
  for (const status of ['booked', 'attended', 'missed']) {
    expectAtLeast(
      `appointments ${status}`,
      numberBy(visits, (one) => one.status === status),
      1,
    );
  }
  const opinions = await api.all<{ status: string }>('coordinator', 'tele-expertise', '/opinion-requests?limit=200');
  expectAtLeast(
    'opinions asked',
    numberBy(opinions, ({ status }) => status === 'asked'),
    3,
  );
  expectAtLeast(
    'opinions given',
    numberBy(opinions, ({ status }) => status === 'given'),
    1,
  );
  expectAtLeast(
    'opinions overdue',
    numberBy(opinions, ({ status }) => status === 'expired'),
    1,
  );
  const rosters = await api.all('coordinator', 'scheduling', '/duty-rosters?limit=200');
  expectAtLeast('duty rosters', rosters.length, 1);
  const away = practitionerNamed('Otto Cancéro');
  const leaves = await api.all('coordinator', 'scheduling', `/leaves?practitionerId=${away}&limit=200`);
  expectAtLeast('leaves', leaves.length, 1);
}

interface Amount {
  readonly amount: string;
}
const centsOf = ({ amount }: Amount): bigint => BigInt(amount.replace('.', ''));

async function ofMoney(): Promise<void> {
  const get = <T>(path: string): Promise<T> => api.get<T>('finance', 'capitation', path);
  const { items: books } = await get<{ items: readonly { id: string }[] }>('/books');
  const [book] = books;
  expectAtLeast('books', books.length, 1);
  if (book === undefined) return;
  const path = `/books/${book.id}`;
  const { items: periods } = await get<{ items: readonly { state: string }[] }>(`${path}/periods`);
  expectAtLeast(
    'months closed',
    numberBy(periods, ({ state }) => state === 'CLOSED'),
    1,
  );
  expectAtLeast(
    'months waiting for an approval',
    numberBy(periods, ({ state }) => state === 'CLOSING'),
    1,
  );
  const statements = await api.all('finance', 'capitation', `${path}/statements?limit=200`);
  expectAtLeast('statements', statements.length, 1);
  const { items: disputes } = await get<{ items: readonly { state: string }[] }>('/disputes');
  expectAtLeast(
    'open disputes',
    numberBy(disputes, ({ state }) => state === 'OPEN'),
    1,
  );
  const { accounts } = await get<{ accounts: readonly { balance: Amount }[] }>(`${path}/trial-balance`);
  const sum = accounts.reduce((total, { balance }) => total + centsOf(balance), 0n);
  expectAtLeast('trial balance is 0.00', sum === 0n && accounts.length > 0 ? 1 : 0, 1);
}

await ofPathways();
await ofMeetings();
await ofAppointmentsAndOpinions();
await ofMoney();
for (const { what, found, wanted: least } of rows) {
  console.log(`${found >= least ? 'ok     ' : 'MISSING'} ${what.padEnd(52)} ${String(found).padStart(6)} of ${least}`);
}
process.exit(rows.some(({ found, wanted: least }) => found < least) ? 1 : 0);
