import { type EventData, Hears } from '@ariane/bus';
import { schedulingEvents } from '@ariane/contracts';
import { type Effect, effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import type { AppointmentNews } from './patient-contact';
import { patientContacts } from './patient-links.store';

/** Patients who want it are written to when an appointment of theirs is booked, moved or cancelled. */
@Controller()
export class AppointmentsConsumer {
  @Hears(schedulingEvents.AppointmentBooked)
  booked({ data, envelope }: EventData<typeof schedulingEvents.AppointmentBooked>): Effect[] {
    const { patientId, startsAt } = data;
    return [told(patientId, { newsId: envelope.id, what: 'booked', startsAt, at: envelope.time })];
  }

  @Hears(schedulingEvents.AppointmentMoved)
  moved({ data, envelope }: EventData<typeof schedulingEvents.AppointmentMoved>): Effect[] {
    const { patientId, startsAt } = data;
    return [told(patientId, { newsId: envelope.id, what: 'moved', startsAt, at: envelope.time })];
  }

  @Hears(schedulingEvents.AppointmentCancelled)
  cancelled({ data, envelope }: EventData<typeof schedulingEvents.AppointmentCancelled>): Effect[] {
    return [told(data.patientId, { newsId: envelope.id, what: 'cancelled', at: envelope.time })];
  }
}

const told = (patientId: string, news: AppointmentNews): Effect =>
  effect(patientContacts, patientId, { type: 'TellAppointment', news });
