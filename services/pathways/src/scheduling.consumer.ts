import { type Envelope, schedulingEvents } from '@ariane/contracts';
import { type EventData, Hears } from '@ariane/bus';
import { type Effect, effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import { pathways } from './aggregates.store';
import { duties, dutyIdOf } from './duties.store';
import { heardFact } from './heard';
import type { Booking } from './pathway';

interface Visit {
  readonly appointmentId: string;
  readonly pathwayId: string;
  readonly stepKey: string;
}

/** Who is on duty and who is away; and what becomes of the visits that pathways asked for: the answer to the ask first, then what really happened. */
@Controller()
export class SchedulingConsumer {
  @Hears(schedulingEvents.DutyRosterSet)
  rosterSet({ envelope, data: roster }: EventData<typeof schedulingEvents.DutyRosterSet>): Effect[] {
    return [effect(duties, dutyIdOf(envelope.territory), { type: 'SetRoster', roster })];
  }

  @Hears(schedulingEvents.LeaveRecorded)
  leaveRecorded({ envelope, data }: EventData<typeof schedulingEvents.LeaveRecorded>): Effect[] {
    const { recordedAt: at, ...leave } = data;
    return [effect(duties, dutyIdOf(envelope.territory), { type: 'RecordLeave', leave, at })];
  }

  @Hears(schedulingEvents.LeaveWithdrawn)
  leaveWithdrawn({ envelope, data: { leaveId } }: EventData<typeof schedulingEvents.LeaveWithdrawn>): Effect[] {
    return [effect(duties, dutyIdOf(envelope.territory), { type: 'WithdrawLeave', leaveId })];
  }

  @Hears(schedulingEvents.AppointmentWaiting)
  waiting({ data }: EventData<typeof schedulingEvents.AppointmentWaiting>): Effect[] {
    return [answered(data, { status: 'waiting' })];
  }

  @Hears(schedulingEvents.AppointmentHeld)
  held({ data }: EventData<typeof schedulingEvents.AppointmentHeld>): Effect[] {
    return [answered(data, { status: 'held', ...slotOf(data) })];
  }

  @Hears(schedulingEvents.AppointmentBooked)
  booked({ envelope, data }: EventData<typeof schedulingEvents.AppointmentBooked>): Effect[] {
    return [answered(data, { status: 'booked', ...slotOf(data) }), dated(envelope, data)];
  }

  @Hears(schedulingEvents.AppointmentMoved)
  moved({ envelope, data }: EventData<typeof schedulingEvents.AppointmentMoved>): Effect[] {
    return [answered(data, { status: 'booked', ...slotOf(data) }), dated(envelope, data)];
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
    stepKey,
    booking: { stepKey, appointmentId, ...about },
  });
}

/** What a plan counts from before the visit takes place: the start of its slot, in UTC. */
const dated = (envelope: Pick<Envelope, 'id' | 'time'>, visit: Visit & { readonly startsAt: string }): Effect => {
  const { stepKey, startsAt: value } = visit;
  return folded(visit, heardFact(envelope, { code: 'appointment.booked', at: envelope.time, stepKey, value }));
};

const folded = ({ pathwayId }: Visit, fact: ReturnType<typeof heardFact>): Effect =>
  effect(pathways, pathwayId, { type: 'FoldFacts', facts: [fact] });
