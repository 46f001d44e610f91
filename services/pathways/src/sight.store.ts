import { DomainError } from '@ariane/kernel';
import type { ReaderContext } from '@ariane/service';
import { Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { type Sight, sightOf } from './access';
import { pathways } from './aggregates.store';
import type { Pathway } from './pathway';

export interface Seen {
  readonly state: Pathway;
  readonly version: number;
  readonly sight: Exclude<Sight, 'none'>;
}

/** Reads pathways for somebody: what they may not see is not there. */
@Injectable()
export class PathwaySight {
  constructor(private readonly store: Store) {}

  /** @throws DomainError NOT_FOUND when it is absent, another territory's or not theirs to see */
  async seen(id: string, { principal, territory, now }: ReaderContext): Promise<Seen> {
    const found = await this.store.read(pathways, territory, id);
    const sight = found === undefined ? 'none' : sightOf(found.state, principal, now);
    if (found === undefined || sight === 'none') throw new DomainError('NOT_FOUND', {}, 'id');
    return { ...found, sight };
  }

  /** The whole of it, for a member of the care team or a service; the patient's neutral side does not count. */
  async whole(id: string, reader: ReaderContext): Promise<Seen> {
    const seen = await this.seen(id, reader);
    if (seen.sight !== 'whole') throw new DomainError('NOT_FOUND', {}, 'id');
    return seen;
  }

  /** The practitioner who acts. @throws DomainError FORBIDDEN for whoever is not in the directory */
  actor({ principal }: ReaderContext): string {
    if (principal.kind === 'service' || principal.practitionerId === undefined) throw new DomainError('FORBIDDEN');
    return principal.practitionerId;
  }
}
