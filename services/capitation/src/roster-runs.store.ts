import { canonicalJson, DomainError, sha256Hex } from '@ariane/kernel';
import { type CommandContext, effect, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import type { Contract, Given } from './contract';
import { shelf } from './contracts.store';
import { LedgerReads } from './ledger-reads.store';
import type { RosterAccount } from './roster-account';
import type { Place } from './roster-buckets';
import { type BucketSum, inputsHashOf, perMember, type RosterRow } from './roster-lines';
import { RosterParts } from './roster-parts.store';
import { type AskedMonth, type PricedMonth, RosterPricing } from './roster-pricing.store';
import { rosterAccountIdOf, rosterAccountType, rosterBucketType } from './roster-types.store';
import type { RunProgress } from './run-progress';
import { activeContract } from './shelf';

/** Parts that are computed at once: enough for the group commit, few enough for memory. */
const PARTS_AT_ONCE = 4;

/** A part as it was read now, and as it was taken before. */
interface ReadPart {
  readonly bucket: string;
  readonly rows: readonly RosterRow[];
  readonly inputsHash: string;
  readonly before: BucketSum | undefined;
  readonly seen: string | undefined;
}

/** Runs of a contract over the roster of a month: part by part, resumed where they were cut off. */
@Injectable()
export class RosterRuns {
  /** How far the runs of this process are, by account. */
  private readonly running = new Map<string, RunProgress>();

  constructor(
    private readonly store: Store,
    private readonly reads: LedgerReads,
    private readonly parts: RosterParts,
    private readonly pricing: RosterPricing,
  ) {}

  /** How far the run of a month is that another request waits for; undefined while there is none. */
  progressOf(asked: Place): RunProgress | undefined {
    return this.running.get(rosterAccountIdOf(asked));
  }

  /**
   * Computes each part of the roster, then posts target less posted. A part whose members, contract and facts are what
   * they were is not written again, so a run that was cut off, or made twice, costs what is new.
   *
   * @throws NOT_FOUND, CONTRACT_NOT_ACTIVE, CONTRACT_OUT_OF_VALIDITY, FACT_MISSING
   */
  async run(asked: AskedMonth, context: CommandContext): Promise<RosterAccount> {
    const { book, contractId, month } = asked;
    const { territory, now } = context;
    const { tz: timeZone } = await this.reads.book(territory, book);
    const priced = await this.pricing.asKnownNow(territory, asked, timeZone);
    const { given, suspensions } = priced;
    const id = rosterAccountIdOf(asked);
    try {
      const inputs = await this.compute(asked, priced, context);
      const { sha256 } = priced.contract;
      const request = { sha256, given, timeZone, requestId: context.messageId, territory, now };
      const facts = { participants: await this.pricing.participants(territory, asked, priced.contract) };
      const place = { book, contractId, month };
      const settle = { type: 'SettleRoster' as const, ...place, ...request, ...facts, suspensions };
      // A request that comes again posts what has changed meanwhile, and nothing when nothing has.
      const messageId = `${context.messageId}|${sha256Hex(canonicalJson([inputs, facts.participants?.list ?? null]))}`;
      const unit = { ...context, consumer: 'roster-run', messageId };
      await this.store.handleMany([effect(rosterAccountType, id, settle)], unit);
    } finally {
      this.running.delete(id);
    }
    return this.account(territory, asked);
  }

  /** Takes back all that the month's runs posted; a run afterwards posts it anew. Throws NOT_FOUND. */
  async reverse(asked: Place, context: CommandContext): Promise<RosterAccount> {
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
  async account(territory: string, asked: Place): Promise<RosterAccount> {
    const found = await this.store.read(rosterAccountType, territory, rosterAccountIdOf(asked));
    if (!found) throw new DomainError('NOT_FOUND');
    return found.state;
  }

  /**
   * How many parts of a month's rosters would come to something else if they were run now: members, facts, evidence or
   * contract have changed since, or a contract that counts members was never run.
   */
  async unposted(territory: string, book: string, month: string): Promise<number> {
    const { tz } = await this.reads.book(territory, book);
    let count = 0;
    for (const contract of this.rosterContracts(territory, book, month)) {
      const place = { book, contractId: contract.document.contract, month };
      const found = await this.store.read(rosterAccountType, territory, rosterAccountIdOf(place));
      if (found?.state.settledAt === null) count += 1;
      const told = JSON.parse(found?.state.givenJson ?? '{}') as Given; // as: an earlier run's facts
      const priced = await this.pricing.again(territory, { ...place, given: told }, tz);
      const { given } = priced;
      const participants = await this.pricing.participants(territory, { ...place, given }, priced.contract);
      if (found && (found.state.acts ?? null) !== (participants?.list ?? null)) count += 1;
      const known = found?.state.parts ?? [];
      const { unchanged } = await this.parts.seen(book, priced, known);
      const parts = new Map(known.map((part) => [part.bucket, part.inputsHash]));
      for (const { bucket } of unchanged) parts.delete(bucket);
      const hash = (rows: readonly RosterRow[]): string => inputsHashOf(priced.contract, month, given, rows);
      for await (const { bucket, rows } of this.parts.read(territory, book, priced, unchanged)) {
        if (hash(rows) !== parts.get(bucket)) count += 1;
        parts.delete(bucket);
      }
      count += [...parts].filter(([, before]) => before !== hash([])).length;
    }
    return count;
  }

  /**
   * Computes the parts that have changed and takes them into the month's account.
   * @returns the hash of each part's inputs, in order of part
   */
  private async compute(asked: AskedMonth, priced: PricedMonth, context: CommandContext): Promise<readonly string[]> {
    const { book } = asked;
    const { territory } = context;
    const id = rosterAccountIdOf(asked);
    const known = (await this.store.read(rosterAccountType, territory, id))?.state.parts ?? [];
    const { unchanged, of: seenOf } = await this.parts.seen(book, priced, known);
    const inputs = new Map(unchanged.map(({ bucket, inputsHash }) => [bucket, inputsHash]));
    const left = new Map(known.filter(({ bucket }) => !inputs.has(bucket)).map((part) => [part.bucket, part]));
    const take = async (bucket: string, rows: readonly RosterRow[]): Promise<void> => {
      const before = left.get(bucket);
      left.delete(bucket);
      const inputsHash = inputsHashOf(priced.contract, asked.month, priced.given, rows);
      inputs.set(bucket, inputsHash);
      await this.take(asked, priced, { bucket, rows, inputsHash, before, seen: seenOf(bucket) }, context);
    };
    const of = await this.parts.count(territory, book);
    let done = unchanged.reduce((sum, { members }) => sum + members, 0);
    const progress: RunProgress = { step: 'COMPUTING', done, skipped: done, of, sinceMs: performance.now() };
    this.running.set(id, progress);
    let underWay: Promise<void>[] = [];
    for await (const { bucket, rows } of this.parts.read(territory, book, priced, unchanged)) {
      underWay.push(take(bucket, rows));
      done += rows.length;
      if (underWay.length < PARTS_AT_ONCE) continue;
      await Promise.all(underWay);
      underWay = [];
      this.running.set(id, { ...progress, done });
    }
    // Parts of which nobody is left have no rows any more, and what they came to is taken back.
    await Promise.all([...underWay, ...[...left.keys()].map((bucket) => take(bucket, []))]);
    this.running.set(id, { ...progress, step: 'POSTING', done: of });
    return [...inputs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, hash]) => hash);
  }

  /** Computes one part. One that comes to what it was is not sent; that it was looked at is remembered. */
  private async take(asked: AskedMonth, priced: PricedMonth, read: ReadPart, context: CommandContext): Promise<void> {
    const { book, contractId, month } = asked;
    const { given } = priced;
    const { bucket, rows, inputsHash, before, seen } = read;
    const place = { book, contractId, month };
    const id = rosterAccountIdOf(asked);
    // A request that comes again computes what has changed meanwhile: its parts are known by what is in them.
    const unit = { ...context, consumer: 'roster-run', messageId: `${context.messageId}|${inputsHash}|${seen ?? ''}` };
    const known = seen === undefined ? {} : { seen };
    if (before?.inputsHash !== inputsHash) {
      const { territory, now } = context;
      const command = { ...place, sha256: priced.contract.sha256, bucket, given, rows, ...known, territory, now };
      const compute = effect(rosterBucketType, `${id}|${bucket}`, { type: 'ComputeBucket', ...command });
      await this.store.handleMany([compute], unit);
    } else if (before.seen !== seen) {
      const see = { type: 'SeePart' as const, ...place, bucket, inputsHash, ...known };
      await this.store.handleMany([effect(rosterAccountType, id, see)], unit);
    }
  }

  private rosterContracts(territory: string, book: string, month: string): readonly Contract[] {
    const all = shelf.all(territory, book).filter((contract) => {
      const { from, to } = contract.document.validity;
      return perMember(contract).length > 0 && from.slice(0, 7) <= month && (to === null || to > `${month}-01`);
    });
    return [...new Map(all.map((contract) => [contract.document.contract, contract])).values()];
  }
}
