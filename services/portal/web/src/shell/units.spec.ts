import { numberText, unitText } from './units';

describe('a measured value', () => {
  it('has its unit as people write it, in their language', () => {
    expect(unitText('umol/L', 'fr')).toBe('µmol/L');
    expect(unitText('mL/min/{1.73_m2}', 'fr')).toBe('mL/min/1,73 m²');
    expect(unitText('mL/min/{1.73_m2}/a', 'en')).toBe('mL/min/1.73 m²/year');
  });

  it('keeps a unit that is not known as it was told', () => {
    expect(unitText('furlong', 'fr')).toBe('furlong');
  });

  it('keeps all its decimals', () => {
    expect([numberText(38.6, 'fr'), numberText(0.125, 'en')]).toEqual(['38,6', '0.125']);
  });
});
