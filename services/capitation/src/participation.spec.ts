import { given } from '@ariane/testing';
import fc from 'fast-check';
import { contractOf } from './contract.fixture';
import { loadContract } from './load-contract';
import { listOf, participantsOf, readsParticipants } from './month-participants';
import {
  type Act,
  type ActSum,
  changesOf,
  countsTo,
  knownAt,
  type Participation,
  participations,
  type TellAct,
  wordsOf,
} from './participation';
import { readAct } from './participation-file';
import { contributionKinds } from './pathway-facts';

const now = '2026-07-02T08:00:00.000Z';
const visit: Act = {
  ...{ eventId: 'e-1', kind: 'consultation', day: '2026-06-10' },
  ...{ practitioners: ['gp-1'], weight: 1000n },
};
const tell = (act: Partial<Act>, source = 'file:a', at = now): TellAct => ({
  ...{ type: 'TellAct', book: 'b1', source, territory: 'demo', now: at },
  act: { ...visit, ...act },
});

/** What the store keeps: the acts, and the sums that are moved as they are told. */
function told(commands: readonly TellAct[]) {
  const acts = new Map<string, Participation>();
  const sums = new Map<string, ActSum>();
  for (const command of commands) {
    const state = acts.get(command.source);
    for (const event of participations.decide(state, command)) {
      acts.set(command.source, participations.evolve(state, event));
      for (const change of changesOf(command.source, event.data.before, event.data.act)) {
        const name = [change.practitioner, change.kind, change.day].join('|');
        const { n = 0n, weight = 0n, seal = 0n } = sums.get(name) ?? {};
        sums.set(name, { ...change, n: n + change.n, weight: weight + change.weight, seal: seal + change.seal });
      }
    }
  }
  return { acts, sums: [...sums.values()].filter(({ n }) => n !== 0n) };
}

const anyAct = fc
  .record({
    eventId: fc.constantFrom('e-1', 'e-2', 'e-3'),
    kind: fc.constantFrom(...contributionKinds),
    day: fc.constantFrom('2026-05-31', '2026-06-01', '2026-06-30'),
    practitioners: fc.subarray(['gp-1', 'gp-2', 'nurse-3']),
    weight: fc.bigInt(0n, 5_000n),
  })
  .chain((act) => fc.constantFrom('file:a', 'file:b', 'file:c').map((source) => tell(act, source)));

describe('evidence of care in a month', () => {
  it('is summed as it is told: late, corrected and withdrawn evidence gives the sums of what is true in the end', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 30 }), (commands) => {
        const { acts, sums } = told(commands);
        const last = [...acts].map(([source, { known }]) => tell(known, source));
        const anew = told(last.filter(({ act }) => act.practitioners.length > 0));
        expect(listOf(sums)).toBe(listOf(anew.sums));
        const total = (all: readonly ActSum[]) =>
          all.reduce((sum, { n, weight }) => [sum[0]! + n, sum[1]! + weight], [0n, 0n]);
        expect(total(sums)).toEqual(total(anew.sums));
      }),
    );
  });

  it('told again says nothing, and an act nobody told of cannot be withdrawn', () => {
    given(participations, ...participations.decide(undefined, tell({})))
      .when(tell({ practitioners: ['gp-1', 'gp-1'] }))
      .thenNothing();
    given(participations)
      .when(tell({ practitioners: [] }))
      .thenNothing();
  });

  it('is known as it was at any instant, and an event is the last word until another is', () => {
    const first = tell({}, 'file:a', '2026-07-01T08:00:00.000Z');
    const second = tell({ eventId: 'e-2', practitioners: ['gp-2'] }, 'file:a', '2026-07-03T08:00:00.000Z');
    const act = told([first, second]).acts.get('file:a')!;
    expect(knownAt(act, '2026-06-30T08:00:00.000Z')).toBeUndefined();
    expect(knownAt(act, '2026-07-02T08:00:00.000Z')?.practitioners).toEqual(['gp-1']);
    expect(knownAt(act, '2026-07-03T08:00:00.000Z')?.practitioners).toEqual(['gp-2']);
    expect(wordsOf(act).map(({ from, until }) => [from.slice(8, 10), until?.slice(8, 10)])).toEqual([
      ['01', '03'],
      ['03', undefined],
    ]);
    expect(act.places).toEqual(['2026-06|gp-1', '2026-06|gp-2']);
    expect(countsTo(act.known, '2026-06', 'gp-2')).toBe(true);
    expect(countsTo(act.known, '2026-06', 'gp-1')).toBe(false);
    expect(countsTo(act.known, '2026-07', 'gp-2')).toBe(false);
  });

  it('gives another list when another act takes the place of one with the same weight', () => {
    const list = (eventId: string) => listOf(told([tell({ eventId })]).sums);
    expect(list('e-1')).toBe(list('e-1'));
    expect(list('e-1')).not.toBe(list('e-2'));
    expect(list('e-1')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});

describe('who took part in a month', () => {
  const sharing = (more: object = {}) =>
    loadContract(
      contractOf(
        [
          {
            ...{ id: 'cap', kind: 'bundle', price: '100.00 EUR' },
            split: [{ to: 'pool', share: '100%' }],
          },
          { id: 'share', kind: 'redistribute', from: 'cap.pool', among: 'participants.month', weight: 'points' },
        ],
        { participants: { month: [{ id: 'prac:gp-1', points: '1' }] } },
        more,
      ),
    );
  const { sums } = told([
    tell({ weight: 1500n }, 'file:a'),
    tell({ eventId: 'e-2', kind: 'opinion', practitioners: ['gp-1', 'nurse-3'] }, 'file:b'),
  ]);
  const pointsOf = (contract: ReturnType<typeof sharing>) =>
    participantsOf(contract, sums).rows.map(({ id, points, acts }) => [id, points, acts]);

  it('has the weight of their acts where the contract has no points', () => {
    expect(pointsOf(sharing())).toEqual([
      ['prac:gp-1', '2.5', '2'],
      ['prac:nurse-3', '1', '1'],
    ]);
    expect(readsParticipants(sharing())).toBe(true);
  });

  it('has the contract’s points for the kind on the day, times the weight; what it does not value is nothing', () => {
    const points = (from: string) => ({ tables: { points: [{ kind: 'consultation', points: '10', from, to: null }] } });
    expect(pointsOf(sharing(points('2026-06-10')))).toEqual([
      ['prac:gp-1', '15', '2'],
      ['prac:nurse-3', '0', '1'],
    ]);
    expect(pointsOf(sharing(points('2026-06-11')))[0]).toEqual(['prac:gp-1', '0', '2']);
  });

  it('has the weight alone where a table of that name is of the author’s own form', () => {
    expect(pointsOf(sharing({ tables: { points: [{ stage: '1', amount: '1.00 EUR' }] } }))[0]?.[1]).toBe('2.5');
  });
});

describe('a file of acts', () => {
  const row = { act: 'a-1', kind: 'consultation', day: '2026-06-10', practitioner: 'gp-1', weight: '' };

  it.each([
    [{ act: '' }, 'act', 'MISSING'],
    [{ act: 'Anna Blum' }, 'act', 'NOT_AN_ID'],
    [{ kind: '' }, 'kind', 'MISSING'],
    [{ kind: 'walk' }, 'kind', 'NOT_A_KIND'],
    [{ day: '' }, 'day', 'MISSING'],
    [{ day: '2026-02-30' }, 'day', 'NOT_A_DAY'],
    [{ practitioner: 'gp-1 Dr.' }, 'practitioner', 'NOT_AN_ID'],
    [{ weight: '1,5' }, 'weight', 'NOT_A_NUMBER'],
    [{ weight: '0.0001' }, 'weight', 'NOT_A_NUMBER'],
  ])('refuses %j by its column, without repeating what stood there', (columns, column, reason) => {
    expect(readAct({ ...row, ...columns }, 7)).toEqual({ line: 7, column, reason });
  });

  it('names who took part, parted by blanks, and nobody where the act is withdrawn; a weight is exact', () => {
    const read = (columns: object) => readAct({ ...row, ...columns }, 7);
    expect(read({})).toMatchObject({ source: 'a-1', act: { eventId: 'a-1', practitioners: ['gp-1'], weight: 1000n } });
    expect(read({ practitioner: 'gp-1  nurse-3' })).toMatchObject({ act: { practitioners: ['gp-1', 'nurse-3'] } });
    expect(read({ practitioner: '' })).toMatchObject({ act: { practitioners: [] } });
    expect(read({ weight: '0.05' })).toMatchObject({ act: { weight: 50n } });
  });
});
