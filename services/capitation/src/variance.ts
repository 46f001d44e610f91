import { add, divide, DomainError, multiply, rational, type Rational, subtract, zero } from '@ariane/kernel';

/** What moves a month's capitation, in the order in which one is changed for the other. */
export const effects = ['VOLUME', 'MIX', 'RATE', 'RETRO', 'QUALITY', 'ROUNDING'] as const;
type Effect = (typeof effects)[number];

/** A month as the bridge reads it: member-days, the days weighted by risk, and what was due, in cents. */
export interface MonthFigures {
  /** Days of all members divided by the month's days: member-months. */
  readonly memberMonths: Rational;
  /** The same, each member's part weighted by their score. */
  readonly weightedMonths: Rational;
  /** The price of one weighted member-month, in cents, exact. */
  readonly rateCents: Rational;
  /** What was due for the month itself, each line rounded. */
  readonly dueCents: bigint;
  /** What was booked in the month for earlier, closed ones. */
  readonly retroCents: bigint;
  /** What was withheld (below zero), released, forfeited. */
  readonly qualityCents: bigint;
}

/** The change between two months by its causes, in cents; the effects sum to the change, always. */
export interface Bridge {
  readonly before: bigint;
  readonly after: bigint;
  readonly effects: Readonly<Record<Effect, bigint>>;
}

/**
 * Why a month moved. Volume is other member-months at the former risk and rate; mix is another risk at the former rate;
 * rate is another price of what there is now. Each is a whole number of cents, and what their exact values leave over
 * is told as rounding: the bridge foots by construction.
 */
export function bridgeOf(before: MonthFigures, after: MonthFigures): Bridge {
  const average = riskOf(before);
  const volume = product(subtract(after.memberMonths, before.memberMonths), average, before.rateCents);
  const mix = product(subtract(after.weightedMonths, multiply(after.memberMonths, average)), before.rateCents);
  const rate = product(subtract(after.rateCents, before.rateCents), after.weightedMonths);
  const told = { VOLUME: whole(volume), MIX: whole(mix), RATE: whole(rate) };
  const retro = after.retroCents - before.retroCents;
  const quality = after.qualityCents - before.qualityCents;
  const [from, to] = [totalOf(before), totalOf(after)];
  const named = told.VOLUME + told.MIX + told.RATE + retro + quality;
  return {
    ...{ before: from, after: to },
    effects: { ...told, RETRO: retro, QUALITY: quality, ROUNDING: to - from - named },
  };
}

const totalOf = ({ dueCents, retroCents, qualityCents }: MonthFigures): bigint => dueCents + retroCents + qualityCents;

const product = (...factors: readonly Rational[]): Rational => factors.reduce(multiply, rational(1n));

/** The average risk of a month; that of one in which nobody was is one. */
function riskOf({ memberMonths, weightedMonths }: MonthFigures): Rational {
  if (memberMonths.numerator === 0n) return rational(1n);
  return rational(
    weightedMonths.numerator * memberMonths.denominator,
    weightedMonths.denominator * memberMonths.numerator,
  );
}

/** Towards zero, so that an effect and its opposite are opposites. */
const whole = ({ numerator, denominator }: Rational): bigint => numerator / denominator;

/** The figures of a month's roster under one rate. Throws DIVISION_BY_ZERO for a rate of nothing. */
export function figuresOf(of: {
  readonly days: bigint;
  readonly daysInMonth: number;
  readonly rateCents: Rational;
  readonly dueCents: bigint;
  readonly retroCents: bigint;
  readonly qualityCents: bigint;
}): MonthFigures {
  const { days, daysInMonth, rateCents, dueCents, retroCents, qualityCents } = of;
  if (rateCents.numerator === zero.numerator) throw new DomainError('DIVISION_BY_ZERO');
  return {
    memberMonths: rational(days, BigInt(daysInMonth)),
    // What was due is rate times weighted months, but for the rounding of its lines: that is told apart.
    weightedMonths: rational(dueCents * rateCents.denominator, rateCents.numerator),
    ...{ rateCents, dueCents, retroCents, qualityCents },
  };
}

/** What a month owed under one line of a contract: how many times, and how much in cents. */
export interface Tally {
  readonly count: bigint;
  readonly cents: bigint;
}
export type Tallies = ReadonlyMap<string, Tally>;
type Beside = Pick<MonthFigures, 'retroCents' | 'qualityCents'>;

/**
 * The figures of two months of a contract that counts no members but pays flat prices: a month's members are what it
 * paid, the risk is which of them, and the rate is their price (Paasche's index: today's quantities at both prices).
 */
export function flatFigures(
  before: Tallies,
  after: Tallies,
  [besideBefore, besideAfter]: readonly [Beside, Beside],
): readonly [MonthFigures, MonthFigures] {
  const [from, to] = [sumOf(before), sumOf(after)];
  const average = priceOf(from) ?? priceOf(to) ?? rational(1n);
  const atFormerPrices = [...after]
    .map(([name, tally]) => multiply(rational(tally.count), priceOf(before.get(name)) ?? priceOf(tally) ?? zero))
    .reduce(add, zero);
  const weighted = divide(atFormerPrices, average);
  const rate = weighted.numerator === 0n ? average : divide(rational(to.cents), weighted);
  const [had, has] = [rational(from.count), rational(to.count)];
  return [
    { memberMonths: had, weightedMonths: had, rateCents: average, dueCents: from.cents, ...besideBefore },
    { memberMonths: has, weightedMonths: weighted, rateCents: rate, dueCents: to.cents, ...besideAfter },
  ];
}

const sumOf = (tallies: Tallies): Tally =>
  [...tallies.values()].reduce((sum, { count, cents }) => ({ count: sum.count + count, cents: sum.cents + cents }), {
    count: 0n,
    cents: 0n,
  });

/** What one costs, in cents; of nothing, or for nothing, there is no price. */
const priceOf = (tally: Tally | undefined): Rational | undefined =>
  tally === undefined || tally.count === 0n || tally.cents <= 0n ? undefined : rational(tally.cents, tally.count);

/** How old what is owed is, in days since the end of the month it belongs to. */
export const ages = ['CURRENT', 'TO_30', 'TO_60', 'TO_90', 'OVER_90'] as const;
export type Age = (typeof ages)[number];

/**
 * An account's open amount by age: payments settle what is oldest first, so what is open is the newest. What was paid
 * ahead is below zero and current.
 *
 * @param months what each month added to the account, in cents, in their order, with its age in days
 * @param settled what was paid or received on it altogether
 */
export function ageing(
  months: readonly { readonly cents: bigint; readonly days: number }[],
  settled: bigint,
): Readonly<Record<Age, bigint>> {
  const aged: Record<Age, bigint> = { CURRENT: 0n, TO_30: 0n, TO_60: 0n, TO_90: 0n, OVER_90: 0n };
  let left = settled;
  for (const { cents, days } of months) {
    // A month that took away settles as a payment does.
    if (cents <= 0n) {
      left -= cents;
      continue;
    }
    const taken = left < cents ? left : cents;
    left -= taken;
    aged[ageOf(days)] += cents - taken;
  }
  aged.CURRENT -= left;
  return aged;
}

function ageOf(days: number): Age {
  if (days <= 0) return 'CURRENT';
  if (days <= 30) return 'TO_30';
  if (days <= 60) return 'TO_60';
  return days <= 90 ? 'TO_90' : 'OVER_90';
}
