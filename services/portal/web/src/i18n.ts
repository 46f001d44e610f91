import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

import { answerIn } from './api/client';

export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

const LANGUAGE_KEY = 'ariane.language';

/** The language chosen here before, else the browser's, else French. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem(LANGUAGE_KEY) ?? navigator.language.slice(0, 2);
  return chosen === 'en' ? 'en' : 'fr';
}

/** Each language is one file that is loaded when it is chosen. */
const load = {
  fr: () => import('./locales/fr'),
  en: () => import('./locales/en'),
} as const;

export async function startTexts(language: Language): Promise<i18n> {
  const texts = createInstance();
  const { default: resources } = await load[language]();
  await texts.use(initReactI18next).init({
    lng: language,
    resources: { [language]: resources },
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  become(language);
  return texts;
}

/** Changes the language of the page, of what the services answer, and of the next visit. */
export async function speak(texts: i18n, language: Language): Promise<void> {
  const { default: resources } = await load[language]();
  for (const [namespace, bundle] of Object.entries(resources))
    texts.addResourceBundle(language, namespace, bundle, true, true);
  localStorage.setItem(LANGUAGE_KEY, language);
  become(language);
  await texts.changeLanguage(language);
}

function become(language: Language): void {
  document.documentElement.lang = language;
  answerIn(language);
}
