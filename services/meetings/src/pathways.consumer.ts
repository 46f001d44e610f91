import { pathwaysEvents } from '@ariane/contracts';
import { type EventData, Hears } from '@ariane/bus';
import { type Effect, effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import { cases, pathwayDockets, practitioners } from './meetings.store';

/** What meetings needs of pathways: the directory, for the specialties of a quorum, and the end of a pathway or a step. */
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

  /** A case that no step needs any more leaves the agenda, unless it was decided. */
  @Hears(pathwaysEvents.StepDropped)
  dropped({ envelope, data }: EventData<typeof pathwaysEvents.StepDropped>): Effect[] {
    const command = { type: 'WithdrawCase', reason: 'step-dropped', now: envelope.time } as const;
    return (data.asked ?? []).map((id) => effect(cases, id, command));
  }

  @Hears(pathwaysEvents.PathwayReopened)
  reopen({ data }: EventData<typeof pathwaysEvents.PathwayReopened>): Effect[] {
    return [effect(pathwayDockets, data.pathwayId, { type: 'ReopenDocket' })];
  }
}
