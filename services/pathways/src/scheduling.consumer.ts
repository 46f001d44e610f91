import { schedulingEvents } from '@ariane/contracts';
import { type EventData, Hears } from '@ariane/bus';
import { type Effect, effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import { pathways } from './aggregates.store';
import { heardFact } from './heard';
import type { Booking } from './pathway';

interface Visit {
  readonly appointmentId: string;
  readonly pathwayId: string;
  readonly stepKey: string;
}

/** What becomes of the visits that pathways asked for: the answer to the ask first, then what really happened. */
@Controller()
export class SchedulingConsumer {
  @Hears(schedulingEvents.AppointmentWaiting)
  waiting({ data }: EventData<typeof schedulingEvents.AppointmentWaiting>): Effect[] {
    return [answered(data, { status: 'waiting' })];
  }

  @Hears(schedulingEvents.AppointmentHeld)
  held({ data }: EventData<typeof schedulingEvents.AppointmentHeld>): Effect[] {
    return [answered(data, { status: 'held', ...slotOf(data) })];
  }

  @Hears(schedulingEvents.AppointmentBooked)
  booked({ data }: EventData<typeof schedulingEvents.AppointmentBooked>): Effect[] {
    return [answered(data, { status: 'booked', ...slotOf(data) })];
  }

  @Hears(schedulingEvents.AppointmentMoved)
  moved({ data }: EventData<typeof schedulingEvents.AppointmentMoved>): Effect[] {
    return [answered(data, { status: 'booked', ...slotOf(data) })];
  }

  @Hears(schedulingEvents.AppointmentAttended)
  attended({ envelope, data }: EventData<typeof schedulingEvents.AppointmentAttended>): Effect[] {
    const { stepKey, attendedAt: at, practitionerId: by } = data;
    return [folded(data, heardFact(envelope, { code: 'appointment.attended', at, stepKey, by }))];
  }

  @Hears(schedulingEvents.AppointmentMissed)
  missed({ envelope, data }: EventData<typeof schedulingEvents.AppointmentMissed>): Effect[] {
    const { stepKey, missedAt: at, reason: value } = data;
    return [folded(data, heardFact(envelope, { code: 'appointment.missed', at, stepKey, value }))];
  }

  @Hears(schedulingEvents.AppointmentCancelled)
  cancelled({ envelope, data }: EventData<typeof schedulingEvents.AppointmentCancelled>): Effect[] {
    const { stepKey, cancelledAt: at, reason: value } = data;
    return [folded(data, heardFact(envelope, { code: 'appointment.cancelled', at, stepKey, value }))];
  }
}

const slotOf = ({ startsAt, practitionerId }: { startsAt: string; practitionerId?: string }) => ({
  startsAt,
  ...(practitionerId === undefined ? {} : { practitionerId }),
});

function answered(
  { pathwayId, appointmentId, stepKey }: Visit,
  about: Omit<Booking, 'stepKey' | 'appointmentId'>,
): Effect {
  return effect(pathways, pathwayId, {
    type: 'AnswerAsk',
    askId: appointmentId,
    booking: { stepKey, appointmentId, ...about },
  });
}

const folded = ({ pathwayId }: Visit, fact: ReturnType<typeof heardFact>): Effect =>
  effect(pathways, pathwayId, { type: 'FoldFacts', facts: [fact] });
