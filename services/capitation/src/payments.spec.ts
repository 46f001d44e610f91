import { given } from '@ariane/testing';
import { XMLParser } from 'fast-xml-parser';
import { bankAccounts, type BankAccountCommand } from './bank-details';
import { readCamt } from './camt.store';
import { append, emptyHead, incrementsOf } from './ledger';
import { painOf } from './pain.store';
import { type PaymentBatch, paymentBatches, type PaymentBatchCommand, type PaymentBatchEvent } from './payment-batch';

const iban = 'FR7630006000011234567890189';
const other = 'DE89370400440532013000';
const now = '2026-07-10T08:00:00Z';

describe('bank details', () => {
  const propose = (to: string, by: string): BankAccountCommand => ({
    ...{ type: 'ProposeDetails', book: 'b1', party: 'prac:gp', details: { iban: to, name: 'Cabinet' }, by },
  });
  const proposed = bankAccounts.decide(undefined, propose(iban, 'ada'));

  it('that change need a second person, and until then the former account is paid', () => {
    given(bankAccounts, ...proposed)
      .when({ type: 'ConfirmDetails', by: 'ada' })
      .thenRefused('APPROVAL_SECOND_PERSON');
    const state = proposed.reduce(bankAccounts.evolve, undefined as never); // the decider’s own state
    const confirmed = [...proposed, ...bankAccounts.decide(state, { type: 'ConfirmDetails', by: 'bob' })];
    given(bankAccounts, ...confirmed)
      .when(propose(other, 'bob'))
      .thenState({ current: { iban, name: 'Cabinet' }, proposed: { iban: other, name: 'Cabinet' } });
  });

  it('with a wrong digit are refused', () => {
    given(bankAccounts).when(propose('FR7630006000011234567890188', 'ada')).thenRefused('IBAN_INVALID');
    given(bankAccounts).when(propose('fr76 3000 6000 0112 3456 7890 189', 'ada')).thenState({ proposedBy: 'ada' });
  });
});

const prepare: PaymentBatchCommand = {
  ...{
    type: 'PrepareBatch',
    id: '0190a000-0000-7000-8000-000000000001',
    book: 'b1',
    executionDate: '2026-07-12',
    by: 'ada',
  },
  due: [
    { party: 'prac:gp', amountCents: 60_10n },
    { party: 'prac:nurse', amountCents: 0n },
    { party: 'prac:surgeon', amountCents: 1_234_567_89n },
  ],
};
const owed = new Map([
  ['prac:gp', 60_10n],
  ['prac:surgeon', 1_234_567_89n],
]);
const approve = (
  by: string,
  changes: Partial<PaymentBatchCommand & { type: 'ApproveBatch' }> = {},
): PaymentBatchCommand => ({
  ...{ type: 'ApproveBatch', by, now, requestId: 'request', owed, payable: new Set(owed.keys()) },
  ...changes,
});
const play = (...commands: readonly PaymentBatchCommand[]): PaymentBatchEvent[] =>
  commands.reduce<PaymentBatchEvent[]>((all, command) => {
    const state = all.reduce<PaymentBatch | undefined>(paymentBatches.evolve, undefined);
    return [...all, ...paymentBatches.decide(state, command)];
  }, []);
const stateOf = (events: readonly PaymentBatchEvent[]) =>
  events.reduce<PaymentBatch | undefined>(paymentBatches.evolve, undefined)!;
const draftsOf = (events: readonly PaymentBatchEvent[]) =>
  events.flatMap((event) =>
    event.type === 'BatchReleased' || event.type === 'PaymentSettled' ? event.data.drafts : [],
  );
const released = play(prepare, approve('bob'), approve('cyd'));
const [first] = stateOf(released).items;
const hear = (outcome: 'PAID' | 'RETURNED', amountCents = 60_10n): PaymentBatchCommand => ({
  ...{
    type: 'HearBank',
    endToEndId: first!.endToEndId,
    outcome,
    amountCents,
    at: now,
    bankRef: 'ref',
    requestId: 'request',
    now,
  },
});

describe('a payment batch', () => {
  it('is not made of nothing', () => {
    given(paymentBatches)
      .when({ ...prepare, due: [{ party: 'prac:nurse', amountCents: 0n }] })
      .thenRefused('NOTHING_OWED');
  });

  it('posts nothing before two persons who did not prepare it have approved', () => {
    given(paymentBatches, ...play(prepare))
      .when(approve('ada'))
      .thenRefused('APPROVAL_SECOND_PERSON');
    expect(draftsOf(play(prepare, approve('bob'), approve('bob')))).toEqual([]);
    expect(draftsOf(released)).toHaveLength(2);
    given(paymentBatches, ...released)
      .when(approve('dan'))
      .thenNothing();
    given(paymentBatches, ...released)
      .when({ type: 'WithdrawBatch' })
      .thenRefused('STATE_CONFLICT');
  });

  it('pays nobody more than they are owed when it is approved, nor on details that nobody confirmed', () => {
    const less = new Map([...owed, ['prac:gp', 60_09n] as const]);
    given(paymentBatches, ...play(prepare))
      .when(approve('bob', { owed: less }))
      .thenRefused('PAYMENT_NOT_OWED');
    const known = new Set(['prac:gp']);
    given(paymentBatches, ...play(prepare))
      .when(approve('bob', { payable: known }))
      .thenRefused('BANK_DETAILS_MISSING');
  });

  it('settles each payment once by what the bank says; one that comes back is owed again', () => {
    given(paymentBatches, ...released)
      .when(hear('PAID', 60_11n))
      .thenRefused('BANK_AMOUNT_DIFFERS');
    const paid = [...released, ...paymentBatches.decide(stateOf(released), hear('PAID'))];
    given(paymentBatches, ...paid)
      .when(hear('PAID'))
      .thenNothing();
    const back = [...paid, ...paymentBatches.decide(stateOf(paid), hear('RETURNED'))];
    given(paymentBatches, ...back)
      .when(hear('PAID'))
      .thenNothing();
    const book = { timeZone: 'Europe/Paris', head: emptyHead, existing: new Map(), closedThrough: null };
    const nets = incrementsOf(append(book, [draftsOf(back)], now).entries).map(({ account, dr, cr }) => [
      account,
      dr - cr,
    ]);
    expect(nets).toEqual([
      ['assets:bank', 0n],
      ['assets:bank-transit', -1_234_567_89n],
      ['liabilities:payable:prac:gp', 0n],
      ['liabilities:payable:prac:surgeon', 1_234_567_89n],
    ]);
  });
});

describe('the bank’s files', () => {
  const debtor = { iban: other, name: 'Maison de sante' };
  const items = stateOf(released).items.map((item) => ({
    ...item,
    details: { iban, name: 'Cabinet' },
    info: 'REGLEMENT',
  }));
  const xml = painOf({ id: 'b1', createdAt: now, executionDate: '2026-07-12', debtor, items });

  it('out say each payment to the cent, the sum and the count, and who nobody is', () => {
    const read = new XMLParser({ ignoreAttributes: false, parseTagValue: false }).parse(xml) as {
      Document: {
        CstmrCdtTrfInitn: { GrpHdr: Record<string, string>; PmtInf: { CdtTrfTxInf: Record<string, never>[] } };
      };
    }; // the document the library writes
    const { GrpHdr, PmtInf } = read.Document.CstmrCdtTrfInitn;
    expect(GrpHdr).toMatchObject({ NbOfTxs: '2', CtrlSum: '1234627.99' });
    const transfers = PmtInf.CdtTrfTxInf as unknown as {
      Amt: { InstdAmt: Record<string, string> };
      PmtId: Record<string, string>;
    }[]; // as above
    expect(transfers.map(({ Amt }) => Amt.InstdAmt['#text'])).toEqual(['60.10', '1234567.89']);
    expect(transfers.map(({ PmtId }) => PmtId.EndToEndId)).toEqual(items.map(({ endToEndId }) => endToEndId));
    expect(xml).not.toMatch(/prac:|ep-|breast|cancer/);
  });

  const entry = (
    details: string,
    direction = 'DBIT',
  ) => `<Ntry><Amt Ccy="EUR">60.1</Amt><CdtDbtInd>${direction}</CdtDbtInd>
    <BookgDt><Dt>2026-07-12</Dt></BookgDt><NtryDtls><TxDtls>${details}</TxDtls></NtryDtls></Ntry>`;
  const camt = (
    ...entries: string[]
  ) => `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
    <BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><IBAN>${other}</IBAN></Id></Acct>${entries.join('')}</Stmt></BkToCstmrStmt></Document>`;

  it('in are read to the cent: payments, returns, and what is not ours', () => {
    const own = `<Refs><EndToEndId>${first!.endToEndId}</EndToEndId></Refs>`;
    const [statement] = readCamt(
      camt(entry(own), entry(`${own}<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>`, 'CRDT'), entry('', 'CRDT')),
    );
    expect(statement).toMatchObject({ id: 'S1', iban: other });
    expect(statement?.movements).toMatchObject([
      {
        ref: 'S1/1/1',
        direction: 'OUT',
        isReturn: false,
        amountCents: 60_10n,
        day: '2026-07-12',
        endToEndId: first!.endToEndId,
      },
      { ref: 'S1/2/1', direction: 'IN', isReturn: true, amountCents: 60_10n, endToEndId: first!.endToEndId },
      { ref: 'S1/3/1', direction: 'IN', isReturn: false, endToEndId: null },
    ]);
  });

  it.each([
    ['no XML', 'hello'],
    ['no statement', '<Document/>'],
    ['entities', `<!DOCTYPE x [<!ENTITY a "b">]>${camt()}`],
    ['a third decimal', camt(entry('').replace('60.1', '60.101'))],
  ])('in are refused with %s', (_, file) => {
    expect(() => readCamt(file)).toThrow('CAMT_INVALID');
  });
});
