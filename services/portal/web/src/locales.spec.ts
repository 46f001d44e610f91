import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, 'locales');
const source = globSync('**/*.{ts,tsx}', { cwd: __dirname })
  .map((name) => readFileSync(join(__dirname, name), 'utf8'))
  .join('\n');

type Texts = string | { readonly [key: string]: Texts };

const read = (language: string, file: string): Texts =>
  JSON.parse(readFileSync(join(folder, language, file), 'utf8')) as Texts;

const keysOf = (texts: Texts, path = ''): readonly string[] =>
  typeof texts === 'string'
    ? [path]
    : Object.entries(texts).flatMap(([key, inner]) => keysOf(inner, path === '' ? key : `${path}.${key}`));

/** Texts in the order in which they stand, with the plural forms as one. */
const withoutPlurals = (keys: readonly string[]): ReadonlySet<string> =>
  new Set(keys.map((key) => key.replace(/_(one|many|other|zero)$/, '')));

const files = globSync('*.json', { cwd: join(folder, 'fr') });

describe.each(files)('the texts of %s', (file) => {
  it('have the same keys in French and in English', () => {
    expect([...withoutPlurals(keysOf(read('en', file)))].sort()).toEqual(
      [...withoutPlurals(keysOf(read('fr', file)))].sort(),
    );
  });

  it('take the same values in both languages', () => {
    const named = (language: string) =>
      Object.fromEntries(
        [...texts(read(language, file))].map(([key, text]) => [
          key.replace(/_(one|many|other|zero)$/, ''),
          [...new Set(text.match(/\{\{\s*\w+/g) ?? [])].sort(),
        ]),
      );
    expect(named('en')).toEqual(named('fr'));
  });

  it('are all used by some screen', () => {
    const unused = [...withoutPlurals(keysOf(read('fr', file)))].filter((key) => !isUsed(key));
    expect(unused).toEqual([]);
  });
});

function* texts(node: Texts, path = ''): Generator<readonly [string, string]> {
  if (typeof node === 'string') yield [path, node];
  else for (const [key, inner] of Object.entries(node)) yield* texts(inner, path === '' ? key : `${path}.${key}`);
}

/** A key stands in the source as it is, or its beginning before what is put in: `t(\`role.${role}\`)`. */
function isUsed(key: string): boolean {
  if (source.includes(`'${key}'`) || source.includes(`:${key}'`)) return true;
  const parts = key.split('.');
  return parts.some((_, index) => {
    const beginning = parts.slice(0, index).join('.');
    return index > 0 && source.includes(`\`${beginning}.\${`);
  });
}
