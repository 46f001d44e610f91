import { given } from '@ariane/testing';
import { stepIdFor } from './asks';
import type { Pathway, PathwayCommand } from './pathway';
import { pathwayDecider } from './pathway-decider';
import {
  advanceAt,
  enrol,
  fact,
  fold,
  lived,
  nurse,
  pathwayId,
  patientId,
  pinOf,
  plannerWith,
  smallVersion,
  start,
  surgeon,
} from './pathway.fixture';
import { smallProtocol } from './protocol.fixture';

/** After the announcement, which a person records, comes a visit; and a further protocol, unless the tumour is benign. */
const protocol = smallVersion(4, (steps) => [
  ...steps,
  { ...steps[1], id: 'control', start: { all: [{ after: 'announcement' }] } },
  {
    ...steps[0],
    id: 'further',
    kind: 'sub-protocol',
    protocol: 'kidney',
    until: 'closed',
    start: { all: [{ after: 'entry' }] },
    when: 'imaging.acr > 3',
  },
]);
const planner = plannerWith(protocol, smallProtocol);
const decider = pathwayDecider(planner);
const live = (...commands: PathwayCommand[]) => lived(planner, { ...enrol, protocol: pinOf(protocol) }, ...commands);

const at = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T09:00:00.000Z`;
const announced = fact('disclosure.announced', at(5), { by: surgeon });
const before = [
  fold(
    fact('task.done', at(3), { stepKey: 'entry', by: nurse }),
    fact('appointment.attended', at(4), { stepKey: 'imaging' }),
    fact('case.decided', at(4), { stepKey: 'meeting-1' }),
  ),
  advanceAt(at(4)),
] as const;
const asked = [...before, fold(announced), advanceAt(at(5))] as const;
const mistaken: PathwayCommand = {
  type: 'WithdrawFact',
  factId: announced.id,
  by: surgeon,
  reason: 'Saisi dans le mauvais dossier.',
  now: at(6),
};
const askOf = ({ asks }: Pathway, stepKey: string) => asks.find((ask) => ask.stepKey === stepKey);
const first = stepIdFor(pathwayId, 'control', 1);
const second = stepIdFor(pathwayId, 'control', 2);
const about = { pathwayId, patientId, stepKey: 'control' };
const answer = (askId: string): PathwayCommand => ({
  type: 'AnswerAsk',
  askId,
  stepKey: 'control',
  booking: { stepKey: 'control', appointmentId: askId, status: 'booked', startsAt: at(9) },
});

describe('a step that comes back', () => {
  it('calls off what was asked for the step that follows it, once', () => {
    expect(askOf(live(...asked).state, 'control')).toMatchObject({ id: first });
    const { state, last } = live(...asked, mistaken, advanceAt(at(6)));
    expect(askOf(state, 'control')).toBeUndefined();
    expect(last).toContainEqual({ type: 'StepDropped', data: { ...about, reason: 'not-yet', asked: [first] } });
    expect(live(...asked, mistaken, advanceAt(at(6)), advanceAt(at(6))).last).toEqual([]);
  });

  it('has it asked for anew, under an id of its own, when it is done again', () => {
    const again = fold({ ...announced, id: `${announced.id.slice(0, -1)}f`, at: at(7) });
    const { state } = live(...asked, mistaken, advanceAt(at(6)), again, advanceAt(at(7)));
    expect(askOf(state, 'control')).toMatchObject({ id: second });
  });

  it('cancels the task that had been opened after it', () => {
    const { follows } = live(...asked, mistaken, advanceAt(at(6)));
    const id = stepIdFor(pathwayId, 'plan-choice', 1);
    expect(follows).toContainEqual({ to: 'task', id, command: { type: 'CancelTask', reason: 'step-dropped' } });
  });

  it('leaves alone what waits for a fact only', () => {
    expect(live(...asked, advanceAt(at(6))).events.map(({ type }) => type)).not.toContain('StepDropped');
  });
});

describe('an ask under way when its step is called off', () => {
  it('makes no visit: the late answer is called off in its turn', () => {
    given(decider, ...live(...asked, mistaken, advanceAt(at(6))).events)
      .when(answer(first))
      .then({ type: 'StepDropped', data: { ...about, reason: 'called-off', asked: [first] } });
    expect(live(...asked, mistaken, advanceAt(at(6)), answer(first)).state.bookings).toEqual([]);
    expect(live(...asked, mistaken, advanceAt(at(6)), answer(first)).follows).toEqual([]);
  });

  it('leaves alone what is asked for now, and what somebody booked by hand', () => {
    expect(live(...asked, answer(first)).state.bookings).toHaveLength(1);
    const byHand = answer('01890a5d-ac96-7000-8000-0000000000cc');
    expect(live(...asked, mistaken, advanceAt(at(6)), byHand).state.bookings).toHaveLength(1);
  });
});

describe('a sub-protocol whose step is dropped', () => {
  const acr = (value: number, day: number) => fold(fact('imaging.acr', at(day), { value, by: nurse }));
  const child = stepIdFor(pathwayId, 'further', 1);
  const begun = [...before, acr(5, 4), advanceAt(at(4))] as const;
  const end: PathwayCommand = { type: 'EndWithParent', stepKey: 'further', reason: 'not-applicable', now: at(6) };
  const entered: PathwayCommand = { ...enrol, pathwayId: child, parent: { pathwayId, stepKey: 'further' } };

  it('ends with the reason', () => {
    expect(askOf(live(...begun).state, 'further')).toMatchObject({ id: child });
    const { follows } = live(...begun, acr(2, 6), advanceAt(at(6)));
    expect(follows).toContainEqual({ to: 'pathway', id: child, command: end });
    const { state } = lived(planner, entered, advanceAt(start), end);
    expect(state).toMatchObject({ status: 'EXCLUDED', closedAt: at(6), asks: [] });
    expect(state.facts).toContainEqual(
      expect.objectContaining({ code: 'sub-protocol.called-off', value: 'not-applicable' }),
    );
  });

  it('tells its parent nothing, whose step may come back and ask for another', () => {
    const { follows } = lived(planner, entered, advanceAt(start), end);
    expect(follows.filter(({ to, id }) => to === 'pathway' && id === pathwayId)).toEqual([]);
  });

  it('does not end for another step, twice, or before it has begun', () => {
    const other: PathwayCommand = { ...end, stepKey: 'kidney' };
    expect(lived(planner, entered, other).state.status).toBe('ACTIVE');
    expect(lived(planner, entered, end, end).last).toEqual([]);
    expect(decider.decide(undefined, end)).toEqual([]);
  });

  it('ends as well when it begins only afterwards', () => {
    const late: PathwayCommand = { type: 'AnswerAsk', askId: child, stepKey: 'further' };
    const { follows } = live(...begun, acr(2, 6), advanceAt(at(6)), late);
    expect(follows).toContainEqual({
      to: 'pathway',
      id: child,
      command: expect.objectContaining({ type: 'EndWithParent', reason: 'called-off' }) as object,
    });
  });
});
