import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { daysLater, zoneDays } from './civil-days';
import { type HolidayTerritory, isHoliday } from './holidays';
import { dayText, epochOf, instantOf, nextSecond } from './instant';

const zones = ['Europe/Paris', 'Indian/Reunion', 'America/Cayenne', 'Pacific/Apia', 'America/Sao_Paulo', 'Asia/Beirut'];
const territories: readonly HolidayTerritory[] = ['FR', 'FR-57', 'FR-974'];
/** From 1900 to 2200, so that the edges of the tables are crossed. */
const epochMs = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2200, 0, 1) });
const day = fc.integer({ min: -25_000, max: 83_000 });

describe('an instant', () => {
  const two = (max: number) => fc.integer({ min: 0, max }).map((number) => String(number).padStart(2, '0'));
  const nearly = fc
    .tuple(fc.integer({ min: 1900, max: 2200 }).map(String), two(13), two(32), two(25), two(61), two(61))
    .map(([year, month, date, hour, minute, second]) => `${year}-${month}-${date}T${hour}:${minute}:${second}Z`);
  const spoilt = fc
    .tuple(nearly, fc.nat({ max: 19 }), fc.constantFrom('x', '+', ' ', '9', ''))
    .map(([text, at, sign]) => `${text.slice(0, at)}${sign}${text.slice(at + 1)}`);

  it('is read as the machine reads it, be it sound, impossible or not an instant at all', () => {
    fc.assert(
      fc.property(fc.oneof(nearly, spoilt, fc.string()), (text) => {
        expect(epochOf(text)).toBe(Date.parse(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('is written in UTC to the second, and read again as what it was', () => {
    fc.assert(
      fc.property(epochMs, (ms) => {
        const second = Math.floor(ms / 1000) * 1000;
        expect(instantOf(ms)).toBe(new Date(second).toISOString().replace('.000Z', 'Z'));
        expect(epochOf(instantOf(ms))).toBe(second);
        expect(epochOf(nextSecond(instantOf(ms)))).toBe(second + 1000);
      }),
    );
  });
});

describe('civil days as whole numbers', () => {
  it('begin and end when the zone says so', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), day, (timeZone, number) => {
        const start = (at: number) => Temporal.PlainDate.from(dayText(at)).toZonedDateTime({ timeZone });
        const days = zoneDays(timeZone);
        expect(epochOf(days.firstOf(number))).toBe(Math.floor(start(number).epochMilliseconds / 1000) * 1000);
        expect(epochOf(days.lastOf(number))).toBe(Math.floor(start(number + 1).epochMilliseconds / 1000) * 1000 - 1000);
      }),
    );
  });

  it('hold the instants that the zone counts to them', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), epochMs, (timeZone, ms) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
        expect(dayText(zoneDays(timeZone).dayAt(ms))).toBe(zoned.toPlainDate().toString());
      }),
    );
  });

  it('refuse what is no instant', () => {
    expect(() => zoneDays('Europe/Paris').dayAt(Number.NaN)).toThrow(RangeError);
  });

  it('add days, weeks, months and years as the civil calendar does', () => {
    const unit = fc.constantFrom('d' as const, 'wk' as const, 'mo' as const, 'y' as const);
    fc.assert(
      fc.property(day, fc.integer({ min: -40, max: 40 }), unit, (from, count, of) => {
        const name = { d: 'days', wk: 'weeks', mo: 'months', y: 'years' }[of];
        const expected = Temporal.PlainDate.from(dayText(from)).add({ [name]: count });
        expect(dayText(daysLater(from, { count, unit: of }, 'FR'))).toBe(expected.toString());
      }),
    );
  });

  it('count as many working days between two days as were added', () => {
    const works = (number: number, territory: HolidayTerritory) => {
      const { dayOfWeek } = Temporal.PlainDate.from(dayText(number));
      return dayOfWeek < 6 && !isHoliday(dayText(number), territory);
    };
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), fc.constantFrom(...territories), (from, count, territory) => {
        const to = daysLater(from, { count, unit: 'wd' }, territory);
        const passed = Array.from({ length: to - from }, (_, index) => from + index + 1);
        expect(passed.filter((number) => works(number, territory))).toHaveLength(count);
        expect(works(to, territory)).toBe(true);
        const back = daysLater(from, { count: -count, unit: 'wd' }, territory);
        const before = Array.from({ length: from - back }, (_, index) => from - index - 1);
        expect(before.filter((number) => works(number, territory))).toHaveLength(count);
      }),
    );
  });
});
