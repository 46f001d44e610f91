import type { Pin } from '@ariane/contracts';
import { civilDay, DomainError } from '@ariane/kernel';
import type { ProtocolDocument } from '@ariane/protocol';
import type { CallerContext } from '@ariane/service';
import { Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { pathways, patients, paymentContracts, practitioners } from './aggregates.store';
import { duties, dutyIdOf } from './duties.store';
import { told, uncovered } from './duty-cover';
import type { NewFact, PathwayCommand } from './pathway';
import { contractFor } from './payment-contract';
import { ProtocolShelf } from './protocol-shelf.store';
import { library, planner } from './protocols.store';
import { teamFor } from './sub-pathway';
import { territorySettings } from './territory';

export interface WantedEnrolment {
  readonly id: string;
  readonly patientId: string;
  readonly protocolId: string;
  readonly protocolVersion?: number;
  readonly paymentContractId?: string;
  readonly careTeam: readonly { readonly practitionerId: string; readonly role: string; readonly ground: string }[];
  readonly begunAt?: string;
}

export interface WantedSubPathway {
  readonly id: string;
  /** The parent's. */
  readonly pathwayId: string;
  readonly stepKey: string;
  readonly protocolId: string;
}

type Enrol = Extract<PathwayCommand, { type: 'Enrol' }>;

/** Finds what an enrolment pins: the protocol's version and the contract that pays it on that day. */
@Injectable()
export class Enrolment {
  constructor(
    private readonly store: Store,
    private readonly shelf: ProtocolShelf,
  ) {}

  /** @param history what was done before, for a patient who is taken over */
  async command(
    wanted: WantedEnrolment,
    { territory, now }: CallerContext,
    history: readonly NewFact[] = [],
  ): Promise<Enrol> {
    const known = (await this.store.read(pathways, territory, wanted.id))?.state;
    // A repeated request keeps the pins of the first, whatever was activated since.
    const asked = known?.protocol ?? { id: wanted.protocolId, version: wanted.protocolVersion };
    const found = await this.shelf.find(territory, asked.id, asked.version);
    if (found === undefined) throw new DomainError('NOT_FOUND', {}, 'protocolId');
    if (found.status !== 'active') throw new DomainError('PROTOCOL_NOT_ACTIVE', {}, 'protocolVersion');
    const { document, sha256 } = found.protocol;
    const pin: Pin = { id: document.id, version: document.version, sha256 };
    const contract = known?.contract ?? (await this.contract(wanted, territory, now));
    if (known === undefined) await this.checkWatched(document, territory, now);
    const patient = await this.store.read(patients, territory, wanted.patientId);
    if (patient === undefined) throw new DomainError('NOT_FOUND', {}, 'patientId');
    for (const [index, member] of wanted.careTeam.entries()) {
      await this.checkMember(pin, member, territory, `careTeam.${index}.`);
    }
    return {
      type: 'Enrol',
      pathwayId: wanted.id,
      patientId: wanted.patientId,
      protocol: pin,
      reviewBy: document.reviewBy,
      contract,
      ...territorySettings(process.env.ARIANE_TERRITORIES, territory),
      team: wanted.careTeam.map(({ practitionerId, role, ground }) => ({ practitionerId, role, ground })),
      ...(wanted.begunAt === undefined ? {} : { begunAt: wanted.begunAt }),
      ...(history.length === 0 ? {} : { history }),
      now,
    };
  }

  /**
   * The patient's pathway in the protocol that a step of another of their pathways names, with who goes along of its
   * team. Asked for again it is the same command.
   *
   * @throws DomainError NOT_FOUND unless that step is a sub-protocol of that name
   */
  async subCommand(
    { id, pathwayId: parentId, stepKey, protocolId }: WantedSubPathway,
    caller: CallerContext,
  ): Promise<Enrol> {
    const parent = (await this.store.read(pathways, caller.territory, parentId))?.state;
    if (parent === undefined) throw new DomainError('NOT_FOUND', {}, 'pathwayId');
    await this.shelf.ensure(caller.territory, parent);
    const step = planner.step(parent, stepKey);
    if (step?.kind !== 'sub-protocol' || step.protocol !== protocolId)
      throw new DomainError('NOT_FOUND', {}, 'stepKey');
    const found = await this.shelf.find(caller.territory, protocolId);
    if (found === undefined) throw new DomainError('NOT_FOUND', {}, 'protocolId');
    const careTeam = teamFor(parent, Object.keys(found.protocol.document.roles), caller.now);
    const command = await this.command({ id, patientId: parent.patientId, protocolId, careTeam }, caller);
    return { ...command, parent: { pathwayId: parentId, stepKey } };
  }

  private async contract(
    { protocolId, paymentContractId }: WantedEnrolment,
    territory: string,
    now: string,
  ): Promise<Pin> {
    const copies = await this.store.find(paymentContracts, territory, { protocols: protocolId });
    const states = copies.map(({ state }) => state);
    const contract = contractFor(states, protocolId, now, paymentContractId);
    if (contract === undefined) throw new DomainError('PROTOCOL_NOT_COVERED', {}, 'paymentContractId');
    return contract;
  }

  /** A protocol that must be watched takes nobody while no roster covers the roles of its urgent alerts (hazard H4). */
  private async checkWatched(document: ProtocolDocument, territory: string, now: string): Promise<void> {
    const rosters = (await this.store.read(duties, territory, dutyIdOf(territory)))?.state.rosters ?? [];
    const { timeZone } = territorySettings(process.env.ARIANE_TERRITORIES, territory);
    const gaps = uncovered(document, rosters, civilDay(now, timeZone));
    if (gaps.length > 0) throw new DomainError('PROTOCOL_NOT_WATCHED', { uncovered: told(gaps) }, 'protocolId');
  }

  /** Whoever joins a team is in the directory, in a role that the protocol knows. */
  async checkMember(
    protocol: Pin,
    { practitionerId, role }: { readonly practitionerId: string; readonly role: string },
    territory: string,
    field = '',
  ): Promise<void> {
    const roles = ['coordinator', ...Object.keys(library.pinned(protocol).document.roles)];
    if (!roles.includes(role)) throw new DomainError('RULE_BROKEN', { rule: roles.join(', ') }, `${field}role`);
    const known = await this.store.read(practitioners, territory, practitionerId);
    if (known === undefined) throw new DomainError('NOT_FOUND', {}, `${field}practitionerId`);
  }
}
