import { mayDo, subjectOf } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import type { ReaderContext } from '@ariane/service';
import { newId, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { type Sight, sightOf } from './access.guard';
import { pathways } from './aggregates.store';
import { alerts } from './alerts.store';
import type { Pathway } from './pathway';
import { ProtocolShelf } from './protocol-shelf.store';

export interface Seen {
  readonly state: Pathway;
  readonly version: number;
  readonly sight: Exclude<Sight, 'none'>;
}

/** Whose tasks or alerts, or those of which pathway. */
interface OwnedWanted {
  readonly ownerId?: string;
  readonly pathwayId?: string;
  readonly status?: string;
}

/** Reads pathways for somebody: what they may not see is not there. */
@Injectable()
export class PathwaySight {
  constructor(
    private readonly store: Store,
    private readonly shelf: ProtocolShelf,
  ) {}

  /** @throws DomainError NOT_FOUND when it is absent, another territory's or not theirs to see */
  async seen(id: string, reader: ReaderContext): Promise<Seen> {
    const { principal, territory, now } = reader;
    const found = await this.store.read(pathways, territory, id);
    const own = found === undefined ? 'none' : sightOf(found.state, principal, now);
    const sight = found === undefined || own !== 'none' ? own : await this.answering(found.state, reader);
    if (found === undefined || sight === 'none') throw new DomainError('NOT_FOUND', {}, 'id');
    await this.shelf.ensure(territory, found.state);
    return { ...found, sight };
  }

  /**
   * Whoever a roster named from outside the care team opens the pathway as long as its alert is theirs: that they did is
   * an act of its own, written down with the alert and in the audit before anything is shown.
   */
  private async answering(pathway: Pathway, { principal, territory, now }: ReaderContext): Promise<Sight> {
    const by = principal.kind === 'person' ? principal.practitionerId : undefined;
    if (by === undefined) return 'none';
    const filter = { pathwayId: pathway.id, ownerId: by, status: { $in: ['open', 'acknowledged'] } };
    const [alert] = await this.store.find(alerts, territory, filter, { limit: 1 });
    const sight = sightOf(pathway, principal, now, alert === undefined ? [] : [by]);
    if (alert === undefined || sight !== 'whole') return 'none';
    if (alert.state.openings?.some((one) => one.by === by) === true) return sight;
    const messageId = newId();
    const ids = { messageId, correlationId: messageId, causationId: messageId };
    const context = { ...ids, consumer: 'http', territory, actor: `person:${subjectOf(principal)}`, now };
    await this.store.handle(alerts, alert.id, { type: 'OpenForAlert', by, now }, context);
    return sight;
  }

  /** The whole of it, for a member of the care team or a service; the patient's neutral side does not count. */
  async whole(id: string, reader: ReaderContext): Promise<Seen> {
    const seen = await this.seen(id, reader);
    if (seen.sight !== 'whole') throw new DomainError('NOT_FOUND', {}, 'id');
    return seen;
  }

  /** Those of several pathways that the reader may see the whole of; the others are left out. */
  async wholeOf(
    ids: readonly string[],
    { principal, territory, now }: ReaderContext,
  ): Promise<ReadonlyMap<string, Pathway>> {
    const filter = { _id: { $in: [...new Set(ids)] } };
    const found = await this.store.find(pathways, territory, filter, { limit: ids.length });
    const whole = found.filter(({ state }) => sightOf(state, principal, now) === 'whole');
    return new Map(whole.map(({ id, state }) => [id, state]));
  }

  /**
   * The filter of a list of what has owners: by owner, only one’s own; by pathway, only those one cares for. A service
   * reads both.
   */
  async ownedFilter(
    kind: 'Task' | 'Alert',
    { ownerId, pathwayId, status }: OwnedWanted,
    reader: ReaderContext,
  ): Promise<Readonly<Record<string, string>>> {
    const { principal } = reader;
    if (ownerId === undefined && pathwayId === undefined) throw new DomainError('INVALID_INPUT', {}, 'ownerId');
    if (pathwayId !== undefined) await this.whole(pathwayId, reader);
    else if (!mayDo(principal, 'list', kind, { ownerId })) throw new DomainError('NOT_FOUND', {}, 'ownerId');
    return {
      ...(ownerId === undefined ? {} : { ownerId }),
      ...(pathwayId === undefined ? {} : { pathwayId }),
      ...(status === undefined ? {} : { status }),
    };
  }

  /** The practitioner who acts. @throws DomainError FORBIDDEN for whoever is not in the directory */
  actor({ principal }: ReaderContext): string {
    if (principal.kind === 'service' || principal.practitionerId === undefined) throw new DomainError('FORBIDDEN');
    return principal.practitionerId;
  }
}
