import { canonicalJson, type Decider, sha256Hex } from '@ariane/kernel';
import { outsideCareAccrued, outsideCareExpense } from './accounts';
import { monthEnd } from './book-time';
import type { Amount } from './kind';
import { lagRule } from './lag';
import { keeper } from './kept-explanation';
import { type Line, targetsOf } from './recalculate';
import { moveLines, pseudonymOf, type Run } from './settle';

/** What was accrued for a month's care outside the team, and by which knowledge. */
export interface OutsideAccrual {
  readonly book: string;
  readonly month: string;
  /** The last month whose bills were looked at. */
  readonly through: string;
  readonly lines: readonly Line[];
}

export interface AccrueOutside {
  readonly type: 'AccrueOutside';
  readonly book: string;
  readonly month: string;
  readonly through: string;
  readonly timeZone: string;
  readonly outstanding: Amount;
  readonly requestId: string;
  readonly territory: string;
  readonly now: string;
}

export interface OutsideAccrued {
  readonly type: 'OutsideAccrued';
  readonly data: { readonly through: string; readonly run: Run };
}

/** What computed the line: the rule of the lag, by its own hash. */
const rule = { id: lagRule.id, version: lagRule.version, sha256: sha256Hex(canonicalJson(lagRule)) };

/**
 * Accrues a month when somebody asks for it: what is estimated now, less what was accrued before. So bills that come
 * in take the accrual back the next time it is asked for, and asking twice posts nothing.
 */
export const outsideAccruals: Decider<OutsideAccrual, AccrueOutside, OutsideAccrued> = {
  decide: (state, { book, month, through, timeZone, outstanding, requestId, territory, now }) => {
    const subject = { book, id: pseudonymOf(book, 'outside-care'), period: month };
    const before = state?.lines ?? [];
    const transfer = { line: 'outside-care', code: 'ACCRUAL_OUTSIDE' as const, ...outstanding };
    const accounts = { debit: outsideCareExpense, credit: outsideCareAccrued };
    const times = { effectiveAt: () => monthEnd(month, timeZone), timeZone };
    const explanations = keeper();
    const aims = { transfers: [{ ...transfer, ...accounts }], awaited: [] };
    const targets = targetsOf(rule, subject, aims, times, explanations);
    const inputs = outstanding.because;
    const moved = moveLines({ rule, subject, lines: before, targets, explanations, inputs, eventIds: [requestId] });
    if (moved.moved.length === 0 && state?.through === through) return [];
    const run: Run = { ...moved, amounts: {}, wakeAt: null, now, territory };
    return [{ type: 'OutsideAccrued', data: { through, run } }];
  },
  evolve: (_, { data: { through, run } }) => {
    const { book, period: month } = run.subject;
    return { book, month, through, lines: run.lines };
  },
};
