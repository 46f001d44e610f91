import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@ariane/kernel';
import { AUDIT, auditDocument, type AuditDocument, type AuditEntry, newId, Store } from '@ariane/store';
import { logger } from '@ariane/telemetry';
import { Injectable } from '@nestjs/common';

interface Waiting {
  readonly territory: string;
  readonly entry: AuditEntry;
  readonly settle: () => void;
  readonly fail: (error: unknown) => void;
}

/** Answers of one screen are ready within milliseconds of one another: they wait so long for one write and one seal. */
const BOARDING_MS = 5;
/** While many read, writes begin no sooner than this one after the other: each costs its own, its seal and its flush. */
const PACE_MS = 40;

/**
 * Writes what is about to be disclosed. Those who come within a moment, and in a rush within a pace, are written
 * together, as the commands of the write path are: many reads cost one write.
 */
@Injectable()
export class ReadAudit {
  private waiting: Waiting[] = [];
  private running = false;
  private begunAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly store: Store) {}

  /**
   * Resolves once the entry is durable.
   *
   * @throws DomainError NOT_READY when it cannot be written: then nothing may be disclosed
   */
  write(territory: string, entry: AuditEntry): Promise<void> {
    return new Promise((settle, fail) => {
      this.waiting.push({ territory, entry, settle, fail });
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) {
      await sleep(Math.max(BOARDING_MS, this.begunAt + PACE_MS - performance.now()));
      this.begunAt = performance.now();
      await this.flush(this.waiting.splice(0));
    }
    this.running = false;
  }

  private async flush(taken: readonly Waiting[]): Promise<void> {
    const documents = [...Map.groupBy(taken, ({ territory }) => territory)].map(([territory, ones]) =>
      auditDocument(
        territory,
        ones.map(({ entry }) => entry),
        newId(),
      ),
    );
    try {
      await this.store.database.db.collection<AuditDocument>(AUDIT).insertMany(documents);
      for (const { settle } of taken) settle();
    } catch (error) {
      logger.error('The audit of reads could not be written; nothing was disclosed.', { count: taken.length, error });
      for (const { fail } of taken) fail(new DomainError('NOT_READY'));
    }
  }
}
