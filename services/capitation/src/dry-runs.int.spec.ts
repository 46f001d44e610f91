import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestedService } from '@ariane/testing/integration';
import { activateReading } from './activation.fixture.store';
import { CapitationModule } from './capitation.module';
import type { DryRun } from './dry-run';

const bundle = JSON.parse(readFileSync(join(__dirname, '../fixtures/1-bundle.json'), 'utf8')) as Record<
  string,
  unknown
>; // as: our own file

interface Answered {
  readonly code?: string;
  readonly field?: string;
  readonly detail?: string;
  readonly status?: string;
  readonly sha256?: string;
  readonly report?: DryRun;
  readonly items?: readonly { readonly version: number; readonly sha256: string }[];
}
const service = new TestedService<Answered>('capitation', '2026-07-02T08:00:00.000Z');
const { get, post, signIn } = service;

describe('activating a contract on real servers', () => {
  beforeAll(async () => {
    await service.start({ module: CapitationModule, documentPaths: ['/payment-contracts'] });
    await signIn('finance', { role: 'finance', subject: 'finance' });
    await signIn('approver', { role: 'finance-approver', subject: 'approver' });
  }, 60_000);
  afterAll(() => service.stop());

  const approve = (path: string, body: object) => post('approver', path, body);
  const path = '/payment-contracts/hip-pathway/versions';
  const [example] = bundle.examples as { given: object }[]; // as: the file has one
  const settle = (subject: string, effectiveAt: string) =>
    post('finance', '/payment-contracts/hip-pathway/settlements', { subject, given: example?.given, effectiveAt });
  const second = (sha256: string) => ({
    ...bundle,
    version: 2,
    supersedes: { version: 1, sha256 },
    validity: { from: '2026-07-01', to: null },
    params: { ...(bundle.params as object), price: '2000.00 EUR' },
    examples: (bundle.examples as object[]).map((one) => ({ ...one, expect: { none: {} } })),
  });

  it('of which nothing earlier exists demands all the same that its report, which says so, is confirmed', async () => {
    await post('finance', '/payment-contracts', bundle);
    expect((await get('finance', `${path}/1/dry-run`)).status).toBe(404);
    const refused = await approve(`${path}/1/activate`, {});
    expect(refused).toMatchObject({ status: 422, body: { code: 'DRY_RUN_NOT_READ', field: 'dryRun' } });
    const { body } = await post('finance', `${path}/1/dry-runs`);
    expect(body.report).toMatchObject({ note: 'no earlier period: nothing to compare', month: null, subjects: 0 });
    expect((await get('finance', `${path}/1/dry-run`)).body).toEqual(body);
    const wrong = await approve(`${path}/1/activate`, { dryRun: '0'.repeat(64) });
    expect(wrong.body.code).toBe('DRY_RUN_NOT_READ');
    expect(wrong.body.detail).toContain(body.sha256);
    expect((await approve(`${path}/1/activate`, { dryRun: 'yes' })).status).toBe(400);
    expect((await approve(`${path}/1/activate`, { dryRun: body.sha256 })).body.status).toBe('ACTIVE');
  });

  it('of which a version paid shows on its last month’s real facts who would get what, and posts nothing', async () => {
    await settle('one', '2026-05-11T10:00:00Z');
    await settle('two', '2026-06-11T10:00:00Z');
    // The border of a month is local midnight: in UTC it would be two hours later.
    await settle('three', '2026-06-30T21:59:00Z');
    await settle('four', '2026-05-31T22:00:00Z');
    const { items } = (await get('finance', '/payment-contracts')).body;
    expect((await post('finance', '/payment-contracts', second(items?.[0]?.sha256 ?? ''))).status).toBe(201);
    const before = (await get('finance', '/books/hospital-a/trial-balance')).body;
    const { report, sha256 } = (await post('finance', `${path}/2/dry-runs`)).body;
    expect(report).toMatchObject({ month: '2026-06', against: [1], subjects: 3, changedLines: 15, errors: [] });
    const payer = report?.parties.find(({ account }) => account.startsWith('assets:receivable:'));
    expect(payer).toMatchObject({ before: { amount: '3703.71' }, after: { amount: '6000.00' } });
    expect(report?.changes[0]).toMatchObject({ line: 'forfait.pool', difference: { amount: '688.89' } });
    // Subjects are pseudonyms.
    expect(JSON.stringify(report)).not.toContain('three');
    const may = (await post('finance', `${path}/2/dry-runs`, { month: '2026-05' })).body;
    expect(may.report).toMatchObject({ month: '2026-05', subjects: 1 });
    expect((await approve(`${path}/2/activate`, { dryRun: sha256 })).body.code).toBe('DRY_RUN_NOT_READ');
    expect((await get('finance', '/books/hospital-a/trial-balance')).body).toEqual(before);
    const active = await activateReading(approve, 'hip-pathway', 2);
    expect(active).toMatchObject({ status: 200, body: { status: 'ACTIVE', dryRun: { month: '2026-06' } } });
  });

  it('that ends tells others the day, and the instant it begins in the contract’s zone', async () => {
    expect((await approve(`${path}/2/end`, { endsOn: '2026-10-01' })).body.status).toBe('ENDED');
    const facts = await service.factsOf(`${service.territory}.hip-pathway.2`);
    expect(facts.map(({ envelope }) => envelope.type.split('.').at(-2))).toEqual([
      ...['PaymentContractActivated', 'PaymentContractEnded'],
    ]);
    const contract = { id: 'hip-pathway', version: 2 };
    expect(facts.at(-1)?.data).toMatchObject({ contract, endsOn: '2026-10-01', endsAt: '2026-09-30T22:00:00Z' });
  });
});
