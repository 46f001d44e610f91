import type { Checklist, Overview, PeriodState } from './types';

/** What is to be done next for a month, in the order in which finance does it. */
export type NextStep =
  | { readonly id: 'evidence' | 'pending' | 'disputes' | 'deltas'; readonly count: number }
  | { readonly id: 'prepare' | 'approve' | 'statements' | 'pay' | 'wait' };

/** The month after one, `2026-12` to `2027-01`. */
export function monthAfter(month: string, by = 1): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by;
  return `${String(Math.floor(months / 12))}-${String((months % 12) + 1).padStart(2, '0')}`;
}

export interface Standing {
  readonly overview: Pick<Overview, 'state' | 'figures'>;
  readonly checklist: Checklist | undefined;
  /** The present month, on the territory's clock. */
  readonly thisMonth: string;
  readonly month: string;
}

/** Open causes first, then the next act of the close; after it statements and payment. */
export function nextSteps({ overview, checklist, thisMonth, month }: Standing): readonly NextStep[] {
  const left = checklist === undefined ? [] : leftOver(checklist);
  const state: PeriodState = overview.state;
  if (state === 'CLOSED') {
    const isOwed = overview.figures.toPay.amount !== '0.00';
    return isOwed ? [{ id: 'statements' }, { id: 'pay' }] : [{ id: 'statements' }];
  }
  if (state === 'CLOSING') return [{ id: 'approve' }, ...left];
  return month < thisMonth ? [...left, { id: 'prepare' }] : [...left, { id: 'wait' }];
}

function leftOver(checklist: Checklist): readonly NextStep[] {
  const all = [
    { id: 'evidence', count: checklist.MISSING_EVIDENCE },
    { id: 'pending', count: checklist.PENDING_ENTRIES },
    { id: 'disputes', count: checklist.OPEN_DISPUTES },
    { id: 'deltas', count: checklist.UNPOSTED_DELTAS },
  ] as const;
  return all.filter(({ count }) => count > 0);
}
