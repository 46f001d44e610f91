import type { Language } from './words';

/** Where the patients of the territory live. */
const TIME_ZONE = 'Europe/Paris';

/** `mardi 24 novembre 2026`; a civil day or an instant. A pathway goes over years. */
export function dayText(day: string, language: Language): string {
  const isCivil = day.length === 10;
  const timeZone = isCivil ? 'UTC' : TIME_ZONE;
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone } as const;
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr', options).format(
    new Date(isCivil ? `${day}T12:00:00Z` : day),
  );
}

/** `mardi 24 novembre 2026 à 09:00`. */
export function whenText(instant: string, language: Language): string {
  const options = { hour: '2-digit', minute: '2-digit', timeZone: TIME_ZONE } as const;
  const time = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr', options).format(new Date(instant));
  return `${dayText(instant, language)}${language === 'fr' ? ' à ' : ', '}${time}`;
}
