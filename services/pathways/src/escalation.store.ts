import { uuidv5 } from '@ariane/kernel';
import { Clock, DueProbes, QuietProbes, StartWaits, Sweeps, WakeHooks } from '@ariane/service';
import { type Aggregate, type CommandContext, type DomainEvent, type Effect, effect, Store } from '@ariane/store';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { pathways, tasks } from './aggregates.store';
import type { Alert } from './alert';
import { ADMINISTRATOR, ON_CALL, roleAt } from './alert-ladder';
import { alerts } from './alerts.store';
import { CoverWatch } from './cover-watch.store';
import { duties, dutyIdOf } from './duties.store';
import { leavesBegun } from './duty';
import { type Cover, type Leave, noCover, ownerOnDuty, rosterHolder } from './duty-cover';
import { placementOf, workingFrom } from './follow-alerts';
import { sortable } from './pathway-time';
import type { Task } from './task';

/** Machine time between two looks: rungs are minutes or hours apart, and an idle service should cost nothing. */
const SWEEP_MS = 2_000;
/** Read and moved at a time. */
const PAGE = 200;

/** The field that says when something is to be looked at. */
type Timing = 'dueAt' | 'leaveAt' | 'coverAt';

interface Due {
  readonly _id: string;
  readonly territory: string;
}

/**
 * What happens to alerts and to the work of absent colleagues when time passes and nobody acts: alerts climb and come
 * back, a leave that begins has everything open reassigned, and rosters that end are told to whoever relies on them. Asked of MongoDB, so that it is right after any crash.
 */
@Injectable()
export class Escalation implements OnApplicationBootstrap {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly wakes: WakeHooks,
    private readonly due: DueProbes,
    private readonly quiet: QuietProbes,
    private readonly sweeps: Sweeps,
    private readonly covers: CoverWatch,
    waits: StartWaits,
  ) {
    waits.add('alert indexes', () => this.ensureIndexes());
  }

  onApplicationBootstrap(): void {
    const look = this.sweeps.start({ name: 'escalation', everyMs: SWEEP_MS, run: () => this.look() });
    this.wakes.add('escalation', look);
    this.due.add('alerts', () => this.next(alerts, 'dueAt'));
    this.due.add('leaves', () => this.next(duties, 'leaveAt'));
    this.due.add('covers', () => this.next(duties, 'coverAt'));
    this.quiet.add('due', async () => {
      const now = this.clock.now();
      const [rungs, leaves, covers] = await Promise.all([
        this.count(alerts, 'dueAt', now),
        this.count(duties, 'leaveAt', now),
        this.count(duties, 'coverAt', now),
      ]);
      const count = rungs + leaves + covers;
      return { quiet: count === 0, count };
    });
  }

  /**
   * One that cannot be moved keeps no other from it, and is not passed over in silence. Repeating it changes nothing: what
   * is due happens once, under one message.
   */
  private async look(): Promise<void> {
    const now = this.clock.now();
    const failures: unknown[] = [];
    const attempt = (work: Promise<void>) => work.catch((error: unknown) => void failures.push(error));
    for (const { territory } of await this.found(duties, 'leaveAt', now)) {
      await attempt(this.reassignAll(territory, now));
    }
    for (const { territory } of await this.found(duties, 'coverAt', now)) {
      await attempt(this.covers.look(territory, now));
    }
    for (const { _id, territory } of await this.found(alerts, 'dueAt', now)) {
      await attempt(this.escalate(_id, territory, now));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some alerts, leaves or rosters could not be seen to.');
  }

  /** An alert whose instant has come: it comes back to its owner, or climbs to the next. */
  private async escalate(id: string, territory: string, now: string): Promise<void> {
    const found = await this.store.read(alerts, territory, id);
    if (found === undefined) return;
    const { state } = found;
    const { dueAt } = state;
    if (dueAt === null) return;
    if (state.snoozedUntil !== undefined) {
      await this.command([effect(alerts, id, { type: 'ReturnAlert', now })], `${id}/back/${dueAt}`, territory, now);
      return;
    }
    const rung = state.rung + 1;
    const owner = await this.nextOwner(state, territory, now);
    const climb = { type: 'ClimbAlert', rung, ...owner, now } as const;
    // Raised anew it climbs the same rungs again: the instant is part of what tells one climb from another.
    await this.command([effect(alerts, id, climb)], `${id}/rung/${rung}/${dueAt}`, territory, now);
  }

  private async nextOwner(alert: Alert, territory: string, at: string): Promise<{ to?: string; role: string }> {
    const role = (alert.clock && roleAt(alert.clock.ladder, alert.rung + 1)) ?? ADMINISTRATOR;
    const told = [alert.ownerId, ...(alert.formerOwners ?? []).map(({ ownerId }) => ownerId)].flatMap((id) => id ?? []);
    const cover = await this.cover(territory);
    if (role === ON_CALL || role === ADMINISTRATOR) {
      const holder = role === ON_CALL ? rosterHolder(cover, role, at, told) : undefined;
      return holder === undefined ? { role: ADMINISTRATOR } : { to: holder.practitionerId, role };
    }
    const pathway = (await this.store.read(pathways, territory, alert.pathwayId))?.state;
    if (pathway === undefined) return { role };
    const owner = ownerOnDuty(cover, placementOf(pathway, [role], at), told);
    return owner === undefined ? { role } : { to: owner.practitionerId, role: owner.role };
  }

  private async reassignAll(territory: string, now: string): Promise<void> {
    const cover = (await this.store.read(duties, territory, dutyIdOf(territory)))?.state;
    for (const leave of cover === undefined ? [] : leavesBegun(cover, now)) {
      await this.reassign(leave, cover ?? noCover, territory, now);
    }
  }

  /** All that who is away has open goes to who is there; not back again when the leave is over. */
  private async reassign(leave: Leave, cover: Cover, territory: string, now: string): Promise<void> {
    const { leaveId, practitionerId } = leave;
    for (let after = '', more = true; more;) {
      const filter = { ownerId: practitionerId, status: { $in: ['open', 'acknowledged'] }, _id: { $gt: after } };
      const owned = [
        ...(await this.store.find(tasks, territory, filter, { limit: PAGE })),
        ...(await this.store.find(alerts, territory, filter, { limit: PAGE })),
      ].sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const { id, state } of owned.slice(0, PAGE)) {
        const moved = await this.moved(state, practitionerId, cover, territory, now);
        if (moved !== undefined) await this.command([moved], `${leaveId}/${id}`, territory, now);
      }
      more = owned.length >= PAGE;
      after = owned.slice(0, PAGE).at(-1)?.id ?? '';
    }
    const finished = effect(duties, dutyIdOf(territory), { type: 'FinishLeave', leaveId });
    await this.command([finished], `${leaveId}/reassigned`, territory, now);
  }

  /** To whom it goes, who is there when the work of that day begins; undefined when there is nobody else. */
  private async moved(
    state: Task | Alert,
    from: string,
    cover: Cover,
    territory: string,
    now: string,
  ): Promise<Effect | undefined> {
    const isTask = 'role' in state;
    const pathway = (await this.store.read(pathways, territory, state.pathwayId))?.state;
    if (pathway === undefined) return undefined;
    const at = !isTask && state.tier === 1 ? now : workingFrom(pathway, now);
    const owner = ownerOnDuty(cover, placementOf(pathway, [isTask ? state.role : state.ownerRole], at), [from]);
    if (owner === undefined || owner.practitionerId === from) return undefined;
    const given = { from, to: owner.practitionerId, reason: 'leave', at: now } as const;
    return isTask
      ? effect(tasks, state.id, { type: 'ReownTask', ...given })
      : effect(alerts, state.id, { type: 'ReownAlert', ...given, role: owner.role });
  }

  private async cover(territory: string): Promise<Cover> {
    return (await this.store.read(duties, territory, dutyIdOf(territory)))?.state ?? noCover;
  }

  private async command(effects: readonly Effect[], name: string, territory: string, now: string): Promise<void> {
    const messageId = uuidv5(dutyIdOf(territory), name);
    const ids = { messageId, correlationId: messageId, causationId: messageId };
    const context: CommandContext = { ...ids, consumer: 'escalation', territory, actor: 'service:pathways', now };
    await this.store.handleMany(effects, context);
  }

  private async next<S extends object, C, E extends DomainEvent>(
    type: Aggregate<S, C, E>,
    field: Timing,
  ): Promise<string | null> {
    const [first] = await this.collection(type)
      .find({ [field]: { $type: 'string' } })
      .sort({ [field]: 1 })
      .limit(1)
      .project<Record<string, unknown>>({ [field]: 1 })
      .toArray();
    const at = first?.[field];
    return typeof at === 'string' ? at : null;
  }

  private found<S extends object, C, E extends DomainEvent>(
    type: Aggregate<S, C, E>,
    field: Timing,
    now: string,
  ): Promise<Due[]> {
    return this.collection(type)
      .find({ [field]: { $type: 'string', $lte: sortable(now) } })
      .sort({ [field]: 1 })
      .limit(PAGE)
      .project<Due>({ territory: 1 })
      .toArray();
  }

  private count<S extends object, C, E extends DomainEvent>(
    type: Aggregate<S, C, E>,
    field: Timing,
    now: string,
  ): Promise<number> {
    return this.collection(type).countDocuments({ [field]: { $type: 'string', $lte: sortable(now) } });
  }

  /** Not led by the territory, since the sweep asks for all at once; neither is unique. */
  private async ensureIndexes(): Promise<void> {
    await this.collection(alerts).createIndex(
      { dueAt: 1 },
      { partialFilterExpression: { dueAt: { $type: 'string' } } },
      {},
    );
    await this.collection(duties).createIndex({ leaveAt: 1 }, {}, {});
    await this.collection(duties).createIndex({ coverAt: 1 }, {}, {});
  }

  private collection<S extends object, C, E extends DomainEvent>({ collection }: Aggregate<S, C, E>) {
    return this.store.database.db.collection<{ _id: string }>(collection);
  }
}
