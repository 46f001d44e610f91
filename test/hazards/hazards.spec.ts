import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

interface Citation {
  readonly file: string;
  readonly name: string;
}

interface Hazard {
  readonly id: string;
  readonly severity: string;
  readonly owner: string;
  readonly control: string;
  readonly residual: string;
  readonly tests: readonly Citation[];
}

/** The rows of HAZARDS.md. A citation is a file in backticks and a test's name in double quotes after it. */
function hazardsIn(markdown: string): readonly Hazard[] {
  return markdown
    .split('\n')
    .filter((line) => /^\| H\d+ \|/.test(line))
    .map((line) => {
      const cells = line.split('|').slice(1, -1);
      const [id = '', , severity = '', owner = '', control = '', residual = '', tests = ''] = cells.map((cell) => cell.trim()); // prettier-ignore
      return { id, severity, owner, control, residual, tests: citationsIn(tests) };
    });
}

const citationsIn = (cell: string): readonly Citation[] =>
  cell
    .split('<br>')
    .filter((text) => text !== '')
    .map((text) => {
      const [, file, name] = /^`([^`]+)` "(.+)"$/.exec(text.trim()) ?? [];
      if (file === undefined || name === undefined) throw new Error(`A citation is \`file\` "name", not: ${text}`);
      return { file, name: name.replaceAll('\\"', '"') };
    });

/** Titles of tests and of their groups, as they are written: the first argument of `it(`, `describe(` or `each(...)(`. */
const titlesIn = (source: string): readonly string[] =>
  [...source.matchAll(/(?:\bit|\btest|\bdescribe|\))\(\s*(['"`])((?:\\.|(?!\1).)+)\1\s*,/g)].map(
    ([, , title]) => title ?? '',
  );

const hazards = hazardsIn(readFileSync(join(root, 'HAZARDS.md'), 'utf8'));
const cited = hazards.flatMap(({ id, tests }) => tests.map(({ file, name }) => [id, file, name] as const));
const sourceOf = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('HAZARDS.md', () => {
  it('lists H1 to H20, each with severity, owner, control and residual risk', () => {
    expect(hazards.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `H${index + 1}`));
    for (const { severity, owner, control, residual } of hazards) {
      expect(severity).toMatch(/^[1-5]$/);
      expect([owner, control, residual]).not.toContain('');
    }
  });

  it.each(cited)('%s cites a test that exists: %s %s', (_, file, name) => {
    expect(existsSync(join(root, file))).toBe(true);
    expect(titlesIn(sourceOf(file))).toContain(name);
  });

  it.each(hazards.filter(({ tests }) => tests.length > 0))('$id is named by a test that it cites', ({ id, tests }) => {
    const named = new RegExp(`\\b${id}\\b`);
    const titles = tests.flatMap(({ file, name }) => [name, ...titlesIn(sourceOf(file))]);
    expect(titles.some((title) => named.test(title))).toBe(true);
  });

  it.each(hazards.slice(0, 7))('$id has a test', ({ tests }) => {
    expect(tests.length).toBeGreaterThan(0);
  });

  it('says of each hazard without a test that it is open', () => {
    const silent = hazards.filter(({ tests, residual }) => tests.length === 0 && !residual.startsWith('Open:'));
    expect(silent.map(({ id }) => id)).toEqual([]);
  });
});
