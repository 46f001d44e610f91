import type { Pin } from '@ariane/contracts';
import { DomainError } from '@ariane/kernel';
import type { CallerContext } from '@ariane/service';
import { Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { pathways, patients, paymentContracts, practitioners } from './aggregates.store';
import type { PathwayCommand } from './pathway';
import { contractFor } from './payment-contract';
import { library } from './protocols.store';
import { territorySettings } from './territory';

export interface WantedEnrolment {
  readonly id: string;
  readonly patientId: string;
  readonly protocolId: string;
  readonly protocolVersion?: number;
  readonly paymentContractId?: string;
  readonly careTeam: readonly { readonly practitionerId: string; readonly role: string; readonly ground: string }[];
}

type Enrol = Extract<PathwayCommand, { type: 'Enrol' }>;

/** Finds what an enrolment pins: the protocol's version and the contract that pays it on that day. */
@Injectable()
export class Enrolment {
  constructor(private readonly store: Store) {}

  async command(wanted: WantedEnrolment, { territory, now }: CallerContext): Promise<Enrol> {
    const known = (await this.store.read(pathways, territory, wanted.id))?.state;
    // A repeated request keeps the pins of the first, whatever was activated since.
    const asked = known?.protocol ?? { id: wanted.protocolId, version: wanted.protocolVersion };
    const protocol = library.find(asked.id, asked.version);
    if (protocol === undefined) throw new DomainError('NOT_FOUND', {}, 'protocolId');
    const { document, sha256 } = protocol;
    const pin: Pin = { id: document.id, version: document.version, sha256 };
    const contract = known?.contract ?? (await this.contract(wanted, territory, now));
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
      now,
    };
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
