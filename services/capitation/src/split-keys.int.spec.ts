import { randomUUID } from 'node:crypto';
import { TestedService, until } from '@ariane/testing/integration';
import { activateReading } from './activation.fixture.store';
import { CapitationModule } from './capitation.module';
import { contractOf } from './contract.fixture';
import type { DryRun } from './dry-run';
import { enrolMembers } from './roster.fixture.store';

interface Money {
  readonly amount: string;
}
interface Compared {
  readonly current: Money;
  readonly proposed: Money;
  readonly difference: Money;
}
interface Proposal {
  readonly id: string;
  readonly outcome: string | null;
  readonly ownVote: string | null;
  readonly tally: Readonly<Record<string, number>>;
}
interface Answered extends Partial<Proposal> {
  readonly code?: string;
  readonly field?: string;
  readonly valid?: Proposal | null;
  readonly open?: Proposal | null;
  readonly past?: readonly Proposal[];
  readonly own?: Compared;
  readonly total?: Compared;
  readonly people?: readonly (Compared & { readonly person: string })[];
  readonly amounts?: Readonly<Record<string, unknown>>;
  readonly items?: readonly { readonly id: string; readonly code: string; readonly sha256?: string }[];
  readonly report?: DryRun;
  readonly events?: readonly { readonly eventId: string; readonly what: string }[];
  readonly good?: boolean;
}
const service = new TestedService<Answered>('capitation', '2026-06-01T08:00:00.000Z');
const { get, post, setClock, signIn } = service;

const team = ['a', 'b'].map((id) => ({ id: `prac:${id}`, points: '1' }));
const contract = contractOf(
  [
    { id: 'forfait', kind: 'bundle', price: 'price', split: [{ to: 'pool', share: '100%' }], trigger: 'true' },
    { id: 'share', kind: 'redistribute', from: 'forfait.pool', among: 'team', weight: 'points', key: 'team' },
  ],
  { team },
  {
    contract: 'shared-forfait',
    params: { price: '100.00 EUR' },
    keys: { team: { by: 'id', voters: ['prac:a', 'prac:b', 'prac:c'], quorum: '2/3', majority: '50%' } },
  },
);

/** The same team, paid by the heads of a roster. */
const perHead = contractOf(
  [
    {
      ...{ id: 'cap', kind: 'pmpm', members: 'members', rate: 'price', risk: '1', proration: 'WHOLE_MONTH' },
      split: [{ to: 'pool', share: '100%' }],
    },
    { id: 'share', kind: 'redistribute', from: 'cap.pool', among: 'team', weight: 'points', key: 'team' },
  ],
  { team, members: [{ id: 'one', days: '30' }], daysInPeriod: '30' },
  { contract: 'shared-capitation', params: { price: '100.00 EUR' }, keys: contract.keys },
);

describe('a team’s split key on real servers', () => {
  const path = '/payment-contracts/shared-forfait/keys/team';
  const id = randomUUID();
  const proposal = {
    ...{ id, from: '2026-07-01', closesAt: '2026-06-10T20:00:00.000Z', reason: 'The night shifts.' },
    weights: [
      { id: 'prac:a', weight: '3' },
      { id: 'prac:b', weight: '1' },
    ],
  };
  const settle = async (subject: string, effectiveAt: string, more: object = {}) =>
    (
      await post('finance', '/payment-contracts/shared-forfait/settlements', {
        ...{ subject, given: { team, ...more }, effectiveAt },
      })
    ).body;

  beforeAll(async () => {
    await service.start({ module: CapitationModule, documentPaths: ['/payment-contracts'] });
    await signIn('finance', { role: 'finance', subject: 'finance' });
    await signIn('approver', { role: 'finance-approver', subject: 'approver' });
    for (const who of ['a', 'b', 'c', 'x']) await signIn(who, { role: 'specialist', practitionerId: who });
    await post('finance', '/payment-contracts', contract);
    await activateReading((to, body) => post('approver', to, body), 'shared-forfait');
    await settle('one', '2026-05-11T10:00:00Z');
  }, 60_000);
  afterAll(() => service.stop());

  it('is proposed by a member of the team, and a proposal with a fault changes nothing and names its field', async () => {
    expect((await post('x', `${path}/proposals`, proposal)).body.code).toBe('NOT_A_VOTER');
    expect((await post('finance', `${path}/proposals`, proposal)).status).toBe(403);
    const negative = { ...proposal, weights: [...proposal.weights, { id: 'prac:c', weight: '-1' }] };
    expect(await post('a', `${path}/proposals`, negative)).toMatchObject({
      ...{ status: 422, body: { code: 'KEY_WEIGHTS_INVALID', field: 'weights.2' } },
    });
    const early = { ...proposal, from: '2026-06-10' };
    expect((await post('a', `${path}/proposals`, early)).body).toMatchObject({ code: 'KEY_TOO_EARLY', field: 'from' });
    expect((await get('a', path)).body).toMatchObject({ valid: null, open: null, past: [] });
    expect((await post('a', `${path}/proposals`, proposal)).status).toBe(201);
    expect((await get('b', path)).body.open).toMatchObject({ id, ownVote: null });
    expect((await get('x', path)).status).toBe(404);
  });

  it('shows each what it would bring them on real inputs, and nobody a colleague’s income; finance sees pseudonyms', async () => {
    const seen = async (who: string) => (await get(who, `${path}/proposals/${id}/simulation`)).body;
    const amounts = ({ current, proposed, difference }: Compared) =>
      [current, proposed, difference].map(({ amount }) => amount);
    const own = await seen('a');
    expect(own.own && amounts(own.own)).toEqual(['50.00', '75.00', '25.00']);
    expect(own.total && amounts(own.total)).toEqual(['100.00', '100.00', '0.00']);
    expect(own.people).toBeUndefined();
    expect((await seen('b')).own?.difference.amount).toBe('-25.00');
    const { people = [] } = await seen('finance');
    expect(people.map((one) => amounts(one)).sort()).toEqual([
      ['50.00', '25.00', '-25.00'],
      ['50.00', '75.00', '25.00'],
    ]);
    expect(JSON.stringify(people)).not.toContain('prac:');
    expect((await get('x', `${path}/proposals/${id}/simulation`)).status).toBe(404);
    expect((await get('finance', '/books/holder/verify')).body).toMatchObject({ good: true, entries: 3 });
  });

  it('is voted by each for themselves, counted when the vote ends, and shared by from its day on', async () => {
    expect((await post('a', `${path}/proposals/${id}/votes`, { vote: 'AGAINST' })).body.ownVote).toBe('AGAINST');
    expect((await post('a', `${path}/proposals/${id}/votes`, { vote: 'FOR' })).body.tally).toEqual({
      ...{ FOR: 1, AGAINST: 0, ABSTAIN: 0 },
    });
    expect((await post('x', `${path}/proposals/${id}/votes`, { vote: 'FOR' })).status).toBe(403);
    expect((await post('b', `${path}/proposals/${id}/votes`, { vote: 'YES' })).status).toBe(400);
    await post('b', `${path}/proposals/${id}/votes`, { vote: 'FOR' });
    setClock('2026-06-10T20:00:00.000Z');
    const { valid } = await until(async () => {
      const { body } = await get('c', path);
      return body.past?.[0]?.outcome === 'ADOPTED' && body;
    }, 'the vote is counted');
    expect(valid).toBeNull();
    expect((await post('c', `${path}/proposals/${id}/votes`, { vote: 'AGAINST' })).body.code).toBe('VOTE_OVER');
    // Local midnight is the border.
    expect((await settle('two', '2026-06-30T21:59:59Z')).amounts?.share).toEqual({
      ...{ 'prac:a': '50.00 EUR', 'prac:b': '50.00 EUR' },
    });
    expect((await settle('three', '2026-06-30T22:00:00Z')).amounts?.share).toEqual({
      ...{ 'prac:a': '75.00 EUR', 'prac:b': '25.00 EUR' },
    });
    expect((await settle('four', '2026-07-02T10:00:00Z', { keys: {} })).code).toBe('KEY_NOT_TOLD');
    const { items = [] } = (await get('finance', `/events/${id}/entries`)).body;
    expect(items.map(({ code }) => code)).toEqual(['SHARE_DUE', 'SHARE_DUE']);
    expect((await get('finance', `/entries/${items[0]?.id ?? ''}`)).body.events).toMatchObject([{ what: 'split key' }]);
  });

  it('shares a roster’s month by the key of its last day, and shows the team what a key would do to it', async () => {
    await post('finance', '/payment-contracts', perHead);
    await activateReading((to, body) => post('approver', to, body), 'shared-capitation');
    await enrolMembers(service, 'holder', ['m1', 'm2'], '2026-01-01');
    const keys = '/payment-contracts/shared-capitation/keys/team';
    const run = async (month: string) =>
      (await post('finance', `/rosters/holder/contracts/shared-capitation/months/${month}/runs`, { given: { team } }))
        .body;
    expect((await run('2026-05')).amounts?.share).toEqual({ 'prac:a': '100.00 EUR', 'prac:b': '100.00 EUR' });
    const other = { ...proposal, id: randomUUID(), closesAt: '2026-06-20T20:00:00.000Z' };
    expect((await post('b', `${keys}/proposals`, other)).status).toBe(201);
    const seen = (await get('a', `${keys}/proposals/${other.id}/simulation`)).body;
    expect(seen.own).toMatchObject({ current: { amount: '100.00' }, proposed: { amount: '150.00' } });
    for (const who of ['a', 'c']) await post(who, `${keys}/proposals/${other.id}/votes`, { vote: 'FOR' });
    setClock('2026-06-20T20:00:00.000Z');
    await until(async () => (await get('a', keys)).body.past?.[0]?.outcome === 'ADOPTED', 'the vote is counted');
    expect((await run('2026-06')).amounts?.share).toEqual({ 'prac:a': '100.00 EUR', 'prac:b': '100.00 EUR' });
    expect((await run('2026-07')).amounts?.share).toEqual({ 'prac:a': '150.00 EUR', 'prac:b': '50.00 EUR' });
    expect((await get('finance', '/books/holder/verify')).body).toMatchObject({ good: true });

    // A version's dry run is made on the roster's last month, and names each party's difference.
    const { items = [] } = (await get('finance', '/payment-contracts')).body;
    const first = items.find((one) => one.id === 'shared-capitation');
    const dearer = {
      ...{ ...perHead, version: 2, params: { price: '120.00 EUR' } },
      supersedes: { version: 1, sha256: first?.sha256 },
    };
    await post('finance', '/payment-contracts', dearer);
    const { report } = (await post('finance', '/payment-contracts/shared-capitation/versions/2/dry-runs')).body;
    expect(report).toMatchObject({ month: '2026-07', subjects: 1, errors: [] });
    expect(report?.parties.find(({ party }) => party === 'prac:a')?.difference.amount).toBe('30.00');
  });
});
