import type { Contract, Given } from '@ariane/capitation';
import {
  compare,
  formatRational,
  formatScaled,
  parseRational,
  type Rational,
  rational,
  roundToDigits,
} from '@ariane/kernel';
import { chanceOf, hashOf } from '@ariane/simulation';

/**
 * An invented cohort for a contract: each case is one of the contract's examples with its figures drawn anew between
 * the least and the greatest that the examples show (a fifth around one that never varies), and its words among those
 * they show. A case depends on the seed and its number only, so two contracts are compared on the same cases.
 */
export interface CohortSettings {
  readonly cases: number;
  readonly seed: string;
  /** Months `2026-06` the cases are spread over, where their facts are those of one month. */
  readonly months: readonly string[];
}

type Luck = (purpose: string) => number;

/** What the examples show at each place of the facts; an index in a list is `*`. */
type Shown = ReadonlyMap<string, readonly string[]>;

/** Names of facts that are no measure: they stay as the example has them. */
const kept = new Set(['id', 'evidence', 'milestones', 'timing', 'period', 'suspensions', 'allocated']);

const figure = /^(-?\d+(?:\.\d+)?)(%| [A-Z]{3})?$/;

export function cohortOf({ document }: Contract, { cases, seed, months }: CohortSettings): readonly Given[] {
  const givens = document.examples.map(({ given }) => given);
  const shown = shownBy(givens);
  const root = hashOf(seed);
  return Array.from({ length: cases }, (_, index) => {
    const luck: Luck = (purpose) => chanceOf(root ^ index, hashOf(purpose), 0);
    const base = givens[Math.floor(luck('example') * givens.length)] ?? {};
    const drawn = drawnFrom(base, '', '', shown, luck) as Given; // as: a record drawn from a record
    return inMonth(drawn, months[index % months.length]);
  });
}

/** Places whose figures a cohort draws: what a sensitivity may turn. */
export const figuresIn = (givens: readonly Given[]): readonly string[] =>
  [...shownBy(givens)].filter(([, texts]) => texts.every((text) => figure.test(text))).map(([path]) => path);

/** The same facts with every figure at a place multiplied; shares stay within 1, whole numbers stay whole. */
export function turned(value: unknown, path: string, factor: Rational, at = ''): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => turned(one, path, factor, `${at}.*`));
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, member]) => [
      name,
      turned(member, path, factor, `${at}.${name}`),
    ]);
    return Object.fromEntries(members) as unknown;
  }
  return at === path ? scaled(String(value), factor) : value;
}

/** A figure multiplied, with as many decimals as it is written with and two more where it has any. */
export function scaled(text: string, factor: Rational): string {
  const [, amount = '0', unit = ''] = figure.exec(text) ?? [];
  const decimals = amount.split('.')[1]?.length ?? 0;
  const digits = decimals === 0 || unit.startsWith(' ') ? decimals : decimals + 2;
  const exact = parseRational(amount);
  const times = rational(exact.numerator * factor.numerator, exact.denominator * factor.denominator);
  const isShare = unit === '' && decimals > 0 && compare(exact, rational(1n)) <= 0;
  const bounded = isShare && compare(times, rational(1n)) > 0 ? rational(1n) : times;
  return `${written(bounded, digits)}${unit}`;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function shownBy(givens: readonly Given[]): Shown {
  const shown = new Map<string, string[]>();
  const look = (value: unknown, path: string, name: string): void => {
    if (kept.has(name) || value === null || value === undefined) return;
    if (Array.isArray(value)) {
      value.forEach((one) => {
        look(one, `${path}.*`, '');
      });
    } else if (typeof value === 'object') {
      for (const [key, member] of Object.entries(value)) look(member, `${path}.${key}`, key);
    } else {
      const texts = shown.get(path) ?? [];
      texts.push(textOf(value));
      shown.set(path, texts);
    }
  };
  for (const given of givens) look(given, '', '');
  return shown;
}

function drawnFrom(value: unknown, path: string, name: string, shown: Shown, luck: Luck, place = ''): unknown {
  if (kept.has(name) || value === null) return value;
  if (Array.isArray(value))
    return value.map((one: unknown, index) => drawnFrom(one, `${path}.*`, '', shown, luck, `${place}.${index}`));
  if (typeof value === 'object') {
    const members = Object.entries(value).map(([key, member]) => [
      key,
      drawnFrom(member, `${path}.${key}`, key, shown, luck, `${place}.${key}`),
    ]);
    return Object.fromEntries(members) as unknown;
  }
  const texts = shown.get(path) ?? [];
  if (figure.test(textOf(value)))
    return luck(`keep ${place}`) < 0.5 ? value : drawnFigure(textOf(value), texts, luck(place));
  if (luck(`keep ${place}`) < 0.7) return value;
  const other = texts[Math.floor(luck(place) * texts.length)] ?? textOf(value);
  return typeof value === 'boolean' ? other === 'true' : other;
}

/** A figure between the least and the greatest shown, in steps of a thousandth of their distance. */
function drawnFigure(text: string, texts: readonly string[], chance: number): string {
  const [, , unit = ''] = figure.exec(text) ?? [];
  const amounts = texts.flatMap((one) => figure.exec(one)?.[1] ?? []);
  const digits = Math.max(...amounts.map((one) => one.split('.')[1]?.length ?? 0));
  const values = amounts.map(parseRational).sort(compare);
  const [least, most] = [values[0], values.at(-1)];
  if (!least || !most) return text;
  if (compare(least, most) === 0) return aroundOne(text, digits, chance);
  const step = rational(BigInt(Math.floor(chance * 1001)), 1000n);
  const span = rational(
    (most.numerator * least.denominator - least.numerator * most.denominator) * step.numerator,
    most.denominator * least.denominator * step.denominator,
  );
  const drawn = rational(
    least.numerator * span.denominator + span.numerator * least.denominator,
    least.denominator * span.denominator,
  );
  return `${written(drawn, digits)}${unit}`;
}

/** A figure that never varies is moved by up to a fifth; 0, 1 and -1 without decimals are marks and stay. */
function aroundOne(text: string, digits: number, chance: number): string {
  if (digits === 0 && /^-?[01]\b/.test(text)) return text;
  return scaled(text, rational(BigInt(800 + Math.floor(chance * 401)), 1000n));
}

function written(value: Rational, digits: number): string {
  const cut = roundToDigits(value, digits, 'HALF_UP');
  return digits === 0
    ? formatRational(cut)
    : formatScaled((cut.numerator * 10n ** BigInt(digits)) / cut.denominator, digits);
}

/** Facts of one month, moved to another: the period, its length, and the days within it. */
function inMonth(given: Given, month: string | undefined): Given {
  const { period, daysInPeriod } = given as { period?: { from?: string; to?: string }; daysInPeriod?: unknown }; // as: read with care below
  const isMonth =
    typeof period?.from === 'string' && typeof period.to === 'string' && next(period.from.slice(0, 7)) === period.to;
  if (month === undefined || (!isMonth && daysInPeriod === undefined)) return given;
  const length = lengthOf(month);
  const move = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((one: unknown) => move(one, name));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, move(member, key)]));
    if (name === 'daysInPeriod') return String(length);
    if (name === 'days') return String(Math.min(Number(value), length));
    if (typeof value !== 'string' || !isMonth) return value;
    if (value === period.to) return next(month);
    return value.startsWith(period.from?.slice(0, 7) ?? '-') && /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? `${month}-${String(Math.min(Number(value.slice(8)), length)).padStart(2, '0')}`
      : value;
  };
  return move(given, '') as Given; // as: a record moved
}

const lengthOf = (month: string): number => (Date.parse(next(month)) - Date.parse(`${month}-01`)) / 86_400_000;

/** The first day of the month after. */
export function next(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`;
}
