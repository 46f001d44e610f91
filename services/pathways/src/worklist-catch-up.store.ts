import { uuidv5 } from '@ariane/kernel';
import { clockNow, StartWaits } from '@ariane/service';
import { effect, Store } from '@ariane/store';
import { logger } from '@ariane/telemetry';
import { Injectable } from '@nestjs/common';
import { pathways, tasks } from './aggregates.store';
import { alerts } from './alerts.store';
import { omit } from './omit';
import { planWorkOf } from './plan-work';
import { ProtocolShelf } from './protocol-shelf.store';
import { planner } from './protocols.store';
import { openAlertOf, openTaskOf } from './work';
import { works } from './works.store';

/** Pathways looked at in one go. */
const PAGE = 1_000;
/** Those begun at one time, which the write path commits together. */
const TOGETHER = 100;
/** Far more than one pathway has open. */
const OPEN_MAX = 1_000;

interface Found {
  readonly _id: string;
  readonly territory: string;
}

/**
 * Puts pathways that began before there was a worklist on it. The service starts when it is done: from then on whatever
 * changes a pathway changes its list. It only looks when all are there.
 */
@Injectable()
export class WorklistCatchUp {
  constructor(
    private readonly store: Store,
    private readonly shelf: ProtocolShelf,
    waits: StartWaits,
  ) {
    waits.add('worklist', () => this.run());
  }

  private async run(): Promise<void> {
    let count = 0;
    for (let after = ''; ;) {
      const page = await this.active(after);
      const missing = await this.missingOf(page);
      for (let begin = 0; begin < missing.length; begin += TOGETHER) {
        await Promise.all(missing.slice(begin, begin + TOGETHER).map((one) => this.begin(one)));
      }
      count += missing.length;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      after = last._id;
    }
    if (count > 0) logger.info('Pathways were put on the worklist.', { count });
  }

  private active(after: string): Promise<Found[]> {
    return this.collection(pathways.collection)
      .find({ _id: { $gt: after }, status: 'ACTIVE' })
      .sort({ _id: 1 })
      .limit(PAGE)
      .project<Found>({ territory: 1 })
      .toArray();
  }

  private async missingOf(page: readonly Found[]): Promise<readonly Found[]> {
    const ids = page.map(({ _id }) => _id);
    const there = await this.collection(works.collection)
      .find({ _id: { $in: ids } })
      .project<Found>({ _id: 1 })
      .toArray();
    const known = new Set(there.map(({ _id }) => _id));
    return page.filter(({ _id }) => !known.has(_id));
  }

  private async begin({ _id: id, territory }: Found): Promise<void> {
    const found = await this.store.read(pathways, territory, id);
    if (found === undefined) return;
    await this.shelf.ensure(territory, found.state);
    const of = { pathwayId: id };
    const all = { limit: OPEN_MAX };
    const open = await this.store.find(tasks, territory, { ...of, status: 'open' }, all);
    const raised = await this.store.find(alerts, territory, { ...of, status: { $ne: 'closed' } }, all);
    const sources = {
      plan: planWorkOf(planner, found.state),
      tasks: open.map(({ state }) => omit(openTaskOf(state), 'status')),
      alerts: raised.map(({ state }) => openAlertOf(state)),
    };
    const messageId = uuidv5(id, 'worklist');
    await this.store.handleMany([effect(works, id, { type: 'BeginWork', sources })], {
      messageId,
      consumer: 'worklist',
      territory,
      actor: 'service:pathways',
      now: clockNow(),
      correlationId: messageId,
      causationId: messageId,
    });
  }

  private collection(name: string) {
    return this.store.database.db.collection<Found & { status: string }>(name);
  }
}
