import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Given } from './contract';
import type { Entry, EntryDraft } from './entry';
import { append, type BookState, emptyHead, incrementsOf, monthIncrementsOf, periodIncrementsOf } from './ledger';
import type { StoredBatch } from './audit';
import { loadContract } from './load-contract';
import { type Pending, pendings } from './pending';
import { type Settlement, type SettlementCommand, settlements } from './settlement';
import { verify } from './verify';

/** Example 4 of the ledger's design: thirds on day 0, 183 and 365; held for 60 days, accepted for 180. */
const contract = loadContract(JSON.parse(readFileSync(join(__dirname, '../fixtures/4-outcome.json'), 'utf8')));
const timeZone = 'Europe/Paris';
const dearer = loadContract({
  ...contract.document,
  version: 2,
  params: { price: '330000.00 EUR' },
  examples: contract.document.examples.map((example) => ({ ...example, expect: { none: {} } })),
});
const versions = new Map([contract, dearer].map((one) => [one.sha256, { contract: one, bookId: 'demo.a' }]));
const account = settlements({ active: (_, sha256) => versions.get(sha256) });
const start = '2026-01-01';
const dayZero = Date.parse(`${start}T12:00:00+01:00`);
const instantOf = (day: number): string => new Date(dayZero + day * 86_400_000).toISOString();

interface World {
  settlement: Settlement | undefined;
  state: BookState;
  readonly promises: Map<string, Pending>;
  readonly entries: Entry[];
  readonly batches: StoredBatch[];
}
const newWorld = (): World => ({
  settlement: undefined,
  state: { timeZone, head: emptyHead, existing: new Map(), closedThrough: null },
  ...{ promises: new Map(), entries: [], batches: [] },
});

function post(world: World, drafts: readonly EntryDraft[], now: string): void {
  const made = append(world.state, [drafts], now);
  const [answer] = made.answers;
  if (answer instanceof Error) throw answer;
  world.batches.push({ first: world.state.head.seq + 1n, last: made.head.seq, root: made.head.root });
  world.entries.push(...made.entries);
  world.state = { ...world.state, head: made.head };
}

/** What a command does to the settlement, its promises and the book, as the store's effects do it. */
function play(world: World, command: SettlementCommand): number {
  const before = world.entries.length;
  for (const event of account.decide(world.settlement, command)) {
    world.settlement = account.evolve(world.settlement, event);
    if (event.type !== 'LinesMoved') continue;
    const { drafts, acts, now } = event.data;
    for (const { id, command: act } of acts) resolve(world, id, { ...act, now });
    if (drafts.length > 0) post(world, drafts, now);
  }
  return world.entries.length - before;
}

function resolve(world: World, id: string, command: Parameters<typeof pendings.decide>[1]): void {
  const known = world.promises.get(id);
  for (const event of pendings.decide(known, command)) {
    world.promises.set(id, pendings.evolve(known, event));
    post(world, [event.data.draft], command.now);
  }
}

const facts = (day: number, more: Given = {}, arrived: Given = {}): Given => ({
  ...{ infused: true, failureDay: '-1', ...more, timing: { start, day: String(day), arrived } },
});
const tell = (day: number, given: Given): SettlementCommand => ({
  ...{ type: 'SettleByHand', sha256: contract.sha256, subject: 'one', given, effectiveAt: instantOf(0) },
  ...{ requestId: `told-${day}`, now: instantOf(day), territory: 'demo' },
});
const pass = (day: number): SettlementCommand => ({
  ...{ type: 'PassTime', messageId: `day-${day}`, now: instantOf(day), territory: 'demo' },
});
const balances = ({ entries }: World) =>
  incrementsOf(entries)
    .map(({ account: name, dr, cr, pdr, pcr }) => [name, dr - cr, pdr - pcr] as const)
    .filter(([, posted, pending]) => posted !== 0n || pending !== 0n);
const shape = ({ entries }: World) => entries.map(({ status, eff, legs }) => [status, eff.slice(0, 10), legs[0]?.amt]);
const audited = ({ entries, batches, settlement, state }: World) =>
  verify({
    ...{ entries, batches, closings: [], timeZone, lines: settlement?.lines ?? [] },
    ...{
      balances: incrementsOf(entries),
      periods: periodIncrementsOf(entries, timeZone),
      months: monthIncrementsOf(entries),
      head: state.head,
    },
  });

describe('an instalment whose evidence is missing', () => {
  const first: Given = { m6: 'CR' };
  const paid = [
    ['POSTED', '2025-12-31', 10666667n],
    ['POSTED', '2026-07-02', 10666667n],
  ];
  const begun = (): World => {
    const world = newWorld();
    play(world, tell(200, facts(200, first)));
    return world;
  };

  it('is pending from its due day by time alone, void when the hold is over, and nothing more afterwards', () => {
    const world = begun();
    expect(shape(world)).toEqual(paid);
    expect(play(world, pass(364))).toBe(0);
    expect(play(world, pass(365))).toBe(1);
    expect(shape(world).at(-1)).toEqual(['PENDING', '2026-12-31', 10666666n]);
    const [held] = [...world.promises.values()];
    expect(held).toMatchObject({ dueAt: '2026-12-31T23:00:00Z', expiresAt: '2027-03-02T23:00:00Z' });
    expect(play(world, pass(425))).toBe(0);
    expect(play(world, pass(426))).toBe(1);
    expect(shape(world).at(-1)).toEqual(['VOID', '2026-12-31', 10666666n]);
    expect(play(world, pass(600))).toBe(0);
    expect(world.settlement?.wakeAt).toBeNull();
    expect(audited(world)).toMatchObject({ good: true });
  });

  it('is posted out of what is pending when the evidence comes, effective on the due day', () => {
    const world = begun();
    play(world, pass(365));
    expect(play(world, tell(380, facts(380, { ...first, m12: 'CR' }, { m12: '380' })))).toBe(1);
    expect(shape(world).at(-1)).toEqual(['POST', '2026-12-31', 10666666n]);
    expect(balances(world).every(([, , pending]) => pending === 0n)).toBe(true);
    expect(audited(world)).toMatchObject({ good: true });
  });

  it('is accepted after the hold as a new entry effective on the due day, until the last day', () => {
    const late = (day: number) => {
      const world = begun();
      play(world, pass(365));
      play(world, pass(426));
      play(world, tell(day, facts(day, { ...first, m12: 'CR' }, { m12: String(day) })));
      expect(audited(world)).toMatchObject({ good: true });
      return shape(world).at(-1);
    };
    expect(late(545)).toEqual(['POSTED', '2026-12-31', 10666666n]);
    expect(late(546)).toEqual(['VOID', '2026-12-31', 10666666n]);
  });

  it('is void at once when the evidence says no', () => {
    const world = begun();
    play(world, pass(365));
    play(world, tell(370, facts(370, { ...first, m12: 'PD' }, { m12: '370' })));
    expect(shape(world).at(-1)).toEqual(['VOID', '2026-12-31', 10666666n]);
    expect(balances(world)).toHaveLength(2);
  });

  it('is voided and posted anew where the evidence is worth more than was pending', () => {
    const world = begun();
    play(world, pass(365));
    const given = facts(380, { ...first, m12: 'CR' }, { m12: '380' });
    play(world, { ...tell(380, given), sha256: dearer.sha256 } as SettlementCommand); // as: a telling with another hash
    const third = shape(world).filter(([, eff]) => eff === '2026-12-31');
    expect(third.map(([status, , amount]) => [status, amount])).toEqual([
      ['PENDING', 10666666n],
      ['VOID', 10666666n],
      ['POSTED', 11000000n],
    ]);
    expect(audited(world)).toMatchObject({ good: true });
  });

  it('that a person posts in part stays so until there is evidence, which posts the rest', () => {
    const world = begun();
    play(world, pass(365));
    const [id = ''] = [...world.promises.keys()];
    const by = { eff: instantOf(365), cause: ['by-hand'], now: instantOf(370) };
    resolve(world, id, { type: 'Fulfil', amountCents: 4_000_000n, ...by });
    play(world, { type: 'HearResolution', pendingId: id, postedCents: 4_000_000n });
    expect(play(world, { type: 'HearResolution', pendingId: id, postedCents: 4_000_000n })).toBe(0);
    expect(play(world, tell(400, facts(400, first)))).toBe(0);
    expect(play(world, pass(426))).toBe(0);
    expect(play(world, tell(430, facts(430, { ...first, m12: 'CR' }, { m12: '430' })))).toBe(1);
    expect(shape(world).at(-1)).toEqual(['POSTED', '2026-12-31', 6_666_666n]);
    expect(audited(world)).toMatchObject({ good: true });
  });

  it('that time makes demands on that its facts do not meet is shown as lacking, and what is told next is heard', () => {
    const strict = loadContract({
      ...contract.document,
      components: contract.document.components.map((one) =>
        one.kind === 'outcome'
          ? {
              ...one,
              instalments: one.instalments.map(({ id, share, due, when }) => ({ id, share, due, when })),
              refunds: [],
            }
          : one,
      ),
    });
    const asked = settlements({ active: () => ({ contract: strict, bookId: 'demo.a' }) });
    const after = (...commands: readonly SettlementCommand[]) =>
      commands.reduce<Settlement | undefined>(
        (state, command) => asked.decide(state, command).reduce<Settlement | undefined>(asked.evolve, state),
        undefined,
      );
    const lacking = after(tell(0, facts(0)), pass(183));
    expect(lacking).toMatchObject({ wakeAt: null, lacking: 'FACT_MISSING' });
    expect(lacking?.lines).toHaveLength(1);
    const heard = after(tell(0, facts(0)), pass(183), tell(184, facts(184, first)));
    expect(heard).toMatchObject({ lacking: null });
    expect(heard?.lines).toHaveLength(2);
  });

  it('ends where the facts lead, whatever was known when and how often time was looked at; a re-run changes nothing', () => {
    const answers = fc.option(fc.constantFrom('CR', 'PR', 'PD'), { nil: undefined });
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 200 }),
      m6: answers,
      m12: answers,
      time: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 7 }), (steps) => {
        const world = newWorld();
        let [day, known, arrived]: [number, Record<string, string>, Record<string, string>] = [0, {}, {}];
        for (const { wait, m6, m12, time } of steps) {
          day += wait;
          if (time) play(world, pass2(world, day));
          for (const [name, value] of Object.entries({ m6, m12 })) {
            if (value === undefined) continue;
            known = { ...known, [name]: value };
            arrived = { ...arrived, [name]: String(day) };
          }
          play(world, tell(day, facts(day, known, arrived)));
        }
        const once = newWorld();
        play(once, tell(day, facts(day, known, arrived)));
        expect(balances(world)).toEqual(balances(once));
        expect(play(world, { ...tell(day, facts(day, known, arrived)) })).toBe(0);
        expect(audited(world)).toMatchObject({ good: true });
        const open = [...world.promises.values()].filter(({ state }) => state === 'OPEN');
        expect(open).toHaveLength((world.settlement?.lines ?? []).filter(({ pending }) => pending).length);
      }),
    );
  });
});

/** Time passes only for what was told already. */
function pass2(world: World, day: number): SettlementCommand {
  return world.settlement ? pass(day) : tell(day, facts(day));
}
