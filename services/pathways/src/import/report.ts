import type { SinkOutcome } from './import-sink';
import type { MappedEntry } from './map-entry';
import type { Warning } from './mapped';

interface KindCounts {
  readonly taken: number;
  readonly refused: number;
  readonly notUsed: number;
}

/** A refusal with the place of its resource; it names no person and no value. */
export interface Refusal {
  /** Rank of the resource in the file, from 0. */
  readonly position: number;
  /** Of the resource's first byte in the file. */
  readonly offset: number;
  readonly kind: string;
  readonly sourceId?: string;
  readonly reason: string;
}

/** Persons with the same traits under other identifiers: two persons until a human says otherwise. */
export interface PossibleDuplicate {
  readonly patientId: string;
  readonly like: readonly string[];
}

export interface ImportReport {
  /** Every resource met; always the sum of taken, refused and not used over all kinds. */
  readonly resources: number;
  readonly kinds: Readonly<Record<string, KindCounts>>;
  /** Of the taken: how many were there before. */
  readonly alreadyKnown: number;
  readonly refusedFor: Readonly<Record<string, number>>;
  readonly notUsedFor: Readonly<Record<string, number>>;
  readonly warnings: Readonly<Record<string, number>>;
  /** The first hundred. */
  readonly refusals: readonly Refusal[];
  readonly possibleDuplicates: readonly PossibleDuplicate[];
  readonly possibleDuplicateCount: number;
}

const LISTED_MAX = 100;
/** FHIR has some 150 kinds; names beyond that are made up and share one line. */
const KINDS_MAX = 200;

/** Counts what became of each resource. The report stays small however large the file is. */
export class ReportBuilder {
  private resources = 0;
  private alreadyKnown = 0;
  private possibleDuplicateCount = 0;
  private readonly kinds = new Map<string, { taken: number; refused: number; notUsed: number }>();
  private readonly refusedFor = new Map<string, number>();
  private readonly notUsedFor = new Map<string, number>();
  private readonly warnings = new Map<string, number>();
  private readonly refusals: Refusal[] = [];
  private readonly possibleDuplicates: PossibleDuplicate[] = [];

  unused(entry: MappedEntry, reason: string): void {
    this.count(entry).notUsed += 1;
    increment(this.notUsedFor, reason);
  }

  refused(entry: MappedEntry, reason: string): void {
    this.count(entry).refused += 1;
    increment(this.refusedFor, reason);
    if (this.refusals.length >= LISTED_MAX) return;
    const { position, offset, resourceType: kind, sourceId } = entry;
    this.refusals.push({ position, offset, kind, ...(sourceId === undefined ? {} : { sourceId }), reason });
  }

  /** The sink's answer for a resource that was mapped. */
  outcome(entry: MappedEntry, outcome: SinkOutcome, warnings: readonly Warning[]): void {
    if (outcome.status === 'refused') {
      this.refused(entry, outcome.reason);
      return;
    }
    this.count(entry).taken += 1;
    if (outcome.status === 'known') this.alreadyKnown += 1;
    for (const warning of warnings) increment(this.warnings, warning);
  }

  possibleDuplicate(duplicate: PossibleDuplicate): void {
    this.possibleDuplicateCount += 1;
    if (this.possibleDuplicates.length < LISTED_MAX) this.possibleDuplicates.push(duplicate);
  }

  snapshot(): ImportReport {
    return {
      resources: this.resources,
      kinds: Object.fromEntries([...this.kinds].map(([kind, counts]) => [kind, { ...counts }])),
      alreadyKnown: this.alreadyKnown,
      refusedFor: Object.fromEntries(this.refusedFor),
      notUsedFor: Object.fromEntries(this.notUsedFor),
      warnings: Object.fromEntries(this.warnings),
      refusals: [...this.refusals],
      possibleDuplicates: [...this.possibleDuplicates],
      possibleDuplicateCount: this.possibleDuplicateCount,
    };
  }

  private count(entry: MappedEntry): { taken: number; refused: number; notUsed: number } {
    this.resources += 1;
    const name = this.kinds.has(entry.resourceType) || this.kinds.size < KINDS_MAX ? entry.resourceType : 'other';
    const counts = this.kinds.get(name) ?? { taken: 0, refused: 0, notUsed: 0 };
    this.kinds.set(name, counts);
    return counts;
  }
}

function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
