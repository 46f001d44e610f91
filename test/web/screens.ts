import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { asTheirPage } from './care-acts.ts';

const areasFolder = join(import.meta.dirname, '..', '..', 'services', 'portal', 'web', 'src', 'screens');

/** Reads from the demo's services what an address needs, as whoever works on the screen. */
type Find = <T>(path: string) => Promise<T>;

interface Items<T> {
  readonly items: readonly T[];
}

/** The first of a list that suits. @throws where the demo has none */
async function one<T>(find: Find, path: string, suits: (item: T) => boolean = () => true): Promise<T> {
  const found = (await find<Items<T>>(path)).items.find(suits);
  if (found === undefined) throw new Error(`The demo has nothing under ${path} to look at.`);
  return found;
}

interface Pathway {
  readonly id: string;
  readonly patientId: string;
  readonly protocol: { readonly id: string };
  readonly enrolledAt: string;
}

/** The pathway of breast cancer that has gone on for longest: most has happened in it. */
async function pathwayOf(find: Find): Promise<Pathway> {
  const { items } = await find<Items<Pathway>>('/api/pathways/pathways?status=ACTIVE&limit=200');
  const [longest] = items
    .filter(({ protocol }) => protocol.id === 'breast-cancer')
    .sort((one, other) => (one.enrolledAt < other.enrolledAt ? -1 : 1));
  if (longest === undefined) throw new Error('The demo has no pathway of breast cancer.');
  return longest;
}

interface MeetingCase {
  readonly id: string;
  readonly meetingId: string;
}

const caseOf = (find: Find, status: 'planned' | 'decided'): Promise<MeetingCase> =>
  one(find, `/api/meetings/cases?status=${status}&limit=50`);

/** A book's name without its territory's, as addresses have it. */
const shortOf = (book: string): string => book.slice(book.indexOf('.') + 1);

const bookOf = async (find: Find): Promise<string> =>
  shortOf((await one<{ readonly id: string }>(find, '/api/capitation/books')).id);

/** The newest month that is closed: its statements and entries stand. */
const MONTH = '2026-01';

/** An entry that rests on an event, and that event. */
async function entryOf(find: Find): Promise<{ readonly id: string; readonly event: string }> {
  const path = `/api/capitation/books/${await bookOf(find)}/periods/${MONTH}`;
  const { account } = await one<{ readonly account: string }>(find, `${path}/accounts`);
  const { code } = await one<{ readonly code: string }>(find, `${path}/reasons?account=${encodeURIComponent(account)}`);
  const of = new URLSearchParams({ account, code, limit: '1' }).toString();
  const { id } = await one<{ readonly id: string }>(find, `${path}/entries?${of}`);
  const entry = await find<{ events: readonly { readonly eventId: string }[] }>(`/api/capitation/entries/${id}`);
  return { id, event: entry.events[0]?.eventId ?? '' };
}

interface Statement {
  readonly kind: string;
  readonly number: number;
}

interface Contract {
  readonly id: string;
  readonly version: number;
}

const statementOf = async (find: Find): Promise<Statement> =>
  one(find, `/api/capitation/books/${await bookOf(find)}/statements?month=${MONTH}&kind=PAYER`);

const pathOf = ({ kind, number }: Statement): string => `${kind}/${String(number)}`;

interface Looked {
  /** Of the one-click sign-ins: who works there. */
  readonly person: string;
  /** One address for each part of the screen that is seen apart. */
  readonly addresses: (find: Find) => Promise<readonly string[]>;
}

const by = (person: string, addresses: Looked['addresses']): Looked => ({ person, addresses });

/** A screen without an id: its address, with one search for each of its further parts. */
const at = (person: string, path: string, ...searches: readonly string[]): Looked =>
  by(person, () => Promise.resolve([path, ...searches.map((search) => `${path}?${search}`)]));

const inBook = (part: string): Looked => by('finance', async (find) => [`/finance/${await bookOf(find)}${part}`]);

/** Every route of the workspace, and how it is looked at. */
const looked: Readonly<Record<string, Looked>> = {
  '/my-day': at('coordinator', '/my-day', 'queue=do', 'owner=all&queue=decide'),
  '/pathways': at('coordinator', '/pathways'),
  '/pathways/new': at('coordinator', '/pathways/new'),
  '/pathways/$id': by('coordinator', async (find) => {
    const { id } = await pathwayOf(find);
    return ['summary', 'timeline', 'table', 'changes', 'facts', 'team'].map((tab) => `/pathways/${id}?tab=${tab}`);
  }),
  '/pathways/$id/plan': by('coordinator', async (find) => [`/pathways/${(await pathwayOf(find)).id}/plan`]),
  '/patients/$id': by('coordinator', async (find) => [`/patients/${(await pathwayOf(find)).patientId}`]),
  '/patients/$patientId/links': by('coordinator', async (find) => [
    `/patients/${(await pathwayOf(find)).patientId}/links`,
  ]),
  '/alerts': at('coordinator', '/alerts', 'tab=quality'),
  '/agenda': at('coordinator', '/agenda', 'show=week', 'show=calendars'),
  '/team': at('coordinator', '/team', 'show=duty', 'show=leave'),
  '/inbox': at('coordinator', '/inbox'),
  '/glossary': at('coordinator', '/glossary'),
  '/first-day': at('coordinator', '/first-day'),
  '/accessibility': at('coordinator', '/accessibility'),
  '/opinions': by('specialist', async (find) => {
    const { id } = await one<{ readonly id: string }>(find, '/api/tele-expertise/opinion-requests?limit=50');
    return ['/opinions', `/opinions?request=${id}`];
  }),
  '/opinions/new': by('requester', async (find) => [
    '/opinions/new',
    `/opinions/new?pathway=${(await one<Pathway>(find, '/api/pathways/pathways?limit=1')).id}`,
  ]),
  '/meetings': at('chair', '/meetings'),
  '/meetings/$meetingId': by('chair', async (find) => {
    const [planned, decided] = [await caseOf(find, 'planned'), await caseOf(find, 'decided')];
    return [
      `/meetings/${planned.meetingId}?case=${planned.id}`,
      `/meetings/${decided.meetingId}?part=decided`,
      `/meetings/${decided.meetingId}?show=summary`,
    ];
  }),
  '/meetings/$meetingId/sheets/$caseId': by('chair', async (find) => {
    const { meetingId, id } = await caseOf(find, 'decided');
    return [`/meetings/${meetingId}/sheets/${id}`];
  }),
  '/protocols': at('protocol-editor', '/protocols'),
  '/protocols/publish': at('protocol-editor', '/protocols/publish'),
  '/protocols/$protocol/$version': at('protocol-editor', '/protocols/breast-cancer/1'),
  '/protocols/$protocol/$version/against/$other': at('protocol-editor', '/protocols/breast-cancer/1/against/1'),
  '/finance': at('finance', '/finance'),
  '/finance/mine': at('chair', '/finance/mine'),
  '/finance/mine/$book/$kind/$number': by('finance', async (find) => [
    `/finance/mine/${await bookOf(find)}/${pathOf(await statementOf(find))}`,
  ]),
  '/finance/disputes': at('finance', '/finance/disputes'),
  '/finance/contracts': at('finance', '/finance/contracts'),
  '/finance/contracts/$contract/$version': by('finance', async (find) => {
    const { id, version } = await one<Contract>(find, '/api/capitation/payment-contracts');
    return [`/finance/contracts/${id}/${String(version)}`];
  }),
  '/finance/contracts/$contract/keys/$key': by('finance', async (find) => {
    const { id } = await one<Contract>(find, '/api/capitation/payment-contracts');
    return [`/finance/contracts/${id}/keys/team`];
  }),
  '/finance/what-if': at('finance', '/finance/what-if'),
  '/finance/entries/$entry': by('finance', async (find) => [`/finance/entries/${(await entryOf(find)).id}`]),
  '/finance/events/$event': by('finance', async (find) => [`/finance/events/${(await entryOf(find)).event}`]),
  '/finance/$book': inBook(''),
  '/finance/$book/detail': inBook('/detail'),
  '/finance/$book/variance': inBook('/variance'),
  '/finance/$book/analysis': inBook('/analysis'),
  '/finance/$book/close': inBook('/close'),
  '/finance/$book/statements': inBook('/statements'),
  '/finance/$book/statements/$kind/$number': by('finance', async (find) => [
    `/finance/${await bookOf(find)}/statements/${pathOf(await statementOf(find))}`,
  ]),
  '/finance/$book/payments': inBook('/payments'),
  '/finance/$book/payments/$batch': by('finance', async (find) => {
    const book = await bookOf(find);
    const { id } = await one<{ readonly id: string }>(find, `/api/capitation/books/${book}/payment-batches`);
    return [`/finance/${book}/payments/${id}`];
  }),
  '/finance/$book/exports': inBook('/exports'),
  '/audit': at('territory-administrator', '/audit'),
  '/ops': at('territory-administrator', '/ops'),
};

/** The routes that are looked at. */
export const lookedAt: readonly string[] = Object.keys(looked);

/** Who works on some screen. */
export const people: readonly string[] = [...new Set(Object.values(looked).map(({ person }) => person))];

export interface Screen {
  readonly route: string;
  readonly address: string;
  /** For the file of its picture: the route, and the part of it; no id of anybody. */
  readonly name: string;
}

/** The screens of somebody who is signed in to this page, each with an address of the demo. */
export async function screensOf(page: Page, person: string): Promise<readonly Screen[]> {
  const own = Object.entries(looked).filter(([, { person: worker }]) => worker === person);
  const screens: Screen[] = [];
  for (const [route, { addresses }] of own)
    for (const address of await addresses((path) => asTheirPage(page, path))) {
      const part = /[?&](?:tab|show|queue|part)=(\w+)/.exec(address)?.[1] ?? (address.includes('?') ? 'chosen' : '');
      const name = [...route.replaceAll('$', '').split('/'), part].filter((word) => word !== '').join('-');
      screens.push({ route, address, name });
    }
  return screens;
}

interface RouteLike {
  readonly options: { readonly path?: string };
}

/** The routes that the areas of the page give to its router: each area's `routes.ts` exports its list. */
export async function routesOfThePage(): Promise<readonly string[]> {
  const { createRootRoute } = await import('@tanstack/react-router');
  const root = createRootRoute();
  const paths: string[] = [];
  for (const area of readdirSync(areasFolder, { withFileTypes: true })) {
    const file = join(areasFolder, area.name, 'routes.ts');
    if (!area.isDirectory() || !existsSync(file)) continue;
    const module = (await import(file)) as Readonly<Record<string, (of: unknown) => readonly RouteLike[]>>; // see above
    for (const routes of Object.values(module))
      paths.push(...routes(root).flatMap(({ options }) => options.path ?? []));
  }
  return paths;
}
