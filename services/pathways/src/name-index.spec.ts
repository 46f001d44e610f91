import fc from 'fast-check';
import { NameIndex, type NamedPatient } from './name-index';

const person = (id: string, familyName: string, givenName: string, birthDate: string): NamedPatient => ({
  id,
  familyName,
  givenNames: [givenName],
  birthDate,
  sex: 'female',
});

describe('the index of names', () => {
  const index = new NameIndex();
  for (const one of [
    person('1', 'D’ÊTRE-ÉLAN', 'Zoé', '1950-01-01'),
    person('2', 'MARTIN', 'Anne', '1960-01-01'),
    person('3', 'MARTIN', 'Anne', '1950-01-01'),
    person('4', 'ŒUVRARD', 'Marie-Ève', '1971-02-03'),
  ]) {
    index.put(one);
  }
  const found = (name: string, limit = 10) => index.search({ name }, limit).map(({ id }) => id);

  it('finds fragments without regard for accents, case, order or hyphens', () => {
    expect(found('zoe etre')).toEqual(['1']);
    expect(found('ÉLA')).toEqual(['1']);
    expect(found('detreelan')).toEqual(['1']);
    expect(found('Être Élan')).toEqual(['1']);
    expect(found('marieeve oeuv')).toEqual(['4']);
    expect(found('nobody')).toEqual([]);
    expect(found(' - ')).toEqual([]);
  });

  it('gives a name back as it is written', () => {
    expect(index.search({ name: 'zoe' }, 1)).toEqual([person('1', 'D’ÊTRE-ÉLAN', 'Zoé', '1950-01-01')]);
  });

  it('gives homonyms both, told apart by birth date, and as many as asked', () => {
    expect(index.search({ name: 'martin' }, 10).map(({ id, birthDate }) => [id, birthDate])).toEqual([
      ['3', '1950-01-01'],
      ['2', '1960-01-01'],
    ]);
    expect(found('martin', 1)).toEqual(['3']);
  });

  it('finds by birth date, alone or with a name', () => {
    expect(index.search({ birthDate: '1950-01-01' }, 10).map(({ id }) => id)).toEqual(['1', '3']);
    expect(index.search({ name: 'anne', birthDate: '1950-01-01' }, 10).map(({ id }) => id)).toEqual(['3']);
    expect(index.search({ name: 'anne', birthDate: '1950-01-02' }, 10)).toEqual([]);
  });

  it('forgets a name that was corrected', () => {
    index.put(person('2', 'DURAND', 'Anne', '1960-01-01'));
    expect(found('martin')).toEqual(['3']);
    expect(found('durand')).toEqual(['2']);
    expect(index.size).toBe(4);
  });

  it('finds exactly those whose name holds every word, whoever else is there and however often names change', () => {
    const names = fc.constantFrom('ABBA', 'ABA-BA', 'Bab', 'Bébé', 'A’ba', 'Cab');
    const people = fc.array(fc.record({ who: fc.integer({ min: 0, max: 40 }), family: names, given: names }), {
      maxLength: 3000,
    });
    const words = fc.array(fc.constantFrom('ab', 'ba', 'bab', 'abb', 'be', 'c'), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(people, words, (all, wanted) => {
        const made = new NameIndex();
        const last = new Map<string, string>();
        for (const { who, family, given } of all) {
          made.put(person(`id${who}`, family, given, '1950-01-01'));
          const parts = [family, given].map((name) => name.toLowerCase().replaceAll('é', 'e').replace(/[’-]/g, ' '));
          last.set(`id${who}`, [...parts, ...parts.map((part) => part.replaceAll(' ', ''))].join('|'));
        }
        const expected = [...last].filter(([, text]) => wanted.every((word) => text.includes(word))).map(([id]) => id);
        const ids = made.search({ name: wanted.join(' ') }, 100).map(({ id }) => id);
        expect([...ids].sort()).toEqual(expected.sort());
      }),
      { numRuns: 60 },
    );
  });
});
