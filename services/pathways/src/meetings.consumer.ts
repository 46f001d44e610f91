import { meetingsEvents } from '@ariane/contracts';
import { type EventData, Hears } from '@ariane/bus';
import { type Effect, effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import { pathways } from './aggregates.store';
import { heardFact } from './heard';

/** What becomes of the cases that pathways put on a meeting's list. */
@Controller()
export class MeetingsConsumer {
  @Hears(meetingsEvents.CaseRegistered)
  registered({ data }: EventData<typeof meetingsEvents.CaseRegistered>): Effect[] {
    const { pathwayId, caseId: askId, stepKey } = data;
    return [effect(pathways, pathwayId, { type: 'AnswerAsk', askId, stepKey })];
  }

  /** Two facts: that the meeting decided, which ends the step, and the orientation, which chooses the next ones. */
  @Hears(meetingsEvents.CaseDecided)
  decided({ envelope, data }: EventData<typeof meetingsEvents.CaseDecided>): Effect[] {
    const { stepKey, decidedAt: at, orientation: value, signedBy: by } = data;
    const facts = [
      heardFact(envelope, { code: 'case.decided', at, stepKey, by }),
      heardFact(envelope, { code: 'meeting.decision', at, stepKey, value, by }),
    ];
    return [effect(pathways, data.pathwayId, { type: 'FoldFacts', facts })];
  }

  @Hears(meetingsEvents.CaseDeferred)
  deferred({ envelope, data }: EventData<typeof meetingsEvents.CaseDeferred>): Effect[] {
    const { stepKey, deferredAt: at, reason: value } = data;
    const fact = heardFact(envelope, { code: 'case.deferred', at, stepKey, value });
    return [effect(pathways, data.pathwayId, { type: 'FoldFacts', facts: [fact] })];
  }
}
