import { DomainError } from '@ariane/kernel';
import { type CommandContext, effect, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { monthEnd } from './book-time';
import type { Contract, Given } from './contract';
import { ContractsService, shelf } from './contracts.store';
import { LedgerReads } from './ledger-reads.store';
import { overlaps } from './payment-contract';
import { type Member, memberMonth } from './roster';
import type { RosterAccount } from './roster-account';
import { inputsHashOf, perMember, type RosterRow } from './roster-lines';
import { memberType, rosterAccountIdOf, rosterAccountType, rosterBucketType } from './roster-types.store';
import { activeContract } from './shelf';

/** Parts that are computed at once: enough for the group commit, few enough for memory. */
const PARTS_AT_ONCE = 4;

/** Pseudonyms begin with two hexadecimal digits. */
const PARTS = 256;
/** Members in one answer of the server. */
const MEMBERS_AT_ONCE = 2_000;

interface Asked {
  readonly book: string;
  readonly contractId: string;
  readonly month: string;
  /** Facts of the contract that are not of a member: a quality score. */
  readonly given: Given;
}

/** Members whose pseudonyms begin alike. */
export interface RosterPart {
  readonly bucket: string;
  readonly rows: readonly RosterRow[];
}

type StoredMember = Pick<Member, 'bucket' | 'spans' | 'values'> & { readonly _id: string };

/** Runs of a contract over the roster of a month: part by part, resumed where they were cut off. */
@Injectable()
export class RosterRuns {
  constructor(
    private readonly store: Store,
    private readonly contracts: ContractsService,
    private readonly reads: LedgerReads,
  ) {}

  /**
   * Computes each part of the roster, then posts target less posted. A part whose members, contract and facts are what
   * they were is not written again, so a run that was cut off, or made twice, costs what is new.
   *
   * @throws NOT_FOUND, CONTRACT_NOT_ACTIVE, CONTRACT_OUT_OF_VALIDITY, CONTRACT_SUSPENDED, FACT_MISSING
   */
  async run(
    asked: Asked,
    context: CommandContext,
    progress: (done: number, of: number) => void = () => undefined,
  ): Promise<RosterAccount> {
    const { book, contractId, month, given } = asked;
    const { territory, now } = context;
    const { tz: timeZone } = await this.reads.book(territory, book);
    const { pin, suspensions = [] } = await this.contracts.activeAt(territory, contractId, monthEnd(month, timeZone));
    // A part of a month in suspension is not a matter of days alone: it is settled by hand, by the contract's clause.
    const suspended = suspensions.find((days) => overlaps(days, { from: `${month}-01`, to: `${month}-32` }));
    if (suspended) throw new DomainError('CONTRACT_SUSPENDED', { date: suspended.from });
    const active = activeContract(shelf, territory, pin.sha256).contract;
    const unit = { ...context, consumer: 'roster-run' };
    const known = await this.knownParts(territory, asked);
    const place = { book, contractId, month };
    const compute = async (bucket: string, rows: readonly RosterRow[]): Promise<void> => {
      const before = known.get(bucket);
      known.delete(bucket);
      // What has not changed is not sent at all: a second run costs its reading.
      if (before === inputsHashOf(active, month, given, rows)) return;
      const command = { ...place, sha256: pin.sha256, bucket, given, rows, territory, now };
      const id = `${rosterAccountIdOf(asked)}|${bucket}`;
      await this.store.handleMany([effect(rosterBucketType, id, { type: 'ComputeBucket', ...command })], unit);
    };
    let underWay: Promise<void>[] = [];
    for await (const { bucket, rows } of this.parts(territory, book, month)) {
      underWay.push(compute(bucket, rows));
      if (underWay.length < PARTS_AT_ONCE) continue;
      await Promise.all(underWay);
      underWay = [];
      progress(Number.parseInt(bucket, 16) + 1, PARTS);
    }
    // Parts of which nobody is left have no rows any more, and what they came to is taken back.
    await Promise.all([...underWay, ...[...known.keys()].map((bucket) => compute(bucket, []))]);
    progress(PARTS, PARTS);
    const id = rosterAccountIdOf(asked);
    const request = { sha256: pin.sha256, given, timeZone, requestId: context.messageId, territory, now };
    const settle = { type: 'SettleRoster' as const, ...place, ...request };
    await this.store.handleMany([effect(rosterAccountType, id, settle)], unit);
    return this.account(territory, asked);
  }

  /** Takes back all that the month's runs posted; a run afterwards posts it anew. Throws NOT_FOUND. */
  async reverse(asked: Omit<Asked, 'given'>, context: CommandContext): Promise<RosterAccount> {
    const { territory, now, messageId: requestId } = context;
    const { sha256 } = await this.account(territory, asked);
    activeContract(shelf, territory, sha256);
    const reverse = effect(rosterAccountType, rosterAccountIdOf(asked), {
      type: 'ReverseRoster',
      ...{ requestId, territory, now },
    });
    await this.store.handleMany([reverse], context);
    return this.account(territory, asked);
  }

  /** @throws NOT_FOUND */
  async account(territory: string, asked: Omit<Asked, 'given'>): Promise<RosterAccount> {
    const found = await this.store.read(rosterAccountType, territory, rosterAccountIdOf(asked));
    if (!found) throw new DomainError('NOT_FOUND');
    return found.state;
  }

  /**
   * How many parts of a month's rosters would come to something else if they were run now: members, facts or contract
   * have changed since, or a contract that counts members was never run.
   */
  async unposted(territory: string, book: string, month: string): Promise<number> {
    const { tz } = await this.reads.book(territory, book);
    let count = 0;
    for (const contract of this.rosterContracts(territory, book, month)) {
      const asked = { book, contractId: contract.document.contract, month };
      const found = await this.store.read(rosterAccountType, territory, rosterAccountIdOf(asked));
      if (found?.state.settledAt === null) count += 1;
      const given = JSON.parse(found?.state.givenJson ?? '{}') as Given; // as: canonical JSON of an earlier run's facts
      const parts = new Map(found?.state.parts.map((part) => [part.bucket, part.inputsHash]));
      const current = await this.contracts.activeAt(territory, asked.contractId, monthEnd(month, tz));
      const active = shelf.active(territory, current.pin.sha256)?.contract ?? contract;
      for await (const { bucket, rows } of this.parts(territory, book, month)) {
        if (inputsHashOf(active, month, given, rows) !== parts.get(bucket)) count += 1;
        parts.delete(bucket);
      }
      count += [...parts].filter(([, hash]) => hash !== inputsHashOf(active, month, given, [])).length;
    }
    return count;
  }

  private rosterContracts(territory: string, book: string, month: string): readonly Contract[] {
    const all = shelf.all(territory, book).filter((contract) => {
      const { from, to } = contract.document.validity;
      return perMember(contract).length > 0 && from.slice(0, 7) <= month && (to === null || to > `${month}-01`);
    });
    return [...new Map(all.map((contract) => [contract.document.contract, contract])).values()];
  }

  private async knownParts(territory: string, { book, contractId, month }: Asked): Promise<Map<string, string>> {
    const found = await this.store.read(rosterAccountType, territory, rosterAccountIdOf({ book, contractId, month }));
    return new Map(found?.state.parts.map(({ bucket, inputsHash }) => [bucket, inputsHash]));
  }

  /** The parts of a month's roster that have members, in their order; in each the members by pseudonym. */
  async *parts(territory: string, book: string, month: string): AsyncGenerator<RosterPart> {
    const all = this.store.database.db
      .collection<StoredMember>(memberType.collection)
      .find({ territory, book }, { batchSize: MEMBERS_AT_ONCE })
      .project<StoredMember>({ bucket: 1, spans: 1, values: 1 })
      .sort({ bucket: 1 });
    let part: { bucket: string; rows: RosterRow[] } = { bucket: '', rows: [] };
    for await (const { _id, bucket, ...member } of all) {
      if (bucket !== part.bucket) {
        if (part.rows.length > 0) yield sorted(part);
        part = { bucket, rows: [] };
      }
      const known = memberMonth(member, month);
      if (known) part.rows.push({ id: _id.slice(_id.lastIndexOf('|') + 1), ...known });
    }
    if (part.rows.length > 0) yield sorted(part);
  }
}

const sorted = ({ bucket, rows }: { bucket: string; rows: RosterRow[] }) => ({
  bucket,
  rows: rows.sort((a, b) => (a.id < b.id ? -1 : 1)),
});
