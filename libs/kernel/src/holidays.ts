import calendar from './holidays.json';

/**
 * Where public holidays are counted: France, or a department with days of its own. Alsace-Moselle (57, 67, 68) keeps
 * Good Friday and 26 December (L. 3134-13 of the labour code); each overseas department its day of the abolition of
 * slavery (L. 3422-2). The JSON is written by `tools/holidays.mjs` from date-holidays, which also counts the customary
 * Good Friday of Guadeloupe and Martinique.
 */
export const holidayTerritories = [
  'FR',
  'FR-57',
  'FR-67',
  'FR-68',
  'FR-971',
  'FR-972',
  'FR-973',
  'FR-974',
  'FR-976',
] as const;

export type HolidayTerritory = (typeof holidayTerritories)[number];

const fixed = new Map<HolidayTerritory, ReadonlySet<string>>();
const dated = new Map<HolidayTerritory, ReadonlySet<string>>();
for (const territory of holidayTerritories) {
  const added = calendar.adds[territory];
  fixed.set(territory, new Set([...calendar.national.fixed, ...added.fixed]));
  dated.set(territory, new Set([...calendar.national.dated, ...added.dated]));
}

/** The territory of that code, or undefined for one whose holidays are not known. */
export const holidayTerritory = (code: string): HolidayTerritory | undefined =>
  holidayTerritories.find((territory) => territory === code);

/** Whether the civil day (YYYY-MM-DD) is a public holiday. Moving feasts are known from 2000 to 2060. */
export const isHoliday = (day: string, territory: HolidayTerritory): boolean =>
  fixed.get(territory)?.has(day.slice(5)) === true || dated.get(territory)?.has(day) === true;
