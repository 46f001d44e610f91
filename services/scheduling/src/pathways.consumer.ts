import { pathwaysEvents } from '@ariane/contracts';
import { type EventData, Hears } from '@ariane/bus';
import { type Effect, effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import { appointments, pathwayAgendas } from './appointments.store';

/** What scheduling hears from pathways. */
@Controller()
export class PathwaysConsumer {
  /** A pathway that ends, by whatever fact, takes with it every visit that still lies ahead. */
  @Hears(pathwaysEvents.PathwayClosed)
  pathwayClosed({ envelope, data }: EventData<typeof pathwaysEvents.PathwayClosed>): Effect[] {
    return [effect(pathwayAgendas, data.pathwayId, { type: 'CloseAgenda', closedAt: envelope.time })];
  }

  /** A step that will not be done takes its visit with it: one that was asked for, waits, is held or booked. */
  @Hears(pathwaysEvents.StepDropped)
  stepDropped({ envelope, data }: EventData<typeof pathwaysEvents.StepDropped>): Effect[] {
    return (data.asked ?? []).map((id) => effect(appointments, id, { type: 'EndWithStep', now: envelope.time }));
  }

  @Hears(pathwaysEvents.PathwayReopened)
  pathwayReopened({ data }: EventData<typeof pathwaysEvents.PathwayReopened>): Effect[] {
    return [effect(pathwayAgendas, data.pathwayId, { type: 'ReopenAgenda' })];
  }
}
