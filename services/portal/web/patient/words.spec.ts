import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filled } from './words';
import { en } from './words-en';
import { fr } from './words-fr';

const source = readdirSync(__dirname)
  .filter((name) => /\.tsx?$/.test(name) && !/^words|spec/.test(name))
  .map((name) => readFileSync(join(__dirname, name), 'utf8'))
  .join('\n');

describe('the words of the patient’s page', () => {
  it('are the same in both languages, with the same places to fill', () => {
    const holes = (words: object) =>
      Object.fromEntries(Object.entries(words).map(([key, text]) => [key, String(text).match(/\{\w+\}/g)]));
    expect(holes(en)).toEqual(holes(fr));
  });

  it('are all used', () => {
    const unused = Object.keys(fr).filter((key) => !source.includes(`words.${key}`) && !source.includes(`'${key}'`));
    expect(unused).toEqual([]);
  });

  it('name no illness, no drug and no kind of department', () => {
    for (const words of [fr, en])
      expect(Object.values(words).join(' ')).not.toMatch(/cancer|tum|onco|chimio|chemo|dialys|RCP/i);
  });

  it('are filled in by name', () => {
    expect(filled('a {x} b {y}', { x: '1' })).toBe('a 1 b ');
  });
});
