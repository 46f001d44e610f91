import 'reflect-metadata';
import { TestedService } from '@ariane/testing/integration';
import { randomUUID } from 'node:crypto';
import { monthAfter } from './book-time';
import { CapitationModule } from './capitation.module';
import type { billView, estimateView, lagView } from './outside-views';
import type { entryView, trialBalanceView, verifiedView } from './views';

const service = new TestedService<object>('capitation', '2027-02-05T08:00:00.000Z');
const book = '/books/msp-o';

type Bill = ReturnType<typeof billView>;
type Accrued = ReturnType<typeof estimateView> & { readonly posted: { readonly amount: string } };
interface Refused {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string }[];
}
interface FileView {
  readonly id: string;
  readonly state: string;
  readonly taken: number;
  readonly refused: number;
}

describe('care outside the team on real servers', () => {
  beforeAll(async () => {
    await service.start({ module: CapitationModule });
    await service.signIn('finance', { role: 'finance', subject: 'preparer' });
    await service.signIn('specialist', { role: 'specialist', practitionerId: 'gp-204' });
    for (const id of ['msp-o', 'msp-new']) {
      await call('POST', '/books', { id, currency: 'EUR', timeZone: 'Europe/Paris', holder: `org:${id}` });
    }
  }, 60_000);
  afterAll(() => service.stop());

  const call = <T>(method: string, path: string, body?: object | string, who = 'finance', key: string = randomUUID()) =>
    service.call<T & Refused>(who, method, path, body, { key });
  const get = async <T>(path: string, who?: string) => (await call<T>('GET', path, undefined, who)).body;
  const verified = () => get<ReturnType<typeof verifiedView>>(`${book}/verify`);
  const sendFile = (rows: readonly string[], key: string) =>
    call<FileView>('POST', `${book}/outside-bills/files`, rows.join('\n'), 'finance', key);

  const head = 'bill;member;care;received;act;provider;amount;withdrawn';
  /** Each month from February to July 2026: half is billed at once, 30 % a month after, 20 % two months after. */
  const history = ['2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07'].flatMap((month) =>
    ['50.00', '30.00', '20.00'].map(
      (amount, lag) => `${month}-${lag};A;${month}-10;${monthAfter(month, lag)}-20;imaging;Clinic;${amount};`,
    ),
  );
  const file = [head, ...history, 'jan-0;A;2027-01-10;2027-01-20;imaging;Clinic;50.00;'];

  it('reads a file of bills as it comes in, with a reason for each row it refuses, and once', async () => {
    const key = randomUUID();
    const faulty = [...file, 'x;A;2027-01-10;2027-01-09;imaging;Clinic;5.00;', ';A;2027-01-10;2027-01-20;a;b;5.00;'];
    const first = await sendFile(faulty, key);
    expect(first).toMatchObject({ status: 201, body: { state: 'DONE', taken: 19, refused: 2 } });
    expect((await sendFile(faulty, key)).body).toEqual(first.body);
    const { items } = await get<{ items: object[] }>(`${book}/outside-bills/files/${key}/rows?limit=200&cursor=19`);
    expect(items).toMatchObject([
      { line: 20, receivedDate: '2027-01-20', care: { act: 'imaging', amount: { amount: '50.00' } } },
      { line: 21, column: 'received', reason: 'BEFORE_CARE' },
      { line: 22, column: 'bill', reason: 'MISSING' },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/Clinic|jan-0/);
    expect((await sendFile([...file, 'other;;;;;;;'], key)).body.code).toBe('IDEMPOTENCY_CONFLICT');
  });

  it('goes on with a file where it was cut off', async () => {
    const key = randomUUID();
    const rows = Array.from({ length: 300 }, (_, index) => `cut-${index};B;2027-01-05;2027-01-06;visit;Other;0.00;`);
    const cut = await sendFile([head, ...rows, '"never closed;B;2027'], key);
    expect(cut).toMatchObject({ status: 422, body: { code: 'CSV_INVALID' } });
    const whole = await sendFile([head, ...rows], key);
    expect(whole.body).toMatchObject({ state: 'DONE', taken: 300, refused: 0 });
  });

  it('knows the member by the roster’s pseudonym, and neither member, bill nor provider by name', async () => {
    const told = await call<{ member: string }>('PUT', '/rosters/msp-o/members', { member: 'A', from: '2026-01-01' });
    const { items } = await get<{ items: Bill[] }>(`${book}/outside-bills?month=2026-03`);
    expect(items).toHaveLength(3);
    expect(new Set(items.map(({ care }) => care?.member))).toEqual(new Set([told.body.member]));
    expect(JSON.stringify(items)).not.toMatch(/Clinic|2026-03-0"/);
    const pages = await get<{ items: Bill[]; next: string }>(`${book}/outside-bills?month=2026-03&limit=2`);
    const rest = await get<{ items: Bill[] }>(`${book}/outside-bills?month=2026-03&limit=2&cursor=${pages.next}`);
    expect([...pages.items, ...rest.items]).toEqual(items);
  });

  const tell = (of: object) =>
    call<Bill>('PUT', `${book}/outside-bills`, {
      ...{ bill: 'one', member: 'C', careDate: '2026-12-03', receivedDate: '2026-12-20', act: 'visit', provider: 'X' },
      ...{ amount: '10.00', ...of },
    });

  it('corrects and withdraws a bill by what was received last, and keeps what was said before', async () => {
    expect((await tell({})).body).toMatchObject({ state: 'RECEIVED', care: { amount: { amount: '10.00' } } });
    const corrected = { receivedDate: '2027-01-15', amount: '12.00' };
    expect((await tell(corrected)).body.revisions.map(({ care }) => care?.amount.amount)).toEqual(['10.00', '12.00']);
    const months = async () =>
      (await get<ReturnType<typeof lagView>>(`${book}/outside-care/lag`)).months.map((one) => one.received.amount);
    expect(await months()).toEqual(['0.00', '0.00', '0.00', '0.00', '12.00', '50.00']);
    const gone = await call<Bill>('POST', `${book}/outside-bills/withdrawals`, {
      ...{ bill: 'one', receivedDate: '2027-01-16' },
    });
    expect(gone.body).toMatchObject({ state: 'WITHDRAWN', care: null });
    expect(await months()).toEqual(['0.00', '0.00', '0.00', '0.00', '0.00', '50.00']);
    const twice = [head, 'two;C;2026-12-03;2026-12-20;visit;X;10.00;', 'two;;;2026-12-21;;;;yes'];
    expect((await sendFile(twice, randomUUID())).body).toMatchObject({ taken: 2, refused: 0 });
    expect(await months()).toEqual(['0.00', '0.00', '0.00', '0.00', '0.00', '50.00']);
    const unknown = { bill: 'nobody', receivedDate: '2027-01-16' };
    expect((await call('POST', `${book}/outside-bills/withdrawals`, unknown)).status).toBe(404);
  });

  it('refuses what makes no sense by the name of its field, and changes nothing', async () => {
    const before = await get<{ items: Bill[] }>(`${book}/outside-bills?month=2026-12`);
    expect((await tell({ amount: '-1.00' })).body.errors?.map(({ field }) => field)).toEqual(['amount']);
    expect((await tell({ receivedDate: '2026-12-01' })).body.code).toBe('BILL_DAY_INVALID');
    expect((await tell({ receivedDate: '2027-02-06' })).body.code).toBe('BILL_DAY_INVALID');
    expect((await call('GET', `${book}/outside-care/lag?through=2027-02`)).body.code).toBe('INVALID_INPUT');
    expect(await get(`${book}/outside-bills?month=2026-12`)).toEqual(before);
    expect((await call('GET', `${book}/outside-bills?month=2026-03`, undefined, 'specialist')).status).toBe(403);
  });

  const accrue = (month: string, where = book) =>
    call<Accrued>('POST', `${where}/outside-care/months/${month}/accruals`, {});
  const balances = async () => {
    const { accounts } = await get<ReturnType<typeof trialBalanceView>>(`${book}/trial-balance`);
    return Object.fromEntries(accounts.map(({ account, balance }) => [account, balance.amount]));
  };

  it('says how late bills come by its own history, exactly, and accrues nothing by itself', async () => {
    const { curve } = await get<ReturnType<typeof lagView>>(`${book}/outside-care/lag`);
    expect(curve).toMatchObject({ from: 'HISTORY', months: 6, notAssessed: null });
    expect(curve.shares.map(({ share }) => share)).toEqual(['0.5', '0.8', '1', '1', '1', '1']);
    expect(await balances()).toEqual({});
  });

  it('accrues a month once when somebody asks, and says why down to the figures', async () => {
    const first = await accrue('2027-01');
    expect(first).toMatchObject({
      status: 200,
      body: { outstanding: { amount: '50.00' }, posted: { amount: '50.00' } },
    });
    expect((await accrue('2027-01')).body).toEqual(first.body);
    expect(await balances()).toEqual({
      'expenses:outside-care': '50.00',
      'liabilities:accrued:outside-care': '-50.00',
    });
    const { items } = await get<{ items: ReturnType<typeof entryView>[] }>(`${book}/entries`);
    expect(items).toMatchObject([{ code: 'ACCRUAL_OUTSIDE', period: '2027-01', contract: { id: 'accrual-by-lag' } }]);
    const month = await get<{ holder: object }>(`${book}/comparison?month=2027-01`);
    expect(month.holder).toMatchObject({ accrued: { amount: '50.00' }, margin: { amount: '-50.00' } });
    const why = await get(`/entries/${items[0]?.id ?? ''}/explanation`);
    expect(JSON.stringify(why)).toContain('"name":"final","value":"600.00 EUR"');
  });

  it('takes the accrual back as the bills come in', async () => {
    service.setClock('2027-03-05T08:00:00.000Z');
    const bill = { bill: 'jan-1', member: 'A', careDate: '2027-01-10', receivedDate: '2027-02-20', amount: '30.00' };
    await tell(bill);
    expect((await accrue('2027-01')).body).toMatchObject({ posted: { amount: '20.00' }, lag: 1 });
    await tell({ ...bill, bill: 'jan-2', receivedDate: '2027-03-04', amount: '20.00' });
    service.setClock('2027-04-05T08:00:00.000Z');
    expect((await accrue('2027-01')).body).toMatchObject({ posted: { amount: '0.00' }, lag: 2 });
    expect(await balances()).toEqual({ 'expenses:outside-care': '0.00', 'liabilities:accrued:outside-care': '0.00' });
    expect(await verified()).toMatchObject({ good: true });
  });

  it('is not assessed with too little history, and says so', async () => {
    const { curve, months } = await get<ReturnType<typeof lagView>>('/books/msp-new/outside-care/lag');
    expect(curve.from).toBe('NOWHERE');
    expect(curve.notAssessed).toContain('il faut 6 mois complets de factures externes, il y en a 0');
    expect(months.every(({ outstanding }) => outstanding === null)).toBe(true);
    const refused = await accrue('2027-01', '/books/msp-new');
    expect(refused).toMatchObject({ status: 409, body: { code: 'ACCRUAL_HISTORY_SHORT' } });
  });
});
