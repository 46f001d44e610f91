import { type EventData, Hears } from '@ariane/bus';
import { teleExpertiseEvents } from '@ariane/contracts';
import type { Effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import { hear } from './pathway-effects.store';

/** A signed opinion is evidence for the expert who gave it. */
@Controller()
export class TeleExpertiseConsumer {
  @Hears(teleExpertiseEvents.OpinionGiven)
  given(event: EventData<typeof teleExpertiseEvents.OpinionGiven>): readonly Effect[] {
    const { requestId, expertId, givenAt } = event.data;
    return hear(event, {
      type: 'HearEvidence',
      source: `opinion:${requestId}`,
      kind: 'opinion',
      practitionerIds: [expertId],
      at: givenAt,
      counts: 'opinions',
    });
  }
}
