import { schedulingEvents } from '@ariane/contracts';
import { type Aggregate, effect } from '@ariane/store';
import { type Appointment, appointment, type AppointmentCommand, type AppointmentEvent, claims } from './appointment';
import { type Calendar, calendar, type CalendarCommand, type CalendarEvent } from './calendar';
import {
  type PathwayAgenda,
  pathwayAgenda,
  type PathwayAgendaCommand,
  type PathwayAgendaEvent,
} from './pathway-agenda';

const {
  AppointmentAttended,
  AppointmentBooked,
  AppointmentCancelled,
  AppointmentHeld,
  AppointmentMissed,
  AppointmentMoved,
  AppointmentWaiting,
  CalendarExceptionAdded,
  CalendarOpened,
} = schedulingEvents;

/** Appointments: facts keyed by the pathway, sealed with the patient's key, slots claimed. */
export const appointments: Aggregate<Appointment, AppointmentCommand, AppointmentEvent> = {
  ...appointment,
  name: 'appointment',
  collection: 'appointments',
  facts: {
    AppointmentAttended,
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentHeld,
    AppointmentMissed,
    AppointmentMoved,
    AppointmentWaiting,
  },
  subject: (state) => state.pathwayId,
  patient: (state) => state.patientId,
  claims,
  follow: (event, { pathwayId, appointmentId }) => {
    switch (event.type) {
      case 'AppointmentWaiting':
      case 'AppointmentHeld':
      case 'AppointmentBooked':
        return [effect(pathwayAgendas, pathwayId, { type: 'JoinAgenda', appointmentId })];
      case 'AppointmentAttended':
      case 'AppointmentMissed':
      case 'AppointmentCancelled':
        return [effect(pathwayAgendas, pathwayId, { type: 'LeaveAgenda', appointmentId })];
      case 'AppointmentRequested':
      case 'AppointmentMoved':
        return [];
    }
  },
  indexes: [
    { keys: { pathwayId: 1 } },
    { keys: { patientId: 1, 'slot.startsAt': 1 } },
    { keys: { 'slot.practitionerId': 1, 'slot.startsAt': 1 } },
    { keys: { 'slot.resources': 1, 'slot.startsAt': 1 } },
    { keys: { status: 1, heldUntil: 1 } },
  ],
};

/** What each pathway has ahead of it: no facts of its own, it closes with the pathway. */
export const pathwayAgendas: Aggregate<PathwayAgenda, PathwayAgendaCommand, PathwayAgendaEvent> = {
  ...pathwayAgenda,
  name: 'pathway-agenda',
  collection: 'pathwayAgendas',
  facts: {},
  subject: (_state, _event, id) => id,
  follow: (event) =>
    event.type === 'AgendaClosed'
      ? event.data.appointmentIds.map((id) =>
          effect(appointments, id, { type: 'EndWithPathway', now: event.data.closedAt }),
        )
      : [],
};

/** Calendars of practitioners, rooms and devices: about nobody's health. */
export const calendars: Aggregate<Calendar, CalendarCommand, CalendarEvent> = {
  ...calendar,
  name: 'calendar',
  collection: 'calendars',
  facts: { CalendarExceptionAdded, CalendarOpened },
  subject: (_state, _event, id) => id,
  indexes: [{ keys: { visitKinds: 1 } }, { keys: { practitionerId: 1 } }],
};
