import { given } from '@ariane/testing';
import fc from 'fast-check';
import type { PlanWork } from './plan-work';
import { work, type Work, type WorkCommand } from './work';
import { type DraftItem, tiers, workReasons } from './work-item';

const pathwayId = '01890a5d-ac96-7000-8000-000000000001';
const seenAt = '2026-03-02T08:00:00.000Z';
const plan = (...items: DraftItem[]): PlanWork => ({
  pathwayId,
  patientId: '01890a5d-ac96-7000-8000-000000000002',
  protocol: { id: 'small', version: 1, sha256: '0' },
  readers: ['nurse', 'surgeon'],
  items,
  seenAt,
});
const step = (reason: DraftItem['reason'], subject: string, more: Partial<DraftItem> = {}): DraftItem => ({
  reason,
  subject,
  stepKey: subject,
  tier: 3,
  ownerRole: 'SUR',
  ownerId: 'surgeon',
  ...more,
});
const openTask = { id: 'task-1', stepKey: 'biopsy', role: 'IDEC', ownerId: 'nurse', dueAt: '2026-03-09T22:59:59Z' };
const lateAlert = {
  id: 'alert-1',
  tier: 1,
  reason: 'step-late',
  stepKey: 'biopsy',
  ownerRole: 'IDEC',
  ownerId: 'nurse',
  raisedAt: '2026-03-09T23:00:00Z',
  status: 'open' as const,
};

const after = (...commands: WorkCommand[]): Work | undefined =>
  commands.reduce<Work | undefined>(
    (state, command) => work.decide(state, command).reduce<Work | undefined>(work.evolve, state),
    undefined,
  );
const see = (...items: DraftItem[]): WorkCommand => ({ type: 'SeePlan', plan: plan(...items) });
const seeTask = (status: 'open' | 'done' | 'cancelled', more: object = {}): WorkCommand => ({
  type: 'SeeTask',
  task: { ...openTask, ...more, status },
});
const seeAlert = (more: object = {}): WorkCommand => ({ type: 'SeeAlert', alert: { ...lateAlert, ...more } });
const itemsAfter = (...commands: WorkCommand[]) => after(...commands)?.items ?? [];

describe('the worklist of a pathway', () => {
  it('shows a step once, with its task’s owner and its alert’s tier', () => {
    expect(itemsAfter(see(step('late', 'biopsy', { tier: 2 })), seeTask('open'), seeAlert())).toMatchObject([
      { reason: 'late', taskId: 'task-1', alertId: 'alert-1', ownerId: 'nurse', ownerRole: 'IDEC', tier: 1 },
    ]);
  });

  it('says that nobody owns what nobody owns', () => {
    const items = itemsAfter(see(step('to-do', 'biopsy')), seeTask('open', { ownerId: undefined }));
    expect(items).toMatchObject([{ taskId: 'task-1' }]);
    expect(items[0]).not.toHaveProperty('ownerId', 'nurse');
    expect(items[0]?.ownerId).toBeUndefined();
  });

  it('drops a step when its task ends, and shows it again only when the plan says so', () => {
    const [plan1, open, done] = [see(step('to-do', 'biopsy')), seeTask('open'), seeTask('done')];
    expect(itemsAfter(plan1, open, done)).toEqual([]);
    expect(itemsAfter(plan1, open, done, see(step('late', 'biopsy')))).toMatchObject([{ reason: 'late' }]);
  });

  it('shows an alert that is about no late step by itself, and no longer once it is closed', () => {
    const other = { id: 'alert-2', reason: 'event-parked', tier: 2 };
    expect(itemsAfter(see(), seeAlert(other))).toMatchObject([{ reason: 'alert', code: 'event-parked', tier: 2 }]);
    expect(itemsAfter(see(), seeAlert(other), seeAlert({ ...other, status: 'acknowledged' }))).toMatchObject([
      { acknowledged: true },
    ]);
    expect(itemsAfter(see(), seeAlert(other), seeAlert({ ...other, status: 'closed' }))).toEqual([]);
  });

  it('keeps since when something without a date of its own stands', () => {
    const later = { ...plan(step('waiting-for', 'biopsy')), seenAt: '2026-03-05T08:00:00.000Z' };
    const items = itemsAfter(see(step('waiting-for', 'biopsy')), { type: 'SeePlan', plan: later });
    expect(items).toMatchObject([{ since: seenAt }]);
  });

  it('leaves the results on the list that nobody has said to have seen', () => {
    const results = step('result-unacknowledged', 'biopsy', { factIds: ['fact-1', 'fact-2'], count: 2 });
    const seen = (factIds: readonly string[]): WorkCommand => ({
      type: 'AcknowledgeResults',
      factIds,
      by: 'nurse',
      now: seenAt,
    });
    expect(itemsAfter(see(results), seen(['fact-1']))).toMatchObject([{ factIds: ['fact-2'], count: 1 }]);
    expect(itemsAfter(see(results), seen(['fact-1']), seen(['fact-2', 'fact-1']))).toEqual([]);
    expect(after(see(results), seen(['fact-1']), see(results))?.acknowledged).toEqual([
      { factId: 'fact-1', by: 'nurse', at: seenAt },
    ]);
    const history = work.decide(undefined, see(results));
    given(work, ...history)
      .when(seen(['fact-9']))
      .thenRefused('NOT_FOUND', 'factIds');
    given(work)
      .when(seen(['fact-1']))
      .thenRefused('NOT_FOUND');
  });

  it('is empty and seen by nobody once the pathway has ended', () => {
    const ended: WorkCommand = { type: 'SeePlan', plan: { ...plan(), readers: [] } };
    expect(itemsAfter(see(step('late', 'biopsy')), seeTask('open'), seeAlert(), ended)).toEqual([]);
  });

  it('changes nothing when the same is seen again', () => {
    const history = work.decide(undefined, see(step('late', 'biopsy')));
    const again = { ...plan(step('late', 'biopsy')), seenAt: '2026-03-09T08:00:00.000Z' };
    given(work, ...history)
      .when({ type: 'SeePlan', plan: again })
      .thenNothing();
    given(work).when(seeTask('open')).thenNothing();
  });

  it('writes to the list exactly what changes it into the items of the last state, in whatever order things come', () => {
    const drafts = fc.uniqueArray(
      fc.record({
        reason: fc.constantFrom(...workReasons),
        subject: fc.constantFrom('biopsy', 'imaging', 'IDEC'),
        tier: fc.constantFrom(...tiers),
        ownerRole: fc.constantFrom('IDEC', 'SUR'),
      }),
      { selector: ({ reason, subject }) => `${reason}/${subject}`, maxLength: 6 },
    );
    const commands = fc.oneof(
      drafts.map((items) => see(...items)),
      fc
        .record({
          id: fc.constantFrom('task-1', 'task-2'),
          stepKey: fc.constantFrom('biopsy', 'imaging'),
          status: fc.constantFrom('open', 'done', 'cancelled'),
        })
        .map(({ status, ...more }) => seeTask(status, more)),
      fc
        .record({
          id: fc.constantFrom('alert-1', 'alert-2'),
          tier: fc.integer({ min: 0, max: 5 }),
          reason: fc.constantFrom('step-late', 'ask-refused'),
          status: fc.constantFrom('open', 'acknowledged', 'closed'),
        })
        .map((more) => seeAlert(more)),
    );
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 12 }), (all) => {
        const rows = new Map<string, unknown>();
        let state: Work | undefined;
        for (const command of all) {
          for (const event of work.decide(state, command)) {
            for (const item of event.data.put) rows.set(item.id, item);
            for (const id of event.data.removed) expect(rows.delete(id)).toBe(true);
            state = work.evolve(state, event);
          }
        }
        const items = state?.items ?? [];
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
        expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(items.map((item) => [item.id, item])));
        for (const { rank, tier, due, id } of items) expect(rank).toBe(`${tier}${due}${id}`);
      }),
    );
  });
});
