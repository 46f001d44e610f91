import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = join(import.meta.dirname, '..', '..', 'services', 'portal', 'web', 'dist');

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly isDynamicEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>; // Vite's own

/** The files that a chunk needs at once: its own, its imports' and their styles. */
function filesOf(name: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (chunk === undefined || seen.has(chunk.file)) return seen;
  for (const file of [chunk.file, ...(chunk.css ?? [])]) seen.add(file);
  for (const one of chunk.imports ?? []) filesOf(one, seen);
  return seen;
}

const kilobytes = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) / 1_000;

/** As the page's makers set them: a page that is slow on a slow phone is not read. */
describe('what a browser loads, gzipped', () => {
  it('is at most 320 kB before the workspace is there', () => {
    expect(kilobytes(filesOf('index.html'))).toBeLessThanOrEqual(320);
  });

  it('is at most 100 kB for the patient’s page, all in all', () => {
    const files = filesOf('patient.html');
    const later = Object.values(manifest).filter(({ isDynamicEntry }) => isDynamicEntry === true);
    expect(later.filter(({ file }) => files.has(file))).toEqual([]);
    const html = gzipSync(readFileSync(join(dist, 'patient.html'))).length / 1_000;
    expect(html + kilobytes(files)).toBeLessThanOrEqual(100);
  });

  it('is at most 250 kB more for a screen of the workspace', () => {
    const first = filesOf('index.html');
    const screens = Object.keys(manifest).filter((name) => manifest[name]?.isDynamicEntry === true);
    const large = screens
      .map((name) => [name, kilobytes([...filesOf(name)].filter((file) => !first.has(file)))] as const)
      .filter(([, size]) => size > 250);
    expect(screens.length).toBeGreaterThan(5);
    expect(large).toEqual([]);
  });
});
