import { Type } from '@sinclair/typebox';
import {
  Code,
  Day,
  defineEvents,
  type EventOf,
  HealthCode,
  Id,
  indirect,
  Instant,
  none,
  OptionalId,
} from './define-event';
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

/** Wall-clock times of the roster's zone, `HH:mm`; 1 is Monday, and `24:00` the end of the day. */
const DutyHours = Type.Object(
  {
    weekday: none(Type.Integer({ minimum: 1, maximum: 7 })),
    from: none(Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })),
    to: none(Type.String({ pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$' })),
  },
  { additionalProperties: false },
);

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
  DutyRosterSet: define(
    'DutyRosterSet',
    'Who answers for a role, in which hours of the week, from one civil day to another; set again, it is replaced.',
    Type.Object({
      rosterId: Id,
      role: Code,
      practitionerId: Id,
      from: Day,
      until: Type.Optional(indirect(Type.String({ pattern: Day.pattern }))),
      timeZone: Code,
      hours: Type.Array(DutyHours),
      deputyId: OptionalId,
    }),
    {
      rosterId: ids.other,
      role: 'IDEC',
      practitionerId: ids.practitioner,
      from: '2026-03-01',
      timeZone: 'Europe/Paris',
      hours: [{ weekday: 1, from: '08:30', to: '18:30' }],
    },
  ),
  LeaveRecorded: define(
    'LeaveRecorded',
    'A professional is away from one civil day to another, both included; a deputy may be named.',
    Type.Object({
      leaveId: Id,
      practitionerId: Id,
      from: Day,
      until: Day,
      timeZone: Code,
      deputyId: OptionalId,
      recordedAt: Instant,
    }),
    {
      leaveId: ids.other,
      practitionerId: ids.practitioner,
      from: '2026-03-16',
      until: '2026-03-22',
      timeZone: 'Europe/Paris',
      recordedAt: '2026-03-10T09:00:00Z',
    },
  ),
  LeaveWithdrawn: define(
    'LeaveWithdrawn',
    'A leave does not take place, or not any longer; what was reassigned for it stays where it is.',
    Type.Object({ leaveId: Id, practitionerId: Id, withdrawnAt: Instant }),
    { leaveId: ids.other, practitionerId: ids.practitioner, withdrawnAt: '2026-03-11T09:00:00Z' },
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
