import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from './harness.ts';

type Texts = { readonly [name: string]: string | Texts };

const folder = join(import.meta.dirname, '../../services/portal/web/src/locales');

/** The words of a screen in a language, by name, as people read them; `{{places}}` are filled. */
export function wordsOf(language: Language, area: string) {
  const texts = JSON.parse(readFileSync(join(folder, language, `${area}.json`), 'utf8')) as Texts; // as: our own files
  return (name: string, filling: Readonly<Record<string, string>> = {}): string => {
    const found = name
      .split('.')
      .reduce<Texts | string>((at, part) => (typeof at === 'string' ? at : (at[part] ?? '')), texts);
    if (typeof found !== 'string' || found === '') throw new Error(`No words for ${area}:${name}.`);
    return found.replaceAll(/\{\{(\w+)\}\}/g, (_, place: string) => filling[place] ?? '');
  };
}
