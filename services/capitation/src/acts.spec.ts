import { given } from '@ariane/testing';
import { type DisputeCommand, disputes } from './dispute';
import type { Entry, EntryDraft } from './entry';
import { type GuardCommand, guards } from './guard';
import { type PendingCommand, pendings } from './pending';

const now = '2026-07-02T08:00:00Z';
const draft: EntryDraft = {
  ...{ id: 'p1', book: 'b1', code: 'INSTALMENT_DUE', eff: now, contract: null, line: null, reverses: null },
  legs: [
    { a: 'expenses:instalment', d: 1, amt: 100n },
    { a: 'liabilities:payable:prac:gp', d: -1, amt: 100n },
  ],
  cause: { eventIds: ['event'] },
};
const promise: PendingCommand = { type: 'Promise', draft, dueAt: now, expiresAt: '2026-09-01T00:00:00Z', now };
const fulfil = (amountCents?: bigint): PendingCommand => ({
  ...{ type: 'Fulfil', eff: now, cause: ['fulfilled'], now },
  ...(amountCents === undefined ? {} : { amountCents }),
});
const release: PendingCommand = { type: 'Release', cause: ['released'], now };
const promised = pendings.decide(undefined, promise);
const open = promised.reduce(pendings.evolve, undefined as never); // the decider’s own first state
const after = (command: PendingCommand) => [...promised, ...pendings.decide(open, command)];

describe('invariant 10: a pending entry', () => {
  it('resolves at most once, by a posting or by a voiding and never by both', () => {
    given(pendings, ...after(fulfil()))
      .when(release)
      .thenRefused('PENDING_RESOLVED');
    given(pendings, ...after(release))
      .when(fulfil())
      .thenRefused('PENDING_RESOLVED');
    given(pendings, ...after(fulfil()))
      .when(fulfil())
      .thenNothing();
    given(pendings, ...after(release))
      .when(release)
      .thenNothing();
  });

  it('is posted up to its amount', () => {
    given(pendings, ...promised)
      .when(fulfil(101n))
      .thenRefused('PENDING_EXCEEDED');
    given(pendings, ...promised)
      .when(fulfil(0n))
      .thenRefused('PENDING_EXCEEDED');
    given(pendings, ...promised)
      .when(fulfil(99n))
      .thenState({ state: 'POSTED', resolvedBy: 'p1-resolved' });
  });

  it('expires after its time, and never once it was posted', () => {
    const expire = (at: string): PendingCommand => ({ type: 'Expire', now: at });
    given(pendings, ...promised)
      .when(expire('2026-08-31T23:59:59Z'))
      .thenRefused('PENDING_NOT_EXPIRED');
    given(pendings, ...promised)
      .when(expire('2026-09-01T00:00:00Z'))
      .thenState({ state: 'VOIDED' });
    given(pendings, ...after(fulfil()))
      .when(expire('2026-09-01T00:00:00Z'))
      .thenRefused('PENDING_RESOLVED');
  });

  it('has one name for whatever resolves it, so that the collection refuses a second', () => {
    const names = [fulfil(), release].map((command) => pendings.decide(open, command)[0]);
    expect(names.map((event) => event?.data.draft.id)).toEqual(['p1-resolved', 'p1-resolved']);
  });
});

describe('invariant 9: a guarded account', () => {
  const none = { dr: 0n, cr: 0n, pdr: 0n, pcr: 0n };
  const begin = (balance = none): GuardCommand => ({
    ...{ type: 'BeginGuard', account: 'liabilities:pool:c', guard: 'NO_DEBIT_BALANCE', balance },
  });
  const move = (by: Partial<typeof none>): GuardCommand => ({ type: 'MoveGuarded', by: { ...none, ...by } });
  const begun = guards.decide(undefined, begin({ ...none, cr: 100n }));

  it('never crosses its bound, what is pending counted', () => {
    given(guards, ...begun)
      .when(move({ dr: 100n }))
      .thenState({ dr: 100n });
    given(guards, ...begun)
      .when(move({ dr: 101n }))
      .thenRefused('ACCOUNT_BOUND');
    given(guards, ...begun)
      .when(move({ dr: 60n, pdr: 41n }))
      .thenRefused('ACCOUNT_BOUND');
    given(guards, ...begun)
      .when(move({ dr: 101n, pcr: 100n }))
      .thenRefused('ACCOUNT_BOUND');
    given(guards)
      .when(begin({ ...none, dr: 1n }))
      .thenRefused('ACCOUNT_BOUND');
  });

  it('on the other side, too', () => {
    const credit = guards.decide(undefined, { ...begin(), guard: 'NO_CREDIT_BALANCE' } as GuardCommand); // as: of the same kind
    given(guards, ...credit)
      .when(move({ cr: 1n }))
      .thenRefused('ACCOUNT_BOUND');
    given(guards, ...credit)
      .when(move({ cr: 1n, dr: 1n }))
      .thenState({ cr: 1n });
  });
});

describe('a dispute', () => {
  const party = 'prac:gp';
  const entry = { ...draft, id: 'e1', period: '2026-06' } as unknown as Entry; // the fields a dispute reads
  const contest: DisputeCommand = { type: 'Contest', entry, party, reason: 'a visit is missing', by: 'gp', now };
  const decide = (outcome: 'UPHELD' | 'REJECTED', deltaCents: bigint, by = 'ada'): DisputeCommand => ({
    ...{ type: 'Decide', disputeId: 'd1', outcome, entry, deltaCents, by, now },
  });
  const contested = disputes.decide(undefined, contest);

  it('upheld pays by a new entry between the same accounts, more or less', () => {
    const legs = (delta: bigint) => {
      const [event] = disputes.decide(contested.reduce(disputes.evolve, undefined as never), decide('UPHELD', delta)); // the decider’s own state
      return event?.type === 'Decided' ? event.data.draft?.legs.map(({ a, d, amt }) => [a, d, amt]) : undefined;
    };
    expect(legs(5n)).toEqual([
      ['expenses:instalment', 1, 5n],
      ['liabilities:payable:prac:gp', -1, 5n],
    ]);
    expect(legs(-5n)).toEqual([
      ['expenses:instalment', -1, 5n],
      ['liabilities:payable:prac:gp', 1, 5n],
    ]);
    given(disputes, ...contested)
      .when(decide('UPHELD', 5n))
      .thenState({ state: 'UPHELD', deltaEntryId: 'dispute-d1' });
  });

  it('is decided by somebody else than who raised it, once, and moves nothing when it is rejected', () => {
    given(disputes, ...contested)
      .when(decide('UPHELD', 5n, 'gp'))
      .thenRefused('APPROVAL_SECOND_PERSON');
    given(disputes, ...contested)
      .when(decide('REJECTED', 5n))
      .thenRefused('DISPUTE_DELTA');
    const state = contested.reduce(disputes.evolve, undefined as never); // the decider’s own state
    const rejected = [...contested, ...disputes.decide(state, decide('REJECTED', 0n))];
    given(disputes, ...rejected)
      .when(decide('UPHELD', 5n))
      .thenRefused('STATE_CONFLICT');
    given(disputes, ...rejected)
      .when(decide('REJECTED', 0n))
      .thenNothing();
    given(disputes, ...rejected)
      .when({ type: 'Answer', answer: 'too late', by: 'ada', now })
      .thenRefused('STATE_CONFLICT');
  });
});
