import { pathwaysEvents } from '@ariane/contracts';
import { type EventData, Hears } from '@ariane/bus';
import { type Effect, effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import { opinionRequests, pathwayDockets, practitioners } from './opinion-requests.store';

/** What tele-expertise needs of pathways: the directory to find experts in, and the end of a pathway or a step. */
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

  /** Nobody answers a question that is no longer put. */
  @Hears(pathwaysEvents.StepDropped)
  dropped({ envelope, data }: EventData<typeof pathwaysEvents.StepDropped>): Effect[] {
    return (data.asked ?? []).map((id) => effect(opinionRequests, id, { type: 'EndWithStep', now: envelope.time }));
  }

  @Hears(pathwaysEvents.PathwayReopened)
  reopen({ data }: EventData<typeof pathwaysEvents.PathwayReopened>): Effect[] {
    return [effect(pathwayDockets, data.pathwayId, { type: 'ReopenDocket' })];
  }
}
