import { axisOf, laneOf, type Mark, marksOf, placed } from './timeline-layout';

type Drawn = Parameters<typeof marksOf>[0][number];

const day = (count: number) => new Date(Date.UTC(2026, 0, 1 + count)).toISOString();
const at = (count: number) => Date.parse(day(count));
const step = (key: string, over: Partial<Drawn>): Drawn => ({
  ...{ key, label: key, kind: 'task', role: 'IDEC', status: 'due' },
  origin: { from: 'protocol', version: 1, rule: 'r' },
  ...over,
});

describe('the marks of a timeline', () => {
  it('stand where a step was done, else where it is booked, else where it is planned', () => {
    const booking = { appointmentId: 'a', status: 'booked', startsAt: day(5) } as const;
    const marks = marksOf([
      step('planned', { target: day(9) }),
      step('booked', { kind: 'appointment', target: day(4), booking }),
      step('done', { status: 'done', target: day(1), doneAt: day(3) }),
    ]);
    expect(marks.map(({ key, shape, at: drawnAt }) => [key, shape, drawnAt])).toEqual([
      ['done', 'done', at(3)],
      ['booked', 'booked', at(5)],
      ['planned', 'planned', at(9)],
    ]);
    expect(marks[0]?.plannedAt).toBe(at(1));
  });

  it('leave out milestones, what does not apply and what has no day', () => {
    const left = [
      step('m', { kind: 'milestone', target: day(1) }),
      step('n', { status: 'not-applicable', target: day(1) }),
      step('u', {}),
    ];
    expect(marksOf(left)).toEqual([]);
  });

  it('part what the patient goes to into encounters and examinations', () => {
    expect([laneOf({ kind: 'appointment', role: 'RAD' }), laneOf({ kind: 'appointment', role: 'SUR' })]).toEqual([
      'examinations',
      'visits',
    ]);
  });
});

describe('the axis of a timeline', () => {
  it('is to scale where something happens, and folds the weeks in which nothing does', () => {
    const axis = axisOf([at(0), at(10), at(100)], 10);
    expect(axis.stretches.map(({ isIdle }) => isIdle)).toEqual([false, true, false]);
    expect(axis.xOf(at(10)) - axis.xOf(at(0))).toBeCloseTo(100);
    expect(axis.xOf(at(100)) - axis.xOf(at(10))).toBeLessThan(200);
  });

  it('never draws what is later before what is earlier', () => {
    const axis = axisOf([at(0), at(40), at(41), at(200)], 8);
    const xs = [0, 1, 20, 40, 41, 90, 200].map((count) => axis.xOf(at(count)));
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
  });
});

describe('labels', () => {
  it('that would cover one another stand on lines of their own, those of other lanes beside them', () => {
    const axis = axisOf([at(0), at(20)], 10);
    const mark = (key: string, when: number, lane: Mark['lane']): Mark => ({
      ...{ key, label: key, lane, shape: 'done', at: at(when), isByPerson: false },
    });
    const found = placed(
      [mark('a', 0, 'tasks'), mark('b', 1, 'tasks'), mark('c', 1, 'visits'), mark('d', 20, 'tasks')],
      axis,
      () => 100,
    );
    expect(found.map(({ key, line }) => key + String(line))).toEqual(['a0', 'b1', 'c0', 'd0']);
  });
});
