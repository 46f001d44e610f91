/** How dates, durations and money are written. Times are of the territory and not of the browser. */

const NO_BREAK = '\u00A0';
const BY_DAY = { weekday: 'short', day: 'numeric', month: 'short' } as const;

export interface Place {
  readonly language: string;
  readonly timeZone: string;
}

/** To make a format takes many times as long as to use it, and a screen writes hundreds of dates by a few formats. */
function kept<Options, Format>(
  make: (language: string, options: Options) => Format,
): (language: string, options: Options) => Format {
  const made = new Map<string, Format>();
  return (language, options) => {
    const key = `${language} ${JSON.stringify(options)}`;
    const format = made.get(key) ?? make(language, options);
    made.set(key, format);
    return format;
  };
}

export const dateFormat = kept(
  (language, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options),
);
export const numberFormat = kept(
  (language, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options),
);
const farFormat = kept(
  (language, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(language, options),
);

const zoned = ({ timeZone }: Place, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormatOptions => ({
  timeZone,
  ...options,
});

/** `mar. 24 nov.`, with the year where it is not that of `now`. A civil day (`2026-11-24`) or an instant. */
export function dayText(day: string, now: string, place: Place): string {
  const isCivil = day.length === 10;
  const at = new Date(isCivil ? `${day}T12:00:00Z` : day);
  const zone = isCivil ? 'UTC' : place.timeZone;
  const isThisYear = day.slice(0, 4) === now.slice(0, 4);
  const options = { ...BY_DAY, ...(isThisYear ? {} : { year: 'numeric' as const }), timeZone: zone };
  // A date is read in one: no line ends within it.
  return dateFormat(place.language, options).format(at).replaceAll(' ', NO_BREAK);
}

/** The civil day of an instant in a time zone: `2026-11-24`. */
export const dayIn = (instant: string, timeZone: string): string =>
  dateFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(instant));

/**
 * The instant at which clocks of a time zone show that day and time (`2026-11-24 08:12`), whatever the browser's zone. A
 * time that the change of clocks skips is taken an hour later.
 */
export function instantOf(wall: string, timeZone: string): string {
  const options = { timeZone, dateStyle: 'short', timeStyle: 'medium' } as const;
  const clocks = dateFormat('sv-SE', options);
  const shown = (epochMs: number): number => Date.parse(`${clocks.format(epochMs).replace(' ', 'T')}Z`);
  const wanted = Date.parse(`${wall.replace(' ', 'T')}Z`);
  const near = wanted - (shown(wanted) - wanted);
  return new Date(wanted - (shown(near) - near)).toISOString();
}

/** `mar. 24 nov. 08:12`. */
export function instantText(instant: string, now: string, place: Place): string {
  return `${dayText(instant, now, place)}${NO_BREAK}${timeText(instant, place)}`;
}

/** `08:12`. */
export function timeText(instant: string, place: Place): string {
  const options = zoned(place, { hour: '2-digit', minute: '2-digit' });
  return dateFormat(place.language, options).format(new Date(instant));
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `il y a 3 h`, `dans 2 j`: how far an instant is from now, in its largest unit. */
export function farText(instant: string, now: string, language: string): string {
  const away = Date.parse(instant) - Date.parse(now);
  const size = Math.abs(away);
  const format = farFormat(language, { numeric: 'auto', style: 'short' });
  if (size < HOUR_MS) return format.format(Math.round(away / MINUTE_MS), 'minute');
  if (size < DAY_MS) return format.format(Math.round(away / HOUR_MS), 'hour');
  if (size < 60 * DAY_MS) return format.format(Math.round(away / DAY_MS), 'day');
  // In full: short, a month reads like a minute.
  return farFormat(language, { numeric: 'auto' }).format(Math.round(away / (30 * DAY_MS)), 'month');
}

/** `novembre 2026` for `2026-11`. */
export function monthText(month: string, language: string): string {
  const options = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return dateFormat(language, options).format(new Date(`${month}-15T12:00:00Z`));
}

export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** `1 234,56 €` from the exact decimal text: it never passes through a float. */
export function moneyText({ amount, currency }: Money, language: string): string {
  // Intl takes a decimal text as it is (NumberFormat v3), digit by digit.
  const text = amount as unknown as number; // its type does not know it yet
  return numberFormat(language, { style: 'currency', currency }).format(text);
}

/** `12 345`. */
export const countText = (count: number, language: string): string => numberFormat(language, {}).format(count);

/** Years of age on a day. Both are civil days, `birthDate` perhaps only a year or a month. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return birthDate.slice(5) > day.slice(5, 10) ? years - 1 : years;
}
