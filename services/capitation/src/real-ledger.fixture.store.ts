import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CommandContext,
  type Database,
  effect,
  ensureIndexes,
  FileKeyStore,
  openDatabase,
  Store,
} from '@ariane/store';
import { disputeType, EntryActs } from './acts.store';
import { paymentContractType } from './aggregates.store';
import { BookSums } from './book-sums.store';
import { Closings } from './closing.store';
import { ContractsService, pathwayAccount, settlement } from './contracts.store';
import { DryRuns } from './dry-runs.store';
import type { EntryDraft } from './entry';
import { Exports } from './exports.store';
import { LedgerReads } from './ledger-reads.store';
import { bookType, guardType, headType, lineType, pendingType, periodType } from './ledger.store';
import { participationType } from './participation-types.store';
import { Participations } from './participations.store';
import { RecordedInputs } from './recorded-inputs.store';
import { RosterParts } from './roster-parts.store';
import { RosterPricing } from './roster-pricing.store';
import { RosterRuns } from './roster-runs.store';
import { memberType, rosterAccountType, rosterBucketType, rosterFileType } from './roster-types.store';
import { SplitKeys, splitKeyType } from './split-keys.store';
import { Statements } from './statements.store';
import { BookVerifier } from './verify.store';

const types = [
  ...[paymentContractType, bookType, headType, guardType, periodType, lineType, pathwayAccount, settlement],
  ...[pendingType, disputeType, memberType, rosterFileType, rosterBucketType, rosterAccountType],
  ...[participationType, splitKeyType],
];

/** The ledger as the service is wired, without HTTP and Kafka, on a database of its own of a real MongoDB. */
export class RealLedger {
  readonly store: Store;
  readonly reads: LedgerReads;
  readonly acts: EntryActs;
  readonly verifier: BookVerifier;
  readonly contracts: ContractsService;
  readonly closings: Closings;
  readonly statements: Statements;
  readonly exports: Exports;
  private readonly dryRuns: DryRuns;

  private constructor(
    readonly database: Database,
    private readonly keysFolder: string,
    private readonly name: string,
    private readonly url: string,
  ) {
    this.store = new Store(database, new FileKeyStore(keysFolder), 'capitation');
    const sums = new BookSums(this.store);
    this.reads = new LedgerReads(this.store, sums);
    this.acts = new EntryActs(this.store, this.reads, sums);
    this.verifier = new BookVerifier(this.store, this.reads, sums);
    this.contracts = new ContractsService(this.store);
    const keys = new SplitKeys(this.store, this.contracts);
    const [acts, parts] = [new Participations(this.store), new RosterParts(this.store)];
    const pricing = new RosterPricing(this.contracts, this.reads, keys, acts, parts);
    const runs = new RosterRuns(this.store, this.reads, parts, pricing);
    this.closings = new Closings(this.store, this.reads, runs, sums);
    this.statements = new Statements(this.store, this.reads, sums);
    this.exports = new Exports(this.store, this.reads);
    this.dryRuns = new DryRuns(this.store, this.contracts, new RecordedInputs(this.store, this.contracts, pricing));
  }

  /** Activates a drafted version as an approver does who has read its dry run. */
  async activate(of: { readonly id: string; readonly version: number }, territory: string, now: string): Promise<void> {
    const approver = () => contextOf(territory, now, randomUUID(), 'person:bob');
    const { sha256: dryRun } = await this.dryRuns.run(of, approver());
    await this.contracts.activate({ ...of, approvedBy: 'Bob', dryRun }, false, approver());
  }

  static async open(url: string): Promise<RealLedger> {
    const name = `ledger_${randomUUID().slice(0, 8)}`;
    const database = await openDatabase(url, name);
    await ensureIndexes(database, types);
    const ledger = new RealLedger(database, mkdtempSync(join(tmpdir(), 'ledger-keys-')), name, url);
    await ledger.contracts.onModuleInit();
    await ledger.statements.onModuleInit();
    return ledger;
  }

  /** A second process on the same database, with a queue of its own. */
  async second(): Promise<RealLedger> {
    return new RealLedger(await openDatabase(this.url, this.name), this.keysFolder, this.name, this.url);
  }

  /** A new book, of a territory of its own. */
  async book(): Promise<{ readonly territory: string; readonly book: string }> {
    const territory = `t${randomUUID().slice(0, 8)}`;
    const book = `${territory}.hospital-a`;
    const [currency, tz, holder, now] = ['EUR', 'Europe/Paris', 'org:hospital-a', '2026-01-01T08:00:00.000Z'];
    const open = { type: 'OpenBook' as const, territoryCode: territory, currency, tz, holder, now };
    await this.store.handleMany([effect(bookType, book, open)], contextOf(territory, now));
    return { territory, book };
  }

  /** Posts a group as a run does: one command of the book's head. */
  async post(
    territory: string,
    drafts: readonly EntryDraft[],
    now: string,
    key?: string,
  ): Promise<{ replayed: boolean }> {
    const [first] = drafts;
    const command = { type: 'Post' as const, drafts, now };
    return this.store.handleMany([effect(headType, first?.book ?? '', command)], contextOf(territory, now, key));
  }

  /** @param isLast whether the database goes as well */
  async close(isLast = true): Promise<void> {
    await this.store.drain();
    if (isLast) await this.database.db.dropDatabase();
    await this.database.connection.close();
    if (isLast) rmSync(this.keysFolder, { recursive: true, force: true });
  }
}

/** A person's command under a key of its own, or under the one given. */
export const contextOf = (
  territory: string,
  now: string,
  messageId: string = randomUUID(),
  actor = 'person:ada',
): CommandContext => ({
  ...{ consumer: 'http', territory, actor, now },
  ...{ messageId, correlationId: messageId, causationId: messageId },
});
