import { chanceOf, normalOf, patientRoot } from './chance';

const many = (draw: (index: number) => number): { readonly mean: number; readonly variance: number } => {
  const values = Array.from({ length: 40_000 }, (_, index) => draw(index));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
};

describe('chance', () => {
  it.each([
    ['from patient to patient', (index: number) => chanceOf(patientRoot(1, index), 7, 0)],
    ['from purpose to purpose', (index: number) => chanceOf(patientRoot(1, 3), index, 0)],
    ['from one time to the next', (index: number) => chanceOf(patientRoot(1, 3), 7, index)],
    ['from seed to seed', (index: number) => chanceOf(patientRoot(index, 3), 7, 0)],
  ])('is even between 0 and 1 %s', (_, draw) => {
    const { mean, variance } = many(draw);
    expect(mean).toBeCloseTo(1 / 2, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
  });

  it('draws from the standard normal distribution', () => {
    const { mean, variance } = many((index) => normalOf(patientRoot(1, index), 7, 0));
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(variance).toBeCloseTo(1, 1);
  });

  it('of one purpose tells nothing of another', () => {
    const { mean } = many((index) => {
      const root = patientRoot(1, index);
      return (chanceOf(root, 7, 0) - 0.5) * (chanceOf(root, 8, 0) - 0.5) * 12;
    });
    expect(Math.abs(mean)).toBeLessThan(0.02);
  });
});
