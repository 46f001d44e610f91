import { type EventData, Hears } from '@ariane/bus';
import { meetingsEvents, teleExpertiseEvents } from '@ariane/contracts';
import { type Effect, effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import type { Ground } from './acquaintance';
import { acquaintances, readersOfPathways } from './copies.store';

/** Who comes to know a patient outside the care team: an expert who is asked, a meeting to which the case is presented. */
@Controller()
export class CareConsumer {
  @Hears(teleExpertiseEvents.OpinionRequested)
  asked({ data }: EventData<typeof teleExpertiseEvents.OpinionRequested>): Effect[] {
    const { patientId, pathwayId, expertId, requestId } = data;
    return [
      effect(acquaintances, patientId, { type: 'AddGround', ground: asked(expertId, requestId) }),
      effect(readersOfPathways, pathwayId, { type: 'AddReader', practitionerId: expertId }),
    ];
  }

  /** Who redirects a question is no longer asked. */
  @Hears(teleExpertiseEvents.OpinionRedirected)
  redirected({ data }: EventData<typeof teleExpertiseEvents.OpinionRedirected>): Effect[] {
    const { patientId, pathwayId, requestId, fromExpertId, toExpertId, redirectedAt } = data;
    const until = redirectedAt.slice(0, 10);
    return [
      effect(acquaintances, patientId, { type: 'EndGround', ground: asked(fromExpertId, requestId), until }),
      effect(acquaintances, patientId, { type: 'AddGround', ground: asked(toExpertId, requestId) }),
      effect(readersOfPathways, pathwayId, { type: 'AddReader', practitionerId: toExpertId }),
    ];
  }

  @Hears(teleExpertiseEvents.OpinionDeclined)
  declined({ data }: EventData<typeof teleExpertiseEvents.OpinionDeclined>): Effect[] {
    const { patientId, expertId, requestId, declinedAt } = data;
    const ground = asked(expertId, requestId);
    return [effect(acquaintances, patientId, { type: 'EndGround', ground, until: declinedAt.slice(0, 10) })];
  }

  @Hears(meetingsEvents.CaseRegistered)
  presented({ data: { patientId } }: EventData<typeof meetingsEvents.CaseRegistered>): Effect[] {
    return [effect(acquaintances, patientId, { type: 'Present' })];
  }
}

const asked = (practitionerId: string, caseId: string): Ground => ({ practitionerId, kind: 'expert-asked', caseId });
