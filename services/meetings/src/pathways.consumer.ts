import { pathwaysEvents } from '@ariane/contracts';
import { type EventData, Hears } from '@ariane/bus';
import { type Effect, effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import { pathwayDockets, practitioners } from './meetings.store';

/** What meetings needs of pathways: the directory, for the specialties of a quorum, and the end of a pathway. */
@Controller()
export class PathwaysConsumer {
  @Hears(pathwaysEvents.PractitionerRegistered)
  copy({ data }: EventData<typeof pathwaysEvents.PractitionerRegistered>): Effect[] {
    return [effect(practitioners, data.practitionerId, { type: 'CopyPractitioner', exercises: data.exercises })];
  }

  @Hears(pathwaysEvents.PathwayClosed)
  close({ envelope, data }: EventData<typeof pathwaysEvents.PathwayClosed>): Effect[] {
    return [effect(pathwayDockets, data.pathwayId, { type: 'CloseDocket', at: envelope.time })];
  }
}
