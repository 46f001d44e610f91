import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestedService, until } from '@ariane/testing/integration';
import { activateReading } from './activation.fixture.store';
import { CapitationModule } from './capitation.module';

const contract: unknown = JSON.parse(readFileSync(join(__dirname, '../fixtures/4-outcome.json'), 'utf8'));

interface Shown {
  readonly id: string;
  readonly status?: string;
  readonly state?: string;
  readonly effectiveAt?: string;
  readonly amount?: { readonly amount: string };
}
interface Answered extends Partial<Shown> {
  readonly code?: string;
  readonly good?: boolean;
  readonly items?: readonly Shown[];
  readonly entries?: readonly Shown[];
  readonly MISSING_EVIDENCE?: number;
  readonly PENDING_ENTRIES?: number;
}
const service = new TestedService<Answered>('capitation', '2026-01-02T08:00:00.000Z');
const { get, post, setClock, signIn } = service;

describe('instalments without evidence on real servers', () => {
  beforeAll(async () => {
    await service.start({ module: CapitationModule, documentPaths: ['/payment-contracts'] });
    await signIn('finance', { role: 'finance', subject: 'finance' });
    await signIn('approver', { role: 'finance-approver', subject: 'approver' });
    await post('finance', '/payment-contracts', contract as object);
    await activateReading((path, body) => post('approver', path, body), 'cart-outcome');
  }, 60_000);
  afterAll(() => service.stop());

  const tell = async (subject: string, day: number, more: object = {}, arrived: object = {}) => {
    const given = { infused: true, failureDay: '-1', ...more };
    const timing = { start: '2026-01-01', day: String(day), arrived };
    const body = { subject, given: { ...given, timing }, effectiveAt: '2026-01-01T12:00:00Z' };
    return (await post('finance', '/payment-contracts/cart-outcome/settlements', body)).body.entries ?? [];
  };
  const open = async () => (await get('finance', '/books/hospital-a/pendings')).body.items ?? [];
  const verified = async () => (await get('finance', '/books/hospital-a/verify')).body;

  it('become pending entries on their due day by time alone, and are void when the hold is over', async () => {
    expect(await tell('one', 1)).toHaveLength(1);
    expect(await open()).toEqual([]);

    setClock('2026-07-02T22:00:01.000Z');
    const [pending] = await until(async () => {
      const items = await open();
      return items.length > 0 && items;
    }, 'the due day is seen');
    expect(pending).toMatchObject({ state: 'OPEN', amount: { amount: '106666.67' }, dueAt: '2026-07-02T22:00:00Z' });
    expect((await get('finance', '/books/hospital-a/periods/2026-07/checklist')).body.PENDING_ENTRIES).toBe(1);
    setClock('2026-09-01T22:00:01.000Z');
    await until(async () => (await open()).length === 0, 'the hold is over');
    expect(await verified()).toMatchObject({ good: true });
  });

  it('are posted in part by a person, in full by the evidence, each once', async () => {
    await tell('two', 184);
    const [pending] = await open();
    const path = `/pendings/${pending?.id ?? ''}/fulfilments`;
    const part = { amount: '100000.00', effectiveAt: '2026-07-02T22:00:00Z' };
    expect((await post('finance', path, { ...part, amount: '106666.68' })).body.code).toBe('PENDING_EXCEEDED');
    expect((await post('finance', path, part)).body).toMatchObject({ state: 'POSTED' });
    expect((await post('finance', path, part)).body).toMatchObject({ state: 'POSTED' });
    expect((await tell('two', 185)).map(({ status }) => status)).toEqual(['POSTED', 'PENDING', 'POST']);
    const after = await tell('two', 200, { m6: 'CR' }, { m6: '200' });
    expect(after.map(({ status }) => status)).toEqual(['POSTED', 'PENDING', 'POST', 'POSTED']);
    expect(after.at(-1)).toMatchObject({ effectiveAt: '2026-07-02T22:00:00.000Z' });
    expect(await verified()).toMatchObject({ good: true });
  });
});
