import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningIssuer, startIssuer } from '@ariane/auth';
import { formatMoney, parseMoney, type ProofStep, provenRoot } from '@ariane/kernel';
import { type RunningService, startService } from '@ariane/service';
import { newId, Store } from '@ariane/store';
import { activateReading } from './activation.fixture.store';
import { CapitationModule } from './capitation.module';
import type { Given } from './contract';
import { loadContract } from './load-contract';
import { price } from './price';
import type { disputeView, pendingView, periodView, statementHeadView, statementLineView } from './period-views';
import type { rosterAccountView } from './roster-views';
import type { entryView, trialBalanceView, verifiedView } from './views';

const folder = mkdtempSync(join(tmpdir(), 'capitation-periods-'));
const territory = `t${randomUUID().slice(0, 8)}`;
const clock = join(folder, 'clock.json');

interface Contract {
  readonly components: readonly { readonly id: string }[];
  readonly examples: readonly { readonly expect: Record<string, unknown>; readonly given: Record<string, unknown> }[];
}
const fixture = JSON.parse(readFileSync(join(__dirname, '..', 'fixtures', '2-pmpm.json'), 'utf8')) as Contract; // the language’s own file
/** Quality is settled by year: the month’s contract has the capitation and the withhold only. */
const contract = {
  ...fixture,
  validity: { from: '2026-06-01', to: null },
  components: fixture.components.filter(({ id }) => id !== 'quality'),
  examples: fixture.examples.map((example) => ({
    ...example,
    expect: Object.fromEntries(Object.entries(example.expect).filter(([name]) => !name.startsWith('quality'))),
  })),
};

type Statement = ReturnType<typeof statementHeadView>;
type Line = ReturnType<typeof statementLineView>;
type Entry = ReturnType<typeof entryView>;
interface StoredMember {
  readonly book: string;
  readonly territory: string;
  readonly spans: readonly { readonly from: string; readonly to: string | null }[];
}
interface Amount {
  readonly amount: string;
}
type Account = ReturnType<typeof rosterAccountView>;
interface Recorded {
  readonly given: Given;
  readonly posted: Record<string, string>;
}

describe('the months of a book on real servers', () => {
  let issuer: RunningIssuer;
  let service: RunningService;
  const tokens: Record<string, string> = {};

  const at = (now: string): void => {
    writeFileSync(clock, JSON.stringify({ now }));
  };

  beforeAll(async () => {
    at('2026-06-02T08:00:00Z');
    const serviceSecretFile = join(folder, 'secrets.json');
    issuer = await startIssuer({ port: 0, keysFile: join(folder, 'issuer.json'), serviceSecretFile, mode: 'test' });
    Object.assign(process.env, {
      ...{ ARIANE_MODE: 'test', ARIANE_ISSUER_URL: issuer.url, ARIANE_SERVICE_SECRET_FILE: serviceSecretFile },
      ...{ ARIANE_CLOCK_FILE: clock, PORT: '0' },
    });
    service = await startService({
      module: CapitationModule,
      name: 'capitation',
      documentPaths: ['/payment-contracts'],
    });
    await Promise.all([
      signIn('preparer', 'finance'),
      signIn('approver', 'finance-approver'),
      signIn('second', 'finance-approver'),
      signIn('gp', 'specialist', 'gp-204'),
    ]);
  }, 60_000);

  afterAll(async () => {
    await service.stop();
    await issuer.stop();
  });

  async function signIn(who: string, role: string, practitionerId?: string): Promise<void> {
    const body = JSON.stringify({ role, territory, subject: who, practitionerId });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${issuer.url}/demo-token`, { method: 'POST', headers, body });
    tokens[who] = ((await response.json()) as { token: string }).token; // the issuer’s own answer
  }

  // The caller names the answer it expects of this service.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- see above
  async function call<T>(method: string, path: string, body?: unknown, who = 'preparer', key: string = newId()) {
    const isText = typeof body === 'string';
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokens[who] ?? ''}`,
        'content-type': isText ? 'text/plain' : 'application/json',
        'idempotency-key': key,
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T & { code?: string } }; // this service’s answers
  }
  const get = async <T>(path: string, who?: string) => (await call<T>('GET', path, undefined, who)).body;

  const roster = '/rosters/msp-b';
  const book = '/books/msp-b';
  const run = (month: string, given: object = {}) =>
    call<Account>('POST', `${roster}/contracts/diabetes-pmpm/months/${month}/runs`, { given });
  const payerOf = async (month: string) =>
    (await get<{ items: Statement[] }>(`${book}/statements?kind=PAYER&month=${month}`)).items;
  const issue = (month: string, kind = 'PAYER') => call(`POST`, `${book}/periods/${month}/statements`, { kind });
  const verified = () => get<ReturnType<typeof verifiedView>>(`${book}/verify`);

  const june = [
    ...['member;from;to;score;version', 'A;2026-01-01;;1.000;v1', 'B;2026-01-01;;1.872;v1'],
    ...['C;2026-06-12;;0.613;v1', 'D;2026-01-01;2026-06-21;0.787;v1', 'E;2026-01-01;;3.900;v1'],
  ];

  it('imports a roster as it comes in, with a report for each row, and changes nothing the second time', async () => {
    expect((await call('POST', '/payment-contracts', contract)).status).toBe(201);
    const activated = await activateReading((path, body) => call('POST', path, body, 'approver'), 'diabetes-pmpm');
    expect(activated.status).toBe(200);
    const faulty = [...june, ';2026-01-01;;1;v1', 'G;2026-02-30;;1;v1', 'H;2026-03-02;2026-03-01;1;v1'].join('\n');
    const key = newId();
    const first = await call<{ taken: number; refused: number }>(
      ...(['POST', `${roster}/files?as=ours&month=2026-06`, faulty, 'preparer', key] as const),
    );
    expect(first).toMatchObject({ status: 201, body: { state: 'DONE', taken: 5, refused: 3 } });
    const again = await call('POST', `${roster}/files?as=ours&month=2026-06`, faulty, 'preparer', key);
    expect(again.body).toEqual(first.body);
    const { items } = await get<{ items: { line: number; column?: string; reason?: string }[] }>(
      `${roster}/files/${key}/rows`,
    );
    expect(items.filter(({ reason }) => reason !== undefined)).toEqual([
      { line: 7, column: 'member', reason: 'MISSING' },
      { line: 8, column: 'from', reason: 'NOT_A_DAY' },
      { line: 9, column: 'to', reason: 'ENDS_BEFORE_IT_BEGINS' },
    ]);
    expect(items).toHaveLength(8);
    expect(JSON.stringify(items)).not.toContain('"A"');
  });

  it('lists where the payer’s file and our roster differ, each once', async () => {
    const file = [
      ...['member;from;to;score;version', 'A;2026-01-01;;1.000;v1', 'B;2026-01-01;;1.900;v2'],
      ...['C;2026-06-05;;0.613;v1', 'E;2026-01-01;;3.900;v1', 'F;2026-06-01;;1.000;v1'],
    ].join('\n');
    const key = newId();
    await call('POST', `${roster}/files?as=payer&month=2026-06`, file, 'preparer', key);
    const { items } = await get<{ items: { kind: string; ours: string | null; theirs: string | null }[] }>(
      `${roster}/files/${key}/differences`,
    );
    expect(items.map(({ kind, ours, theirs }) => [kind, ours, theirs]).sort()).toEqual([
      ['DATES', '19', '26'],
      ['EXTRA', null, '30'],
      ['MISSING', '20', null],
      ['SCORE', '1.872', '1.900'],
    ]);
  });

  it('lists who came and who went since the month before', async () => {
    const moved = await get<{ joiners: string[]; leavers: string[] }>(`${roster}/months/2026-07/moves?since=2026-05`);
    expect([moved.joiners.length, moved.leavers.length]).toEqual([1, 1]);
  });

  it('pays example 2 from the roster to the cent, and a second run posts nothing', async () => {
    const { body } = await run('2026-06');
    expect(body).toMatchObject({
      ...{ members: 5, days: 129 },
      amounts: { cap: '281.43 EUR', held: '5.63 EUR', 'held.net': '275.80 EUR' },
    });
    const before = await get<ReturnType<typeof trialBalanceView>>(`${book}/trial-balance`);
    expect((await run('2026-06')).body.amounts).toEqual(body.amounts);
    expect(await get(`${book}/trial-balance`)).toEqual(before);
    expect(before.difference.amount).toBe('0.00');
    const { items } = await get<{ items: Entry[] }>(`${book}/entries`);
    expect(items.map(({ code, legs, period }) => [code, legs[0]?.amount.amount, period])).toEqual([
      ['CAPITATION_DUE', '281.43', '2026-06'],
      ['WITHHELD', '5.63', '2026-06'],
    ]);
  });

  const close = (month: string, who: string, waivers: object[] = []) =>
    call<ReturnType<typeof periodView>>('POST', `${book}/periods/${month}/closing`, { waivers }, who);
  const approve = (month: string, who: string) =>
    call<ReturnType<typeof periodView>>('POST', `${book}/periods/${month}/approvals`, {}, who);

  it('21: what was recorded, priced anew under the same contract, is what stands in the books; nothing is posted', async () => {
    const head = await get<{ lastSeq: string }>(book);
    const path = '/payment-contracts/diabetes-pmpm/recorded-inputs?month=2026-06';
    const read = (who: string) =>
      fetch(`${service.url}${path}`, { headers: { authorization: `Bearer ${tokens[who] ?? ''}` } });
    const response = await read('preparer');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    const text = await response.text();
    const recorded = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Recorded);
    expect(recorded).toHaveLength(1);
    const [{ given, posted }] = recorded as [Recorded];
    const { amounts, transfers } = price(loadContract(contract), given);
    expect([amounts.cap, amounts.held, amounts['held.net']]).toEqual(['281.43 EUR', '5.63 EUR', '275.80 EUR']);
    const due = transfers.map(({ line, cents }) => [line, formatMoney({ cents, currency: 'EUR' })]);
    expect(Object.fromEntries(due)).toEqual(posted);
    for (const { id } of given.members as { id: string }[]) expect(id).toMatch(/^[0-9a-z-]{8,}$/);
    expect((await read('gp')).status).toBe(403);
    expect(await get(book)).toEqual(head);
    expect((await call('GET', '/payment-contracts/nobody-knows/recorded-inputs?month=2026-06')).status).toBe(404);
    expect((await call('GET', '/payment-contracts/diabetes-pmpm/recorded-inputs?month=June')).status).toBe(400);
  });

  it('closes a month after local midnight, prepared by one and approved by two others', async () => {
    at('2026-06-30T21:59:59Z');
    expect((await close('2026-06', 'preparer')).body.code).toBe('PERIOD_NOT_OVER');
    at('2026-07-02T08:00:00Z');
    expect((await close('2026-06', 'approver')).body).toMatchObject({ state: 'CLOSING', preparedBy: 'approver' });
    expect((await approve('2026-06', 'approver')).body.code).toBe('APPROVAL_SECOND_PERSON');
    await call('POST', `${book}/periods/2026-06/abandonments`, {}, 'preparer');
    expect((await close('2026-06', 'preparer')).status).toBe(200);
    expect((await approve('2026-06', 'approver')).body).toMatchObject({ state: 'CLOSING' });
    expect((await approve('2026-06', 'approver')).body.approvals).toHaveLength(1);
  });

  it('closes once, whoever tries how often at once', async () => {
    const attempts = await Promise.all(
      Array.from({ length: 8 }, (_, index) => approve('2026-06', index % 2 === 0 ? 'second' : 'approver')),
    );
    expect(attempts.map(({ status }) => status)).toEqual(attempts.map(() => 200));
    const period = await get<ReturnType<typeof periodView>>(`${book}/periods/2026-06`);
    expect(period).toMatchObject({ state: 'CLOSED', closedSeq: 2 });
    expect(period.hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await close('2026-06', 'preparer')).body).toEqual(period);
    expect((await approve('2026-06', 'second')).body).toEqual(period);
    expect(await verified()).toMatchObject({ good: true });
  });

  it('issues a statement that foots, once, and numbers it', async () => {
    expect((await issue('2026-06')).body).toMatchObject({ issued: 1 });
    expect((await issue('2026-06')).body).toMatchObject({ issued: 0 });
    const [statement] = await payerOf('2026-06');
    expect(statement).toMatchObject({
      ...{ number: 1, party: 'org:payer-75', final: true, supersedes: null, lines: 2 },
      opening: { amount: '0.00' },
      due: { amount: '281.43' },
      withheld: { amount: '-5.63' },
      closing: { amount: '275.80' },
    });
  });

  it('books what is known in July of June in July, effective in June: +5.82, withheld +0.12, net +5.70 (2b)', async () => {
    const june = await get(`${book}/periods/2026-06/trial-balance`);
    await call('PUT', `${roster}/members`, {
      member: 'C',
      from: '2026-06-05',
      values: { raw: '0.613' },
      version: 'v1',
    });
    expect(await get(`${book}/periods/2026-06/checklist`)).toMatchObject({ UNPOSTED_DELTAS: 1 });
    expect((await run('2026-06')).body.amounts).toMatchObject({ cap: '287.25 EUR', held: '5.75 EUR' });
    expect(await get(`${book}/periods/2026-06/checklist`)).toMatchObject({ UNPOSTED_DELTAS: 0 });
    const { items } = await get<{ items: Entry[] }>(`${book}/periods/2026-07/prior`);
    expect(
      items.map(({ code, legs, period, effectivePeriod, prior }) => [
        code,
        legs[0]?.amount.amount,
        period,
        effectivePeriod,
        prior,
      ]),
    ).toEqual([
      ['ADJUSTMENT', '5.82', '2026-07', '2026-06', true],
      ['ADJUSTMENT', '0.12', '2026-07', '2026-06', true],
    ]);
    expect(await get(`${book}/periods/2026-06/trial-balance`)).toEqual(june);
    await issue('2026-07');
    const [july] = await payerOf('2026-07');
    expect(july).toMatchObject({
      ...{ number: 2, final: false, opening: { amount: '275.80' }, due: { amount: '0.00' } },
      ...{ priorPeriod: { amount: '5.70' }, closing: { amount: '281.50' } },
    });
    const { items: lines } = await get<{ items: Line[] }>(`${book}/statements/PAYER/2/lines`);
    expect(lines.map(({ section, amount, reason }) => [section, amount.amount, reason.en])).toEqual([
      ['PRIOR_PERIOD', '5.82', 'Correction 2 of 2026-06, closed before: the facts known have changed.'],
      ['PRIOR_PERIOD', '-0.12', 'Correction 2 of 2026-06, closed before: the facts known have changed.'],
    ]);
  });

  it('says what a balance was at any day as it was known at any other', async () => {
    const asOf = async (effective: string, known: string) =>
      (
        await get<{ balance: { amount: string } }>(
          `${book}/balance?account=assets:receivable:org:payer-75&effective=${effective}&known=${known}`,
        )
      ).balance.amount;
    expect(await asOf('2026-07-01T12:00:00Z', '2026-07-01T12:00:00Z')).toBe('275.80');
    expect(await asOf('2026-07-01T12:00:00Z', '2026-07-02T12:00:00Z')).toBe('281.50');
    expect(await asOf('2026-06-29T12:00:00Z', '2026-07-02T12:00:00Z')).toBe('0.00');
  });

  it('says why July differs from June, in effects that sum to the cent, and how old what is owed is', async () => {
    await run('2026-07');
    const { body } = await call<{ before: Amount; after: Amount; effects: { effect: string; amount: Amount }[] }>(
      ...(['GET', `${book}/variance?contract=diabetes-pmpm&before=2026-06&after=2026-07`] as const),
    );
    const cents = ({ amount }: Amount): bigint => BigInt(amount.replace('.', ''));
    const sum = body.effects.reduce((total, { amount }) => total + cents(amount), 0n);
    expect(cents(body.before)).toBe(275_80n);
    expect(sum).toBe(cents(body.after) - cents(body.before));
    const named = Object.fromEntries(body.effects.map(({ effect, amount }) => [effect, amount.amount]));
    expect(named).toMatchObject({ RATE: '0.00', RETRO: '5.70' });
    const { items } = await get<{ items: { party: string; ages: Record<string, Amount> }[] }>(
      `${book}/ageing?of=receivables&month=2026-07`,
    );
    const [payer] = items;
    const { accounts } = await get<ReturnType<typeof trialBalanceView>>(`${book}/trial-balance`);
    const open = accounts.find(({ account }) => account === 'assets:receivable:org:payer-75')?.balance;
    expect(Object.values(payer?.ages ?? {}).reduce((total, one) => total + cents(one), 0n)).toBe(cents(open!));
    await call('POST', `${roster}/contracts/diabetes-pmpm/months/2026-07/reversals`, {}, 'approver');
  });

  it('takes a run back to zero and posts it anew, and the line keeps all its revisions', async () => {
    const month = `${roster}/contracts/diabetes-pmpm/months/2026-06`;
    const zero = await call<Account>('POST', `${month}/reversals`, {}, 'approver');
    expect(zero.status).toBe(201);
    const balances = (await get<ReturnType<typeof trialBalanceView>>(`${book}/trial-balance`)).accounts;
    expect(balances.every(({ balance }) => balance.amount === '0.00')).toBe(true);
    expect(await get(`${book}/periods/2026-06/checklist`)).toMatchObject({ UNPOSTED_DELTAS: 1 });
    expect((await run('2026-06')).body.amounts).toMatchObject({ cap: '287.25 EUR' });
    const line = await get<{ revisions: Entry[]; posted: { amount: string } }>(
      `/lines/${zero.body.lines.find(({ name }) => name === 'cap')?.key ?? ''}`,
    );
    expect(line.revisions.map(({ legs }) => legs[0]?.amount.amount)).toEqual(['281.43', '5.82', '287.25', '287.25']);
    expect(line.posted.amount).toBe('287.25');
    expect(await verified()).toMatchObject({ good: true });
  });

  it('pays a late death back, once it is told, for the days after it', async () => {
    const died = { member: 'A', on: '2026-06-16', reason: 'DIED' };
    expect((await call('POST', `${roster}/departures`, died)).status).toBe(200);
    expect((await run('2026-06')).body.amounts).toMatchObject({ cap: '266.92 EUR' });
    await call('PUT', `${roster}/members`, { member: 'A', from: '2026-06-01', values: { raw: '1.000' } });
    expect((await run('2026-06')).body.amounts).toMatchObject({ cap: '266.92 EUR' });
  });

  describe('single entries', () => {
    const [pendingId, disputeId] = [newId(), newId()];
    const gp = 'liabilities:payable:prac:gp-204';
    const promise = (id: string, amount = '100.00') => ({
      ...{ id, book: 'msp-b', code: 'INSTALMENT_DUE', debit: 'expenses:instalment', credit: gp, amount },
      ...{ effectiveAt: '2026-07-01T08:00:00Z', dueAt: '2026-07-20T08:00:00Z', expiresAt: '2026-09-20T08:00:00Z' },
    });
    const posted = `pending-${pendingId}-resolved`;

    it('are promised and paid once, in part, and never voided afterwards', async () => {
      expect((await call('POST', '/pendings', promise(pendingId))).body).toMatchObject({ state: 'OPEN' });
      const trial = await get<ReturnType<typeof trialBalanceView>>(`${book}/trial-balance`);
      expect(trial.accounts.find(({ account }) => account === gp)).toMatchObject({
        ...{ balance: { amount: '0.00' }, pendingCredit: { amount: '100.00' } },
      });
      const checklist = await get<Record<string, number>>(`${book}/periods/2026-07/checklist`);
      expect(checklist.PENDING_ENTRIES).toBe(1);
      const fulfil = (amount: string) =>
        call<ReturnType<typeof pendingView>>('POST', `/pendings/pending-${pendingId}/fulfilments`, {
          ...{ amount, effectiveAt: '2026-07-02T08:00:00Z' },
        });
      expect((await fulfil('100.01')).body.code).toBe('PENDING_EXCEEDED');
      const all = await Promise.all([fulfil('60.00'), fulfil('60.00'), fulfil('60.00')]);
      expect(all.map(({ body }) => body.state)).toEqual(['POSTED', 'POSTED', 'POSTED']);
      expect((await call('POST', `/pendings/pending-${pendingId}/releases`, {})).body.code).toBe('PENDING_RESOLVED');
      const after = await get<ReturnType<typeof trialBalanceView>>(`${book}/trial-balance`);
      expect(after.accounts.find(({ account }) => account === gp)).toMatchObject({
        ...{ balance: { amount: '-60.00' }, pendingCredit: { amount: '0.00' } },
      });
      expect(await verified()).toMatchObject({ good: true });
    });

    it('are contested with a reason, answered, and their outcome is a new entry that the dispute names', async () => {
      const contest = { id: disputeId, entryId: posted, party: 'prac:gp-204', reason: 'Two visits are missing.' };
      expect((await call('POST', '/disputes', { ...contest, party: 'prac:other' }, 'gp')).status).toBe(404);
      expect((await call('POST', '/disputes', contest, 'gp')).body).toMatchObject({ state: 'OPEN' });
      expect(await get(`${book}/periods/2026-07/checklist`)).toMatchObject({ OPEN_DISPUTES: 1 });
      await call('POST', `/disputes/${disputeId}/answers`, { answer: 'One was found.' });
      const decided = await call<ReturnType<typeof disputeView>>(
        ...(['POST', `/disputes/${disputeId}/decisions`, { outcome: 'UPHELD', amount: '12.34' }, 'approver'] as const),
      );
      expect(decided.body).toMatchObject({ state: 'UPHELD', deltaEntryId: `dispute-${disputeId}` });
      expect(await get(`${book}/periods/2026-07/checklist`)).toMatchObject({ OPEN_DISPUTES: 0 });
      const { items } = await get<{ items: Entry[] }>(`/events/${disputeId}/entries`);
      expect(items.map(({ legs }) => legs.map(({ account, amount }) => [account, amount.amount]))).toEqual([
        [
          ['expenses:instalment', '12.34'],
          [gp, '12.34'],
        ],
      ]);
      const { items: mine } = await get<{ items: { id: string }[] }>(`/disputes?entry=${posted}`, 'gp');
      expect(mine.map(({ id }) => id)).toEqual([disputeId]);
    });

    it('are taken back once, by their exact opposite; what a calculation gave is corrected at its source', async () => {
      const entry = `dispute-${disputeId}`;
      const back = () => call<Entry>('POST', `/entries/${entry}/reversals`, {}, 'approver');
      const [one, ...others] = await Promise.all([back(), back(), back()]);
      expect([one, ...others].map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      expect((await back()).body.code).toBe('ENTRY_REVERSED');
      const [first] = (await get<{ items: Entry[] }>(`${book}/entries?limit=1`)).items;
      const ofLine = await call('POST', `/entries/${first?.id ?? ''}/reversals`, {}, 'approver');
      expect(ofLine.body.code).toBe('ENTRY_NOT_REVERSIBLE');
    });

    it('never cross the bound of a guarded account, pending amounts counted', async () => {
      const guard = { account: 'expenses:envelope', guard: 'NO_DEBIT_BALANCE' };
      const spend = (amount: string) => ({ ...promise(newId(), amount), debit: 'expenses:envelope' });
      const fund = { ...promise(newId(), '50.00'), debit: 'assets:bank', credit: 'expenses:envelope' };
      expect((await call('POST', `${book}/guards`, guard, 'approver')).status).toBe(201);
      expect((await call('POST', '/pendings', spend('0.01'))).body.code).toBe('ACCOUNT_BOUND');
      await call('POST', '/pendings', fund);
      expect((await call('POST', '/pendings', spend('0.01'))).body.code).toBe('ACCOUNT_BOUND');
      const funded = { effectiveAt: '2026-07-02T08:00:00Z' };
      await call('POST', `/pendings/pending-${fund.id}/fulfilments`, funded);
      const tries = await Promise.all(Array.from({ length: 8 }, () => call('POST', '/pendings', spend('20.00'))));
      expect(tries.filter(({ status }) => status === 201)).toHaveLength(2);
      expect(await verified()).toMatchObject({ good: true });
    });

    it('are proved to be in a sealed batch', async () => {
      const proof = await get<{ hash: string; steps: ProofStep[]; root: string }>(`/entries/${posted}/proof`);
      expect(provenRoot(proof.hash, proof.steps)).toBe(proof.root);
      expect(provenRoot('0'.repeat(64), proof.steps)).not.toBe(proof.root);
    });

    it('show a professional their own statement and nobody else’s', async () => {
      await issue('2026-07', 'PROFESSIONAL');
      const own = `${book}/statements?kind=PROFESSIONAL&party=prac:gp-204`;
      const { items } = await get<{ items: Statement[] }>(own, 'gp');
      expect(items).toMatchObject([{ due: { amount: '60.00' }, closing: { amount: '60.00' } }]);
      expect((await call('GET', `${book}/statements?kind=PROFESSIONAL`, undefined, 'gp')).status).toBe(404);
      expect((await call('GET', `${book}/statements/PAYER/1`, undefined, 'gp')).status).toBe(404);
      expect((await call('GET', `${book}/statements/PAYER/1/lines`, undefined, 'gp')).status).toBe(404);
    });
  });

  it('is drilled from a month’s total to its reasons, and from a reason to its entries, to the cent', async () => {
    type Sums = { items: { code: string; debit: { amount: string }; credit: { amount: string }; legs: number }[] };
    const totalOf = (amounts: readonly string[]) =>
      amounts.reduce((sum, text) => sum + parseMoney(`${text} EUR`).cents, 0n);
    const reasons = await get<Sums>(`${book}/periods/2026-07/reasons`);
    expect(reasons.items.length).toBeGreaterThan(1);
    expect(totalOf(reasons.items.map(({ debit }) => debit.amount))).toBe(
      totalOf(reasons.items.map(({ credit }) => credit.amount)),
    );
    const account = 'liabilities:payable:prac:gp-204';
    const own = await get<Sums>(`${book}/periods/2026-07/reasons?account=${account}`);
    for (const { code, debit, credit, legs } of own.items) {
      const path = `${book}/periods/2026-07/entries?account=${account}&code=${code}`;
      const { items } = await get<{ items: Entry[] }>(path);
      const side = (wanted: string) =>
        items.flatMap((entry) => entry.legs.filter((leg) => leg.account === account && leg.side === wanted));
      expect(side('debit').length + side('credit').length).toBe(legs);
      expect(totalOf(side('debit').map(({ amount }) => amount.amount))).toBe(totalOf([debit.amount]));
      expect(totalOf(side('credit').map(({ amount }) => amount.amount))).toBe(totalOf([credit.amount]));
    }
    expect((await call('GET', `${book}/periods/2026-07/reasons`, undefined, 'gp')).status).toBe(403);
  });

  it('pages what a party is owed, and totals what all are owed from the balances', async () => {
    type Owed = { lines: { seq: number; amount: { amount: string } }[]; total: { amount: string }; next?: string };
    const path = `/statements?book=msp-b&party=prac:gp-204`;
    const whole = await get<Owed>(`${path}&limit=200`);
    const seqs: number[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const page: Owed = await get<Owed>(`${path}&limit=1${next && `&cursor=${next}`}`);
      seqs.push(...page.lines.map(({ seq }) => seq));
      expect(page.total).toEqual(whole.total);
      next = page.next;
    }
    expect(seqs).toEqual(whole.lines.map(({ seq }) => seq));
    const { parties } = await get<{ parties: { party: string; total: object }[] }>('/statements?book=msp-b');
    expect(parties).toContainEqual({ party: 'prac:gp-204', total: whole.total });
  });

  async function file(path: string, who = 'preparer') {
    const response = await fetch(`${service.url}${path}`, {
      headers: { authorization: `Bearer ${tokens[who] ?? ''}` },
    });
    return { status: response.status, body: await response.text(), name: response.headers.get('content-disposition') };
  }

  it('gives files that say what the screen says, to the cent, and whose names say nothing', async () => {
    const [statement] = (await get<{ items: Statement[] }>(`${book}/statements?kind=PROFESSIONAL`)).items;
    const path = `${book}/statements/PROFESSIONAL/${statement?.number ?? 0}`;
    const { items } = await get<{ items: Line[] }>(`${path}/lines`);
    const csv = await file(`${path}/file?format=csv`);
    const amounts = csv.body
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(';').at(-1));
    const { opening, closing } = statement!;
    expect(amounts).toEqual([opening.amount, ...items.map(({ amount }) => amount.amount), closing.amount]);
    expect(csv.name).toBe(`attachment; filename="professional-${statement?.number ?? 0}.csv"`);
    expect((await file(`${path}/file?format=csv`, 'gp')).status).toBe(200);
    expect((await file(`${book}/statements/PAYER/1/file?format=csv`, 'gp')).status).toBe(404);
    const fec = await file(`${book}/fec?siren=123456789&year=2026`);
    expect(fec.name).toContain('123456789FEC20261231.txt');
    const journal = await file(`${book}/journal`);
    const { accounts } = await get<ReturnType<typeof trialBalanceView>>(`${book}/trial-balance`);
    for (const { account } of accounts) expect(journal.body).toContain(`account ${account}\n`);
  });

  it('pays what is owed by a batch of three persons, and settles it by the bank’s statement, once', async () => {
    const details = (party: string, who: string) =>
      call('PUT', `${book}/bank-details/${party}`, { iban: 'FR7630006000011234567890189', name: 'Cabinet' }, who);
    const confirm = (party: string, who: string) =>
      call('POST', `${book}/bank-details/${party}/confirmations`, {}, who);
    await details('org:msp-b', 'preparer');
    await confirm('org:msp-b', 'approver');
    await details('prac:gp-204', 'approver');
    const id = newId();
    const batch = `${book}/payment-batches/${id}`;
    const prepared = await call<{ items: { endToEndId: string }[] }>('POST', `${book}/payment-batches`, {
      ...{ id, executionDate: '2026-07-12' },
    });
    expect(prepared.body).toMatchObject({
      state: 'DRAFT',
      items: [{ party: 'prac:gp-204', amount: { amount: '60.00' } }],
    });
    const ok = (who: string) => call<{ code?: string }>('POST', `${batch}/approvals`, {}, who);
    expect((await ok('approver')).body.code).toBe('BANK_DETAILS_MISSING');
    expect((await confirm('prac:gp-204', 'approver')).body.code).toBe('APPROVAL_SECOND_PERSON');
    expect((await confirm('prac:gp-204', 'second')).status).toBe(200);
    await ok('approver');
    expect((await file(`${batch}/pain`, 'approver')).status).toBe(409);
    expect((await ok('second')).body).toMatchObject({ state: 'APPROVED' });
    const pain = await file(`${batch}/pain`, 'approver');
    expect(pain.body).toContain('>60.00<');
    expect(pain.body).not.toMatch(/prac:|ep-/);
    const advice = `${batch}/advices/prac:gp-204`;
    expect(await get(advice, 'gp')).toMatchObject({ amount: { amount: '60.00' }, statements: [{ month: '2026-07' }] });
    expect((await call('GET', `${batch}/advices/prac:other`, undefined, 'gp')).status).toBe(404);
    const [item] = prepared.body.items;
    const camt = `<Document><BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><IBAN>X</IBAN></Id></Acct><Ntry><Amt Ccy="EUR">60.00</Amt>
      <CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-07-12</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>${item?.endToEndId ?? ''}</EndToEndId></Refs></TxDtls></NtryDtls>
      </Ntry></Stmt></BkToCstmrStmt></Document>`;
    const hear = () => call<{ items: { outcome: string }[] }>('POST', `${book}/bank-statements`, camt);
    const heard = await hear();
    expect(heard).toMatchObject({ status: 200 });
    expect(heard.body.items).toMatchObject([{ outcome: 'PAID' }]);
    const trial = await get<ReturnType<typeof trialBalanceView>>(`${book}/trial-balance`);
    expect(trial.accounts.find(({ account }) => account === 'assets:bank')?.balance.amount).toBe('-10.00');
    expect(trial.accounts.find(({ account }) => account === 'liabilities:payable:prac:gp-204')?.balance.amount).toBe(
      '0.00',
    );
    await hear();
    expect(await get(`${book}/trial-balance`)).toEqual(trial);
    expect(await verified()).toMatchObject({ good: true });
    expect((await file(`${book}/fee-declaration?year=2026`)).body).toBe('payee;year;paid\r\n');
  });

  it('supersedes a provisional statement by a new number, and never edits it', async () => {
    const [before] = await payerOf('2026-07');
    await issue('2026-07');
    const [first, second] = await payerOf('2026-07');
    expect(first).toEqual(before);
    expect(second).toMatchObject({ number: 3, supersedes: 2 });
  });

  it('keeps the members of a book that merges with another: no day lost, none counted twice', async () => {
    await call('POST', '/books', { id: 'msp-c', currency: 'EUR', timeZone: 'Europe/Paris', holder: 'org:msp-c' });
    const merged = await call<{ moved: number }>(
      ...(['POST', `${roster}/mergers`, { into: 'msp-c', on: '2026-06-25' }, 'approver'] as const),
    );
    expect(merged.body.moved).toBe(3);
    const { db } = service.app.get(Store).database;
    const members = await db.collection<StoredMember>('members').find({ territory }).toArray();
    const open = members.filter(({ spans }) => spans.some(({ to }) => to === null));
    expect(open.map(({ book: where }) => where)).toEqual(
      ['msp-c', 'msp-c', 'msp-c'].map((name) => `${territory}.${name}`),
    );
    expect(open.every(({ spans }) => spans[0]?.from === '2026-06-25')).toBe(true);
  });
});
