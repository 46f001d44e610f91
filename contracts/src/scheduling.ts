import { Type } from '@sinclair/typebox';
import { Code, defineEvents, type EventOf, HealthCode, Id, Instant, none, OptionalId } from './define-event';
import { ids } from './example-ids';
import { operationsEvents } from './operations';

const define = defineEvents('scheduling');

const Visit = { appointmentId: Id, pathwayId: Id, patientId: Id, stepKey: HealthCode, visitKind: HealthCode };
const visit = {
  appointmentId: ids.appointment,
  pathwayId: ids.pathway,
  patientId: ids.patient,
  stepKey: 'imaging',
  visitKind: 'breast-imaging',
};
const Slot = {
  calendarId: Id,
  practitionerId: OptionalId,
  resources: Type.Array(Code),
  startsAt: Instant,
  endsAt: Instant,
  mode: none(Type.Union([Type.Literal('on-site'), Type.Literal('tele')])),
};
const slot = {
  calendarId: ids.other,
  practitionerId: ids.practitioner,
  resources: ['room-1'],
  startsAt: '2026-03-09T09:00:00Z',
  endsAt: '2026-03-09T09:30:00Z',
  mode: 'on-site' as const,
};

export const schedulingEvents = {
  ...operationsEvents('scheduling'),
  CalendarOpened: define(
    'CalendarOpened',
    'A professional’s or a room’s calendar can be booked for some kinds of visit.',
    Type.Object({
      calendarId: Id,
      practitionerId: OptionalId,
      resources: Type.Array(Code),
      visitKinds: Type.Array(Code),
      timeZone: Code,
    }),
    {
      calendarId: ids.other,
      practitionerId: ids.practitioner,
      resources: ['room-1'],
      visitKinds: ['breast-imaging'],
      timeZone: 'Europe/Paris',
    },
  ),
  CalendarExceptionAdded: define(
    'CalendarExceptionAdded',
    'A calendar is closed, or opened, between two instants, for a reason.',
    Type.Object({ calendarId: Id, from: Instant, to: Instant, open: none(Type.Boolean()), reason: Code }),
    { calendarId: ids.other, from: '2026-03-09T00:00:00Z', to: '2026-03-10T00:00:00Z', open: false, reason: 'leave' },
  ),
  AppointmentWaiting: define(
    'AppointmentWaiting',
    'No slot fits the window; somebody must open one, move something, or book later with a reason.',
    Type.Object({ ...Visit, reason: Code }),
    { ...visit, reason: 'no-slot-in-window' },
  ),
  AppointmentHeld: define(
    'AppointmentHeld',
    'A slot is kept for the patient until an instant; the coordinator confirms or lets it go.',
    Type.Object({ ...Visit, ...Slot, heldUntil: Instant }),
    { ...visit, ...slot, heldUntil: '2026-03-05T09:00:00Z' },
  ),
  AppointmentBooked: define(
    'AppointmentBooked',
    'Practitioner, room and patient are bound to a slot; none of them can be double-booked.',
    Type.Object({ ...Visit, ...Slot }),
    { ...visit, ...slot },
  ),
  AppointmentMoved: define(
    'AppointmentMoved',
    'A booked appointment was moved to another slot.',
    Type.Object({ ...Visit, ...Slot, movedFrom: Instant, reason: Code }),
    { ...visit, ...slot, movedFrom: '2026-03-08T09:00:00Z', reason: 'patient-asked' },
  ),
  AppointmentCancelled: define(
    'AppointmentCancelled',
    'A held or booked appointment was cancelled, for a reason; its slot is free again.',
    Type.Object({ ...Visit, reason: Code, cancelledAt: Instant }),
    { ...visit, reason: 'practitioner-away', cancelledAt: '2026-03-07T12:00:00Z' },
  ),
  AppointmentAttended: define(
    'AppointmentAttended',
    'The patient came and the visit took place: evidence for the professional who saw them.',
    Type.Object({ ...Visit, practitionerId: OptionalId, attendedAt: Instant }),
    { ...visit, practitionerId: ids.practitioner, attendedAt: '2026-03-09T09:00:00Z' },
  ),
  AppointmentMissed: define(
    'AppointmentMissed',
    'The patient did not come, or the visit did not take place.',
    Type.Object({ ...Visit, practitionerId: OptionalId, missedAt: Instant, reason: Code }),
    { ...visit, practitionerId: ids.practitioner, missedAt: '2026-03-09T09:00:00Z', reason: 'patient-absent' },
  ),
} as const;

export type SchedulingEvent = EventOf<typeof schedulingEvents>;
