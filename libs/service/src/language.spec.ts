import { languageOf } from './language';

describe('the reader’s language', () => {
  it.each([
    [undefined, 'fr'],
    ['', 'fr'],
    ['de', 'fr'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['fr-FR, en;q=0.9', 'fr'],
    ['fr;q=0.2, en;q=0.8', 'en'],
    ['de, en;q=0.5', 'en'],
    ['en;q=0, fr;q=0.1', 'fr'],
    ['*', 'fr'],
    [';;;=,', 'fr'],
  ])('for %p is %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
