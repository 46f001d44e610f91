import { contextOf } from '@ariane/bus';
import { DomainError } from '@ariane/kernel';
import type { CallerContext } from '@ariane/service';
import { effect, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { pathways } from './aggregates.store';
import { canBeOne } from './merged-plan';
import type { Pathway } from './pathway';
import { dayOf } from './pathway-time';
import type { SharedStep } from './plan-change';
import { planner } from './protocols.store';
import { PathwaySight } from './sight.store';
import { visitsOf } from './visits-of';

interface WantedShare {
  readonly changeId: string;
  readonly stepKey: string;
  readonly reason: string;
  readonly with: SharedStep;
}

/** One visit for two pathways of a patient, as a person decided; both change together or not at all. */
@Injectable()
export class Sharing {
  constructor(
    private readonly store: Store,
    private readonly sight: PathwaySight,
  ) {}

  /**
   * @throws DomainError NOT_FOUND where the caller cares for only one of them, STATE_CONFLICT for a step that is over,
   *   RULE_BROKEN unless both ask for the same within windows that meet, or for one that is shared already
   */
  async share(id: string, { with: other, ...wanted }: WantedShare, caller: CallerContext) {
    const { state: guest } = await this.sight.whole(id, caller);
    const isKnown = (guest.changes ?? []).some((change) => change.id === wanted.changeId);
    if (!isKnown) await this.check(guest, wanted.stepKey, other, caller);
    const { changeId, stepKey, reason } = wanted;
    const by = this.sight.actor(caller);
    const share = { type: 'ShareStep', changeId, stepKey, with: { ...other }, by, reason, now: caller.now } as const;
    const host = { stepKey: other.stepKey, pathwayId: id, guestKey: stepKey, changeId };
    // The guest first: what the host has booked already is told to a step that follows it. A change that is known has its
    // host, or was taken back since.
    const hosted = effect(pathways, other.pathwayId, { type: 'HostStep', guest: host } as const);
    await this.store.handleMany([effect(pathways, id, share), ...(isKnown ? [] : [hosted])], contextOf(caller));
    return this.sight.whole(id, caller);
  }

  private async check(guest: Pathway, stepKey: string, other: SharedStep, caller: CallerContext): Promise<void> {
    const seen = await this.sight.whole(other.pathwayId, caller).catch(() => undefined);
    if (seen?.state.patientId !== guest.patientId || other.pathwayId === guest.id)
      throw new DomainError('NOT_FOUND', {}, 'with.pathwayId');
    const visitAt = (state: Pathway, key: string) =>
      visitsOf(planner, state, caller.language).visits.find((visit) => visit.stepKey === key);
    const [own, theirs] = [visitAt(guest, stepKey), visitAt(seen.state, other.stepKey)];
    if (own === undefined) throw new DomainError('STATE_CONFLICT', { state: 'undated' }, 'stepKey');
    if (theirs === undefined) throw new DomainError('STATE_CONFLICT', { state: 'undated' }, 'with.stepKey');
    if (!canBeOne(own, theirs, dayOf(guest, caller.now)))
      throw new DomainError('RULE_BROKEN', { rule: `${theirs.what} ${theirs.from}/${theirs.latest}` }, 'with.stepKey');
  }
}
