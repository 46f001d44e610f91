import { mayDo, subjectOf } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import type { ReaderContext } from '@ariane/service';
import { newId, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { type Ground, groundOf, type Sight, sightBy, sightOf } from './access.guard';
import { pathways } from './aggregates.store';
import { alerts } from './alerts.store';
import { breakGlasses } from './break-glass.store';
import type { Pathway } from './pathway';
import { sortable } from './pathway-time';
import { ProtocolShelf } from './protocol-shelf.store';

/** What tells who may see a pathway. */
const sightedBy = ['id', 'patientId', 'team', 'timeZone'] as const;
type Sighted = Pick<Pathway, (typeof sightedBy)[number]>;

/** As much of a pathway as was read of it, with what tells who may see it and which protocols it needs. */
type Readable = Sighted & Pick<Pathway, 'protocol' | 'migrations'>;
interface Read<S> {
  readonly state: S;
  readonly version: number;
}

export interface Seen<S extends Readable = Pathway> extends Read<S> {
  readonly sight: Exclude<Sight, 'none'>;
  readonly ground: Exclude<Ground, 'none'>;
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
    const found = await this.store.read(pathways, reader.territory, id);
    const seen = found === undefined ? undefined : await this.sighted(found, reader);
    if (seen === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
    return seen;
  }

  /** Those of a list that the reader may see, as they were read. */
  async among<S extends Readable>(found: readonly Read<S>[], reader: ReaderContext): Promise<readonly Seen<S>[]> {
    const seen = await Promise.all(found.map((one) => this.sighted(one, reader)));
    return seen.flatMap((one) => one ?? []);
  }

  private async sighted<S extends Readable>(found: Read<S>, reader: ReaderContext): Promise<Seen<S> | undefined> {
    const ground = await this.ground(found.state, reader);
    const sight = sightBy(ground);
    if (ground === 'none' || sight === 'none') return undefined;
    await this.shelf.ensure(reader.territory, found.state);
    return { ...found, sight, ground };
  }

  /** Why they may see it, which is noted for the audit. */
  private async ground(pathway: Sighted, reader: ReaderContext): Promise<Ground> {
    const { principal, now, access } = reader;
    const own = groundOf(pathway, principal, now);
    const ground = own === 'none' ? await this.exception(pathway, reader) : own;
    const { id: pathwayId, patientId } = pathway;
    if (ground !== 'none' && ground !== 'service') access.add({ pathwayId, patientId, ground });
    return ground;
  }

  /** Whether the reader broke the glass for this patient less than an hour ago. */
  async brokeGlass(patientId: string, { principal, territory, now, access }: ReaderContext): Promise<boolean> {
    const by = principal.kind === 'person' ? principal.practitionerId : undefined;
    if (by === undefined) return false;
    const open = { patientId, by, until: { $gt: sortable(now) } };
    const [found] = await this.store.find(breakGlasses, territory, open, { limit: 1 });
    if (found !== undefined) access.add({ patientId, ground: 'break-glass' });
    return found !== undefined;
  }

  private async exception(pathway: Sighted, reader: ReaderContext): Promise<Ground> {
    const answering = await this.answering(pathway, reader);
    if (answering !== 'none') return answering;
    const { principal, now } = reader;
    if (principal.kind !== 'person' || principal.practitionerId === undefined) return 'none';
    const brokeGlass = (await this.brokeGlass(pathway.patientId, reader)) ? [principal.practitionerId] : [];
    return groundOf(pathway, principal, now, { brokeGlass });
  }

  /**
   * Whoever a roster named from outside the care team opens the pathway as long as its alert is theirs: that they did is
   * an act of its own, written down with the alert and in the audit before anything is shown.
   */
  private async answering(pathway: Sighted, { principal, territory, now }: ReaderContext): Promise<Ground> {
    const by = principal.kind === 'person' ? principal.practitionerId : undefined;
    if (by === undefined) return 'none';
    const filter = { pathwayId: pathway.id, ownerId: by, status: { $in: ['open', 'acknowledged'] } };
    const [alert] = await this.store.find(alerts, territory, filter, { limit: 1 });
    const ground = groundOf(pathway, principal, now, { answering: alert === undefined ? [] : [by] });
    if (alert === undefined || ground === 'none') return 'none';
    if (alert.state.openings?.some((one) => one.by === by) === true) return ground;
    const messageId = newId();
    const ids = { messageId, correlationId: messageId, causationId: messageId };
    const context = { ...ids, consumer: 'http', territory, actor: `person:${subjectOf(principal)}`, now };
    await this.store.handle(alerts, alert.id, { type: 'OpenForAlert', by, now }, context);
    return ground;
  }

  /**
   * The whole of it, to act on it: for a member of the care team or a service; the patient's neutral side does not count,
   * and an emergency opens the file to be read only.
   */
  async whole(id: string, reader: ReaderContext): Promise<Seen> {
    const seen = await this.wholeToRead(id, reader);
    if (seen.ground === 'break-glass') throw new DomainError('NOT_FOUND', {}, 'id');
    return seen;
  }

  /** The whole of it, to read. @throws DomainError NOT_FOUND also where only the patient's side may be seen */
  async wholeToRead(id: string, reader: ReaderContext): Promise<Seen> {
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
    if (pathwayId !== undefined) await this.mustSeeWhole(pathwayId, reader);
    else if (!mayDo(principal, 'list', kind, { ownerId })) throw new DomainError('NOT_FOUND', {}, 'ownerId');
    return {
      ...(ownerId === undefined ? {} : { ownerId }),
      ...(pathwayId === undefined ? {} : { pathwayId }),
      ...(status === undefined ? {} : { status }),
    };
  }

  /** As `wholeToRead`, where nothing of the pathway itself is shown: it is large, and who cares for it is little of it. */
  private async mustSeeWhole(pathwayId: string, reader: ReaderContext): Promise<void> {
    const found = await this.store.glance(pathways, reader.territory, pathwayId, sightedBy);
    const ground = found === undefined ? 'none' : await this.ground(found, reader);
    if (sightBy(ground) !== 'whole') throw new DomainError('NOT_FOUND', {}, 'id');
  }

  /** The practitioner who acts. @throws DomainError FORBIDDEN for whoever is not in the directory */
  actor({ principal }: ReaderContext): string {
    if (principal.kind === 'service' || principal.practitionerId === undefined) throw new DomainError('FORBIDDEN');
    return principal.practitionerId;
  }
}
