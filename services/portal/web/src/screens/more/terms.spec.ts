import { matches } from './terms';

describe('a word of the glossary', () => {
  it('is found without its accents and capitals', () => {
    expect(matches('Télé-expertise', 'tele')).toBe(true);
    expect(matches('RCP', ' rcp ')).toBe(true);
  });

  it('is not found by what it does not hold', () => {
    expect(matches('Télé-expertise', 'forfait')).toBe(false);
  });
});
