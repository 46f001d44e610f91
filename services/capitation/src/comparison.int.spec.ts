import 'reflect-metadata';
import { pathwaysEvents, schedulingEvents, teleExpertiseEvents } from '@ariane/contracts';
import { parseMoney } from '@ariane/kernel';
import { type Speaker, TestedService, until } from '@ariane/testing/integration';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import readXlsxFile from 'read-excel-file/node';
import { activateReading } from './activation.fixture.store';
import { CapitationModule } from './capitation.module';
import type { comparedView, leakageView, leakView, measureView, pathwayView } from './comparison-views';
import type { verifiedView } from './views';

const service = new TestedService<object>('capitation', '2026-03-02T08:00:00.000Z');
const book = '/books/hospital-a';
const contract = JSON.parse(
  readFileSync(join(__dirname, '..', 'payment-contracts', 'onco-pathway-a.json'), 'utf8'),
) as object; // as: our file

type Pathway = ReturnType<typeof pathwayView>;
type Leak = ReturnType<typeof leakView>;
type Measure = ReturnType<typeof measureView>;
interface Month {
  readonly holder: Pathway;
  readonly pathways: ReturnType<typeof comparedView> & { readonly count: number };
  readonly leakage: ReturnType<typeof leakageView>;
}

describe('capitation beside fee for service on real servers', () => {
  let pathways: Speaker<typeof pathwaysEvents>;
  let scheduling: Speaker<typeof schedulingEvents>;
  let teleExpertise: Speaker<typeof teleExpertiseEvents>;
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  const [nurse, expert] = [randomUUID(), randomUUID()];

  beforeAll(async () => {
    await service.start({ module: CapitationModule, documentPaths: ['/payment-contracts'] });
    pathways = await service.speaker('pathways', pathwaysEvents);
    scheduling = await service.speaker('scheduling', schedulingEvents);
    teleExpertise = await service.speaker('tele-expertise', teleExpertiseEvents);
    await service.signIn('finance', { role: 'finance', subject: 'preparer' });
    await service.signIn('approver', { role: 'finance-approver', subject: 'approver' });
    await service.signIn('specialist', { role: 'specialist', practitionerId: expert });
    expect((await service.post('finance', '/payment-contracts', contract)).status).toBe(201);
    const post = (path: string, asked: object) => service.post('approver', path, asked);
    const { body } = await activateReading(post, 'onco-pathway-a', 1, { approvedBy: 'Ada' });
    const { sha256 } = body as { sha256: string }; // as: the activated version's pin
    for (const pathwayId of ids) await deliver(pathwayId, sha256);
    await until(async () => {
      const { items } = await get<{ items: Pathway[] }>(`${book}/comparison/pathways`);
      return items.length === 3 && items.every(({ paidOut }) => paidOut.amount !== '0.00');
    }, 'every pathway is paid');
  }, 90_000);
  afterAll(() => service.stop());

  /** Two days from enrolment to a visit, then an opinion, and the milestone that pays 1200.00. */
  async function deliver(pathwayId: string, sha256: string): Promise<void> {
    const pin = { id: 'onco-pathway-a', version: 1, sha256 };
    const enrolled = { ...pathwaysEvents.PathwayEnrolled.example, pathwayId, contract: pin };
    await pathways.say('PathwayEnrolled', pathwayId, { ...enrolled, enrolledAt: '2026-03-02T08:00:00Z' });
    const visit = { ...schedulingEvents.AppointmentAttended.example, pathwayId, appointmentId: randomUUID() };
    await scheduling.say('AppointmentAttended', pathwayId, {
      ...{ ...visit, practitionerId: nurse, attendedAt: '2026-03-04T09:00:00Z' },
    });
    const opinion = { ...teleExpertiseEvents.OpinionGiven.example, pathwayId, requestId: randomUUID() };
    await teleExpertise.say('OpinionGiven', pathwayId, {
      ...{ ...opinion, expertId: expert, givenAt: '2026-03-19T15:00:00Z' },
    });
    const milestone = { ...pathwaysEvents.MilestoneReached.example, pathwayId, milestone: 'diagnosis' };
    await pathways.say('MilestoneReached', pathwayId, { ...milestone, reachedAt: '2026-03-27T14:00:00Z' });
  }

  // The caller names the answer it expects of this service.
  const get = async <T>(path: string): Promise<T> => (await service.get('finance', path)).body as T; // as: see above
  const tell = (bill: string, act: string, provider: string, amount: string) =>
    fetch(`${service.url}${book}/outside-bills`, {
      method: 'PUT',
      headers: {
        ...{ authorization: `Bearer ${service.tokenOf('finance')}`, 'content-type': 'application/json' },
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({
        ...{ bill, act, provider, amount, member: 'A', careDate: '2026-03-01', receivedDate: '2026-03-02' },
      }),
    });
  const file = async (path: string) => {
    const headers = { authorization: `Bearer ${service.tokenOf('finance')}` };
    const response = await fetch(`${service.url}${book}/${path}`, { headers });
    const rows = (await response.text()).trim().split('\r\n');
    return { name: response.headers.get('content-disposition'), rows: rows.map((row) => row.split(';')) };
  };
  const sumOf = (amounts: readonly { readonly amount: string }[]) =>
    amounts.reduce((sum, { amount }) => sum + parseMoney(`${amount} EUR`).cents, 0n);

  it('shows each pathway by pseudonym: what it received, paid out, left, and what fee for service would have paid', async () => {
    const first = await get<{ items: Pathway[]; next: string }>(`${book}/comparison/pathways?limit=2`);
    const rest = await get<{ items: Pathway[] }>(`${book}/comparison/pathways?limit=2&cursor=${first.next}`);
    const all = [...first.items, ...rest.items];
    expect(all).toHaveLength(3);
    expect(JSON.stringify(all)).not.toMatch(new RegExp(ids.join('|')));
    for (const one of all) {
      expect(one).toMatchObject({
        ...{ received: { amount: '1200.00' }, paidOut: { amount: '1080.00' }, accrued: { amount: '0.00' } },
        ...{ margin: { amount: '120.00' }, difference: { amount: '1177.00' }, ratio: '1.92%' },
        equivalent: {
          ...{ amount: { amount: '23.00' }, acts: 1 },
          notPriced: [{ act: 'consultation', acts: 1, reason: 'no tariff for consultation' }],
        },
      });
    }
  });

  it('sums a month exactly from its pathways, in the answer and in the file', async () => {
    const month = await get<Month>(`${book}/comparison?month=2026-03`);
    const { items } = await get<{ items: Pathway[] }>(`${book}/comparison/pathways?month=2026-03`);
    const amount = (cents: bigint) => ({ amount: `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}` });
    expect(month.pathways).toMatchObject({
      ...{ count: 3, received: amount(sumOf(items.map(({ received }) => received))) },
      ...{ margin: amount(sumOf(items.map(({ margin }) => margin))) },
      equivalent: { amount: amount(sumOf(items.map(({ equivalent }) => equivalent.amount))) },
    });
    expect(month.holder).toMatchObject({ received: { amount: '3600.00' }, margin: { amount: '360.00' } });
    const { name, rows } = await file('comparison/pathways/file?month=2026-03&format=csv');
    expect(name).toBe('attachment; filename="comparison.csv"');
    expect(rows.at(-1)).toEqual(['TOTAL', '3600.00', '3240.00', '0.00', '360.00', '69.00', '3531.00', '3']);
    expect(rows.slice(1, -1).map(([subject]) => subject)).toEqual(items.map(({ subject }) => subject));
    const headers = { authorization: `Bearer ${service.tokenOf('finance')}` };
    const path = `${service.url}${book}/comparison/pathways/file?month=2026-03&format=xlsx`;
    const [sheet] = await readXlsxFile(Buffer.from(await (await fetch(path, { headers })).arrayBuffer()));
    expect(sheet?.data.at(-1)).toEqual(['TOTAL', 3600, 3240, 0, 360, 69, 3531, 3]);
    const other = await get<Month>(`${book}/comparison?month=2026-04`);
    expect(other).toMatchObject({ holder: { received: { amount: '0.00' } }, pathways: { ratio: null } });
  });

  it('says what members consume outside: how much, what share, where and what, the largest first', async () => {
    await Promise.all([tell('1', 'imaging', 'North', '90.00'), tell('2', 'imaging', 'South', '40.00')]);
    await Promise.all([tell('3', 'visit', 'South', '50.00')]);
    const { leakage } = await get<Month>(`${book}/comparison?month=2026-03`);
    expect(leakage).toMatchObject({ amount: { amount: '180.00' }, shareOfReceived: '5%' });
    const acts = await get<{ items: Leak[]; next: string }>(`${book}/leakage?month=2026-03&by=act&limit=1`);
    expect(acts.items).toMatchObject([{ key: 'imaging', bills: 2, amount: { amount: '130.00' }, share: '72.22%' }]);
    const next = await get<{ items: Leak[] }>(`${book}/leakage?month=2026-03&by=act&limit=1&cursor=${acts.next}`);
    expect(next.items).toMatchObject([{ key: 'visit', bills: 1, amount: { amount: '50.00' } }]);
    const { items } = await get<{ items: Leak[] }>(`${book}/leakage?month=2026-03&by=provider`);
    expect(items.map(({ amount }) => amount.amount)).toEqual(['90.00', '90.00']);
    expect(JSON.stringify(items)).not.toMatch(/North|South/);
    const { rows } = await file('leakage/file?month=2026-03&by=act&format=csv');
    expect(rows).toEqual([
      ['key', 'bills', 'amount'],
      ['imaging', '2', '130.00'],
      ['visit', '1', '50.00'],
      ['TOTAL', '3', '180.00'],
    ]);
  });

  it('shows indicators with their definition, value and inputs, and says what is missing instead of guessing', async () => {
    const { items } = await get<{ items: Measure[] }>(`${book}/indicators?month=2026-03`);
    const by = new Map(items.map((one) => [one.id, one]));
    expect(by.get('cost')).toMatchObject({
      ...{ state: 'MEASURED', value: '1200', unit: 'EUR', version: 1, inputs: { numerator: '3600', denominator: '3' } },
    });
    expect(by.get('firstAct')).toMatchObject({
      value: '2',
      unit: 'd',
      fr: 'Délai jusqu’au premier acte',
      en: 'Delay to the first act',
    });
    expect(by.get('end')).toMatchObject({ state: 'NOT_ASSESSED', value: null });
    expect(by.get('adherence')).toMatchObject({ state: 'NOT_ASSESSED', reason: 'missing: visits planned' });
    expect(by.get('visitsPerMember')).toMatchObject({ state: 'NOT_ASSESSED' });
    expect(by.get('closedInTime')).toMatchObject({ state: 'NOT_ASSESSED' });
    const each = await get<{ items: { indicators: Measure[] }[]; next: string }>(`${book}/indicators/pathways?limit=2`);
    expect(each.items).toHaveLength(2);
    expect(each.items[0]?.indicators.find(({ id }) => id === 'opinions')).toMatchObject({ value: '1' });
    service.setClock('2026-04-08T08:00:00.000Z');
    const later = await get<{ items: Measure[] }>(`${book}/indicators`);
    expect(later.items.find(({ id }) => id === 'closedInTime')).toMatchObject({ value: '0', unit: '%' });
  });

  it('is for finance alone', async () => {
    for (const path of [
      'comparison?month=2026-03',
      'comparison/pathways',
      'indicators',
      'leakage?month=2026-03&by=act',
    ]) {
      expect((await service.get('specialist', `${book}/${path}`)).status).toBe(403);
    }
    expect((await service.get('finance', `${book}/comparison?month=2026-13`)).status).toBe(400);
    expect(await get<ReturnType<typeof verifiedView>>(`${book}/verify`)).toMatchObject({ good: true });
  });
});
