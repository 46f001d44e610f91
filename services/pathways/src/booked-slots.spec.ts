import { readsSlots } from './booked-slots';
import type { PathwayCommand } from './pathway';
import {
  advanceAt,
  enrol,
  fact,
  fold,
  lived,
  nurse,
  pathwayId,
  pinOf,
  plannerWith,
  smallVersion,
  surgeon,
} from './pathway.fixture';
import { smallProtocol } from './protocol.fixture';

/** One more step of the small protocol: a call two days before the imaging that is booked. */
const calling = smallVersion(2, (steps) => [
  ...steps,
  {
    ...steps[0],
    id: 'reminder-call',
    start: { all: [{ after: 'imaging', date: 'planned', offset: '-2d' }] },
  },
]);
const planner = plannerWith(smallProtocol, calling);
const live = (...commands: PathwayCommand[]) => lived(planner, ...commands);

const booked = (at: string, value: string) => fact('appointment.booked', at, { stepKey: 'imaging', value });
const first = booked('2026-03-03T09:30:00Z', '2026-03-09T09:00:00Z');
const moved = booked('2026-03-04T09:30:00Z', '2026-03-11T09:00:00Z');
const entryDone = fact('task.done', '2026-03-03T09:00:00Z', { stepKey: 'entry', by: nurse });
const now = advanceAt('2026-03-04T10:00:00.000Z');
const begunUnder = (protocol: typeof calling) =>
  [{ ...enrol, protocol: pinOf(protocol) }, fold(entryDone), advanceAt('2026-03-03T09:00:00.000Z')] as const;

describe('a booked slot', () => {
  it('dates what is counted from before the visit takes place, and dates it anew when it is moved', () => {
    const begun = begunUnder(calling);
    expect(live(...begun, now).step('reminder-call')).toMatchObject({
      status: 'waiting',
      waitingFor: ['step:imaging'],
    });
    const once = live(...begun, fold(first), now);
    expect(once.step('reminder-call')?.dueFrom).toMatch(/^2026-03-0[67]T/);
    const twice = live(...begun, fold(first), fold(moved), now);
    expect(twice.step('reminder-call')?.dueFrom).toMatch(/^2026-03-0[89]T/);
  });

  it('rings the pathway and leaves its booking in sight', () => {
    const booking = { stepKey: 'imaging', appointmentId: pathwayId, status: 'booked', startsAt: first.value as string };
    const answer: PathwayCommand = { type: 'AnswerAsk', askId: pathwayId, booking: { ...booking, status: 'booked' } };
    const { last, state } = live(...begunUnder(calling), answer, fold(first));
    expect(last.map(({ type }) => type)).toEqual(['FactFolded', 'FactRecorded']);
    expect(state.bookings).toEqual([booking]);
  });

  it('is no fact where nothing is dated by it, so that nobody is rung for it', () => {
    expect([smallProtocol, calling].map(readsSlots)).toEqual([false, true]);
    expect(live(...begunUnder(smallProtocol), fold(first)).last).toEqual([]);
  });

  it('counts for who is moved to a version that is dated by it', () => {
    const booking = { stepKey: 'imaging', appointmentId: pathwayId, status: 'booked' as const };
    const answer: PathwayCommand = {
      type: 'AnswerAsk',
      askId: pathwayId,
      booking: { ...booking, startsAt: '2026-03-09T09:00:00Z' },
    };
    const migrate: PathwayCommand = {
      type: 'Migrate',
      to: pinOf(calling),
      reviewBy: '2027-06-30',
      paid: ['small'],
      by: surgeon,
      reason: 'Rappel avant l’imagerie.',
      now: '2026-03-04T08:00:00.000Z',
    };
    const { step, state } = live(...begunUnder(smallProtocol), answer, migrate, now);
    expect(step('reminder-call')?.dueFrom).toMatch(/^2026-03-0[67]T/);
    expect(state.facts.at(-1)).toMatchObject({ code: 'appointment.booked', value: '2026-03-09T09:00:00Z' });
  });
});
