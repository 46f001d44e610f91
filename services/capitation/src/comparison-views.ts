import { formatRational, multiply, type Rational, rational, roundToDigits, toWireMoney } from '@ariane/kernel';
import {
  addCompared,
  type Compared,
  type ComparedPathway,
  type Flows,
  type Leak,
  marginOf,
  nothingCompared,
  shareOf,
} from './comparison';
import { count, money, type Table, text } from './export-table';
import { indicators, type Measured } from './indicators';

/** What HTTP answers of comparisons and indicators, and the same as tables of files. */
const wire = (cents: bigint, currency: string) => toWireMoney({ cents, currency });

const rounded = (value: Rational): string => formatRational(roundToDigits(value, 2, 'HALF_UP'));
const percent = (share: Rational | undefined): string | null =>
  share === undefined ? null : `${rounded(multiply(share, rational(100n)))}%`;

export const flowsView = (flows: Flows, currency: string) => ({
  received: wire(flows.receivedCents, currency),
  paidOut: wire(flows.paidOutCents, currency),
  accrued: wire(flows.accruedCents, currency),
  margin: wire(marginOf(flows), currency),
});

/** The ratio is fee for service to capitation; what was not priced is in neither. */
export function comparedView(compared: Compared, currency: string) {
  const { equivalent, receivedCents } = compared;
  return {
    ...flowsView(compared, currency),
    equivalent: {
      amount: wire(equivalent.cents, currency),
      acts: equivalent.priced,
      notPriced: equivalent.notPriced.map(({ act, count: acts, reason }) => ({ act, acts, reason })),
    },
    difference: wire(receivedCents - equivalent.cents, currency),
    ratio: percent(shareOf(equivalent.cents, receivedCents)),
  };
}

export const pathwayView = ({ subject, ...compared }: ComparedPathway, currency: string) => ({
  subject,
  ...comparedView(compared, currency),
});

/** What was consumed outside, and its share of what was received. */
export const leakageView = (cents: bigint, receivedCents: bigint, currency: string) => ({
  amount: wire(cents, currency),
  shareOfReceived: percent(shareOf(cents, receivedCents)),
});

export const leakView = ({ key, cents, bills }: Leak, total: bigint, currency: string) => ({
  ...{ key, bills, amount: wire(cents, currency), share: percent(shareOf(cents, total)) },
});

/** An indicator with its definition, its value and what it was made from; or why it has none. */
export function measureView(measure: Measured) {
  const shown = indicators[measure.id];
  if (measure.state === 'NOT_ASSESSED') return { ...shown, state: measure.state, value: null, reason: measure.reason };
  const { state, value, numerator, denominator } = measure;
  const scaled = shown.unit === '%' ? multiply(value, rational(100n)) : value;
  const inputs = { numerator: formatRational(numerator), denominator: denominator.toString() };
  return { ...shown, state, value: rounded(scaled), inputs };
}

/** The pathways of a book beside fee for service, and their sum as the last row. */
export function comparisonTable(pathways: readonly ComparedPathway[]): Table {
  const row = (label: string, one: Compared) => [
    ...[text(label), money(one.receivedCents), money(one.paidOutCents), money(one.accruedCents), money(marginOf(one))],
    ...[money(one.equivalent.cents), money(one.receivedCents - one.equivalent.cents)],
    count(BigInt(one.equivalent.notPriced.reduce((sum, { count: acts }) => sum + acts, 0))),
  ];
  const total = pathways.reduce<Compared>(addCompared, nothingCompared);
  return {
    name: 'comparison',
    columns: ['subject', 'received', 'paidOut', 'accrued', 'margin', 'equivalent', 'difference', 'actsNotPriced'],
    rows: [...pathways.map((one) => row(one.subject, one)), row('TOTAL', total)],
  };
}

/** What was consumed outside by provider or by kind of act, and its sum as the last row. */
export function leakageTable(leaks: readonly Leak[]): Table {
  const total = leaks.reduce((sum, { cents, bills }) => ({ cents: sum.cents + cents, bills: sum.bills + bills }), {
    ...{ cents: 0n, bills: 0 },
  });
  const row = ({ key, cents, bills }: Leak) => [text(key), count(BigInt(bills)), money(cents)];
  return {
    name: 'leakage',
    columns: ['key', 'bills', 'amount'],
    rows: [...leaks.map(row), row({ key: 'TOTAL', ...total })],
  };
}
