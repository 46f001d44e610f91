/** What a search by name answers: enough to tell two homonyms apart. */
export interface NamedPatient {
  readonly id: string;
  readonly familyName: string;
  readonly givenNames: readonly string[];
  readonly birthDate: string;
  readonly sex: string;
}

/** Lower case, without accents or signs: `D’Être-Élan` is `d etre elan`. */
const searchable = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** Names of one territory, in memory only: they are sealed in MongoDB, where no fragment of them can be looked for. */
export class NameIndex {
  private readonly entries = new Map<string, NamedPatient & { readonly text: string }>();

  put({ id, familyName, givenNames, birthDate, sex }: NamedPatient): void {
    const text = searchable([familyName, ...givenNames].join(' '));
    this.entries.set(id, { id, familyName, givenNames, birthDate, sex, text });
  }

  /** Who has a name holding each word of the fragment, by family name, then birth date, then id. */
  search(fragment: string, limit: number): readonly NamedPatient[] {
    const words = searchable(fragment)
      .split(' ')
      .filter((word) => word !== '');
    if (words.length === 0) return [];
    return [...this.entries.values()]
      .filter(({ text }) => words.every((word) => text.includes(word)))
      .sort((a, b) => compare(a.familyName, b.familyName) || compare(a.birthDate, b.birthDate) || compare(a.id, b.id))
      .slice(0, limit)
      .map(({ text: _, ...named }) => named);
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
