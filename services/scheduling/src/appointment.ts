import type { EventOf, schedulingEvents } from '@ariane/contracts';
import { type Decider, DomainError, epochOf } from '@ariane/kernel';
import { claimsOf, instantAt, type Slot, slotIn } from './slot';
import { isSameVisit, type Visit, visitOf, type Wish } from './visit';

/** An appointment and what has become of it. It holds its slot from `held` on, unless missed or cancelled. */
export type Appointment = Visit &
  (
    | { readonly status: 'waiting'; readonly wish: Wish }
    | { readonly status: 'held'; readonly slot: Slot; readonly heldUntil: string }
    | { readonly status: 'booked'; readonly slot: Slot }
    | { readonly status: 'attended'; readonly slot: Slot; readonly attendedAt: string; readonly seenBy?: string }
    | { readonly status: 'missed'; readonly slot: Slot; readonly missedAt: string; readonly reason: string }
    | { readonly status: 'cancelled'; readonly reason: string; readonly cancelledAt: string }
  );

/** `now` is the UTC instant of the command. */
export type AppointmentCommand =
  | {
      readonly type: 'RequestAppointment';
      readonly visit: Visit;
      readonly wish: Wish;
      readonly slot?: Slot;
      readonly now: string;
    }
  | { readonly type: 'PlaceAppointment'; readonly slot: Slot; readonly now: string }
  | { readonly type: 'BookAppointment'; readonly visit: Visit; readonly slot: Slot; readonly now: string }
  | { readonly type: 'ConfirmAppointment'; readonly now: string }
  | { readonly type: 'MoveAppointment'; readonly slot: Slot; readonly reason: string; readonly now: string }
  | { readonly type: 'CancelAppointment'; readonly reason: string; readonly now: string }
  | { readonly type: 'EndWithPathway'; readonly now: string }
  /** The step it was asked for will not be done; nothing where it is not ours. */
  | { readonly type: 'EndWithStep'; readonly now: string }
  | { readonly type: 'ExpireHold'; readonly now: string }
  | { readonly type: 'RecordAttended'; readonly practitionerId?: string; readonly now: string }
  | { readonly type: 'RecordMissed'; readonly reason: string; readonly now: string };

type AppointmentFact = Extract<EventOf<typeof schedulingEvents>, { readonly type: `Appointment${string}` }>;

/** The wish stays in this service: it changes state and does not leave. */
interface AppointmentRequested {
  readonly type: 'AppointmentRequested';
  readonly data: { readonly visit: Visit; readonly wish: Wish };
}

export type AppointmentEvent = AppointmentFact | AppointmentRequested;

/** How long a proposed slot is kept for the coordinator: two days, so that a Friday's proposal survives the night. */
const HOLD_MS = 48 * 3_600_000;

/**
 * @throws DomainError ALREADY_EXISTS, NOT_FOUND, STATE_CONFLICT, SLOT_IN_PAST, HOLD_EXPIRED, APPOINTMENT_STARTED,
 *   APPOINTMENT_NOT_STARTED; the write path adds SLOT_TAKEN where a claim is held by another appointment
 */
function decide(state: Appointment | undefined, command: AppointmentCommand): readonly AppointmentEvent[] {
  switch (command.type) {
    case 'RequestAppointment':
      if (state !== undefined) throw new DomainError('ALREADY_EXISTS');
      return requested(command.visit, command.wish, command.slot, command.now);
    case 'PlaceAppointment': {
      const { status } = existing(state);
      if (state?.status !== 'waiting') throw conflict(status);
      return [taken(state, state.wish, command.slot, command.now)];
    }
    case 'BookAppointment':
      if (state !== undefined && state.status !== 'waiting') throw new DomainError('ALREADY_EXISTS');
      if (state !== undefined && !isSameVisit(state, command.visit)) throw new DomainError('ALREADY_EXISTS');
      return [booked(command.visit, notPast(command.slot, command.now))];
    case 'ConfirmAppointment':
      return confirmed(existing(state), command.now);
    case 'MoveAppointment':
      return moved(existing(state), command.slot, command.reason, command.now);
    case 'CancelAppointment':
      return cancelledBy(existing(state), command.reason, command.now);
    case 'EndWithPathway':
      return calledOff(existing(state), 'pathway-closed', command.now);
    case 'EndWithStep':
      return state === undefined ? [] : calledOff(state, 'step-dropped', command.now);
    case 'ExpireHold':
      return expired(existing(state), command.now);
    case 'RecordAttended': {
      const { slot, ...visit } = begun(existing(state), command.now);
      const practitionerId = command.practitionerId ?? slot.practitionerId;
      return [{ type: 'AppointmentAttended', data: { ...visit, practitionerId, attendedAt: slot.startsAt } }];
    }
    case 'RecordMissed': {
      const { slot, ...visit } = begun(existing(state), command.now);
      const { practitionerId, startsAt: missedAt } = slot;
      return [{ type: 'AppointmentMissed', data: { ...visit, practitionerId, missedAt, reason: command.reason } }];
    }
  }
}

function requested(visit: Visit, wish: Wish, slot: Slot | undefined, now: string): readonly AppointmentEvent[] {
  const asked: AppointmentEvent = { type: 'AppointmentRequested', data: { visit, wish } };
  if (slot !== undefined) return [asked, taken(visit, wish, slot, now)];
  return [asked, { type: 'AppointmentWaiting', data: { ...visitOf(visit), reason: 'no-slot-in-window' } }];
}

/** A wish that found its slot: bound at once, or kept until a human says yes, at the latest when it would begin. */
function taken(visit: Visit, { booking }: Wish, slot: Slot, now: string): AppointmentEvent {
  notPast(slot, now);
  if (booking === 'auto') return booked(visit, slot);
  return { type: 'AppointmentHeld', data: { ...visitOf(visit), ...fields(slot), heldUntil: heldUntil(slot, now) } };
}

function confirmed(state: Appointment, now: string): readonly AppointmentEvent[] {
  if (state.status === 'booked') return [];
  if (state.status !== 'held') throw conflict(state.status);
  if (isPast(state.heldUntil, now)) throw new DomainError('HOLD_EXPIRED');
  return [booked(state, state.slot)];
}

/** A held slot that is moved stays held, for as long again. */
function moved(state: Appointment, slot: Slot, reason: string, now: string): readonly AppointmentEvent[] {
  if (state.status !== 'held' && state.status !== 'booked') throw conflict(state.status);
  notStarted(state.slot, now);
  notPast(slot, now);
  if (state.slot.startsAt === slot.startsAt && state.slot.calendarId === slot.calendarId) return [];
  const data = { ...visitOf(state), ...fields(slot) };
  return state.status === 'held'
    ? [{ type: 'AppointmentHeld', data: { ...data, heldUntil: heldUntil(slot, now) } }]
    : [{ type: 'AppointmentMoved', data: { ...data, movedFrom: state.slot.startsAt, reason } }];
}

function cancelledBy(state: Appointment, reason: string, now: string): readonly AppointmentEvent[] {
  switch (state.status) {
    case 'cancelled':
      return [];
    case 'attended':
    case 'missed':
      throw conflict(state.status);
    case 'held':
    case 'booked':
      notStarted(state.slot, now);
      return [cancelled(state, reason, now)];
    case 'waiting':
      return [cancelled(state, reason, now)];
  }
}

/** Nothing stays ahead of a closed pathway or a dropped step; what had begun keeps its place, to be recorded. */
function calledOff(state: Appointment, reason: string, now: string): readonly AppointmentEvent[] {
  const lapsed = state.status === 'waiting' || state.status === 'held';
  const ahead = state.status === 'booked' && !isPast(state.slot.startsAt, now);
  return lapsed || ahead ? [cancelled(state, reason, now)] : [];
}

/** Dated by the deadline, not by the sweep that noticed it. */
const expired = (state: Appointment, now: string): readonly AppointmentEvent[] =>
  state.status === 'held' && isPast(state.heldUntil, now) ? [cancelled(state, 'hold-expired', state.heldUntil)] : [];

/** A booked visit whose time has come: only then can one say whether the patient came. */
function begun(state: Appointment, now: string): Visit & { readonly slot: Slot } {
  if (state.status !== 'booked') throw conflict(state.status);
  if (!isPast(state.slot.startsAt, now)) throw new DomainError('APPOINTMENT_NOT_STARTED');
  return { ...visitOf(state), slot: state.slot };
}

function evolve(state: Appointment | undefined, event: AppointmentEvent): Appointment {
  switch (event.type) {
    case 'AppointmentRequested':
      return { ...event.data.visit, status: 'waiting', wish: event.data.wish };
    case 'AppointmentWaiting':
      return existing(state);
    case 'AppointmentHeld':
      return { ...visitOf(event.data), status: 'held', slot: slotIn(event.data), heldUntil: event.data.heldUntil };
    case 'AppointmentBooked':
    case 'AppointmentMoved':
      return { ...visitOf(event.data), status: 'booked', slot: slotIn(event.data) };
    case 'AppointmentAttended': {
      const { practitionerId: seenBy, attendedAt } = event.data;
      return { ...visitOf(event.data), status: 'attended', slot: slotHeldBy(state), attendedAt, seenBy };
    }
    case 'AppointmentMissed': {
      const { missedAt, reason } = event.data;
      return { ...visitOf(event.data), status: 'missed', slot: slotHeldBy(state), missedAt, reason };
    }
    case 'AppointmentCancelled': {
      const { cancelledAt, reason } = event.data;
      return { ...visitOf(event.data), status: 'cancelled', reason, cancelledAt };
    }
  }
}

/** One appointment of a pathway: waiting for a slot, held, booked, and how it ended. */
export const appointment: Decider<Appointment, AppointmentCommand, AppointmentEvent> = { decide, evolve };

/** The keys an appointment holds: held, booked, or attended, since a visit recorded at its start still takes its time. */
export function claims(state: Appointment): readonly string[] {
  switch (state.status) {
    case 'held':
    case 'booked':
    case 'attended':
      return claimsOf(state.slot, state.patientId);
    case 'waiting':
    case 'missed':
    case 'cancelled':
      return [];
  }
}

const booked = (visit: Visit, slot: Slot): AppointmentEvent => ({
  type: 'AppointmentBooked',
  data: { ...visitOf(visit), ...fields(slot) },
});

const cancelled = (visit: Visit, reason: string, cancelledAt: string): AppointmentEvent => ({
  type: 'AppointmentCancelled',
  data: { ...visitOf(visit), reason, cancelledAt },
});

const heldUntil = (slot: Slot, now: string): string =>
  instantAt(Math.min(epochOf(now) + HOLD_MS, epochOf(slot.startsAt)));

const isPast = (instant: string, now: string): boolean => epochOf(instant) <= epochOf(now);

function notPast(slot: Slot, now: string): Slot {
  if (epochOf(slot.startsAt) < epochOf(now)) throw new DomainError('SLOT_IN_PAST', {}, 'startsAt');
  return slot;
}

function notStarted(slot: Slot, now: string): void {
  if (isPast(slot.startsAt, now)) throw new DomainError('APPOINTMENT_STARTED');
}

const conflict = (state: string): DomainError => new DomainError('STATE_CONFLICT', { state });

const fields = (slot: Slot): Slot & { readonly resources: string[] } => ({
  ...slotIn(slot),
  resources: [...slot.resources],
});

function slotHeldBy(state: Appointment | undefined): Slot {
  if (state !== undefined && 'slot' in state) return state.slot;
  throw new Error('Only a visit that had a slot is attended or missed.');
}

function existing(state: Appointment | undefined): Appointment {
  if (state === undefined) throw new DomainError('NOT_FOUND');
  return state;
}
