import { percentText } from './percent-text';

describe('a percentage of the books', () => {
  it('has the comma and the space of French, and no digit is lost', () => {
    expect(percentText('29.56%', 'fr')).toBe('29,56\u00a0%');
    expect(percentText('29.56%', 'en')).toBe('29.56%');
  });
  it('leaves what is none as it is', () => {
    expect(percentText('1/3', 'fr')).toBe('1/3');
  });
});
