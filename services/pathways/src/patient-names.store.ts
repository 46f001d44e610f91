import { DomainError } from '@ariane/kernel';
import { StartWaits } from '@ariane/service';
import { Store } from '@ariane/store';
import { logger } from '@ariane/telemetry';
import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { patients } from './aggregates.store';
import { NameIndex, type NamedPatient, type WantedPatient } from './name-index';

/** Patients opened at one time while the index is built. */
const PAGE = 500;
/** How long the start waits for the names; a register of hundreds of thousands is read on while others are served. */
const START_WAITS_MS = 20_000;
/** Wait before the change stream is opened again after MongoDB was away, in milliseconds. */
const RETRY_MS = 1_000;

interface Changed {
  readonly documentKey?: { readonly _id: string };
  readonly fullDocument?: { readonly territory: string };
}

/**
 * The names of every territory, built at the start from what is sealed and kept up by the change stream, so that a
 * person registered by a form, an import or another process is found. Nothing of it is ever written.
 */
@Injectable()
export class PatientNames {
  private readonly territories = new Map<string, NameIndex>();
  private stopping = false;
  private built = false;
  private close: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly store: Store,
    waits: StartWaits,
  ) {
    waits.add('patient names', () => this.begin());
  }

  /** @throws DomainError NOT_READY while names are still being read: somebody could be missed */
  search(territory: string, wanted: WantedPatient, limit: number): readonly NamedPatient[] {
    if (!this.built) throw new DomainError('NOT_READY');
    return this.territories.get(territory)?.search(wanted, limit) ?? [];
  }

  private async begin(): Promise<void> {
    const building = this.build();
    await Promise.race([building, sleep(START_WAITS_MS, undefined, { ref: false })]);
    if (!this.built) void building.catch(giveUp);
  }

  /** Listens first and reads afterwards, so that nobody registered meanwhile is missed. */
  private async build(): Promise<void> {
    const begun = performance.now();
    const stream = this.collection().watch<object, object>(
      [
        { $match: { operationType: { $in: ['insert', 'replace'] } } },
        { $project: { documentKey: 1, 'fullDocument.territory': 1 } },
      ],
      { fullDocument: 'default' },
    );
    this.close = () => stream.close();
    void this.follow(stream);
    for (const territory of await this.collection().distinct('territory')) await this.load(String(territory));
    this.built = true;
    const count = [...this.territories.values()].reduce((sum, { size }) => sum + size, 0);
    logger.info('The names have been read.', { count, durationMs: Math.round(performance.now() - begun) });
  }

  private async load(territory: string): Promise<void> {
    for (let after = ''; ;) {
      const found = await this.store.find(patients, territory, { _id: { $gt: after } }, { limit: PAGE });
      for (const { state } of found) this.put(territory, state);
      const last = found.at(-1);
      if (last === undefined || found.length < PAGE || this.stopping) return;
      after = last.id;
    }
  }

  private async follow(stream: AsyncIterable<object>): Promise<void> {
    try {
      for await (const change of stream) await this.renew(change);
    } catch (error) {
      if (!this.stopping) logger.warn('The change stream of patients ended.', { error });
    }
    if (this.stopping) return;
    await sleep(RETRY_MS);
    this.build().catch(giveUp);
  }

  private async renew({ documentKey, fullDocument }: Changed): Promise<void> {
    if (documentKey === undefined || fullDocument === undefined) return;
    const { territory } = fullDocument;
    const found = await this.store.read(patients, territory, documentKey._id);
    if (found !== undefined) this.put(territory, found.state);
  }

  private put(territory: string, patient: NamedPatient): void {
    const index = this.territories.get(territory) ?? new NameIndex();
    this.territories.set(territory, index);
    index.put(patient);
  }

  private collection() {
    return this.store.database.db.collection<{ _id: string }>(patients.collection);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.close();
  }
}

/** Without the stream, searches would miss people silently: whatever supervises the process starts it again. */
function giveUp(error: unknown): void {
  logger.error('Names cannot be followed.', { error });
  process.kill(process.pid, 'SIGTERM');
}
