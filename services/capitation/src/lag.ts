import { formatMoney, formatRational, parseRational, type Rational, rational } from '@ariane/kernel';
import { monthAfter, monthsBetween } from './book-time';
import { combine, type Known } from './expression';
import type { Amount } from './kind';
import type { LagCell } from './outside-bill';
import { inCents } from './rounded';
import { money, num } from './value';

/**
 * The rule of the accrual, with its version: a month is complete when it is `maturityMonths` old, and a curve needs
 * `historyMonths` complete months. Both figures are ours, for review by the book's accountant.
 */
export const lagRule = { id: 'accrual-by-lag', version: 1, maturityMonths: 6, historyMonths: 6 } as const;

/** What share of a month's final amount is known so many months after it. */
interface LagShare {
  readonly lag: number;
  readonly share: Known;
}

/** Why there is no estimate: the refusal's code, with what fills its text. */
export interface NotAssessed {
  readonly code: 'ACCRUAL_HISTORY_SHORT' | 'ACCRUAL_NOTHING_KNOWN';
  readonly params: Readonly<Record<string, string>>;
}

/** How bills came in so far, or why it cannot be said. */
export type Curve =
  | { readonly from: 'HISTORY' | 'CONTRACT'; readonly months: number; readonly shares: readonly LagShare[] }
  | { readonly from: 'NOWHERE'; readonly months: number; readonly notAssessed: NotAssessed };

/** How a curve or a month is read: of a currency, by what was received until the end of a month. */
export interface LagView {
  readonly currency: string;
  readonly through: string;
}

const known = (name: string, cents: bigint, currency: string): Known => ({
  value: money(rational(cents, 100n)),
  because: { of: 'fact', name, value: formatMoney({ cents, currency }), events: [] },
});

const sumOf = (cells: readonly LagCell[]): bigint => cells.reduce((sum, { cents }) => sum + cents, 0n);

/** Chain of shares from the complete months of a book's own history, each month weighing what it came to. */
export function curveOf(
  cells: readonly LagCell[],
  view: LagView,
  parameters: Readonly<Record<string, string>> = {},
): Curve {
  const { maturityMonths, historyMonths } = lagRule;
  const received = cells.filter(({ receivedMonth }) => receivedMonth <= view.through);
  const byMonth = [...Map.groupBy(received, ({ careMonth }) => careMonth)];
  const complete = byMonth.filter(
    ([month, own]) => monthsBetween(month, view.through) >= maturityMonths && sumOf(own) > 0n,
  );
  const months = complete.length;
  if (months < historyMonths) {
    const shares = sharesOf(parameters);
    if (shares.length > 0) return { from: 'CONTRACT', months, shares };
    const params = { needed: String(historyMonths), months: String(months) };
    return { from: 'NOWHERE', months, notAssessed: { code: 'ACCRUAL_HISTORY_SHORT', params } };
  }
  const final = known('final', sumOf(complete.flatMap(([, own]) => own)), view.currency);
  const shares = Array.from({ length: maturityMonths }, (_, lag) => {
    const inTime = complete.flatMap(([, own]) => own.filter((cell) => lagOf(cell) <= lag));
    const knownThen = known(`known after ${lag} months`, sumOf(inTime), view.currency);
    return { lag, share: combine('/', [knownThen, final], { mode: 'HALF_UP', currency: view.currency }) };
  });
  return { from: 'HISTORY', months, shares };
}

const lagOf = ({ careMonth, receivedMonth }: LagCell): number => monthsBetween(careMonth, receivedMonth);

/** A contract's own shares: `outsideCompletion0`, `outsideCompletion1` and so on without a gap; after them all is known. */
function sharesOf(params: Readonly<Record<string, string>>): readonly LagShare[] {
  const shares: LagShare[] = [];
  for (let lag = 0; lag < lagRule.maturityMonths; lag += 1) {
    const name = `outsideCompletion${lag}`;
    const text = Object.hasOwn(params, name) ? params[name] : undefined;
    if (text === undefined) break;
    const value = parseRational(text);
    shares.push({
      lag,
      share: { value: num(value), because: { of: 'parameter', name, value: formatRational(value) } },
    });
  }
  return shares;
}

/** The exact share a curve gives to a lag; all is known where the curve has ended. */
export function shareAt(curve: Curve, lag: number): Known | undefined {
  if (curve.from === 'NOWHERE') return undefined;
  return (
    curve.shares.find((one) => one.lag === lag)?.share ?? {
      value: num(rational(1n)),
      because: { of: 'constant', value: '1' },
    }
  );
}

/** The number in a share. */
export const exactShare = ({ value }: Known): Rational => ('amount' in value ? value.amount : rational(0n));

/** What a month's care outside is estimated to come to beyond what was received, with why; or why it is not. */
export interface LagEstimate {
  readonly careMonth: string;
  readonly lag: number;
  readonly receivedCents: bigint;
  /** Null when it is not assessed. */
  readonly outstanding: Amount | null;
  readonly notAssessed: NotAssessed | null;
}

/** received / completed share − received, in cents half up: the one rounding. */
export function estimateOf(cells: readonly LagCell[], careMonth: string, curve: Curve, view: LagView): LagEstimate {
  const { currency, through } = view;
  const own = cells.filter((cell) => cell.careMonth === careMonth && cell.receivedMonth <= through);
  const [receivedCents, lag] = [sumOf(own), monthsBetween(careMonth, through)];
  const base = { careMonth, lag, receivedCents };
  const refused = (notAssessed: NotAssessed): LagEstimate => ({ ...base, outstanding: null, notAssessed });
  if (curve.from === 'NOWHERE') return refused(curve.notAssessed);
  const share = shareAt(curve, lag);
  if (share === undefined || exactShare(share).numerator <= 0n) {
    return refused({ code: 'ACCRUAL_NOTHING_KNOWN', params: { lag: String(lag) } });
  }
  const of = { mode: 'HALF_UP', currency } as const;
  const received = known('received', receivedCents, currency);
  const whole = combine('/', [received, share], of);
  const outstanding = inCents(combine('-', [whole, received], of), { currency, rounding: of });
  return { ...base, outstanding, notAssessed: null };
}

/** The months of care that may not be complete yet at the end of a month, the latest last. */
export const openMonths = (through: string): readonly string[] =>
  Array.from({ length: lagRule.maturityMonths }, (_, back) => monthAfter(through, back + 1 - lagRule.maturityMonths));
