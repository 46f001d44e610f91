import { Injectable } from '@nestjs/common';
import { daysIn, monthEnd } from './book-time';
import type { Contract, Given } from './contract';
import { ContractsService, shelf } from './contracts.store';
import { LedgerReads } from './ledger-reads.store';
import { type MonthParticipants, namesParticipants, participantsOf, readsParticipants } from './month-participants';
import { Participations } from './participations.store';
import { monthFacts } from './roster-account';
import type { Place } from './roster-buckets';
import { perMember } from './roster-lines';
import { type Basis, type RosterPart, RosterParts } from './roster-parts.store';
import { activeContract } from './shelf';
import { SplitKeys } from './split-keys.store';
import { suspendedIn, type SuspendedDays } from './suspensions';

export interface AskedMonth extends Place {
  /** Facts of the contract that are not of a member: a quality score. */
  readonly given: Given;
}

export interface PricedMonth extends Basis {
  readonly suspensions: readonly SuspendedDays[];
}

/** What a month of a roster is priced on. */
@Injectable()
export class RosterPricing {
  constructor(
    private readonly contracts: ContractsService,
    private readonly reads: LedgerReads,
    private readonly keys: SplitKeys,
    private readonly participations: Participations,
    private readonly parts: RosterParts,
  ) {}

  /** The version that prices a month, the facts with the keys of its last day, and how it counts the month's days. */
  async asKnownNow(
    territory: string,
    { contractId, month, given: told }: AskedMonth,
    timeZone: string,
    as?: Contract,
  ): Promise<PricedMonth> {
    const { pin, suspensions = [] } = await this.contracts.coveringAt(territory, contractId, monthEnd(month, timeZone));
    const contract = as ?? activeContract(shelf, territory, pin.sha256).contract;
    const given = await this.keys.into(told, territory, contract.document, lastDayOf(month));
    const out = suspendedIn(contractId, suspensions, month);
    const asksFifteenth = perMember(contract).some(({ proration }) => proration === 'FIFTEENTH');
    return { contract, month, given, suspensions: out, counting: { out, asksFifteenth } };
  }

  /** The same for facts that an earlier run was priced on: keys are those that apply now. */
  again(
    territory: string,
    { given: { keys: _, ...given }, ...place }: AskedMonth,
    timeZone: string,
    as?: Contract,
  ): Promise<PricedMonth> {
    return this.asKnownNow(territory, { ...place, given }, timeZone, as);
  }

  /** Who took part, by the evidence; null where the contract does not read it or the facts say it themselves. */
  async participants(
    territory: string,
    { book, month, given }: AskedMonth,
    contract: Contract,
  ): Promise<MonthParticipants | null> {
    if (!readsParticipants(contract) || namesParticipants(given)) return null;
    return participantsOf(contract, await this.participations.sums(territory, book, month));
  }

  /**
   * What a month that was run is priced on as things are known now: its facts with who took part and the days that are
   * not paid, and its members in parts. `as` reads them in the place of the version that covers the month.
   *
   * @throws NOT_FOUND, CONTRACT_OUT_OF_VALIDITY
   */
  async inputs(
    territory: string,
    asked: AskedMonth,
    as?: Contract,
  ): Promise<{ readonly given: Given; readonly members: () => AsyncIterable<RosterPart> }> {
    const { book } = asked;
    const { tz } = await this.reads.book(territory, book);
    const priced = await this.again(territory, asked, tz, as);
    const participants = await this.participants(territory, asked, priced.contract);
    return {
      given: monthFacts(priced.given, participants, priced.suspensions),
      members: () => this.parts.read(territory, book, priced, []),
    };
  }
}

/** What a whole month earned is true on its last day. */
const lastDayOf = (month: string): string => `${month}-${String(daysIn(month))}`;
