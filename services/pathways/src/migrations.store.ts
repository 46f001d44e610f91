import { queryOf } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import type { Protocol } from '@ariane/protocol';
import { afterCursor, idOf, pageOf, type ReaderContext } from '@ariane/service';
import { type CommandContext, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { pathways, paymentContracts } from './aggregates.store';
import type { Pathway } from './pathway';
import { paymentContractIdOf } from './payment-contract';
import { type PlanDifference, planDifference } from './plan-difference';
import { ProtocolShelf } from './protocol-shelf.store';
import { planner } from './protocols.store';
import { PathwaySight } from './sight.store';

/** One patient whose plan another version would change, and how. */
export interface Affected {
  readonly pathwayId: string;
  readonly patientId: string;
  readonly pinned: number;
  readonly difference: PlanDifference;
}

/** Who migrates, why, and to which version. */
export interface WantedMigration {
  readonly toVersion: number;
  readonly reason: string;
  /** Which protocol it must be of, where the caller says. */
  readonly protocolId?: string;
}

/** What a new version means for who is under way, and their move to it. */
@Injectable()
export class Migrations {
  constructor(
    private readonly store: Store,
    private readonly shelf: ProtocolShelf,
    private readonly sight: PathwaySight,
  ) {}

  /**
   * A page of the active pathways of older versions whose care team the reader belongs to, each with its difference on
   * the facts of now; and how many there are in the whole territory, whoever cares for them.
   */
  async affected(id: string, version: number, asked: { cursor?: string; limit: number }, reader: ReaderContext) {
    const { protocol } = await this.shelf.get(reader.territory, id, version);
    const older = { status: 'ACTIVE', 'protocol.id': id, 'protocol.version': { $lt: version } };
    // A new version opens no record to who is not in its team; that of today is looked at again for every migration.
    const filter = { $and: [older, queryOf(reader.principal, 'list', 'Pathway'), afterCursor(asked.cursor)] };
    const found = await this.store.find(pathways, reader.territory, filter, { limit: asked.limit + 1 });
    const shown = pageOf(found, asked.limit, idOf);
    const items: Affected[] = [];
    for (const { state } of shown.items) items.push(await this.difference(state, protocol, reader));
    const total = await this.store.database.db
      .collection(pathways.collection)
      .countDocuments({ territory: reader.territory, ...older });
    return { ...shown, items, total };
  }

  /** What migrating this pathway would change. @throws DomainError NOT_FOUND, PROTOCOL_NOT_ACTIVE */
  async foreseen(pathwayId: string, toVersion: number, reader: ReaderContext): Promise<Affected> {
    const { state } = await this.sight.whole(pathwayId, reader);
    const { protocol } = await this.target(reader.territory, state, toVersion);
    return this.difference(state, protocol, reader);
  }

  /** Moves one pathway; what it changes is told as it was foreseen on the facts of this moment. */
  async migrate(
    pathwayId: string,
    { toVersion, reason, protocolId }: WantedMigration,
    reader: ReaderContext,
    context: CommandContext,
  ): Promise<Affected & { readonly version: number; readonly protocol: Pathway['protocol'] }> {
    const { territory, now } = reader;
    const { state } = await this.sight.whole(pathwayId, reader);
    const by = this.sight.actor(reader);
    if (protocolId !== undefined && protocolId !== state.protocol.id) throw new DomainError('NOT_FOUND', {}, 'id');
    const target = await this.target(territory, state, toVersion);
    const { id, version, reviewBy } = target.protocol.document;
    const contract = await this.store.read(paymentContracts, territory, paymentContractIdOf(territory, state.contract));
    const foreseen = await this.difference(state, target.protocol, reader);
    const to = { id, version, sha256: target.protocol.sha256 };
    const command = { type: 'Migrate', to, reviewBy, paid: contract?.state.protocols ?? [], by, reason, now } as const;
    const handled = await this.store.handle(pathways, pathwayId, command, context);
    return { ...foreseen, version: handled.version, protocol: handled.state.protocol };
  }

  private async target(territory: string, { protocol: { id } }: Pathway, toVersion: number) {
    const found = await this.shelf.get(territory, id, toVersion, 'toVersion');
    if (found.status !== 'active') throw new DomainError('PROTOCOL_NOT_ACTIVE', {}, 'toVersion');
    return found;
  }

  private async difference(
    state: Pathway,
    { document, sha256 }: Protocol,
    { territory, now, language }: ReaderContext,
  ): Promise<Affected> {
    await this.shelf.ensure(territory, state);
    const protocol = { id: document.id, version: document.version, sha256 };
    const [before, after] = [planner.plan(state, now), planner.plan({ ...state, protocol }, now)];
    const difference = planDifference(before, after, state.timeZone, language);
    return { pathwayId: state.id, patientId: state.patientId, pinned: state.protocol.version, difference };
  }
}
