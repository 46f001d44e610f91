import { rational } from '@ariane/kernel';
import fc from 'fast-check';
import { allocated } from './allocation';
import type { Explanation } from './explanation';
import { commonsIn, keeper, type Kept, whole } from './kept-explanation';

const rounding = { mode: 'HALF_UP', allocation: 'LARGEST_REMAINDER', tieBreak: 'ID' } as const;
const total: Explanation = { of: 'parameter', name: 'price', value: '1000.00 EUR' };

/** An amount shared by so many, and each of its parts shared again by as many others. */
function partsOf(many: number, again: number): readonly Explanation[] {
  const claims = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...{ id: `prac:p${index}`, weight: rational(BigInt(index + 1)) },
      because: { of: 'fact' as const, name: `p${index}.points`, value: String(index + 1), events: ['e'] },
    }));
  const shared = (cents: bigint, because: Explanation, count: number): readonly Explanation[] =>
    [...allocated({ cents, because }, claims(count), rounding, 'EUR').values()].map((part) => part.because);
  const first = shared(100_000n, total, many);
  return [...first, ...first.slice(0, 2).flatMap((because) => shared(5_000n, because, again))];
}

describe('an explanation that is kept', () => {
  it('is read as it was, however many share an amount and its parts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (many, again) => {
        const trees = partsOf(many, again);
        const { keep, commons } = keeper();
        const kept = trees.map(keep);
        const byHash = new Map<string, Kept>(commons().map(({ sha256, tree }) => [sha256, tree]));
        expect(kept.map((one) => whole(one, byHash))).toEqual(trees);
        const wanted = [...kept, ...byHash.values()].flatMap(commonsIn);
        expect(wanted.every((name) => byHash.has(name))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('of four hundred parts takes the room of one list of weights, and of a few is kept whole', () => {
    const sizeOf = (many: number): number => {
      const { keep, commons } = keeper();
      const kept = partsOf(many, 1).slice(0, many).map(keep);
      return JSON.stringify([...kept, ...commons()]).length;
    };
    expect(sizeOf(400)).toBeLessThan(3 * sizeOf(200));
    const { keep, commons } = keeper();
    const few = partsOf(3, 3);
    expect(few.map(keep)).toEqual(few);
    expect(commons()).toEqual([]);
  });
});
