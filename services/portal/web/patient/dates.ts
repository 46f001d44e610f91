import type { Language } from './words';

/** Where the patients of the territory live. */
const TIME_ZONE = 'Europe/Paris';

/** `mardi 24 novembre`; a civil day or an instant. */
export function dayText(day: string, language: Language): string {
  const isCivil = day.length === 10;
  const options = { weekday: 'long', day: 'numeric', month: 'long', timeZone: isCivil ? 'UTC' : TIME_ZONE } as const;
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr', options).format(
    new Date(isCivil ? `${day}T12:00:00Z` : day),
  );
}

/** `mardi 24 novembre à 09:00`. */
export function whenText(instant: string, language: Language): string {
  const options = { hour: '2-digit', minute: '2-digit', timeZone: TIME_ZONE } as const;
  const time = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr', options).format(new Date(instant));
  return `${dayText(instant, language)}${language === 'fr' ? ' à ' : ', '}${time}`;
}
