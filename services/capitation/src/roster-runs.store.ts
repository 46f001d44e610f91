import { canonicalJson, DomainError, sha256Hex } from '@ariane/kernel';
import { type CommandContext, effect, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { monthEnd } from './book-time';
import type { Contract, Given } from './contract';
import { ContractsService, shelf } from './contracts.store';
import { LedgerReads } from './ledger-reads.store';
import { type MonthParticipants, namesParticipants, participantsOf, readsParticipants } from './month-participants';
import { Participations } from './participations.store';
import { type Counting, type Member, memberMonth } from './roster';
import type { RosterAccount } from './roster-account';
import type { Place } from './roster-buckets';
import { inputsHashOf, perMember, type RosterRow } from './roster-lines';
import { memberType, rosterAccountIdOf, rosterAccountType, rosterBucketType } from './roster-types.store';
import type { RunProgress } from './run-progress';
import { activeContract } from './shelf';
import { suspendedIn, type SuspendedDays } from './suspensions';

/** Parts that are computed at once: enough for the group commit, few enough for memory. */
const PARTS_AT_ONCE = 4;
/** Members in one answer of the server. */
const MEMBERS_AT_ONCE = 2_000;

interface Asked extends Place {
  /** Facts of the contract that are not of a member: a quality score. */
  readonly given: Given;
}

/** What a month is priced by. */
interface Priced {
  readonly contract: Contract;
  readonly suspensions: readonly SuspendedDays[];
  readonly counting: Counting;
}

type StoredMember = Pick<Member, 'bucket' | 'spans' | 'values'> & { readonly _id: string };

/** Runs of a contract over the roster of a month: part by part, resumed where they were cut off. */
@Injectable()
export class RosterRuns {
  /** How far the runs of this process are, by account. */
  private readonly running = new Map<string, RunProgress>();

  constructor(
    private readonly store: Store,
    private readonly contracts: ContractsService,
    private readonly reads: LedgerReads,
    private readonly participations: Participations,
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
  async run(asked: Asked, context: CommandContext): Promise<RosterAccount> {
    const { book, contractId, month, given } = asked;
    const { territory, now } = context;
    const { tz: timeZone } = await this.reads.book(territory, book);
    const priced = await this.pricedAs(territory, asked, monthEnd(month, timeZone));
    const id = rosterAccountIdOf(asked);
    try {
      const inputs = await this.compute(asked, priced, context);
      const { sha256 } = priced.contract;
      const request = { sha256, given, timeZone, requestId: context.messageId, territory, now };
      const facts = { participants: await this.participants(territory, asked, priced.contract) };
      const { suspensions } = priced;
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
      const given = JSON.parse(found?.state.givenJson ?? '{}') as Given; // as: canonical JSON of an earlier run's facts
      const parts = new Map(found?.state.parts.map((part) => [part.bucket, part.inputsHash]));
      const priced = await this.pricedAs(territory, place, monthEnd(month, tz));
      const participants = await this.participants(territory, { ...place, given }, priced.contract);
      if (found && (found.state.acts ?? null) !== (participants?.list ?? null)) count += 1;
      for await (const { bucket, rows } of this.parts(territory, book, month, priced.counting)) {
        if (inputsHashOf(priced.contract, month, given, rows) !== parts.get(bucket)) count += 1;
        parts.delete(bucket);
      }
      count += [...parts].filter(([, hash]) => hash !== inputsHashOf(priced.contract, month, given, [])).length;
    }
    return count;
  }

  /**
   * Computes the parts that have changed and takes them into the month's account.
   * @returns the hash of each part's inputs, in order of part
   */
  private async compute(
    asked: Asked,
    { contract, counting }: Priced,
    context: CommandContext,
  ): Promise<readonly string[]> {
    const { book, contractId, month, given } = asked;
    const { territory, now } = context;
    const id = rosterAccountIdOf(asked);
    const known = await this.knownParts(territory, asked);
    const of = await this.members.countDocuments({ territory, book });
    const progress: RunProgress = { step: 'COMPUTING', done: 0, of, sinceMs: performance.now() };
    this.running.set(id, progress);
    const compute = async (bucket: string, rows: readonly RosterRow[]): Promise<void> => {
      const before = known.get(bucket);
      known.delete(bucket);
      const inputsHash = inputsHashOf(contract, month, given, rows);
      inputs.push(inputsHash);
      // What has not changed is not sent at all: a second run costs its reading.
      if (before === inputsHash) return;
      const place = { book, contractId, month };
      const command = { ...place, sha256: contract.sha256, bucket, given, rows, territory, now };
      // A request that comes again computes what has changed meanwhile: its parts are known by what is in them.
      const unit = { ...context, consumer: 'roster-run', messageId: `${context.messageId}|${inputsHash}` };
      await this.store.handleMany(
        [effect(rosterBucketType, `${id}|${bucket}`, { type: 'ComputeBucket', ...command })],
        unit,
      );
    };
    const inputs: string[] = [];
    let underWay: Promise<void>[] = [];
    let done = 0;
    for await (const { bucket, rows } of this.parts(territory, book, month, counting)) {
      underWay.push(compute(bucket, rows));
      done += rows.length;
      if (underWay.length < PARTS_AT_ONCE) continue;
      await Promise.all(underWay);
      underWay = [];
      this.running.set(id, { ...progress, done });
    }
    // Parts of which nobody is left have no rows any more, and what they came to is taken back.
    await Promise.all([...underWay, ...[...known.keys()].map((bucket) => compute(bucket, []))]);
    this.running.set(id, { ...progress, step: 'POSTING', done: of });
    return inputs;
  }

  /** The version that prices a month, and how it counts the month's days. */
  private async pricedAs(territory: string, { contractId, month }: Place, end: string): Promise<Priced> {
    const { pin, suspensions = [] } = await this.contracts.coveringAt(territory, contractId, end);
    const { contract } = activeContract(shelf, territory, pin.sha256);
    const out = suspendedIn(contractId, suspensions, month);
    const asksFifteenth = perMember(contract).some(({ proration }) => proration === 'FIFTEENTH');
    return { contract, suspensions: out, counting: { out, asksFifteenth } };
  }

  /** Who took part, by the evidence; null where the contract does not read it or the facts say it themselves. */
  private async participants(
    territory: string,
    { book, month, given }: Asked,
    contract: Contract,
  ): Promise<MonthParticipants | null> {
    if (!readsParticipants(contract) || namesParticipants(given)) return null;
    return participantsOf(contract, await this.participations.sums(territory, book, month));
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
  private async *parts(
    territory: string,
    book: string,
    month: string,
    counting: Counting,
  ): AsyncGenerator<{ readonly bucket: string; readonly rows: readonly RosterRow[] }> {
    const all = this.members
      .find({ territory, book }, { batchSize: MEMBERS_AT_ONCE })
      .project<StoredMember>({ bucket: 1, spans: 1, values: 1 })
      .sort({ bucket: 1 });
    let part: { bucket: string; rows: RosterRow[] } = { bucket: '', rows: [] };
    for await (const { _id, bucket, ...member } of all) {
      if (bucket !== part.bucket) {
        if (part.rows.length > 0) yield sorted(part);
        part = { bucket, rows: [] };
      }
      const known = memberMonth(member, month, counting);
      if (known) part.rows.push({ id: _id.slice(_id.lastIndexOf('|') + 1), ...known });
    }
    if (part.rows.length > 0) yield sorted(part);
  }

  private get members(): mongo.Collection<StoredMember & { territory: string; book: string }> {
    return this.store.database.db.collection(memberType.collection);
  }
}

const sorted = ({ bucket, rows }: { bucket: string; rows: RosterRow[] }) => ({
  bucket,
  rows: rows.sort((a, b) => (a.id < b.id ? -1 : 1)),
});
