import { monthAfter, nextSteps } from './next-steps';
import type { PeriodState } from './types';

const nothing = { amount: '0.00', currency: 'EUR' };
const names = ['expected', 'received', 'toReceive', 'due', 'paid', 'toPay', 'kept', 'withheld', 'accrued'] as const;
const figures = (toPay = '0.00') =>
  ({
    ...Object.fromEntries(names.map((name) => [name, nothing])),
    toPay: { amount: toPay, currency: 'EUR' },
  }) as Parameters<typeof nextSteps>[0]['overview']['figures']; // every name is there
const checklist = { MISSING_EVIDENCE: 3, PENDING_ENTRIES: 0, OPEN_DISPUTES: 1, UNPOSTED_DELTAS: 0 };
const stepsOf = (state: PeriodState, month: string, toPay?: string, list: typeof checklist | undefined = checklist) =>
  nextSteps({ overview: { state, figures: figures(toPay) }, checklist: list, month, thisMonth: '2027-03' }).map(
    ({ id }) => id,
  );

describe('what is to be done next for a month', () => {
  it('names what is left over before the close that needs it', () => {
    expect(stepsOf('OPEN', '2027-02')).toEqual(['evidence', 'disputes', 'prepare']);
  });
  it('does not offer to close a month that is not over', () => {
    expect(stepsOf('OPEN', '2027-03')).toEqual(['evidence', 'disputes', 'wait']);
  });
  it('asks for the approvals once the close is prepared', () => {
    expect(stepsOf('CLOSING', '2027-02')).toEqual(['approve', 'evidence', 'disputes']);
  });
  it('leads from a closed month to its statements, and to the payment while something is owed', () => {
    expect(stepsOf('CLOSED', '2027-02')).toEqual(['statements']);
    expect(stepsOf('CLOSED', '2027-02', '81.00')).toEqual(['statements', 'pay']);
  });
  it('goes from December to January and back', () => {
    expect(monthAfter('2026-12')).toBe('2027-01');
    expect(monthAfter('2027-01', -1)).toBe('2026-12');
  });
});
