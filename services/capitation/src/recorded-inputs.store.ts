import type { Pin } from '@ariane/contracts';
import { type Aggregate, type DomainEvent, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { monthAfter, monthOf, monthStart } from './book-time';
import type { Contract, Given } from './contract';
import { ContractsService, pathwayAccount, settlement, shelf } from './contracts.store';
import type { PathwayAccount } from './pathway-account';
import { givenOf } from './pathway-facts';
import { wasActivated } from './payment-contract';
import type { Line, Subject } from './recalculate';
import { type RosterAccount, rosterSubjectOf } from './roster-account';
import type { RosterPart } from './roster-parts.store';
import { RosterPricing } from './roster-pricing.store';
import { rosterAccountType } from './roster-types.store';
import type { Settlement } from './settlement';
import { pseudonymOf } from './settle';

/** What one subject of a contract was priced on, and what stands in the books for it. */
export interface RecordedInput {
  readonly subject: Subject;
  /** The version that priced it last. */
  readonly contract: Pin;
  /** Of a roster's month, the facts that are not of a member. */
  readonly given: Given;
  readonly lines: readonly Line[];
  /** The members of a roster's month, in parts, as they are known now; absent for a subject that has none. */
  readonly members?: () => AsyncIterable<RosterPart>;
}

/** Whose inputs are asked for. A pathway's facts are made as `as` reads them; without it, as the pinned version does. */
interface AskedInputs {
  readonly contractId: string;
  readonly month: string;
  readonly as?: Contract;
}

/** The real inputs of a contract, month by month: what it is replayed on, under itself or under another. */
@Injectable()
export class RecordedInputs {
  constructor(
    private readonly store: Store,
    private readonly contracts: ContractsService,
    private readonly rosters: RosterPricing,
  ) {}

  /**
   * All that a contract was priced on in a month: the rosters of the month; the pathways in which something took place
   * in it, and what was posted by hand for it, each with all of its facts. A page of subjects is held at a time.
   * Nothing for a contract that was never active.
   */
  async *read(territory: string, { contractId, month, as }: AskedInputs): AsyncGenerator<RecordedInput> {
    const { pins, zone } = await this.known(territory, contractId);
    if (zone === undefined) return;
    const at = (one: string): string => new Date(monthStart(one, zone)).toISOString();
    const within = { $gte: at(month), $lt: at(monthAfter(month)) };
    const some = (list: string, field: string) => ({ [list]: { $elemMatch: { [field]: within } } });
    const rosters = { contractId, month, settledAt: { $ne: null } };
    for await (const { state } of this.all(rosterAccountType, territory, rosters)) {
      const contract = pins.get(state.sha256);
      if (contract) yield await this.ofRoster(territory, state, contract, as);
    }
    const lived = [some('lines', 'eff'), some('milestones', 'at'), some('evidence', 'at')];
    const pathways = { 'contract.id': contractId, $or: [{ enrolledAt: within }, { 'closing.at': within }, ...lived] };
    for await (const { id, state } of this.all(pathwayAccount, territory, pathways)) {
      const one = ofPathway(territory, id, state, as);
      if (one) yield one;
    }
    const moved = [{ 'recorded.effectiveAt': within }, some('lines', 'eff')];
    const byHand = { 'recorded.contract.id': contractId, $or: moved };
    for await (const { state } of this.all(settlement, territory, byHand)) {
      const one = ofHand(state);
      if (one) yield one;
    }
  }

  /** The last month in which a contract paid for something, or was run; null where it never was. */
  async lastMonth(territory: string, contractId: string): Promise<string | null> {
    const { zone } = await this.known(territory, contractId);
    if (zone === undefined) return null;
    const rosters = { contractId, settledAt: { $ne: null } };
    const options = { sort: { month: -1 }, limit: 1 } as const;
    const [roster] = await this.store.find(rosterAccountType, territory, rosters, options);
    const latest = await Promise.all([
      this.latestLine(pathwayAccount.collection, { territory, 'contract.id': contractId }),
      this.latestLine(settlement.collection, { territory, 'recorded.contract.id': contractId }),
    ]);
    const months = latest.flatMap((eff) => (eff === null ? [] : [monthOf(eff, zone)]));
    return [...months, ...(roster ? [roster.state.month] : [])].sort().at(-1) ?? null;
  }

  private async latestLine(collection: string, match: object): Promise<string | null> {
    const newest = { $group: { _id: null, eff: { $max: { $max: '$lines.eff' } } } };
    const found = this.store.database.db
      .collection(collection)
      .aggregate<{ eff: string | null }>([{ $match: match }, newest]);
    return (await found.next())?.eff ?? null;
  }

  /** The versions that were active, by hash, and their time zone. */
  private async known(territory: string, contractId: string) {
    const active = (await this.contracts.list(territory, contractId)).filter(wasActivated);
    for (const one of active) shelf.take(territory, one);
    const pins = new Map(active.map(({ pin }) => [pin.sha256, pin]));
    const [first] = active;
    const zone = first && shelf.active(territory, first.pin.sha256)?.contract.document.timezone;
    return { pins, zone };
  }

  private async ofRoster(
    territory: string,
    { lines, ...state }: RosterAccount,
    contract: Pin,
    as?: Contract,
  ): Promise<RecordedInput> {
    const { book, contractId, month } = state;
    const told = JSON.parse(state.givenJson) as Given; // as: canonical JSON of the run's facts
    const inputs = await this.rosters.inputs(territory, { book, contractId, month, given: told }, as);
    return { subject: rosterSubjectOf(state), contract, lines, ...inputs };
  }

  private async *all<S extends object, C, E extends DomainEvent>(
    type: Aggregate<S, C, E>,
    territory: string,
    filter: Readonly<Record<string, unknown>>,
  ): AsyncGenerator<{ readonly id: string; readonly state: S }> {
    let after = '';
    for (;;) {
      const found = await this.store.find(type, territory, { $and: [{ _id: { $gt: after } }, filter] });
      yield* found;
      const last = found.at(-1);
      if (!last) return;
      after = last.id;
    }
  }
}

function ofPathway(territory: string, id: string, state: PathwayAccount, as?: Contract): RecordedInput | undefined {
  const { contract: pin, lines } = state;
  const pinned = pin && shelf.active(territory, pin.sha256);
  if (!pinned) return undefined;
  const subject = { book: pinned.bookId, id: pseudonymOf(pinned.bookId, id), period: 'once' };
  return { subject, contract: pin, given: givenOf(state, as ?? pinned.contract), lines };
}

/** What was posted by hand before its facts were kept has nothing to be replayed on. */
function ofHand({ subject: id, lines, recorded, givenJson }: Settlement): RecordedInput | undefined {
  if (!recorded || givenJson === undefined) return undefined;
  const { contract, book } = recorded;
  const given = JSON.parse(givenJson) as Given; // as: canonical JSON of the facts as they were posted
  return { subject: { book, id, period: 'once' }, contract, given, lines };
}
