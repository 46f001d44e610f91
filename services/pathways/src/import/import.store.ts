import { arianeNamespace, DomainError, uuidv5 } from '@ariane/kernel';
import { type Database, type KeyStore, newId } from '@ariane/store';
import { logger } from '@ariane/telemetry';
import type { Readable } from 'node:stream';
import { type ImportJob, type StoredJob, toldOf } from './import-job';
import { ImportStopped } from './import-pass.store';
import { runImport } from './import-run.store';
import type { ImportSink } from './import-sink';
import { ReferenceIndex } from './reference-index.store';
import type { ImportReport } from './report';
import { Spool } from './spool.store';

/** The largest file, in bytes. */
const FILE_BYTES_MAX = 4_000_000_000;
/** How often progress is written, in milliseconds of machine time. */
const PROGRESS_EVERY_MS = 1000;

export interface ReceiveImport {
  readonly territory: string;
  readonly actor: string;
  /** The caller's Idempotency-Key: the job's id is made of it. */
  readonly key: string;
  readonly lines: boolean;
  readonly now: string;
  readonly body: Readable;
}

/**
 * Import jobs: a file is received whole, answered with its job, and read in the background, one job at a time. A job
 * that a stop or a crash cut off begins again at the next start; since ids come from the source, nothing is doubled.
 */
export class Imports {
  private readonly spool: Spool;
  private readonly references: ReferenceIndex;
  private queue: Promise<void> = Promise.resolve();
  private waiting = 0;
  private stopping = false;

  constructor(
    private readonly database: Database,
    keys: KeyStore,
    private readonly sink: ImportSink,
    folder: string,
    private readonly machineNow: () => number,
  ) {
    this.spool = new Spool(folder, keys, FILE_BYTES_MAX);
    this.references = new ReferenceIndex(database, keys);
  }

  /** To be called before requests arrive: makes indexes and takes up what was left unfinished. */
  async start(): Promise<void> {
    await this.references.ensureIndexes();
    const unfinished = await this.jobs()
      .find({ status: { $in: ['received', 'running'] } }, { sort: { receivedAt: 1 } })
      .toArray();
    for (const job of unfinished) this.enqueue(job);
  }

  /**
   * Receives a file and answers its job. The same key with the same file is the same job.
   *
   * @throws DomainError IDEMPOTENCY_CONFLICT when the key came with another file
   */
  async receive(command: ReceiveImport): Promise<ImportJob> {
    const { territory, key, body, lines, now: receivedAt, actor } = command;
    const jobId = uuidv5(arianeNamespace, `import|${territory}|${key}`);
    const file = newId();
    const { bytes: bytesTotal, sha256 } = await this.spool.receive(file, territory, body);
    const base = { territory, actor, file, sha256, bytesTotal, lines, receivedAt };
    const fresh: Omit<StoredJob, '_id'> = { ...base, status: 'received', bytesRead: 0 };
    const known = await this.jobs().findOneAndUpdate({ _id: jobId }, { $setOnInsert: fresh }, { upsert: true });
    if (known === null) {
      this.enqueue({ _id: jobId, ...fresh });
      return toldOf({ _id: jobId, ...fresh });
    }
    await this.spool.remove(file);
    if (known.sha256 !== sha256) throw new DomainError('IDEMPOTENCY_CONFLICT', {}, 'Idempotency-Key');
    return toldOf(known);
  }

  async find(territory: string, jobId: string): Promise<ImportJob | undefined> {
    const stored = await this.jobs().findOne({ _id: jobId, territory });
    return stored === null ? undefined : toldOf(stored);
  }

  /** How many jobs are waiting or under way. */
  get pending(): number {
    return this.waiting;
  }

  /** Stops between two batches and waits for it. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.queue;
  }

  /** Waits until every job received so far has ended. */
  async settled(): Promise<void> {
    await this.queue;
  }

  private enqueue(job: StoredJob): void {
    this.waiting += 1;
    this.queue = this.queue
      .then(() => this.run(job))
      .finally(() => {
        this.waiting -= 1;
      });
  }

  private async run(job: StoredJob): Promise<void> {
    if (this.stopping) return;
    try {
      const report = await this.read(job);
      await this.finish(job, { status: 'done', report, bytesRead: job.bytesTotal * 2 });
    } catch (error) {
      if (error instanceof ImportStopped) return;
      logger.error('An import failed.', { error });
      await this.finish(job, { status: 'failed', reason: error instanceof DomainError ? error.code : 'INTERNAL' });
    }
  }

  private async read(job: StoredJob): Promise<ImportReport> {
    let told = this.machineNow();
    const context = { jobId: job._id, territory: job.territory, actor: job.actor, now: job.receivedAt };
    return runImport({
      context,
      lines: job.lines,
      chunks: () => this.spool.read(job.file, job.territory),
      sink: this.sink,
      references: this.references,
      stopping: () => this.stopping,
      progress: async (bytesRead, report) => {
        if (this.machineNow() - told < PROGRESS_EVERY_MS) return;
        told = this.machineNow();
        await this.jobs().updateOne({ _id: job._id }, { $set: { status: 'running', bytesRead, report: report() } });
      },
    });
  }

  private async finish(job: StoredJob, ending: Partial<StoredJob>): Promise<void> {
    const finishedAt = new Date(this.machineNow()).toISOString();
    await this.jobs().updateOne({ _id: job._id }, { $set: { ...ending, finishedAt } });
    await this.references.forget(job._id);
    await this.spool.remove(job.file);
  }

  private jobs() {
    return this.database.db.collection<StoredJob>('import_jobs');
  }
}
