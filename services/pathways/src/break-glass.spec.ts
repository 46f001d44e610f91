import { pathwaysEvents, faultsOf } from '@ariane/contracts';
import { DomainError, fold } from '@ariane/kernel';
import { breakGlass, type BreakGlass, type BreakGlassCommand } from './break-glass';

const now = '2026-03-14T22:00:00Z';
const ids = { id: '01890a5d-ac96-7000-8000-000000000009', patientId: '01890a5d-ac96-7000-8000-000000000002' };
const by = '01890a5d-ac96-7000-8000-000000000004';
const open: BreakGlassCommand = {
  ...{ type: 'BreakGlass', ...ids, by, reason: 'emergency-care', text: 'Malaise aux urgences.' },
  ...{ pathwayIds: ['pathway'], now },
};
const after = (...commands: readonly BreakGlassCommand[]): BreakGlass => {
  const state = commands.reduce<BreakGlass | undefined>(
    (before, command) => fold(breakGlass, before, breakGlass.decide(before, command)),
    undefined,
  );
  return state!;
};
const review = (reviewer: string, at = now): BreakGlassCommand => ({
  ...{ type: 'ReviewBreakGlass', by: reviewer, outcome: 'justified', now: at },
});
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
  }
  return 'none';
};

describe('a file opened in an emergency', () => {
  it('is open for 60 minutes and to be reviewed within 72 hours', () => {
    expect(after(open)).toMatchObject({
      ...{ until: '2026-03-14T23:00:00.000Z', dueAt: '2026-03-17T22:00:00.000Z', status: 'to-review' },
    });
  });

  it('tells others who, why in a code and until when, and keeps the words to itself', () => {
    const events = breakGlass.decide(undefined, open);
    const told = events.find(({ type }) => type === 'BreakGlassOpened')!;
    expect(faultsOf(pathwaysEvents.BreakGlassOpened.type, told.data)).toEqual([]);
    expect(JSON.stringify(told)).not.toContain('Malaise');
    expect(after(open).text).toBe('Malaise aux urgences.');
  });

  it('is judged once, and not by whoever opened it', () => {
    expect(codeOf(() => after(open, review(by)))).toBe('FORBIDDEN');
    expect(after(open, review('administrator'))).toMatchObject({
      status: 'reviewed',
      outcome: 'justified',
      dueAt: null,
    });
    expect(codeOf(() => after(open, review('administrator'), review('auditor')))).toBe('STATE_CONFLICT');
  });

  it('is told as overdue once, and only when its 72 hours are over', () => {
    const tell = (at: string): BreakGlassCommand => ({ type: 'TellOverdueReview', now: at });
    expect(after(open, tell('2026-03-17T21:59:59Z')).overdue).toBe(false);
    const late = after(open, tell('2026-03-17T22:00:00Z'));
    expect(late).toMatchObject({ overdue: true, dueAt: null, status: 'to-review' });
    expect(breakGlass.decide(late, tell('2026-03-18T22:00:00Z'))).toEqual([]);
  });
});
