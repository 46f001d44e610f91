import { pathwaysEvents } from '@ariane/contracts';
import { type EventData, Hears } from '@ariane/bus';
import { type Effect, effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import { pathwayAgendas } from './appointments.store';

/** What scheduling hears from pathways. */
@Controller()
export class PathwaysConsumer {
  /** A pathway that ends, by whatever fact, takes with it every visit that still lies ahead. */
  @Hears(pathwaysEvents.PathwayClosed)
  pathwayClosed({ envelope, data }: EventData<typeof pathwaysEvents.PathwayClosed>): Effect[] {
    return [effect(pathwayAgendas, data.pathwayId, { type: 'CloseAgenda', closedAt: envelope.time })];
  }
}
