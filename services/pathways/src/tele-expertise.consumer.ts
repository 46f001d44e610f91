import { teleExpertiseEvents } from '@ariane/contracts';
import { type EventData, Hears } from '@ariane/bus';
import { type Effect, effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import { pathways } from './aggregates.store';
import { heardFact } from './heard';

/** What becomes of the opinions that pathways asked for. A redirected question keeps its clock: nothing to fold. */
@Controller()
export class TeleExpertiseConsumer {
  @Hears(teleExpertiseEvents.OpinionRequested)
  requested({ data }: EventData<typeof teleExpertiseEvents.OpinionRequested>): Effect[] {
    const { pathwayId, requestId: askId, stepKey } = data;
    return [effect(pathways, pathwayId, { type: 'AnswerAsk', askId, stepKey })];
  }

  @Hears(teleExpertiseEvents.OpinionGiven)
  given({ envelope, data }: EventData<typeof teleExpertiseEvents.OpinionGiven>): Effect[] {
    const { stepKey, givenAt: at, conclusion: value, expertId: by } = data;
    const fact = heardFact(envelope, { code: 'opinion.given', at, stepKey, value, by });
    return [effect(pathways, data.pathwayId, { type: 'FoldFacts', facts: [fact] })];
  }

  @Hears(teleExpertiseEvents.OpinionDeclined)
  declined({ envelope, data }: EventData<typeof teleExpertiseEvents.OpinionDeclined>): Effect[] {
    const { stepKey, declinedAt: at, reason: value } = data;
    const fact = heardFact(envelope, { code: 'opinion.declined', at, stepKey, value });
    return [effect(pathways, data.pathwayId, { type: 'FoldFacts', facts: [fact] })];
  }

  @Hears(teleExpertiseEvents.OpinionExpired)
  expired({ envelope, data }: EventData<typeof teleExpertiseEvents.OpinionExpired>): Effect[] {
    const fact = heardFact(envelope, { code: 'opinion.expired', at: data.expiredAt, stepKey: data.stepKey });
    return [effect(pathways, data.pathwayId, { type: 'FoldFacts', facts: [fact] })];
  }
}
