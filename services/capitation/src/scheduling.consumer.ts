import { type EventData, Hears } from '@ariane/bus';
import { schedulingEvents } from '@ariane/contracts';
import type { Effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import { hear } from './pathway-effects.store';

/** A visit that took place is evidence for the professional who saw the patient; corrected to missed, it is none. */
@Controller()
export class SchedulingConsumer {
  @Hears(schedulingEvents.AppointmentAttended)
  attended(event: EventData<typeof schedulingEvents.AppointmentAttended>): readonly Effect[] {
    const { appointmentId, practitionerId, attendedAt } = event.data;
    return hear(event, {
      type: 'HearEvidence',
      source: `appointment:${appointmentId}`,
      kind: 'consultation',
      practitionerIds: practitionerId === undefined ? [] : [practitionerId],
      at: attendedAt,
      counts: 'visits',
    });
  }

  @Hears(schedulingEvents.AppointmentMissed)
  missed(event: EventData<typeof schedulingEvents.AppointmentMissed>): readonly Effect[] {
    const { appointmentId, missedAt } = event.data;
    return hear(event, {
      type: 'HearEvidence',
      source: `appointment:${appointmentId}`,
      kind: 'consultation',
      practitionerIds: [],
      at: missedAt,
      counts: null,
    });
  }
}
