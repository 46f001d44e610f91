import fc from 'fast-check';
import {
  bodySurfaceM2,
  calvert,
  creatinineClearance,
  deindexed,
  egfrCkdEpi2009,
  egfrCkdEpi2021,
  type Sex,
} from './kidney';
import { assessed, rulesVersion } from './result';
import { convert } from './units';

const valueOf = (result: { status: string; value?: unknown }): number => Number(result.value);
const clearanceOf = (value: number) => assessed(value, 'mL/min', 'Cockcroft-Gault', {});

describe('kidney formulas', () => {
  it.each<[number, number, Sex, number, number]>([
    [80, 40, 'male', 110.0, 105.75],
    [60, 40, 'female', 112.89, 109.48],
    [100, 60, 'female', 55.62, 52.71],
    [133, 65, 'male', 51.16, 47.99],
    [250, 70, 'male', 23.26, 21.6],
    [180, 75, 'female', 25.03, 23.31],
    [420, 58, 'male', 13.45, 12.55],
  ])(
    'give for %d umol/L at %d years (%s) the eGFR %d in 2021 and %d in 2009',
    (creatinineUmolL, ageYears, sex, of2021, of2009) => {
      const inputs = { creatinineUmolL, ageYears, sex };
      expect(valueOf(egfrCkdEpi2021(inputs))).toBeCloseTo(of2021, 2);
      expect(valueOf(egfrCkdEpi2009(inputs))).toBeCloseTo(of2009, 2);
    },
  );

  it.each<[number, number, number, Sex, number]>([
    [60, 70, 100, 'male', 68.88],
    [60, 70, 100, 'female', 58.24],
    [75, 58, 130, 'female', 30.16],
  ])('give Cockcroft for %d years, %d kg, %d umol/L (%s): %d', (ageYears, weightKg, creatinineUmolL, sex, expected) => {
    expect(valueOf(creatinineClearance({ ageYears, weightKg, creatinineUmolL, sex }))).toBeCloseTo(expected, 2);
  });

  it('give Calvert from a clearance, capped at 125 mL/min', () => {
    expect(valueOf(calvert(5, clearanceOf(90)))).toBe(575);
    expect(valueOf(calvert(6, clearanceOf(45)))).toBe(420);
    expect(valueOf(calvert(5, clearanceOf(140)))).toBe(750);
  });

  it('refuse by type an eGFR where a clearance is asked, and one equation for the other', () => {
    const egfr = assessed(45, 'mL/min/{1.73_m2}', 'CKD-EPI-2021', {});
    // @ts-expect-error an eGFR per 1.73 m² is not a clearance
    calvert(5, egfr);
    // @ts-expect-error the 2021 equation is not the 2009 one
    const of2009: import('./kidney').Egfr2009 = egfr;
    expect(of2009.formula).toBe('CKD-EPI-2021');
  });

  it('turn an eGFR into the clearance of this body', () => {
    expect(bodySurfaceM2(170, 70)).toBeCloseTo(1.8181, 4);
    const egfr = assessed(45, 'mL/min/{1.73_m2}', 'CKD-EPI-2021', {});
    expect(deindexed(egfr, 180, 64.8)).toBeCloseTo(46.82, 2);
  });

  it('do not count a minor, and name an unknown sex', () => {
    expect(egfrCkdEpi2021({ creatinineUmolL: 80, ageYears: 17, sex: 'male' })).toMatchObject({
      status: 'not-assessed',
    });
    expect(egfrCkdEpi2021({ creatinineUmolL: 80, ageYears: 18, sex: 'unknown' })).toMatchObject({
      status: 'missing',
      what: [{ fact: 'sex', reason: 'absent' }],
    });
  });

  it('say for review, with inputs, formula and version', () => {
    expect(egfrCkdEpi2021({ creatinineUmolL: 100, ageYears: 60, sex: 'female' })).toMatchObject({
      forReview: true,
      formula: 'CKD-EPI-2021',
      version: rulesVersion,
      inputs: { creatinineUmolL: 100, ageYears: 60, sex: 'female' },
    });
  });

  const adult = {
    creatinineUmolL: fc.double({ min: 20, max: 1500, noNaN: true }),
    ageYears: fc.integer({ min: 18, max: 100 }),
    sex: fc.constantFrom<Sex>('male', 'female'),
  };

  it('fall when creatinine or age rises, and rise with weight', () => {
    fc.assert(
      fc.property(fc.record(adult), fc.double({ min: 1.01, max: 3, noNaN: true }), (inputs, times) => {
        const worse = { ...inputs, creatinineUmolL: inputs.creatinineUmolL * times };
        for (const formula of [egfrCkdEpi2021, egfrCkdEpi2009]) {
          expect(valueOf(formula(worse))).toBeLessThan(valueOf(formula(inputs)));
          expect(valueOf(formula({ ...inputs, ageYears: inputs.ageYears + 1 }))).toBeLessThan(valueOf(formula(inputs)));
        }
        const light = valueOf(creatinineClearance({ ...inputs, weightKg: 50 }));
        expect(valueOf(creatinineClearance({ ...inputs, weightKg: 50 * times }))).toBeGreaterThan(light);
      }),
    );
  });

  it('are the same whatever the unit the laboratory writes', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 20, noNaN: true }), (mgDl) => {
        const written = [
          convert('creatinine', mgDl, 'mg/dL'),
          convert('creatinine', mgDl * 88.4, 'umol/L'),
          convert('creatinine', mgDl * 10, 'mg/L'),
        ];
        const values = written.map((one) => ('value' in one ? one.value : Number.NaN));
        for (const value of values) expect(value).toBeCloseTo(mgDl * 88.4, 6);
      }),
    );
  });
});
