import 'reflect-metadata';
import { pathwaysEvents, teleExpertiseEvents } from '@ariane/contracts';
import { parseMoney } from '@ariane/kernel';
import { TestedService, until } from '@ariane/testing/integration';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { activateReading } from './activation.fixture.store';
import { CapitationModule } from './capitation.module';
import type { DryRun } from './dry-run';
import type { entryView } from './views';

const service = new TestedService<object>('capitation', '2026-03-02T08:00:00.000Z');
const book = '/books/hospital-a';
const month = `${book}/periods/2026-03`;
const contract = JSON.parse(
  readFileSync(join(__dirname, '..', 'payment-contracts', 'onco-pathway-a.json'), 'utf8'),
) as { readonly params: Readonly<Record<string, string>> }; // as: our file

interface Money {
  readonly amount: string;
}
interface Sum {
  readonly account: string;
  readonly code: string;
  readonly file: string | null;
  readonly entries: number;
  readonly balance: Money;
}
interface List<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

describe('what the finance screens read, on real servers', () => {
  const ids = [randomUUID(), randomUUID()];
  const expert = randomUUID();

  beforeAll(async () => {
    await service.start({ module: CapitationModule, documentPaths: ['/payment-contracts'] });
    const pathways = await service.speaker('pathways', pathwaysEvents);
    const teleExpertise = await service.speaker('tele-expertise', teleExpertiseEvents);
    await service.signIn('finance', { role: 'finance', subject: 'preparer' });
    await service.signIn('approver', { role: 'finance-approver', subject: 'approver' });
    await service.signIn('expert', { role: 'specialist', practitionerId: expert });
    await service.signIn('stranger', { role: 'specialist', practitionerId: randomUUID() });
    expect((await service.post('finance', '/payment-contracts', contract)).status).toBe(201);
    const post = (path: string, asked: object) => service.post('approver', path, asked);
    const { body } = await activateReading(post, 'onco-pathway-a', 1, { approvedBy: 'Ada' });
    const { sha256 } = body as { sha256: string }; // as: the activated version's pin
    for (const pathwayId of ids) {
      const pin = { id: 'onco-pathway-a', version: 1, sha256 };
      const enrolled = { ...pathwaysEvents.PathwayEnrolled.example, pathwayId, contract: pin };
      await pathways.say('PathwayEnrolled', pathwayId, { ...enrolled, enrolledAt: '2026-03-02T08:00:00Z' });
      const opinion = { ...teleExpertiseEvents.OpinionGiven.example, pathwayId, requestId: randomUUID() };
      const given = { ...opinion, expertId: expert, givenAt: '2026-03-19T15:00:00Z' };
      await teleExpertise.say('OpinionGiven', pathwayId, given);
      const reached = { ...pathwaysEvents.MilestoneReached.example, pathwayId, milestone: 'diagnosis' };
      await pathways.say('MilestoneReached', pathwayId, { ...reached, reachedAt: '2026-03-27T14:00:00Z' });
    }
    await until(async () => (await overview()).figures['due']?.amount === '2160.00', 'both pathways are paid');
  }, 90_000);
  afterAll(() => service.stop());

  // The caller names the answer it expects of this service.
  const get = async <T>(path: string, who = 'finance'): Promise<T> => (await service.get(who, path)).body as T; // as: see above
  const overview = () =>
    get<{ figures: Record<string, Money>; state: string; openDisputes: number }>(`${month}/overview`);
  const entriesOf = async () => (await get<List<object>>(`${book}/entries?limit=200`)).items.length;
  const centsOf = ({ amount }: Money): bigint => parseMoney(`${amount} EUR`).cents;
  const sumOf = (rows: readonly { readonly balance: Money }[]) =>
    rows.reduce((sum, { balance }) => sum + centsOf(balance), 0n);

  it('shows a month at a glance: what is due, what the bank settled of it, and what is kept', async () => {
    expect(await overview()).toMatchObject({
      ...{ month: '2026-03', state: 'OPEN', openDisputes: 0, pending: { count: 0, amount: { amount: '0.00' } } },
      figures: {
        ...{ expected: { amount: '2400.00' }, received: { amount: '0.00' }, toReceive: { amount: '2400.00' } },
        ...{ due: { amount: '2160.00' }, paid: { amount: '0.00' }, kept: { amount: '240.00' } },
      },
    });
    expect(await get<List<object>>(`${book}/months`)).toEqual({
      items: [
        expect.objectContaining({
          ...{ month: '2026-03', state: 'OPEN', expected: { amount: '2400.00', currency: 'EUR' } },
        }),
      ],
    });
  });

  it('leads from the total to accounts, reasons, files and entries, and each level sums to the one above', async () => {
    const { items: accounts } = await get<List<Sum>>(`${month}/accounts`);
    expect(sumOf(accounts)).toBe(0n);
    const owed = accounts.find(({ account }) => account === `liabilities:payable:prac:${expert}`)!; // booked in beforeAll
    const of = `account=${encodeURIComponent(owed.account)}`;
    const { items: reasons } = await get<List<Sum>>(`${month}/reasons?${of}`);
    expect(sumOf(reasons)).toBe(centsOf(owed.balance));
    const [reason] = reasons;
    const one = await get<List<Sum>>(`${month}/files?${of}&code=${reason?.code ?? ''}&limit=1`);
    const rest = await get<List<Sum>>(`${month}/files?${of}&code=${reason?.code ?? ''}&cursor=${one.next ?? ''}`);
    const files = [...one.items, ...rest.items];
    expect(files).toHaveLength(2);
    expect(sumOf(files)).toBe(centsOf(reason!.balance)); // there is one: the account was booked on
    expect(files.every(({ file }) => /^ep-[0-9a-f]{16}$/.test(file ?? ''))).toBe(true);
    const [first] = files;
    const path = `${month}/entries?${of}&code=${reason?.code ?? ''}&file=${first?.file ?? ''}`;
    const { items: entries } = await get<List<ReturnType<typeof entryView>>>(path);
    expect(entries).toHaveLength(first?.entries ?? -1);
    const cents = entries.flatMap(({ legs }) =>
      legs.filter(({ account }) => account === owed.account).map(({ amount }) => centsOf(amount)),
    );
    expect(cents.reduce((sum, amount) => sum + amount, 0n)).toBe(-centsOf(first!.balance)); // a credit is below zero
  });

  it('simulates other terms on real inputs, tells winners and losers, and posts and keeps nothing', async () => {
    const before = await entriesOf();
    const same = { inputsOf: 'onco-pathway-a', version: 1, month: '2026-03' };
    const simulate = (body: object) => service.post('finance', '/payment-contracts/simulations', body);
    expect((await simulate(same)).body).toMatchObject({ subjects: 2, changedLines: 0, failedSubjects: 0 });
    const document = { ...contract, params: { ...contract.params, diagnosisPrice: '1300.00 EUR' } };
    const dearer = (await simulate({ inputsOf: 'onco-pathway-a', document, month: '2026-03' })).body as DryRun; // as: what the route answers
    const expertRow = dearer.parties.find(({ party }) => party === `prac:${expert}`);
    expect(expertRow).toMatchObject({ before: { amount: '2160.00' }, difference: { amount: '180.00' } });
    const refused = await simulate({ inputsOf: 'onco-pathway-a', month: '2026-03' });
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([400, expect.stringContaining('version')]);
    expect((await simulate({ ...same, inputsOf: 'nowhere', document })).status).toBe(404);
    expect((await service.post('expert', '/payment-contracts/simulations', same)).status).toBe(403);
    expect(await entriesOf()).toBe(before);
    const read = await get<{ document: object }>('/payment-contracts/onco-pathway-a/versions/1');
    expect(read.document).toEqual(contract);
  });

  it('tells a professional the books in which they have something, and nothing of others', async () => {
    const { items } = await get<List<object>>('/own-books', 'expert');
    expect(items).toEqual([
      {
        book: expect.stringMatching(/\.hospital-a$/) as unknown,
        party: `prac:${expert}`,
        owed: { amount: '2160.00', currency: 'EUR' },
      },
    ]);
    expect((await get<List<object>>('/own-books', 'stranger')).items).toEqual([]);
    expect((await service.get('finance', '/own-books')).status).toBe(403);
    for (const path of [`${month}/overview`, `${month}/accounts`, `${book}/months`, `${book}/bank-details`]) {
      expect((await service.get('expert', path)).status).toBe(403);
    }
  });

  it('lists batches and bank details, of an account only its last signs', async () => {
    const iban = 'FR7630006000011234567890189';
    const details = `${book}/bank-details/prac:${expert}`;
    await service.call('finance', 'PUT', details, { iban, name: 'Expert' }, { key: randomUUID() });
    const list = await service.get('finance', `${book}/bank-details`);
    expect(list.body).toEqual({
      items: [expect.objectContaining({ party: `prac:${expert}`, currentEnd: null, proposedEnd: '0189' })],
    });
    expect(JSON.stringify(list.body)).not.toContain(iban);
    const id = randomUUID();
    await service.post('finance', `${book}/payment-batches`, { id, executionDate: '2026-04-10' });
    expect(await get<List<object>>(`${book}/payment-batches`)).toMatchObject({
      items: [{ id, state: 'DRAFT', payees: 1, total: { amount: '2160.00' } }],
    });
  });
});
