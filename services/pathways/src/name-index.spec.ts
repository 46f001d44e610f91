import { NameIndex } from './name-index';

describe('the index of names', () => {
  const index = new NameIndex();
  const person = (id: string, familyName: string, givenName: string, birthDate: string) => {
    index.put({ id, familyName, givenNames: [givenName], birthDate, sex: 'female' });
  };
  person('1', 'D’ÊTRE-ÉLAN', 'Zoé', '1950-01-01');
  person('2', 'MARTIN', 'Anne', '1960-01-01');
  person('3', 'MARTIN', 'Anne', '1950-01-01');

  it('finds fragments without regard for accents, case or order', () => {
    expect(index.search('zoe etre', 10).map(({ id }) => id)).toEqual(['1']);
    expect(index.search('ÉLA', 10)).toHaveLength(1);
    expect(index.search('nobody', 10)).toEqual([]);
    expect(index.search(' - ', 10)).toEqual([]);
  });

  it('gives homonyms both, told apart by birth date, and as many as asked', () => {
    expect(index.search('martin', 10).map(({ id, birthDate }) => [id, birthDate])).toEqual([
      ['3', '1950-01-01'],
      ['2', '1960-01-01'],
    ]);
    expect(index.search('martin', 1)).toHaveLength(1);
  });

  it('forgets a name that was corrected', () => {
    person('2', 'DURAND', 'Anne', '1960-01-01');
    expect(index.search('martin', 10)).toHaveLength(1);
  });
});
