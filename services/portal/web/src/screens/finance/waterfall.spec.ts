import { foots, rangeOf, waterfall } from './waterfall';

describe('the bridge between two months', () => {
  const steps = [
    { id: 'VOLUME', cents: 31_657n },
    { id: 'RETRO', cents: -5_000n },
    { id: 'RATE', cents: 0n },
  ];

  it('begins each bar where the former ended, up or down', () => {
    const bars = waterfall(256_275n, steps, 282_932n);
    expect(bars.map(({ id, kind, low, high }) => [id, kind, low, high])).toEqual([
      ['before', 'total', 0, 256_275],
      ['VOLUME', 'up', 256_275, 287_932],
      ['RETRO', 'down', 282_932, 287_932],
      ['RATE', 'none', 282_932, 282_932],
      ['after', 'total', 0, 282_932],
    ]);
  });

  it('says when the steps do not lead to the total, by one cent', () => {
    expect(foots(256_275n, steps, 282_932n)).toBe(true);
    expect(foots(256_275n, steps, 282_933n)).toBe(false);
  });

  it('has a height even where nothing moved, and shows what is below zero', () => {
    expect(rangeOf(waterfall(0n, [], 0n))).toEqual({ low: 0, high: 1 });
    expect(rangeOf(waterfall(100n, [{ id: 'x', cents: -300n }], -200n))).toEqual({ low: -200, high: 100 });
  });
});
