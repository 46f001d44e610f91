import { DomainError, uuidv5 } from '@ariane/kernel';
import { isOpen } from './open-step';
import type { NewFact, Pathway, PathwayCommand, PathwayEvent } from './pathway';
import { type SharedStep, standing } from './plan-change';

/** A step of another of the patient's pathways that a visit or questionnaire of this one stands for as well. */
export interface Guest {
  /** The step of this pathway. */
  readonly stepKey: string;
  readonly pathwayId: string;
  readonly guestKey: string;
  /** The change of the guest's plan by which a person decided it. */
  readonly changeId: string;
}

type Command<T extends PathwayCommand['type']> = Extract<PathwayCommand, { type: T }>;

interface ToOther {
  readonly to: 'pathway';
  readonly id: string;
  readonly command: PathwayCommand;
}

/** The step whose visit this one follows, while it does. */
export function hostOf({ changes }: Pick<Pathway, 'changes'>, key: string): SharedStep | undefined {
  for (const change of standing(changes)) if (change.change === 'shared' && change.stepKey === key) return change.with;
  return undefined;
}

const guestsOf = ({ guests = [] }: Pathway, stepKey: string | undefined): readonly Guest[] =>
  guests.filter((guest) => guest.stepKey === stepKey);

/**
 * Takes a step of another pathway along. Throws STATE_CONFLICT unless this one's own is still to come, RULE_BROKEN for
 * one that follows a visit itself: a chain of them would have nobody who asks.
 */
export function host(state: Pathway, { guest }: Command<'HostStep'>): readonly PathwayEvent[] {
  if ((state.guests ?? []).some(({ changeId }) => changeId === guest.changeId)) return [];
  if (state.status !== 'ACTIVE') throw new DomainError('STATE_CONFLICT', { state: state.status }, 'with.pathwayId');
  const step = state.steps.find(({ key }) => key === guest.stepKey);
  if (step === undefined) throw new DomainError('NOT_FOUND', {}, 'with.stepKey');
  if (!isOpen(step)) throw new DomainError('STATE_CONFLICT', { state: step.status }, 'with.stepKey');
  if (hostOf(state, guest.stepKey)) throw new DomainError('RULE_BROKEN', { rule: 'shared' }, 'with.stepKey');
  return [{ type: 'StepHosted', data: guest }];
}

/** The guest's plan no longer follows this one. */
export const release = (state: Pathway, { changeId }: Command<'ReleaseGuest'>): readonly PathwayEvent[] =>
  (state.guests ?? []).some((guest) => guest.changeId === changeId)
    ? [{ type: 'StepReleased', data: { changeId } }]
    : [];

/** The visit that this pathway's step followed will not take place: the step is asked for on its own again. */
export function endShare(state: Pathway, { changeId, reason, now: at }: Command<'EndShare'>): readonly PathwayEvent[] {
  const change = standing(state.changes).find(({ id }) => id === changeId);
  if (change === undefined || state.status !== 'ACTIVE') return [];
  const { stepKey } = change;
  return [{ type: 'ShareEnded', data: { changeId, stepKey, reason, at } }];
}

/**
 * A fact of one pathway as the other keeps it. Its id is made from the first's, and says by its version (8, where what
 * services tell has 5) that nobody else will tell of it: the visit is paid once, by the pathway that asked for it.
 */
function sharedFact(fact: NewFact, { pathwayId, guestKey }: Guest): NewFact {
  const id = uuidv5(fact.id, `${pathwayId}/${guestKey}`);
  return { ...fact, id: `${id.slice(0, 14)}8${id.slice(15)}`, stepKey: guestKey };
}

const isTold = (code: string): boolean => code.startsWith('appointment.') || code === 'questionnaire.answered';

/** What becomes of a visit is told to the steps that follow it. */
export function toldGuests(pathway: Pathway, fact: NewFact): readonly ToOther[] {
  if (!isTold(fact.code)) return [];
  return guestsOf(pathway, fact.stepKey).map((guest) => ({
    to: 'pathway',
    id: guest.pathwayId,
    command: { type: 'FoldFacts', facts: [sharedFact(fact, guest)] },
  }));
}

/** What an event of one pathway brings about on the step of another that follows its visit, or is followed. */
export function followVisit(
  pathway: Pathway,
  event: Extract<PathwayEvent, { type: 'StepDropped' | 'StepHosted' | 'AskAnswered' | 'ShareEnded' }>,
): readonly ToOther[] {
  const lastRead = pathway.plannedAt ?? pathway.enrolledAt;
  switch (event.type) {
    case 'StepDropped': {
      const { stepKey, reason } = event.data;
      return reason === 'called-off' ? [] : leftGuests(pathway, stepKey, reason, lastRead);
    }
    case 'StepHosted': {
      const { stepKey } = event.data;
      const forThisOne = { ...pathway, guests: [event.data] };
      return [...bookedForGuests(forThisOne, stepKey), ...slotForGuests(forThisOne, stepKey, lastRead)];
    }
    case 'AskAnswered':
      return event.data.booking === undefined ? [] : bookedForGuests(pathway, event.data.booking.stepKey);
    case 'ShareEnded':
      return releasedBy(pathway, event.data.changeId);
  }
}

/** What is known of the visit that was asked for. */
function bookedForGuests(pathway: Pathway, stepKey: string): readonly ToOther[] {
  const booking = pathway.bookings.find((one) => one.stepKey === stepKey);
  if (booking === undefined) return [];
  const { appointmentId: askId } = booking;
  return guestsOf(pathway, stepKey).map(({ pathwayId: id, guestKey }) => ({
    to: 'pathway',
    id,
    command: { type: 'AnswerAsk', askId, stepKey: guestKey, booking: { ...booking, stepKey: guestKey } },
  }));
}

/** A visit that will not take place leaves its guests to themselves. */
function leftGuests(pathway: Pathway, stepKey: string, reason: string, now: string): readonly ToOther[] {
  return guestsOf(pathway, stepKey).map(({ pathwayId: id, changeId }) => ({
    to: 'pathway',
    id,
    command: { type: 'EndShare', changeId, reason, now },
  }));
}

/** A person took the sharing back. */
export function releasedBy(pathway: Pathway, changeId: string): readonly ToOther[] {
  const change = (pathway.changes ?? []).find(({ id }) => id === changeId);
  if (change?.change !== 'shared') return [];
  return [{ to: 'pathway', id: change.with.pathwayId, command: { type: 'ReleaseGuest', changeId } }];
}

/** The slot that is booked already, for plans that are dated by it. */
function slotForGuests(pathway: Pathway, stepKey: string, at: string): readonly ToOther[] {
  const booking = pathway.bookings.find((one) => one.stepKey === stepKey);
  if (booking?.status !== 'booked' || booking.startsAt === undefined) return [];
  const { appointmentId, startsAt: value } = booking;
  const fact = { id: uuidv5(appointmentId, `booked/${value}`), code: 'appointment.booked', at, stepKey, value };
  return toldGuests(pathway, fact);
}
