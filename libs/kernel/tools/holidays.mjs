// Writes libs/kernel/src/holidays.json from the date-holidays library: run `node libs/kernel/tools/holidays.mjs` after
// raising that library, read the difference, commit it. The services read the JSON only, so that a plan never changes
// because a dependency did.
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import Holidays from 'date-holidays';

const firstYear = 2000;
const lastYear = 2060;
const territories = {
  FR: ['FR'],
  'FR-57': ['FR', '57'],
  'FR-67': ['FR', '67'],
  'FR-68': ['FR', '68'],
  'FR-971': ['FR', 'GP'],
  'FR-972': ['FR', 'MQ'],
  'FR-973': ['FR', 'GF'],
  'FR-974': ['FR', 'RE'],
  'FR-976': ['FR', 'YT'],
};

/** Days of one year as MM-DD. */
const daysOf = (calendar, year) =>
  new Set(
    calendar
      .getHolidays(year)
      .filter((day) => day.type === 'public')
      .map((day) => day.date.slice(5, 10)),
  );

const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index);

/** What falls on the same day every year, and the dated rest, beyond what is already in `base`. */
const compact = (calendar, base) => {
  const perYear = years.map((year) => daysOf(calendar, year));
  const fixed = [...perYear[0]]
    .filter((day) => perYear.every((days) => days.has(day)) && !base.fixed.includes(day))
    .sort();
  const dated = years.flatMap((year, index) =>
    [...perYear[index]]
      .filter((day) => !fixed.includes(day) && !base.fixed.includes(day))
      .map((day) => `${year}-${day}`)
      .filter((day) => !base.dated.includes(day))
      .sort(),
  );
  return { fixed, dated };
};

const national = compact(new Holidays('FR'), { fixed: [], dated: [] });
const out = { source: `date-holidays, ${firstYear} to ${lastYear}`, national, adds: {} };
for (const [territory, place] of Object.entries(territories)) {
  const calendar = new Holidays(...place);
  for (const year of years) {
    for (const day of daysOf(new Holidays('FR'), year)) {
      if (!daysOf(calendar, year).has(day)) throw new Error(`${territory} lacks the national holiday ${year}-${day}`);
    }
  }
  out.adds[territory] = compact(calendar, national);
}
const target = new URL('../src/holidays.json', import.meta.url).pathname;
const style = await resolveConfig(target);
writeFileSync(target, await format(JSON.stringify(out), { ...style, parser: 'json' }));
