import { formatRational, problemText, toWireMoney, type WireMoney } from '@ariane/kernel';
import { type Curve, exactShare, type LagEstimate, lagRule, type LagView, type NotAssessed } from './lag';
import type { OutsideBill, ShownBill } from './outside-bill';

/** What HTTP answers of bills of care outside the team. */
const wire = (cents: bigint, currency: string): WireMoney => toWireMoney({ cents, currency });

export function billView({ id, care, receivedDate, revisions }: ShownBill, currency: string) {
  const shown = (told: OutsideBill['care']) => {
    if (told === null) return null;
    const { cents, ...rest } = told;
    return { ...rest, amount: wire(cents, currency) };
  };
  return {
    ...{ id, receivedDate, state: care === null ? 'WITHDRAWN' : 'RECEIVED', care: shown(care) },
    revisions: revisions.map((one) => ({ receivedDate: one.receivedDate, at: one.at, care: shown(one.care) })),
  };
}

/** In which currency and language an answer is read. */
interface Reading {
  readonly currency: string;
  readonly language: 'fr' | 'en';
}

const textOf = (why: NotAssessed | null, language: Reading['language']): string | null =>
  why && problemText(why.code, language, why.params);

export function estimateView(estimate: LagEstimate, { currency, language }: Reading) {
  const { careMonth, lag, receivedCents, outstanding, notAssessed } = estimate;
  return {
    ...{ month: careMonth, lag, received: wire(receivedCents, currency) },
    outstanding: outstanding && wire(outstanding.cents, currency),
    explanation: outstanding && outstanding.because,
    notAssessed: textOf(notAssessed, language),
  };
}

export function lagView(
  shown: LagView & { readonly curve: Curve; readonly months: readonly LagEstimate[] },
  language: Reading['language'],
) {
  const { currency, through, curve, months } = shown;
  const shares = curve.from === 'NOWHERE' ? [] : curve.shares;
  return {
    rule: lagRule,
    through,
    curve: {
      ...{ from: curve.from, months: curve.months },
      notAssessed: textOf(curve.from === 'NOWHERE' ? curve.notAssessed : null, language),
      shares: shares.map(({ lag, share }) => ({
        ...{ lag, share: formatRational(exactShare(share)), explanation: share.because },
      })),
    },
    months: months.map((month) => estimateView(month, { currency, language })),
  };
}
