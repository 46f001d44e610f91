import { mappedEntries } from './fhir-stream.store';
import { BATCH_MAX, type ImportContext, type ImportSink, type SinkOutcome } from './import-sink';
import type { MappedEntry } from './map-entry';
import type { Taken, Warning } from './mapped';
import type { ReferenceIndex } from './reference-index.store';
import type { ImportReport, ReportBuilder } from './report';

/** Thrown between two batches when the service stops; the job begins again at the next start. */
export class ImportStopped extends Error {}

export interface ImportRun {
  readonly context: ImportContext;
  readonly lines: boolean;
  /** The file, from its beginning; called once per pass. */
  readonly chunks: () => AsyncIterable<Buffer>;
  readonly sink: ImportSink;
  readonly references: ReferenceIndex;
  /** Told after each batch: bytes read over both passes, and what has been counted. */
  readonly progress: (bytesRead: number, report: () => ImportReport) => Promise<void>;
  readonly stopping: () => boolean;
}

export type Of<K extends Taken['kind']> = Extract<Taken, { kind: K }>;
export interface Item<T> {
  readonly entry: MappedEntry;
  readonly taken: T;
  readonly warnings: readonly Warning[];
}

/** Items by the kind they belong to, flushed when one kind has a batch full. */
export abstract class Pass<K extends Taken['kind']> {
  private readonly waiting = new Map<K, Item<Of<K>>[]>();

  constructor(
    protected readonly run: ImportRun,
    protected readonly report: ReportBuilder,
  ) {}

  /** Whether this pass counts a resource, and under which kind it writes it. */
  protected abstract accepts(taken: Taken): taken is Of<K>;
  /** Counts what is neither written by this pass nor by the other. */
  protected abstract besides(entry: MappedEntry): void;
  protected abstract flush(kind: K, items: readonly Item<Of<K>>[]): Promise<void>;

  async walk(bytesBefore: number): Promise<number> {
    let bytes = bytesBefore;
    for await (const { entry, bytesRead } of mappedEntries(this.run.chunks(), this.run.lines)) {
      bytes = bytesBefore + bytesRead;
      const { mapped } = entry;
      if (mapped.status !== 'taken') this.besides(entry);
      else if (this.accepts(mapped.taken)) await this.add(entry, mapped.taken, mapped.warnings, bytes);
    }
    for (const [kind, items] of this.waiting) if (items.length > 0) await this.flush(kind, items);
    return bytes;
  }

  private async add(entry: MappedEntry, taken: Of<K>, warnings: readonly Warning[], bytes: number): Promise<void> {
    const kind = taken.kind;
    const items = this.waiting.get(kind) ?? [];
    items.push({ entry, taken, warnings });
    this.waiting.set(kind, items);
    if (items.length < BATCH_MAX) return;
    this.waiting.set(kind, []);
    await this.flush(kind, items);
    if (this.run.stopping()) throw new ImportStopped('The service stops.');
    await this.run.progress(bytes, () => this.report.snapshot());
  }

  protected tell(items: readonly Item<unknown>[], outcomes: readonly SinkOutcome[]): void {
    items.forEach((item, index) => {
      const outcome = outcomes[index] ?? { status: 'refused', reason: 'NO_OUTCOME' };
      this.report.outcome(item.entry, outcome, item.warnings);
    });
  }
}
