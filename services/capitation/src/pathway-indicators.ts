import { rational } from '@ariane/kernel';
import { monthOf } from './book-time';
import { type Measured, measured } from './indicators';
import type { PathwayAccount } from './pathway-account';

/** What the indicators of pathways are made from: sums that add up over pathways. */
export interface PathwayCounts {
  readonly pathways: bigint;
  readonly costCents: bigint;
  readonly visits: bigint;
  readonly opinions: bigint;
  /** Days from enrolment, and how many pathways have them. */
  readonly firstActDays: bigint;
  readonly begun: bigint;
  readonly endDays: bigint;
  readonly ended: bigint;
}

export const noCounts: PathwayCounts = {
  ...{ pathways: 0n, costCents: 0n, visits: 0n, opinions: 0n, firstActDays: 0n, begun: 0n, endDays: 0n, ended: 0n },
};

const DAY_MS = 86_400_000n;

const daysBetween = (from: string, to: string): bigint => BigInt(Date.parse(to) - Date.parse(from)) / DAY_MS;

/** What one pathway adds to them: delays in whole days of 24 hours from its enrolment. */
export function countsOf(
  { enrolledAt, evidence, closing }: Pick<PathwayAccount, 'enrolledAt' | 'evidence' | 'closing'>,
  costCents: bigint,
): PathwayCounts {
  const acts = (kind: string): bigint =>
    BigInt(new Set(evidence.filter((one) => one.kind === kind).map(sourceOf)).size);
  const since = evidence
    .map(({ at }) => at)
    .filter((at) => enrolledAt !== null && Date.parse(at) >= Date.parse(enrolledAt));
  const [first] = since.sort((a, b) => Date.parse(a) - Date.parse(b));
  const delay = (to: string | undefined) =>
    enrolledAt === null || to === undefined
      ? { days: 0n, known: 0n }
      : { days: daysBetween(enrolledAt, to), known: 1n };
  const [begin, end] = [delay(first), delay(closing?.at)];
  return {
    ...{ pathways: 1n, costCents, visits: acts('consultation'), opinions: acts('opinion') },
    ...{ firstActDays: begin.days, begun: begin.known, endDays: end.days, ended: end.known },
  };
}

const sourceOf = ({ source }: { readonly source: string }): string => source;

/** Visits of a pathway that were attended in a month of the book. */
export const visitsIn = ({ evidence }: Pick<PathwayAccount, 'evidence'>, month: string, timeZone: string): bigint =>
  BigInt(
    new Set(evidence.filter(({ kind, at }) => kind === 'consultation' && monthOf(at, timeZone) === month).map(sourceOf))
      .size,
  );

export const addCounts = (a: PathwayCounts, b: PathwayCounts): PathwayCounts => ({
  pathways: a.pathways + b.pathways,
  costCents: a.costCents + b.costCents,
  visits: a.visits + b.visits,
  opinions: a.opinions + b.opinions,
  firstActDays: a.firstActDays + b.firstActDays,
  begun: a.begun + b.begun,
  endDays: a.endDays + b.endDays,
  ended: a.ended + b.ended,
});

/** The indicators of one pathway or of several: the mean of several is that of their sums. */
export function pathwayIndicators(counts: PathwayCounts): readonly Measured[] {
  const { pathways, costCents, visits, opinions, firstActDays, begun, endDays, ended } = counts;
  return [
    measured('cost', rational(costCents, 100n), pathways),
    measured('firstAct', rational(firstActDays), begun),
    measured('end', rational(endDays), ended),
    measured('visits', rational(visits), pathways),
    measured('opinions', rational(opinions), pathways),
    { id: 'adherence', state: 'NOT_ASSESSED', reason: 'missing: visits planned' },
  ];
}

/** Of months that ended seven days ago or more, those that were closed by then. */
export function closedInTime(
  months: readonly { readonly due: string; readonly closedAt: string | null }[],
  now: string,
): Measured {
  const ended = months.filter(({ due }) => Date.parse(due) <= Date.parse(now));
  const inTime = ended.filter(({ due, closedAt }) => closedAt !== null && Date.parse(closedAt) <= Date.parse(due));
  return measured('closedInTime', rational(BigInt(inTime.length)), BigInt(ended.length));
}
