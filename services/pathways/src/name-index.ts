/** What a search by name answers: enough to tell two homonyms apart. */
export interface NamedPatient {
  readonly id: string;
  readonly familyName: string;
  readonly givenNames: readonly string[];
  readonly birthDate: string;
  readonly sex: string;
}

/** Whom to look for: each of the two that is there must hold. */
export interface WantedPatient {
  /** Fragments of names, in any order. */
  readonly name?: string;
  /** A civil day, YYYY-MM-DD. */
  readonly birthDate?: string;
}

/** Letters that do not come apart into a letter and its accent. */
const ligatures: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd' };

/** Lower case, without accents or signs: `D’Être-Élan` is `d etre elan`. */
const searchable = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[œæßøłđ]/g, (letter) => ligatures[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** The words of a name; one that is written with signs is also found as one word, `detreelan`. */
function searchableName(names: readonly string[]): string {
  const words = names.map(searchable);
  const joined = words.filter((word) => word.includes(' ')).map((word) => word.replaceAll(' ', ''));
  return [...words, ...joined].join(' ');
}

const SEPARATOR = 0x0a;
/** Of names as they are written, so that the family name and each given name come apart again. */
const UNIT = '\u001f';
const GROWTH = 2;
/** Bytes that a person takes on average in each of the two texts. */
const FIRST_BYTES = 1 << 16;
const FIRST_ENTRIES = 1 << 10;

/** Bytes that grow: one text per entry, each ended by a line feed. */
class Texts {
  bytes = Buffer.allocUnsafe(FIRST_BYTES);
  length = 0;

  /** Gives where the text begins. */
  add(text: string): number {
    const size = Buffer.byteLength(text) + 1;
    if (this.length + size > this.bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.bytes.length * GROWTH, this.length + size));
      this.bytes.copy(grown, 0, 0, this.length);
      this.bytes = grown;
    }
    const begin = this.length;
    this.bytes.write(text, begin);
    this.bytes[begin + size - 1] = SEPARATOR;
    this.length += size;
    return begin;
  }

  read(begin: number): string {
    return this.bytes.toString('utf8', begin, this.bytes.indexOf(SEPARATOR, begin));
  }
}

/**
 * Names of one territory, in memory only: they are sealed in MongoDB, where no fragment of them can be looked for. Kept
 * as bytes beside JavaScript's heap, some 200 of them a person and 90 on the heap; a search reads them from end to end.
 */
export class NameIndex {
  private readonly names = new Texts();
  private readonly persons = new Texts();
  /** By entry: where its text begins in each, and its birth date as a number, 19480517; 0 when it was replaced. */
  private nameAt = new Uint32Array(FIRST_ENTRIES);
  private personAt = new Uint32Array(FIRST_ENTRIES);
  private born = new Uint32Array(FIRST_ENTRIES);
  private count = 0;
  private readonly entryOf = new Map<string, number>();

  /** People in the index. */
  get size(): number {
    return this.entryOf.size;
  }

  /** Puts a person in, or in the place of what was known of them; the same again changes nothing. */
  put({ id, familyName, givenNames, birthDate, sex }: NamedPatient): void {
    const text = [id, sex, birthDate, familyName, ...givenNames].map(plain).join(UNIT);
    const replaced = this.entryOf.get(id);
    if (replaced !== undefined) {
      if (this.persons.read(this.personAt[replaced] ?? 0) === text) return;
      this.born[replaced] = 0;
    }
    if (this.count === this.born.length) this.grow();
    const entry = this.count++;
    this.nameAt[entry] = this.names.add(searchableName([familyName, ...givenNames]));
    this.personAt[entry] = this.persons.add(text);
    this.born[entry] = dayNumber(birthDate);
    this.entryOf.set(id, entry);
  }

  /** Who has a name holding each word of the fragment, by name, then birth date, then id. */
  search({ name = '', birthDate }: WantedPatient, limit: number): readonly NamedPatient[] {
    const words = searchable(name)
      .split(' ')
      .filter((word) => word !== '');
    if (words.length === 0 && birthDate === undefined) return [];
    const born = birthDate === undefined ? undefined : dayNumber(birthDate);
    const first = new Best(limit, (a, b) => this.compare(a, b));
    for (const entry of words.length === 0 ? this.everybody() : this.holding(longest(words))) {
      if (this.born[entry] === 0 || (born !== undefined && this.born[entry] !== born)) continue;
      if (words.length < 2 || this.holdsAll(entry, words)) first.offer(entry);
    }
    return first.inOrder().map((entry) => this.personOf(entry));
  }

  private *everybody(): Iterable<number> {
    for (let entry = 0; entry < this.count; entry += 1) yield entry;
  }

  /** The entries whose name holds a word, each once, in the order in which they were put. */
  private *holding(word: string): Iterable<number> {
    const wanted = Buffer.from(word);
    const text = this.names.bytes.subarray(0, this.names.length);
    let entry = 0;
    for (let at = text.indexOf(wanted); at !== -1;) {
      entry = this.entryAt(at, entry);
      yield entry;
      const next = entry + 1 < this.count ? (this.nameAt[entry + 1] ?? text.length) : text.length;
      at = text.indexOf(wanted, next);
    }
  }

  /** The entry whose text a place is in; entries lie in the order of their numbers. */
  private entryAt(place: number, from: number): number {
    let low = from;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.nameAt[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private holdsAll(entry: number, words: readonly string[]): boolean {
    const text = this.names.read(this.nameAt[entry] ?? 0);
    return words.every((word) => text.includes(word));
  }

  private compare(a: number, b: number): number {
    const { bytes, length } = this.names;
    const endOf = (entry: number) => (entry + 1 < this.count ? (this.nameAt[entry + 1] ?? length) : length);
    const byName = bytes.compare(bytes, this.nameAt[b], endOf(b), this.nameAt[a], endOf(a));
    if (byName !== 0) return byName;
    return (this.born[a] ?? 0) - (this.born[b] ?? 0) || (this.personOf(a).id < this.personOf(b).id ? -1 : 1);
  }

  private personOf(entry: number): NamedPatient {
    const text = this.persons.read(this.personAt[entry] ?? 0);
    const [id = '', sex = '', birthDate = '', familyName = '', ...givenNames] = text.split(UNIT);
    return { id, familyName, givenNames, birthDate, sex };
  }

  private grow(): void {
    const size = this.count * GROWTH;
    this.nameAt = grown(this.nameAt, size);
    this.personAt = grown(this.personAt, size);
    this.born = grown(this.born, size);
  }
}

/** The least of many, as many as wanted, without putting all of them in order. */
class Best {
  private readonly kept: number[] = [];

  constructor(
    private readonly limit: number,
    private readonly compare: (a: number, b: number) => number,
  ) {}

  offer(entry: number): void {
    const last = this.kept.at(-1);
    if (this.kept.length === this.limit && last !== undefined && this.compare(entry, last) >= 0) return;
    let low = 0;
    for (let high = this.kept.length; low < high;) {
      const middle = (low + high) >>> 1;
      if (this.compare(entry, this.kept[middle] ?? 0) < 0) high = middle;
      else low = middle + 1;
    }
    this.kept.splice(low, 0, entry);
    if (this.kept.length > this.limit) this.kept.pop();
  }

  inOrder(): readonly number[] {
    return this.kept;
  }
}

const dayNumber = (civilDay: string): number => Number(civilDay.replaceAll('-', ''));
const longest = (words: readonly string[]): string => words.reduce((a, b) => (b.length > a.length ? b : a), '');
/** What separates names and entries here stands in no name. */
const plain = (text: string): string => text.replaceAll('\n', ' ').replaceAll(UNIT, ' ');

function grown(from: Uint32Array<ArrayBuffer>, size: number): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(size);
  to.set(from);
  return to;
}
