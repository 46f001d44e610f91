import fc from 'fast-check';
import { contractOf } from './contract.fixture';
import { eventsOf } from './explanation';
import { loadContract } from './load-contract';
import { price } from './price';
import { keyOn, type KeyWeight, type SplitKey, type SplitKeyCommand, splitKeys, type Vote } from './split-key';

const rules = { by: 'id', voters: ['prac:a', 'prac:b', 'prac:c', 'prac:d'], quorum: '1/2', majority: '50%' };
const now = '2026-06-01T08:00:00Z';
const closesAt = '2026-06-10T20:00:00Z';
const proposal = {
  ...{ id: 'p1', from: '2026-07-01', closesAt, reason: 'The night shifts.', rules },
  weights: [
    { id: 'prac:b', weight: '1' },
    { id: 'prac:a', weight: '3' },
  ] as readonly KeyWeight[],
};
const proposing = (change: object = {}, more: object = {}): SplitKeyCommand => ({
  ...{ type: 'ProposeKey', contractId: 'a-contract', key: 'team', by: 'prac:a', timeZone: 'Europe/Paris' },
  ...{ territory: 'demo', now, proposal: { ...proposal, ...change }, ...more },
});
const voting = (voter: string | undefined, vote: Vote, at = '2026-06-05T08:00:00Z', proposalId = 'p1') =>
  ({ type: 'CastVote', proposalId, voter, vote, territory: 'demo', now: at }) as const;
const closing = (at: string) => ({ type: 'CloseVote', territory: 'demo', now: at }) as const;
const after = (...commands: readonly SplitKeyCommand[]): SplitKey =>
  commands.reduce<SplitKey | undefined>(
    (state, command) => splitKeys.decide(state, command).reduce<SplitKey | undefined>(splitKeys.evolve, state),
    undefined,
  )!; // a command that is not refused leaves a state
const outcome = (...commands: readonly SplitKeyCommand[]) =>
  after(proposing(), ...commands, closing(closesAt)).past[0]?.outcome;

describe('a split key', () => {
  it('is proposed by a named voter only, one at a time, for days after the vote', () => {
    expect(after(proposing()).open).toMatchObject({ id: 'p1', proposedBy: 'prac:a', outcome: null });
    expect(() => after(proposing({}, { by: 'prac:x' }))).toThrow('NOT_A_VOTER');
    expect(() => after(proposing({}, { by: undefined }))).toThrow('NOT_A_VOTER');
    expect(() => after(proposing(), proposing({ id: 'p2' }))).toThrow('KEY_VOTE_OPEN');
    expect(() => after(proposing({ closesAt: now }))).toThrow('KEY_TOO_EARLY');
    // The last minute of the vote is on the 11th in Paris.
    const late = '2026-06-10T22:00:00Z';
    expect(() => after(proposing({ closesAt: late, from: '2026-06-11' }))).toThrow('KEY_TOO_EARLY');
    expect(after(proposing({ closesAt: late, from: '2026-06-12' })).open?.from).toBe('2026-06-12');
  });

  it.each([
    ['a weight below zero', [{ id: 'prac:a', weight: '-1' }]],
    ['a weight that is no number', [{ id: 'prac:a', weight: 'much' }]],
    ['a division by zero', [{ id: 'prac:a', weight: '1/0' }]],
    ['weights that are all nothing', [{ id: 'prac:a', weight: '0' }]],
    [
      'an id twice',
      [
        { id: 'prac:a', weight: '1' },
        { id: 'prac:a', weight: '2' },
      ],
    ],
  ])('is refused with %s', (_name, weights) => {
    expect(() => after(proposing({ weights }))).toThrow('KEY_WEIGHTS_INVALID');
  });

  it('gives each voter one vote of their own, that they may change until the vote ends', () => {
    const state = after(proposing(), voting('prac:a', 'FOR'), voting('prac:a', 'AGAINST'), voting('prac:b', 'FOR'));
    expect(state.open?.votes.map(({ voter, vote }) => [voter, vote])).toEqual([
      ['prac:a', 'AGAINST'],
      ['prac:b', 'FOR'],
    ]);
    expect(() => after(proposing(), voting('prac:x', 'FOR'))).toThrow('NOT_A_VOTER');
    expect(() => after(proposing(), voting(undefined, 'FOR'))).toThrow('NOT_A_VOTER');
    expect(() => after(proposing(), voting('prac:a', 'FOR', closesAt))).toThrow('VOTE_OVER');
    expect(() => after(proposing(), voting('prac:a', 'FOR', now, 'p9'))).toThrow('NOT_FOUND');
    expect(splitKeys.decide(after(proposing(), voting('prac:a', 'FOR')), voting('prac:a', 'FOR'))).toEqual([]);
  });

  it('is adopted by quorum and more than the majority; without a quorum it lapses, without a majority it is refused', () => {
    expect(outcome(voting('prac:a', 'FOR'))).toBe('LAPSED');
    expect(outcome(voting('prac:a', 'FOR'), voting('prac:b', 'ABSTAIN'))).toBe('ADOPTED');
    expect(outcome(voting('prac:a', 'FOR'), voting('prac:b', 'AGAINST'))).toBe('REFUSED');
    expect(outcome(voting('prac:a', 'ABSTAIN'), voting('prac:b', 'ABSTAIN'))).toBe('REFUSED');
    expect(outcome(voting('prac:a', 'FOR'), voting('prac:b', 'FOR'), voting('prac:c', 'AGAINST'))).toBe('ADOPTED');
    expect(splitKeys.decide(after(proposing()), closing('2026-06-10T19:59:59Z'))).toEqual([]);
  });

  it('ends alike whatever the order in which votes came and whether anybody looked at the clock', () => {
    const anyVote = fc.record({
      voter: fc.constantFrom(...rules.voters),
      vote: fc.constantFrom<Vote>('FOR', 'AGAINST', 'ABSTAIN'),
    });
    fc.assert(
      fc.property(fc.array(anyVote, { maxLength: 8 }), (given) => {
        const last = [...new Map(given.map((one) => [one.voter, one.vote]))].sort();
        const cast = (all: readonly (readonly [string, Vote])[]) => all.map(([voter, vote]) => voting(voter, vote));
        const told = outcome(...given.map(({ voter, vote }) => voting(voter, vote)));
        expect(outcome(...cast(last))).toBe(told);
        const next = proposing({ id: 'p2', closesAt: '2026-06-20T20:00:00Z' }, { now: '2026-06-11T08:00:00Z' });
        expect(after(proposing(), ...cast(last), next)).toMatchObject({
          open: { id: 'p2' },
          past: [{ outcome: told }],
        });
      }),
    );
  });

  it('applies from its day on until the next one does; a lapsed or refused one changes nothing', () => {
    const votes = (id: string, vote: Vote, at: string) => rules.voters.map((voter) => voting(voter, vote, at, id));
    const state = after(
      ...[proposing(), ...votes('p1', 'FOR', '2026-06-02T08:00:00Z')],
      proposing({ id: 'p2', from: '2026-09-01', closesAt: '2026-08-01T08:00:00Z' }, { now: '2026-07-20T08:00:00Z' }),
      ...votes('p2', 'FOR', '2026-07-21T08:00:00Z'),
      proposing({ id: 'p3', from: '2026-10-01', closesAt: '2026-09-01T08:00:00Z' }, { now: '2026-08-20T08:00:00Z' }),
      ...[...votes('p3', 'AGAINST', '2026-08-21T08:00:00Z'), closing('2026-09-02T08:00:00Z')],
    );
    const valid = ['2026-06-30', '2026-07-01', '2026-08-31', '2026-09-01', '2027-01-01'].map(
      (day) => keyOn(state, day)?.id,
    );
    expect(valid).toEqual([undefined, 'p1', 'p1', 'p2', 'p2']);
    expect(state.past.map(({ outcome: one }) => one)).toEqual(['ADOPTED', 'ADOPTED', 'REFUSED']);
  });

  it('has a hash of what it weighs and when, whatever the order it was written in', () => {
    const hash = (change: object) => after(proposing(change)).open?.sha256;
    expect(hash({ weights: [...proposal.weights].reverse() })).toBe(hash({}));
    expect(hash({ from: '2026-07-02' })).not.toBe(hash({}));
  });
});

describe('shares under a voted key', () => {
  const forfait = {
    id: 'forfait',
    kind: 'bundle',
    price: 'price',
    split: [{ to: 'pool', share: '100%' }],
    trigger: 'true',
  };
  const share = {
    id: 'share',
    kind: 'redistribute',
    from: 'forfait.pool',
    among: 'team',
    weight: 'points',
    key: 'team',
  };
  const team = [
    { id: 'prac:a', points: '1', role: 'doctor' },
    { id: 'prac:b', points: '1', role: 'nurse' },
  ];
  const load = (by: string, change: object = {}) =>
    loadContract(
      contractOf(
        [forfait, { ...share, ...change }],
        { team },
        {
          params: { price: '100.00 EUR' },
          keys: { team: { ...rules, by } },
        },
      ),
    );
  const key = (weights: readonly KeyWeight[]) => ({ team: { id: 'key-1', sha256: 'abc', weights } });
  const shares = (by: string, weights?: readonly KeyWeight[]) =>
    price(load(by), { team, ...(weights ? { keys: key(weights) } : {}) });

  it('are in proportion to weight times key, by participant or by role, and explained by the key’s hash and vote', () => {
    const byPerson = shares('id', proposal.weights);
    expect(byPerson.amounts.share).toEqual({ 'prac:a': '75.00 EUR', 'prac:b': '25.00 EUR' });
    const because = byPerson.transfers.find(({ line }) => line === 'share/prac:a')?.because;
    expect(JSON.stringify(because)).toContain('"name":"keys.team@abc.prac:a","value":"3"');
    expect(because && eventsOf(because)).toEqual(['key-1']);
    const byRole = shares('role', [
      { id: 'nurse', weight: '4' },
      { id: 'others', weight: '1' },
    ]);
    expect(byRole.amounts.share).toEqual({ 'prac:a': '20.00 EUR', 'prac:b': '80.00 EUR' });
  });

  it('go by the weight alone while no key applies', () => {
    expect(shares('id').amounts.share).toEqual({ 'prac:a': '50.00 EUR', 'prac:b': '50.00 EUR' });
  });

  it('are refused for whom the key has no weight, rather than nothing', () => {
    expect(() => shares('id', [{ id: 'prac:a', weight: '1' }])).toThrow('keys.team.prac:b');
    expect(() => shares('place', proposal.weights)).toThrow('prac:a.place');
  });

  it('are refused at load under a key the contract does not have, and in a contract that pays pathways', () => {
    expect(() => load('id', { key: 'other' })).toThrow('other is no key of the contract');
    const points = [{ kind: 'consultation', points: '1', from: '2026-01-01', to: null }];
    const more = {
      params: { price: '1.00 EUR' },
      keys: { team: rules },
      protocols: [{ id: 'one' }],
      tables: { points },
    };
    expect(() => loadContract(contractOf([forfait, share], { team }, more as object))).toThrow('paid by its points');
  });
});
