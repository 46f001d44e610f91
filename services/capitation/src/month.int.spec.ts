import 'reflect-metadata';
import { newId } from '@ariane/store';
import { TestedService } from '@ariane/testing/integration';
import { activateReading } from './activation.fixture.store';
import { CapitationModule } from './capitation.module';
import { contractOf } from './contract.fixture';
import type { Explanation } from './explanation';
import { EXPLAINS } from './ledger-documents.store';
import { ACT_SUMS, participationType } from './participation-types.store';
import type { actView } from './participation-views';
import type { RosterFile } from './roster-file';
import type { rosterAccountView } from './roster-views';
import type { entryView, verifiedView } from './views';

const service = new TestedService<object>('capitation', '2026-06-02T08:00:00.000Z');

/** 30 euros a member and month; 80 % of it is shared among those who took part in the month. */
const contract = {
  ...contractOf(
    [
      {
        ...{ id: 'cap', kind: 'pmpm', members: 'members', rate: '30.00 EUR', risk: '1', proration: 'DAYS' },
        split: [
          { to: 'pool', share: '80%' },
          { to: 'retained', share: '20%' },
        ],
      },
      { id: 'share', kind: 'redistribute', from: 'cap.pool', among: 'participants.month', weight: 'points' },
    ],
    {
      daysInPeriod: '30',
      members: [{ id: 'a', days: '30' }],
      participants: { month: [{ id: 'prac:gp-1', points: '1' }] },
    },
  ),
  ...{ contract: 'team-pmpm', parties: { payer: 'org:payer-75', holder: 'org:msp-d' }, illustrative: true },
};

type Entry = ReturnType<typeof entryView>;
type Account = ReturnType<typeof rosterAccountView>;

describe('a month shared among those who took part, on real servers', () => {
  beforeAll(async () => {
    await service.start({ module: CapitationModule, documentPaths: ['/payment-contracts'] });
    await service.signIn('preparer', { role: 'finance', subject: 'preparer' });
    await service.signIn('approver', { role: 'finance-approver', subject: 'approver' });
    await service.signIn('gp', { role: 'specialist', practitionerId: 'gp-1' });
    await call('POST', '/payment-contracts', contract);
    const activated = await activateReading((path, body) => call('POST', path, body, 'approver'), 'team-pmpm');
    expect(activated.status).toBe(200);
    const members = ['member;from;to;score;version', ...['1', '2', '3', '4'].map((id) => `${id};2026-01-01;;;`)];
    await call('POST', '/rosters/msp-d/files?as=ours&month=2026-06', members.join('\n'));
  }, 60_000);

  afterAll(() => service.stop());

  const call = <T>(method: string, path: string, body?: object | string, who = 'preparer', key: string = newId()) =>
    service.call<T & { readonly code?: string }>(who, method, path, body, { key });
  const get = async <T>(path: string) => (await call<T>('GET', path)).body;
  const month = '/rosters/msp-d/contracts/team-pmpm/months/2026-06';
  const run = async (given: object = {}) => (await call<Account>('POST', `${month}/runs`, { given })).body;
  const acts = (...rows: string[]) => ['act;kind;day;practitioner;weight', ...rows].join('\n');
  const tell = (...rows: string[]) => call<RosterFile>('POST', '/rosters/msp-d/acts/files', acts(...rows));
  const paidBy = async (event: string) =>
    (await get<{ items: Entry[] }>(`/events/${event}/entries`)).items.map(({ line, legs }) => {
      const own = legs.find(({ account }) => account.startsWith('liabilities:payable:'));
      return [line?.rev, own?.account.slice('liabilities:payable:'.length), own?.side, own?.amount.amount];
    });
  const deltas = async () =>
    (await get<Record<string, number>>('/books/msp-d/periods/2026-06/checklist')).UNPOSTED_DELTAS;

  it('reads acts by file with a report for each refused row, and changes nothing the second time', async () => {
    const key = newId();
    const file = acts(
      'v-1;consultation;2026-06-03;gp-1;',
      'v-2;consultation;2026-06-04;nurse-2;2',
      'm-3;meeting;2026-06-05;gp-1 nurse-2;0.5',
      'v-4;consultation;2026-06-31;gp-1;',
      'v-5;consultation;2026-07-01;gp-1;',
    );
    const send = () => call<RosterFile>('POST', '/rosters/msp-d/acts/files', file, 'preparer', key);
    expect((await send()).body).toMatchObject({ state: 'DONE', taken: 4, refused: 1 });
    expect((await send()).body).toMatchObject({ state: 'DONE', taken: 4, refused: 1 });
    const rows = await get<{ items: object[] }>(`/rosters/msp-d/files/${key}/rows`);
    expect(rows.items).toEqual([{ line: 5, column: 'day', reason: 'NOT_A_DAY' }]);
    const { code } = (
      await call('POST', '/rosters/msp-d/acts/files', acts('v-9;meeting;2026-06-03;gp-1;'), 'preparer', key)
    ).body;
    expect(code).toBe('IDEMPOTENCY_CONFLICT');
    expect((await call('POST', '/rosters/msp-d/acts/files', file, 'gp')).status).toBe(403);
  });

  it('shares the pool by the weight of the month’s acts, and what one visit paid is found', async () => {
    service.setClock('2026-06-28T08:00:00Z');
    expect((await run()).amounts).toMatchObject({
      cap: '120.00 EUR',
      share: { 'prac:gp-1': '36.00 EUR', 'prac:nurse-2': '60.00 EUR' },
    });
    expect(await deltas()).toBe(0);
    expect(await paidBy('v-1')).toEqual([[1, 'prac:gp-1', 'credit', '36.00']]);
    expect(await paidBy('m-3')).toHaveLength(2);
    expect(await paidBy('v-5')).toEqual([]);
  });

  it('leads from an amount to the list of acts it rests on, and from there to each act', async () => {
    const { items } = await get<{ items: Entry[] }>('/events/v-1/entries');
    const { id, causeEventIds } = items[0]!;
    const { explanation } = await get<{ explanation: Explanation }>(`/entries/${id}/explanation`);
    expect(JSON.stringify(explanation)).toContain(causeEventIds[0]);
    const { events } = await get<{ events: { what: string }[] }>(`/entries/${id}`);
    expect(events.map(({ what }) => what)).toEqual(['participations']);
    const list = `/events/${causeEventIds[0]}`;
    expect((await get<{ items: object[] }>(`${list}/parties`)).items).toEqual([
      { party: 'prac:gp-1', points: '1.5', acts: '2' },
      { party: 'prac:nurse-2', points: '2.5', acts: '2' },
    ]);
    type Acts = { items: ReturnType<typeof actView>[]; next?: string };
    const first = await get<Acts>(`${list}/acts?party=prac:gp-1&limit=1`);
    const rest = await get<Acts>(`${list}/acts?party=prac:gp-1&limit=1&cursor=${first.next ?? ''}`);
    expect([...first.items, ...rest.items].map(({ eventId, weight }) => [eventId, weight])).toEqual([
      ['m-3', '0.5'],
      ['v-1', '1'],
    ]);
    expect((await call('GET', `/events/${newId()}/acts?party=prac:gp-1`)).status).toBe(404);
  });

  it('posts the difference of late, corrected and withdrawn evidence, and the past stays what it was', async () => {
    service.setClock('2026-06-29T08:00:00Z');
    const [before] = (await get<{ items: Entry[] }>('/events/v-1/entries')).items;
    await tell(
      'v-1;consultation;2026-06-03;nurse-2;',
      'v-6;consultation;2026-06-09;gp-1;0.5',
      'v-2;consultation;2026-06-04;;',
    );
    expect(await deltas()).toBe(1);
    expect((await run()).amounts).toMatchObject({ share: { 'prac:gp-1': '38.40 EUR', 'prac:nurse-2': '57.60 EUR' } });
    expect(await deltas()).toBe(0);
    expect(await paidBy('v-6')).toEqual([[2, 'prac:gp-1', 'credit', '2.40']]);
    // The first run's list still holds what was known then.
    const list = `/events/${before?.causeEventIds[0] ?? ''}/acts?party=prac:gp-1`;
    expect((await get<{ items: { eventId: string }[] }>(list)).items.map(({ eventId }) => eventId)).toEqual([
      'm-3',
      'v-1',
    ]);
    expect((await get<{ items: Entry[] }>('/events/v-1/entries')).items[0]).toEqual(before);
  });

  it('takes the participants a run names itself, and the evidence again when it names none', async () => {
    service.setClock('2026-06-30T08:00:00Z');
    const named = { participants: { month: [{ id: 'prac:gp-9', points: '1' }] } };
    expect((await run(named)).amounts).toMatchObject({ share: { 'prac:gp-9': '96.00 EUR' } });
    expect((await run()).amounts).toMatchObject({ share: { 'prac:gp-1': '38.40 EUR', 'prac:nurse-2': '57.60 EUR' } });
  });

  it('pays the days outside a suspension, and says in the explanation which were not paid', async () => {
    const suspend = '/payment-contracts/team-pmpm/versions/1/suspend';
    await call('POST', suspend, { from: '2026-06-11', to: '2026-06-21' }, 'approver');
    expect(await deltas()).toBeGreaterThan(0);
    const { amounts, days } = await run();
    expect({ days, cap: amounts.cap }).toEqual({ days: 80, cap: '80.00 EUR' });
    const { items } = await get<{ items: Entry[] }>('/books/msp-d/entries?limit=200');
    const last = items.filter(({ line }) => line?.rev !== undefined).at(-1);
    const { events } = await get<{ events: { what: string; at: string }[] }>(`/entries/${last?.id ?? ''}`);
    expect(events).toContainEqual(expect.objectContaining({ what: 'suspension', at: '2026-06-11' }));
    await call('POST', suspend, { from: '2026-06-11', to: '2026-06-11' }, 'approver');
    expect((await run()).amounts.cap).toBe('120.00 EUR');
  });

  it('goes on after it was cut off, with what has changed meanwhile, under the same key', async () => {
    const key = newId();
    const again = () => call<Account>('POST', `${month}/runs`, { given: {} }, 'preparer', key);
    const before = (await again()).body.amounts;
    expect((await again()).body.amounts).toEqual(before);
    await tell('v-7;consultation;2026-06-10;gp-1;3');
    await call('PUT', '/rosters/msp-d/members', { member: '5', from: '2026-06-01' });
    expect((await again()).body.amounts.cap).toBe('150.00 EUR');
    expect(await deltas()).toBe(0);
    expect(await get(`${month}/progress`)).toEqual({ running: null });
  });

  it('explains each of many shares whole, though what they have in common is kept once', async () => {
    const many = Array.from({ length: 30 }, (_, index) => `may-${index};meeting;2026-05-04;p${index};`);
    await tell(...many);
    const may = '/rosters/msp-d/contracts/team-pmpm/months/2026-05/runs';
    expect((await call<Account>('POST', may, { given: {} })).status).toBe(201);
    const [entry] = (await get<{ items: Entry[] }>('/events/may-29/entries')).items;
    const path = `/entries/${entry?.id ?? ''}/explanation`;
    const { explanation } = await get<{ explanation: Explanation }>(path);
    expect(explanation).toMatchObject({ of: 'allocation', id: 'prac:p29', total: { of: 'allocation', id: 'pool' } });
    expect(explanation.of === 'allocation' && explanation.weights).toHaveLength(30);
    const { territory, store } = service;
    expect(await store.database.db.collection(EXPLAINS).countDocuments({ territory, 'tree.of': 'common' })).toBe(1);
  });

  it('keeps sums that are those of its acts, and a book that is good', async () => {
    const { territory, store } = service;
    const sums = await store.database.db
      .collection<{ territory: string; n: bigint; weight: bigint }>(ACT_SUMS)
      .find({ territory })
      .toArray();
    const counted = sums.reduce((all, { n, weight }) => [all[0]! + n, all[1]! + weight], [0n, 0n]);
    const found = await store.find(participationType, territory, {});
    const [parts, weights] = found.reduce(
      ([count, weight], { state: { known } }) => {
        const of = BigInt(known.practitioners.length);
        return [count + of, weight + of * known.weight];
      },
      [0n, 0n],
    );
    expect(counted).toEqual([parts, weights]);
    const verified = await get<ReturnType<typeof verifiedView>>('/books/msp-d/verify');
    expect(verified).toMatchObject({ good: true });
  });
});
