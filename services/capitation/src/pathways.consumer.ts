import { type EventData, Hears } from '@ariane/bus';
import { pathwaysEvents } from '@ariane/contracts';
import type { Effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import { ContractsService } from './contracts.store';
import type { Awaited } from './pathway-account';
import { hear } from './pathway-effects.store';

/** Acts that pathways folds and that we hear of from their own service. */
const awaited: Readonly<Record<string, Awaited>> = {
  'appointment.attended': 'visits',
  'opinion.given': 'opinions',
  'case.decided': 'cases',
  'case.deferred': 'cases',
};

/**
 * A fact that pathways made from an event has an id made from the event's (UUID version 5). One that a person recorded
 * has an id of its own, and no event of another service will ever tell us of it: it is not waited for.
 */
const isDerived = (factId: string): boolean => factId.charAt(14) === '5';

/** What pathways says: which contract pays, what it has folded, milestones, the end and whether it was one, and who did a task. */
@Controller()
export class PathwaysConsumer {
  constructor(private readonly contracts: ContractsService) {}

  @Hears(pathwaysEvents.PathwayEnrolled)
  async enrolled(event: EventData<typeof pathwaysEvents.PathwayEnrolled>): Promise<readonly Effect[]> {
    const { contract, protocol, enrolledAt } = event.data;
    await this.contracts.shelve(event.envelope.territory, contract);
    return hear(event, { type: 'Enrol', contract, protocol, enrolledAt });
  }

  @Hears(pathwaysEvents.FactRecorded)
  folded(event: EventData<typeof pathwaysEvents.FactRecorded>): readonly Effect[] {
    const what = isDerived(event.data.factId) ? awaited[event.data.code] : undefined;
    return what ? hear(event, { type: 'HearTold', what }) : [];
  }

  @Hears(pathwaysEvents.MilestoneReached)
  milestone(event: EventData<typeof pathwaysEvents.MilestoneReached>): readonly Effect[] {
    const { milestone, reachedAt } = event.data;
    return hear(event, { type: 'HearMilestone', milestone, at: reachedAt });
  }

  @Hears(pathwaysEvents.PathwayClosed)
  closed(event: EventData<typeof pathwaysEvents.PathwayClosed>): readonly Effect[] {
    const { status, closedAt } = event.data;
    return hear(event, { type: 'HearClosing', status, at: closedAt });
  }

  @Hears(pathwaysEvents.PathwayReopened)
  reopened(event: EventData<typeof pathwaysEvents.PathwayReopened>): readonly Effect[] {
    return hear(event, { type: 'HearReopening' });
  }

  @Hears(pathwaysEvents.PathwayMigrated)
  migrated(event: EventData<typeof pathwaysEvents.PathwayMigrated>): readonly Effect[] {
    return hear(event, { type: 'HearMigration', protocol: event.data.protocol });
  }

  @Hears(pathwaysEvents.TaskDone)
  taskDone(event: EventData<typeof pathwaysEvents.TaskDone>): readonly Effect[] {
    const { taskId, doneBy, doneAt } = event.data;
    const practitionerIds = [doneBy];
    const source = `task:${taskId}`;
    return hear(event, {
      type: 'HearEvidence',
      source,
      kind: 'coordination',
      practitionerIds,
      at: doneAt,
      counts: null,
    });
  }
}
