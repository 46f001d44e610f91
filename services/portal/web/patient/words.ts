import { en } from './words-en';
import { fr } from './words-fr';

export type Language = 'fr' | 'en';
export type Words = { readonly [Key in keyof typeof fr]: string };

const all: Readonly<Record<Language, Words>> = { fr, en };

export const wordsIn = (language: Language): Words => all[language];

/** `Bonjour {name}` with its name. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
