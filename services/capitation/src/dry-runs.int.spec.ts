import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningIssuer, startIssuer } from '@ariane/auth';
import { type RunningService, startService } from '@ariane/service';
import { newId } from '@ariane/store';
import { activateReading } from './activation.fixture';
import { CapitationModule } from './capitation.module';
import type { ShownDryRun } from './dry-runs.store';
import type { trialBalanceView } from './views';

const folder = mkdtempSync(join(tmpdir(), 'capitation-dry-runs-'));
const territory = `t${randomUUID().slice(0, 8)}`;
const read = (name: string) =>
  JSON.parse(readFileSync(join(__dirname, '../fixtures', name), 'utf8')) as Record<string, unknown>; // as: our own files

describe('activating a contract on real servers', () => {
  let issuer: RunningIssuer;
  let service: RunningService;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    const serviceSecretFile = join(folder, 'secrets.json');
    issuer = await startIssuer({ port: 0, keysFile: join(folder, 'issuer.json'), serviceSecretFile, mode: 'test' });
    Object.assign(process.env, {
      ...{ ARIANE_MODE: 'test', ARIANE_ISSUER_URL: issuer.url, ARIANE_SERVICE_SECRET_FILE: serviceSecretFile },
      ...{ ARIANE_KEYS_DIR: join(folder, 'keys'), PORT: '0' },
    });
    service = await startService({
      module: CapitationModule,
      name: 'capitation',
      documentPaths: ['/payment-contracts'],
    });
    for (const role of ['finance', 'finance-approver']) {
      const body = JSON.stringify({ role, territory, subject: role });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${issuer.url}/demo-token`, { method: 'POST', headers, body });
      tokens[role] = ((await response.json()) as { token: string }).token; // the issuer’s own answer
    }
  }, 60_000);

  afterAll(async () => {
    await service.stop();
    await issuer.stop();
  });

  // The caller names the answer it expects of this service.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- see above
  async function call<T>(method: string, path: string, body?: unknown, role = 'finance') {
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokens[role] ?? ''}`,
        'content-type': 'application/json',
        'idempotency-key': newId(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { code?: string; detail?: string; errors?: unknown }; // as: its answers
    return { status: response.status, body: answer };
  }
  const approve = (path: string, body: object) => call<{ status: string }>('POST', path, body, 'finance-approver');
  const bundle = read('1-bundle.json');
  const [example] = bundle.examples as { given: object }[];
  const settle = (subject: string, effectiveAt: string) =>
    call('POST', '/payment-contracts/hip-pathway/settlements', { subject, given: example?.given, effectiveAt });
  const second = (sha256: string) => ({
    ...bundle,
    version: 2,
    supersedes: { version: 1, sha256 },
    validity: { from: '2026-07-01', to: null },
    params: { ...(bundle.params as object), price: '2000.00 EUR' },
    examples: (bundle.examples as object[]).map((one) => ({ ...one, expect: { none: {} } })),
  });

  it('of which nothing earlier exists demands all the same that its report, which says so, is confirmed', async () => {
    await call('POST', '/payment-contracts', bundle);
    const path = '/payment-contracts/hip-pathway/versions/1';
    expect((await call('GET', `${path}/dry-run`)).status).toBe(404);
    const refused = await approve(`${path}/activate`, {});
    expect(refused).toMatchObject({ status: 422, body: { code: 'DRY_RUN_NOT_READ', field: 'dryRun' } });
    const { body } = await call<ShownDryRun>('POST', `${path}/dry-runs`, {});
    expect(body.report).toMatchObject({ note: 'no earlier period: nothing to compare', month: null, subjects: 0 });
    expect((await call<ShownDryRun>('GET', `${path}/dry-run`)).body).toEqual(body);
    const wrong = await approve(`${path}/activate`, { dryRun: '0'.repeat(64) });
    expect(wrong.body).toMatchObject({
      code: 'DRY_RUN_NOT_READ',
      detail: expect.stringContaining(body.sha256) as string,
    });
    expect((await approve(`${path}/activate`, { dryRun: 'yes' })).status).toBe(400);
    expect((await approve(`${path}/activate`, { dryRun: body.sha256 })).body.status).toBe('ACTIVE');
  });

  it('of which a version paid shows on its last month’s real facts who would get what, and posts nothing', async () => {
    await settle('one', '2026-05-11T10:00:00Z');
    await settle('two', '2026-06-11T10:00:00Z');
    await settle('three', '2026-06-30T21:59:00Z');
    const { body: first } = await call<{ items: { version: number; sha256: string }[] }>('GET', '/payment-contracts');
    const draft = second(first.items[0]?.sha256 ?? '');
    expect((await call('POST', '/payment-contracts', draft)).status).toBe(201);
    const before = (await call<ReturnType<typeof trialBalanceView>>('GET', '/books/hospital-a/trial-balance')).body;
    const { body } = await call<ShownDryRun>('POST', '/payment-contracts/hip-pathway/versions/2/dry-runs', {});
    expect(body.report).toMatchObject({ month: '2026-06', against: [1], subjects: 2, changedLines: 10, errors: [] });
    const payer = body.report.parties.find(({ account }) => account.startsWith('assets:receivable:'));
    expect(payer).toMatchObject({ before: { amount: '2469.14' }, after: { amount: '4000.00' } });
    expect(body.report.changes[0]).toMatchObject({ line: 'forfait.pool', difference: { amount: '688.89' } });
    expect(JSON.stringify(body.report)).not.toContain('three');
    const may = await call<ShownDryRun>('POST', '/payment-contracts/hip-pathway/versions/2/dry-runs', {
      month: '2026-05',
    });
    expect(may.body.report).toMatchObject({ month: '2026-05', subjects: 1 });
    const stale = await approve('/payment-contracts/hip-pathway/versions/2/activate', { dryRun: body.sha256 });
    expect(stale.body.code).toBe('DRY_RUN_NOT_READ');
    const after = (await call<ReturnType<typeof trialBalanceView>>('GET', '/books/hospital-a/trial-balance')).body;
    expect(after).toEqual(before);
    const active = await activateReading(approve, 'hip-pathway', 2);
    expect(active).toMatchObject({ status: 200, body: { status: 'ACTIVE', dryRun: { month: '2026-06' } } });
  });
});
