import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '@ariane/kernel';
import { effect, type CommandContext } from '@ariane/store';
import fc from 'fast-check';
import type { ContractDocument, Given } from './contract';
import { pathwayAccount, settlement } from './contracts.store';
import { type EntryDraft, reversalOf } from './entry';
import type { Guard } from './guard';
import { ENTRIES, type EntryDocument, entryOf, PERIOD_BALANCES } from './ledger-documents.store';
import { lineType, pendingType } from './ledger.store';
import { loadContract } from './load-contract';
import { modelMonth, ModelLedger, reportText } from './model-ledger.fixture';
import type { PathwayCommand } from './pathway-account';
import { type PendingCommand, pendings } from './pending';
import { closingItems } from './period';
import { price } from './price';
import { contextOf, RealLedger } from './real-ledger.fixture.store';
import type { Line } from './recalculate';
import { pseudonymOf, settle } from './settle';
import { amountsOf } from './settlement';
import { trialBalance } from './verify';

/**
 * Commands as people and services give them, in any order, to the real write path on a real MongoDB and to a model of a
 * hundred lines. After each one every figure that the books keep is compared with the model's, which has only the list
 * of entries. LEDGER_RUNS multiplies the number of histories: a night may run a thousand.
 */
const RUNS = Number(process.env.LEDGER_RUNS ?? '1');
const POOL = 'liabilities:pool:hip';
const accounts = {
  debit: ['assets:receivable:org:a', 'assets:receivable:org:a', 'assets:receivable:org:b', POOL],
  credit: [POOL, 'liabilities:payable:prac:x', 'liabilities:payable:prac:y'],
};
const document = JSON.parse(
  readFileSync(join(__dirname, '..', 'fixtures', '1-bundle.json'), 'utf8'),
) as ContractDocument; // as: the language's own file
const contract = loadContract(document);

interface Model {
  readonly ledger: ModelLedger;
  readonly sent: { readonly key: string; readonly now: string; readonly drafts: readonly EntryDraft[] }[];
  readonly promises: { readonly id: string; state: Parameters<typeof pendings.decide>[0] }[];
  readonly lines: Map<string, readonly Line[]>;
  now: string;
}
interface Real {
  readonly on: RealLedger;
  readonly territory: string;
  readonly book: string;
}
type Step = fc.AsyncCommand<Model, Real>;

/** What a command came to: nothing when it was accepted, else the code of the refusal. */
const codeOf = async (asked: Promise<unknown>): Promise<string | undefined> =>
  asked.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof DomainError) return error.code;
      throw error;
    },
  );

const step = (
  name: string,
  run: (model: Model, real: Real) => Promise<void>,
  check: (model: Model) => boolean = () => true,
): Step => ({
  check,
  run: async (model, real) => {
    await run(model, real);
    await audit(model, real);
    model.now = new Date(Date.parse(model.now) + 9 * 86_400_000 + 3_600_000).toISOString();
  },
  toString: () => name,
});

async function audit({ ledger, lines, now }: Model, { on, territory, book }: Real): Promise<void> {
  const stored = await entriesOf(on, book);
  // 4: numbers without gap, in the order of the model; 11: no month that was closed.
  expect(stored.map(({ id, seq, period, effPeriod, rec }) => [id, seq, period, effPeriod, rec])).toEqual(
    ledger.entries.map(({ id, period, effPeriod, rec }, at) => [id, BigInt(at + 1), period, effPeriod, rec]),
  );
  // 2 and 3: the trial balance is zero, and each balance kept is the sum of the model's entries.
  const kept = await on.reads.balances(territory, book);
  const trial = trialBalance(kept);
  expect([trial.difference, trial.pendingDifference]).toEqual([0n, 0n]);
  const text = (of: Iterable<readonly [string, { dr: bigint; cr: bigint; pdr: bigint; pcr: bigint }]>) =>
    [...of].map(([account, { dr, cr, pdr, pcr }]) => [account, dr, cr, pdr, pcr].join(' ')).sort();
  expect(text(kept.map((one) => [one.account, one]))).toEqual(text(ledger.balances()));
  // 9: no account stands beyond its bound.
  for (const [account, guard] of ledger.guards) {
    const { dr, cr, pdr, pcr } = kept.find((one) => one.account === account) ?? { dr: 0n, cr: 0n, pdr: 0n, pcr: 0n };
    expect(guard === 'NO_DEBIT_BALANCE' ? dr + pdr <= cr : cr + pcr <= dr).toBe(true);
  }
  // 11: what a closed month reported stays what it was.
  for (const [month, report] of ledger.reported) expect(await reportOf(on, book, month)).toBe(report);
  // 3: each line stands at what was posted for it.
  for (const [subject, own] of lines) {
    const found = await on.store.find(lineType, territory, { book, subject });
    expect(new Map(found.map(({ id, state }) => [id, state.posted]))).toEqual(
      new Map(own.map(({ key, posted }) => [key, posted])),
    );
  }
  await compareAsOf(ledger, { on, territory, book }, now);
  // 3 and 4: chain, batch roots, head and period balances, as the service's own auditor recomputes them.
  expect(await on.verifier.verify(territory, book)).toMatchObject({ good: true, entries: stored.length });
}

/** 12: at the instants of some entry, just before them, and now. */
async function compareAsOf(ledger: ModelLedger, { on, territory, book }: Real, now: string): Promise<void> {
  const { entries } = ledger;
  const [one, other] = [entries[(entries.length * 7) % 11], entries.at(-3)];
  const before = (instant: string) => new Date(Date.parse(instant) - 1).toISOString();
  for (const account of ['assets:receivable:org:a', POOL]) {
    for (const effective of [one?.eff ?? now, before(other?.eff ?? now)]) {
      for (const known of [before(one?.rec ?? now), other?.rec ?? now]) {
        const found = await on.reads.asOf(territory, book, account, { effective, known });
        expect(found).toEqual(ledger.asOf(account, effective, known));
      }
    }
  }
}

const entriesOf = async (on: RealLedger, book: string) =>
  (await on.database.db.collection<EntryDocument>(ENTRIES).find({ book }).sort({ seq: 1 }).toArray()).map(entryOf);

async function reportOf(on: RealLedger, book: string, month: string): Promise<string> {
  const rows = await on.database.db
    .collection<{ _id: string; account: string; dr: bigint; cr: bigint }>(PERIOD_BALANCES)
    .find({ book, period: { $lte: month } })
    .toArray();
  const sum = (of: typeof rows, side: 'dr' | 'cr') => of.reduce((total, row) => total + row[side], 0n);
  return reportText(
    [...Map.groupBy(rows, ({ account }) => account)].map(([account, own]) => ({
      ...{ account, dr: sum(own, 'dr'), cr: sum(own, 'cr') },
    })),
  );
}

const anyCents = fc.bigInt(1n, 100_000n);
/** Half past ten at night UTC: in Paris the last day of a month is already the first of the next. */
const anyDay = fc.integer({ min: 1, max: 210 }).map((day) => new Date(Date.UTC(2026, 0, day, 22, 30)).toISOString());
const anyPair = fc.record({
  cents: anyCents,
  debit: fc.constantFrom(...accounts.debit),
  credit: fc.constantFrom(...accounts.credit),
  eff: anyDay,
});
type Pair = typeof anyPair extends fc.Arbitrary<infer T> ? T : never;

const draftOf = (book: string, { cents, debit, credit, eff }: Pair, credited = cents): EntryDraft => ({
  ...{ id: randomUUID(), book, code: 'SHARE_DUE', eff, contract: null, line: null, reverses: null },
  legs: [
    { a: debit, d: 1, amt: cents },
    { a: credit, d: -1, amt: credited },
  ],
  cause: { eventIds: [randomUUID()] },
});

/** Groups that come at once, each from one caller or, with the same key, from several. */
const anyPosting = fc
  .array(
    fc.record({
      pairs: fc.array(anyPair, { minLength: 1, maxLength: 3 }),
      callers: fc.constantFrom(1, 1, 1, 3),
      isFaulty: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((groups) =>
    step(`post ${JSON.stringify(groups, plain)}`, async (model, { on, territory, book }) => {
      const { ledger, now, sent } = model;
      const asked = groups.map(({ pairs, callers, isFaulty }) => {
        // The last one of a faulty group does not balance: the ones before it must not stand either.
        const drafts = pairs.map((pair, at) =>
          draftOf(book, pair, isFaulty && at === pairs.length - 1 ? pair.cents + 1n : pair.cents),
        );
        return { key: randomUUID(), drafts, callers };
      });
      const codes = await Promise.all(
        asked.map(({ key, drafts, callers }) =>
          Promise.all(Array.from({ length: callers }, () => codeOf(on.post(territory, drafts, now, key)))),
        ),
      );
      const expected = asked.map(({ drafts, callers }) => {
        const code = ledger.post(drafts, now);
        return Array.from({ length: callers }, () => code);
      });
      expect(codes).toEqual(expected);
      asked.forEach(({ key, drafts }, at) => {
        if (codes[at]?.[0] === undefined) sent.push({ key, drafts, now });
      });
    }),
  );

const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

const anyRepetition = fc
  .record({ at: fc.nat(), how: fc.constantFrom('same', 'other payload', 'other key'), callers: fc.constantFrom(1, 4) })
  .map(({ at, how, callers }) =>
    step(
      `post again ${at}: ${how}, ${callers} callers`,
      async ({ sent, now: later }, { on, territory }) => {
        const { key, drafts, now } = sent[at % sent.length]!;
        const changed = drafts.map((draft) => ({ ...draft, code: 'OTHER' }));
        const post = () => {
          if (how === 'same')
            return on.post(territory, drafts, now, key).then(({ replayed }) => `replayed ${replayed}`);
          return how === 'other payload'
            ? codeOf(on.post(territory, changed, now, key))
            : codeOf(on.post(territory, drafts, later));
        };
        const answers = await Promise.all(Array.from({ length: callers }, post));
        const refusals = {
          'other payload': ['IDEMPOTENCY_CONFLICT'],
          'other key': ['ALREADY_EXISTS', 'ACCOUNT_BOUND'],
        };
        for (const answer of answers)
          expect(how === 'same' ? ['replayed true'] : refusals[how as 'other key']).toContain(answer); // as: of the three
      },
      ({ sent }) => sent.length > 0,
    ),
  );

const anyGuard = fc.constantFrom<Guard>('NO_DEBIT_BALANCE', 'NO_CREDIT_BALANCE').map((guard) =>
  step(`guard ${guard}`, async ({ ledger, now }, { on, territory, book }) => {
    const account = guard === 'NO_DEBIT_BALANCE' ? POOL : 'assets:receivable:org:b';
    const code = await codeOf(on.acts.guard(book, account, guard, contextOf(territory, now)));
    expect(code).toBe(ledger.guard(account, guard));
  }),
);

const anyPromise = anyPair.map((pair) =>
  step(`promise ${JSON.stringify(pair, plain)}`, async ({ ledger, promises, now }, { on, territory, book }) => {
    const { cents: amountCents, debit, credit, eff: effectiveAt } = pair;
    const [id, expiresAt] = [randomUUID(), new Date(Date.parse(now) + 30 * 86_400_000).toISOString()];
    const asked = { id, book, code: 'INSTALMENT_DUE', debit, credit, amountCents, effectiveAt, dueAt: now, expiresAt };
    const context = contextOf(territory, now);
    const code = await codeOf(on.acts.promise(asked, context));
    const cause = { eventIds: [context.messageId] };
    const draft = { ...draftOf(book, pair), id: `pending-${id}`, code: 'INSTALMENT_DUE', cause };
    expect(code).toBe(ledger.post([{ ...draft, status: 'PENDING' }], now));
    if (code !== undefined) return;
    const promised = pendings.decide(undefined, { type: 'Promise', draft, dueAt: now, expiresAt, now });
    promises.push({ id: draft.id, state: promised.reduce(pendings.evolve, undefined as never) }); // as: the decider's own first state
  }),
);

type Way = { readonly how: 'all' | 'part' | 'too much' | 'release' | 'expire'; readonly share: bigint };
const anyWay = fc.record({
  how: fc.constantFrom<Way['how']>('all', 'part', 'too much', 'release', 'expire'),
  share: fc.bigInt(1n, 100n),
});

/** Several persons resolve one promise at the same moment. */
const anyResolution = fc
  .record({ at: fc.nat(), ways: fc.array(anyWay, { minLength: 1, maxLength: 3 }), eff: anyDay })
  .map(({ at, ways, eff }) =>
    step(
      `resolve ${at} ${ways.map(({ how }) => how).join(', ')}`,
      async ({ ledger, promises, now }, { on, territory }) => {
        const one = promises[at % promises.length]!;
        const amt = one.state?.draft.legs[0]?.amt ?? 0n;
        const commands = ways.map((way) => resolutionOf(way, amt, eff, now));
        const context = () => contextOf(territory, now);
        // Straight to the write path, which takes what comes at one moment in the order in which it comes.
        const resolve = (command: PendingCommand) => on.store.handle(pendingType, one.id, command, context());
        const codes = await Promise.all(commands.map((command) => codeOf(resolve(command))));
        const expected = commands.map((command) => {
          const before = one.state?.state;
          const code = refusalOf(before, one.state!.expiresAt, amt, command);
          if (code !== undefined || before !== 'OPEN') return code;
          const [event] = pendings.decide(one.state, command);
          const refused = ledger.post([event!.data.draft], now);
          if (refused === undefined) one.state = pendings.evolve(one.state, event!);
          return refused;
        });
        expect(codes).toEqual(expected);
        // 10: resolved at most once, and never for more than was promised.
        const resolved = ledger.entries.filter(({ resolves }) => resolves?.id === one.id);
        expect(resolved.length).toBeLessThanOrEqual(1);
        for (const { legs } of resolved) expect(legs.every((leg) => leg.amt <= amt)).toBe(true);
      },
      ({ promises }) => promises.length > 0,
    ),
  );

function resolutionOf({ how, share }: Way, amt: bigint, eff: string, now: string): PendingCommand {
  const cause = [randomUUID()];
  switch (how) {
    case 'all':
      return { type: 'Fulfil', eff, cause, now };
    case 'part':
      return { type: 'Fulfil', eff, cause, now, amountCents: (amt * share) / 100n || 1n };
    case 'too much':
      return { type: 'Fulfil', eff, cause, now, amountCents: amt + share };
    case 'release':
      return { type: 'Release', cause, now };
    case 'expire':
      return { type: 'Expire', now };
  }
}

/** The rule of 10, written once more: repeating what was done says nothing, anything else is refused. */
function refusalOf(state: string | undefined, expiresAt: string, amt: bigint, command: PendingCommand) {
  if (command.type === 'Expire' && command.now < expiresAt) return 'PENDING_NOT_EXPIRED';
  if (state === 'POSTED') return command.type === 'Fulfil' ? undefined : 'PENDING_RESOLVED';
  if (state === 'VOIDED') return command.type === 'Fulfil' ? 'PENDING_RESOLVED' : undefined;
  return command.type === 'Fulfil' && (command.amountCents ?? 0n) > amt ? 'PENDING_EXCEEDED' : undefined;
}

const closesOn = ({ ledger }: Model): string | undefined =>
  ledger.entries
    .filter(
      ({ status = 'POSTED', period }) => (status === 'POSTED' || status === 'POST') && period > ledger.closedThrough,
    )
    .map(({ period }) => period)
    .sort()[0];

const closing: Step = step(
  'close the first open month',
  async (model, { on, territory, book }) => {
    const { ledger, now } = model;
    const month = closesOn(model)!;
    const waivers = closingItems.map((item) => ({ item, reason: 'a test' }));
    const by = (actor: string) => contextOf(territory, now, randomUUID(), actor);
    const prepare = () => codeOf(on.closings.prepare({ book, month, waivers, by: 'ada' }, by('person:ada')));
    const isOver = modelMonth(now) > month;
    expect(await Promise.all([prepare(), prepare()])).toEqual(Array(2).fill(isOver ? undefined : 'PERIOD_NOT_OVER'));
    if (!isOver) return;
    const approve = (who: string) => codeOf(on.closings.approve(book, month, who, by(`person:${who}`)));
    expect(await approve('ada')).toBe('APPROVAL_SECOND_PERSON');
    expect(await Promise.all(['bob', 'bob', 'eve', 'eve'].map(approve))).toEqual(Array(4).fill(undefined));
    ledger.close(month);
    expect(await on.closings.period(territory, book, month)).toMatchObject({
      ...{ state: 'CLOSED', closedSeq: BigInt(ledger.entries.length) },
    });
    await compareStatements(model, { on, territory, book }, month);
  },
  (model) => closesOn(model) !== undefined,
);

/** 22: the lines of a statement are its totals, and its closing is the model's balance of the party. */
async function compareStatements({ ledger, now }: Model, { on, territory, book }: Real, month: string): Promise<void> {
  const context: CommandContext = contextOf(territory, now);
  await on.statements.issue({ book, month, kind: 'PROFESSIONAL' }, context);
  expect(await on.statements.issue({ book, month, kind: 'PROFESSIONAL' }, contextOf(territory, now))).toBe(0);
  const issued = await on.statements.list(territory, { book, kind: 'PROFESSIONAL', month }, '', 100);
  for (const statement of issued) {
    const { opening, closing: closes, due, withheld, paid, priorPeriod } = statement.totals;
    const lines = await on.statements.lines(territory, statement, 0n, 1_000);
    const total = lines.reduce((sum, { cents }) => sum + cents, 0n);
    expect([closes, due + withheld + paid + priorPeriod]).toEqual([opening + total, total]);
    const row = ledger
      .report(month)
      .split('\n')
      .find((one) => one.startsWith(`liabilities:payable:${statement.party} `));
    const [, dr = '0', cr = '0'] = (row ?? '').split(' ');
    expect(closes).toBe(BigInt(cr) - BigInt(dr));
  }
}

const anyReversal = fc.record({ at: fc.nat(), callers: fc.constantFrom(1, 2) }).map(({ at, callers }) =>
  step(
    `reverse ${at}, ${callers} callers`,
    async ({ ledger, now }, { on, territory, book }) => {
      const { id, line, status = 'POSTED' } = ledger.entries[at % ledger.entries.length]!;
      const [stored] = (await entriesOf(on, book)).filter((one) => one.id === id);
      const contexts = Array.from({ length: callers }, () => contextOf(territory, now));
      const codes = await Promise.all(contexts.map((context) => codeOf(on.acts.reverse(id, context))));
      const expected = contexts.map(({ messageId }) => {
        if (line !== null || status !== 'POSTED') return 'ENTRY_NOT_REVERSIBLE';
        const code = ledger.post([reversalOf(stored!, `reversal-${id}`, [messageId])], now);
        return code === 'ALREADY_EXISTS' ? 'ENTRY_REVERSED' : code;
      });
      // Of two who ask at once it is either.
      expect(codes.sort()).toEqual(expected.sort());
    },
    ({ ledger }) => ledger.entries.length > 0,
  ),
);

const anyFacts = fc.record({
  subject: fc.constantFrom('one', 'two'),
  status: fc.constantFrom('COMPLETED', 'COMPLETED', 'COMPLETED', 'OPEN'),
  participants: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('prac:x', 'prac:y', 'prac:z'),
      points: fc.integer({ min: 1, max: 400 }).map((quarter) => (quarter / 4).toFixed(2)),
    }),
    { selector: ({ id }) => id, minLength: 1 },
  ),
  again: fc.boolean(),
});

/** 15 and 17: a run posts the difference to what stands, and a second one nothing; 21: as the simulation said. */
const anyRun = anyFacts.map(({ subject, status, participants, again }) =>
  step(`run ${subject} ${status} ${JSON.stringify(participants)}`, async (model, { on, territory, book }) => {
    const { ledger, lines, now } = model;
    const given: Given = { pathway: { status }, participants };
    const simulated = price(contract, given).amounts;
    const id = `${territory}.${document.contract}.${subject}`;
    const run = async () => {
      const context = contextOf(territory, now);
      const requestId = context.messageId;
      const asked = { subject, given, effectiveAt: now, requestId, now, territory, sha256: contract.sha256 };
      return (await on.store.handle(settlement, id, { type: 'SettleByHand', ...asked }, context)).state;
    };
    for (let times = again ? 2 : 1; times > 0; times -= 1) {
      const place = { book, id: pseudonymOf(book, subject), period: 'once' };
      const before = lines.get(place.id) ?? [];
      const expected = settle(contract, place, given, before, { instants: new Map(), fallback: now }, []);
      expect(amountsOf(await run())).toEqual(simulated);
      if (expected.drafts.length > 0) expect(ledger.post(expected.drafts, now)).toBeUndefined();
      lines.set(place.id, expected.lines);
    }
  }),
);

describe('the ledger on a real MongoDB, beside its model', () => {
  let on: RealLedger;
  beforeAll(async () => {
    on = await RealLedger.open(process.env.MONGO_URL ?? '');
  }, 60_000);
  afterAll(() => on.close());

  /** A book of a new territory that one contract pays from. */
  async function begin(): Promise<{ model: Model; real: Real }> {
    const territory = `t${randomUUID().slice(0, 8)}`;
    const now = '2026-02-03T08:00:00.000Z';
    const { contract: id, version } = document;
    await on.contracts.draft(document, contextOf(territory, now));
    await on.activate({ id, version }, territory, now);
    const ledger = new ModelLedger();
    const model = { ledger, sent: [], promises: [], lines: new Map(), now };
    return { model, real: { on, territory, book: `${territory}.hospital-a` } };
  }

  const holds = (steps: fc.Arbitrary<Step>[], runs: number): Promise<void> =>
    fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 12, size: 'max' }), async (history) => {
        const begun = await begin();
        await fc.asyncModelRun(() => begun, history);
      }),
      { numRuns: runs * RUNS, endOnFailure: RUNS === 1 },
    );
  const post = [anyPosting, anyPosting];

  it('1 and 8: a group with a fault changes nothing, whole or in part, and those that come beside it all stand', () =>
    holds(post, 4));

  it('6: the same key, from any number of callers, gives one entry and one answer; with another payload it is refused', () =>
    holds([...post, anyRepetition, anyRepetition], 4));

  it('9: a guarded account never crosses its bound, counting what is pending, whoever posts beside', () =>
    holds([...post, anyGuard, anyPromise, anyResolution], 5));

  it('10: a promise resolves at most once, up to its amount, and never expires after it was posted', () =>
    holds([anyPromise, anyPromise, anyResolution, anyResolution, anyPosting], 5));

  it('11 and 22: no entry is booked in a closed month, its report and statements stay, and late entries stand apart', () =>
    holds([...post, fc.constant(closing), anyReversal], 6));

  it('12: a balance as of a day, known at another, is the sum of the entries true and recorded by then', () =>
    holds([...post, fc.constant(closing)], 4));

  it('15, 17 and 21: a second run posts nothing, a changed one the difference, both as simulated', () =>
    holds([anyRun, anyRun, anyPosting, fc.constant(closing)], 4));

  it('19: an entry is taken back once, by its opposite', () => holds([...post, anyReversal, anyReversal], 4));

  it('2, 3 and 4: after any commands both trial balances are zero, what is kept is the sum, and the chain is whole', () =>
    holds([...post, anyRepetition, anyGuard, anyPromise, anyResolution, fc.constant(closing), anyReversal, anyRun], 8));

  it('19: everything taken back leaves every account at zero', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anyPair, { minLength: 1, maxLength: 12 }), async (pairs) => {
        const { real, model } = await begin();
        const { territory, book } = real;
        await on.post(
          territory,
          pairs.map((pair) => draftOf(book, pair)),
          model.now,
        );
        const entries = await entriesOf(on, book);
        await Promise.all(entries.map(({ id }) => on.acts.reverse(id, contextOf(territory, model.now))));
        const left = (await on.reads.balances(territory, book)).filter(({ dr, cr }) => dr !== cr);
        expect(left).toEqual([]);
        expect(await on.verifier.verify(territory, book)).toMatchObject({ good: true, entries: 2 * pairs.length });
      }),
      { numRuns: 4 * RUNS },
    ));
});

describe('the runs of a contract over a pathway’s events, on a real MongoDB', () => {
  let on: RealLedger;
  beforeAll(async () => {
    on = await RealLedger.open(process.env.MONGO_URL ?? '');
  }, 60_000);
  afterAll(() => on.close());

  const file = join(__dirname, '..', 'payment-contracts', 'onco-pathway-a.json');
  const pathwayContract = JSON.parse(readFileSync(file, 'utf8')) as ContractDocument; // as: a shipped contract
  const { contract: id, version } = pathwayContract;
  const pin = { id, version, sha256: loadContract(pathwayContract).sha256 };
  const milestones = ['diagnosis', 'surgery', 'treatment-end'];
  const anyFact = fc.oneof(
    fc.record({
      type: fc.constant('HearEvidence' as const),
      source: fc.uuid(),
      kind: fc.constantFrom('consultation' as const, 'opinion' as const, 'meeting' as const),
      practitionerIds: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }),
      at: anyDay,
      counts: fc.constant(null),
    }),
    fc.record({
      type: fc.constant('HearMilestone' as const),
      milestone: fc.constantFrom(...milestones),
      at: anyDay,
    }),
    fc.record({ type: fc.constant('HearClosing' as const), status: fc.constant('DIED' as const), at: anyDay }),
  );
  /** Each milestone is reached once, and a pathway ends once. */
  const anyLife = fc.uniqueArray(anyFact, {
    selector: (fact) => (fact.type === 'HearEvidence' ? fact.source : 'milestone' in fact ? fact.milestone : fact.type),
    minLength: 1,
    maxLength: 8,
  });
  const enrolment = { type: 'Enrol' as const, contract: pin, protocol: { ...pin, id: 'breast-cancer' } };

  interface Heard {
    readonly eventId: string;
    readonly fact: object;
  }

  async function begin(): Promise<{ territory: string; hear: (one: Heard) => Promise<void> }> {
    const territory = `t${randomUUID().slice(0, 8)}`;
    const [now, pathwayId] = ['2026-08-03T08:00:00.000Z', randomUUID()];
    await on.contracts.draft(pathwayContract, contextOf(territory, now));
    await on.activate({ id, version }, territory, now);
    return {
      territory,
      hear: async ({ eventId, fact }) => {
        const command = { ...fact, pathwayId, territory, eventId, now } as PathwayCommand; // as: each fact is one of them
        const context = { ...contextOf(territory, now, eventId, 'service:pathways'), consumer: 'ariane.capitation' };
        await on.store.handleMany([effect(pathwayAccount, pathwayId, command)], context);
      },
    };
  }

  /** Balances by account that are not zero, the pathway's pseudonym and its book's left out. */
  async function standing(territory: string): Promise<string[]> {
    const kept = await on.reads.balances(territory, `${territory}.hospital-a`);
    return kept
      .filter(({ dr, cr }) => dr !== cr)
      .map(({ account, dr, cr }) => `${account.replace(/ep-[0-9a-f]{16}/, 'ep')} ${dr - cr}`)
      .sort();
  }

  it('15, 16 and 17: events in any order, twice, at once or in one run at the end give the same balances; heard again, nothing', () =>
    fc.assert(
      fc.asyncProperty(
        anyLife.chain((life) => {
          const facts: Heard[] = life.map((fact) => ({ eventId: randomUUID(), fact }));
          const enrolled = { eventId: randomUUID(), fact: { ...enrolment, enrolledAt: '2026-01-05T08:00:00.000Z' } };
          const all = [enrolled, ...facts];
          const [shuffled, twice] = [
            fc.shuffledSubarray(all, { minLength: all.length }),
            fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length }),
          ];
          return fc.tuple(fc.constant(all), shuffled, twice, fc.constant([...facts, enrolled]));
        }),
        async ([all, shuffled, twice, atOnce]) => {
          const [inOrder, late, burst, once] = [await begin(), await begin(), await begin(), await begin()];
          for (const one of all) await inOrder.hear(one);
          for (const one of shuffled) await late.hear(one);
          await Promise.all(twice.map(burst.hear));
          for (const one of atOnce) await once.hear(one);
          const expected = await standing(once.territory);
          for (const { territory } of [inOrder, late, burst]) expect(await standing(territory)).toEqual(expected);
          const count = () => on.database.db.collection(ENTRIES).countDocuments({ territory: late.territory });
          const before = await count();
          for (const one of all) await late.hear(one);
          expect(await count()).toBe(before);
          for (const { territory } of [inOrder, late, burst, once]) {
            expect(await on.verifier.verify(territory, `${territory}.hospital-a`)).toMatchObject({ good: true });
          }
        },
      ),
      { numRuns: 4 * RUNS, endOnFailure: RUNS === 1 },
    ));
});
