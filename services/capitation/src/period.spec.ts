import { given } from '@ariane/testing';
import fc from 'fast-check';
import { type Checklist, type Period, type PeriodCommand, type PeriodEvent, periods } from './period';

const nothingLeft: Checklist = { MISSING_EVIDENCE: 0, PENDING_ENTRIES: 0, OPEN_DISPUTES: 0, UNPOSTED_DELTAS: 0 };
const prepare = (changes: Partial<PeriodCommand & { type: 'PrepareClosing' }> = {}): PeriodCommand => ({
  ...{ type: 'PrepareClosing', book: 'b1', month: '2026-06', timeZone: 'Europe/Paris', by: 'ada' },
  ...{ now: '2026-07-01T08:00:00Z', checklist: nothingLeft, waivers: [], earliestBooked: '2026-06' },
  ...changes,
});
const approve = (by: string, checklist = nothingLeft): PeriodCommand => ({
  ...{ type: 'ApproveClosing', by, now: '2026-07-02T08:00:00Z', checklist },
});
const seal: PeriodCommand = {
  ...{ type: 'SealMonth', seq: 7n, hash: 'a'.repeat(64), root: 'b'.repeat(64), now: '2026-07-02T08:00:00Z' },
};
/** What commands bring about one after the other, the book sealing what was decided as it does in the same unit. */
const after = (...commands: readonly PeriodCommand[]): PeriodEvent[] => {
  const all: PeriodEvent[] = [];
  for (const command of commands) {
    const state = all.reduce<Period | undefined>(periods.evolve, undefined);
    const events = periods.decide(state, command);
    all.push(...events);
    if (events.some(({ type }) => type === 'ClosingDecided')) {
      all.push(...periods.decide(all.reduce<Period | undefined>(periods.evolve, undefined), seal));
    }
  }
  return all;
};

describe('the close of a month', () => {
  it('begins after local midnight of the book’s own zone, not of UTC’s', () => {
    given(periods)
      .when(prepare({ now: '2026-06-30T21:59:59.999Z' }))
      .thenRefused('PERIOD_NOT_OVER');
    given(periods)
      .when(prepare({ now: '2026-06-30T22:00:00Z' }))
      .thenState({ state: 'CLOSING' });
    const reunion = { timeZone: 'Indian/Reunion' };
    given(periods)
      .when(prepare({ ...reunion, now: '2026-06-30T20:00:00Z' }))
      .thenState({ state: 'CLOSING' });
    given(periods)
      .when(prepare({ ...reunion, now: '2026-06-30T19:59:59Z' }))
      .thenRefused('PERIOD_NOT_OVER');
  });

  it('goes in the order of the months', () => {
    given(periods)
      .when(prepare({ earliestBooked: '2026-05' }))
      .thenRefused('PERIOD_OUT_OF_ORDER');
    given(periods)
      .when(prepare({ earliestBooked: null }))
      .thenState({ state: 'CLOSING' });
  });

  it.each(['MISSING_EVIDENCE', 'PENDING_ENTRIES', 'OPEN_DISPUTES', 'UNPOSTED_DELTAS'] as const)(
    'is refused while something is left over (%s), unless a reason is given for it',
    (item) => {
      const checklist = { ...nothingLeft, [item]: 3 };
      given(periods).when(prepare({ checklist })).thenRefused('PERIOD_NOT_READY');
      const waivers = [{ item, reason: 'told to the payer' }];
      given(periods).when(prepare({ checklist, waivers })).thenState({ state: 'CLOSING', waivers });
      // What came up since it was prepared counts as well.
      given(periods, ...after(prepare()))
        .when(approve('bob', checklist))
        .thenRefused('PERIOD_NOT_READY');
    },
  );

  it('needs two persons who did not prepare it', () => {
    const prepared = after(prepare());
    given(periods, ...prepared)
      .when(approve('ada'))
      .thenRefused('APPROVAL_SECOND_PERSON');
    given(periods, ...prepared)
      .when(approve('bob'))
      .thenState({ state: 'CLOSING' });
    given(periods, ...after(prepare(), approve('bob')))
      .when(approve('bob'))
      .thenNothing();
    const closed = after(prepare(), approve('bob'), approve('cyd'));
    expect(closed.map(({ type }) => type)).toEqual([
      ...['ClosingPrepared', 'ClosingApproved', 'ClosingApproved', 'ClosingDecided', 'PeriodClosed'],
    ]);
    expect(closed.reduce<Period | undefined>(periods.evolve, undefined)).toMatchObject({
      ...{ state: 'CLOSED', closedSeq: 7n, hash: 'a'.repeat(64), root: 'b'.repeat(64) },
    });
  });

  it('given up loses its approvals', () => {
    given(periods, ...after(prepare(), approve('bob'), { type: 'AbandonClosing' }))
      .when(approve('cyd'))
      .thenRefused('STATE_CONFLICT');
  });

  it('happens once, at any number of attempts of anybody in any order', () => {
    const attempt = fc.oneof(
      fc.constantFrom('ada', 'bob', 'cyd').map((by) => prepare({ by })),
      fc.constantFrom('ada', 'bob', 'cyd', 'dan').map((by) => approve(by)),
    );
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 40 }), (attempts) => {
        const tried = attempts.reduce<PeriodEvent[]>((all, command) => {
          const state = all.reduce<Period | undefined>(periods.evolve, undefined);
          try {
            const events = periods.decide(state, command);
            const isDecided = events.some(({ type }) => type === 'ClosingDecided');
            const then = [...all, ...events];
            const folded = then.reduce<Period | undefined>(periods.evolve, undefined);
            return isDecided ? [...then, ...periods.decide(folded, seal)] : then;
          } catch {
            return all;
          }
        }, []);
        expect(tried.filter(({ type }) => type === 'PeriodClosed').length).toBeLessThanOrEqual(1);
        const end = tried.reduce<Period | undefined>(periods.evolve, undefined);
        const approvers = new Set(end?.approvals.map(({ by }) => by));
        expect(end?.state === 'CLOSED').toBe(approvers.size === 2);
        expect(approvers.has(end?.preparedBy ?? '')).toBe(false);
      }),
    );
  });
});
