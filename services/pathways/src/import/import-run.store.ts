import { arianeNamespace, uuidv5 } from '@ariane/kernel';
import { mappedEntries } from './fhir-stream.store';
import { BATCH_MAX, type ImportContext, type ImportSink, type SinkOutcome } from './import-sink';
import type { MappedEntry } from './map-entry';
import { traitsOf } from './map-patient';
import type { PendingFact, Taken, Warning } from './mapped';
import type { ReferenceIndex, Resolved } from './reference-index.store';
import { lookedUp } from './references';
import { type ImportReport, ReportBuilder } from './report';

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

type Of<K extends Taken['kind']> = Extract<Taken, { kind: K }>;
interface Item<T> {
  readonly entry: MappedEntry;
  readonly taken: T;
  readonly warnings: readonly Warning[];
}

/**
 * Reads the file twice: persons and directory first, with every reference by which others may point to them, then the
 * facts that point. So a fact may come before its patient in the file, and one batch at a time is held.
 */
export async function runImport(run: ImportRun): Promise<ImportReport> {
  const report = new ReportBuilder();
  const bytes = await new IdentityPass(run, report).walk(0);
  await new FactPass(run, report).walk(bytes);
  return report.snapshot();
}

/** Items by the kind they belong to, flushed when one kind has a batch full. */
abstract class Pass<K extends Taken['kind']> {
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

type IdentityKind = 'patient' | 'practitioner' | 'organisation';

class IdentityPass extends Pass<IdentityKind> {
  protected accepts(taken: Taken): taken is Of<IdentityKind> {
    return taken.kind === 'patient' || taken.kind === 'practitioner' || taken.kind === 'organisation';
  }

  protected besides(entry: MappedEntry): void {
    if (entry.mapped.status === 'unused') this.report.unused(entry, entry.mapped.reason);
    if (entry.mapped.status === 'refused') this.report.refused(entry, entry.mapped.reason);
  }

  protected async flush(kind: IdentityKind, items: readonly Item<Of<IdentityKind>>[]): Promise<void> {
    const outcomes = await this.write(
      kind,
      items.map((item) => item.taken),
    );
    this.tell(items, outcomes);
    const written = items.filter((_, index) => (outcomes[index]?.status ?? 'refused') !== 'refused');
    const noted = written.map(({ taken }) => ({ id: idOf(taken), references: taken.references }));
    const { jobId, territory } = this.run.context;
    await this.run.references.note(jobId, territory, noted);
    await this.tellDuplicates(written.map((item) => item.taken));
  }

  private async write(kind: IdentityKind, batch: readonly Of<IdentityKind>[]): Promise<readonly SinkOutcome[]> {
    const { sink, context } = this.run;
    switch (kind) {
      case 'patient':
        return sink.registerPatients(
          batch.flatMap((one) => (one.kind === 'patient' ? [one.patient] : [])),
          context,
        );
      case 'practitioner':
        return sink.registerPractitioners(
          batch.flatMap((one) => (one.kind === 'practitioner' ? [one.practitioner] : [])),
          context,
        );
      case 'organisation':
        return sink.registerOrganisations(
          batch.flatMap((one) => (one.kind === 'organisation' ? [one.organisation] : [])),
          context,
        );
    }
  }

  private async tellDuplicates(batch: readonly Of<IdentityKind>[]): Promise<void> {
    const persons = batch.flatMap((one) =>
      one.kind === 'patient' ? [{ id: one.patient.patientId, traits: traitsOf(one.patient) }] : [],
    );
    const likes = await this.run.references.noteTraits(this.run.context.territory, persons);
    persons.forEach(({ id: patientId }, index) => {
      const like = likes[index] ?? [];
      if (like.length > 0) this.report.possibleDuplicate({ patientId, like });
    });
  }
}

const idOf = (taken: Of<IdentityKind>): string => {
  switch (taken.kind) {
    case 'patient':
      return taken.patient.patientId;
    case 'practitioner':
      return taken.practitioner.practitionerId;
    case 'organisation':
      return taken.organisation.organisationId;
  }
};

type FactKind = 'condition' | 'measurement' | 'exercise';

class FactPass extends Pass<FactKind> {
  protected accepts(taken: Taken): taken is Of<FactKind> {
    return taken.kind === 'condition' || taken.kind === 'measurement' || taken.kind === 'exercise';
  }

  /** The first pass has counted them. */
  protected besides(): void {
    return;
  }

  protected async flush(_: FactKind, items: readonly Item<Of<FactKind>>[]): Promise<void> {
    const exercises = items.flatMap((item) => (item.taken.kind === 'exercise' ? [{ ...item, taken: item.taken }] : []));
    const facts = items.flatMap((item) => (item.taken.kind === 'exercise' ? [] : [{ ...item, taken: item.taken }]));
    if (exercises.length > 0) await this.addExercises(exercises);
    if (facts.length > 0) await this.recordFacts(facts);
  }

  private async recordFacts(items: readonly Item<PendingFact>[]): Promise<void> {
    const { sink, context } = this.run;
    const found = await this.found(
      items,
      items.map((item) => item.taken.reference),
    );
    const idOfFact = (patientId: string, fact: PendingFact): string =>
      uuidv5(arianeNamespace, `${patientId}|${fact.kind}|${fact.source}`);
    const conditions = found.flatMap(({ item, id: patientId }) =>
      item.taken.kind === 'condition'
        ? [{ item, fact: { patientId, conditionId: idOfFact(patientId, item.taken), ...item.taken.condition } }]
        : [],
    );
    const measurements = found.flatMap(({ item, id: patientId }) =>
      item.taken.kind === 'measurement'
        ? [{ item, fact: { patientId, measurementId: idOfFact(patientId, item.taken), ...item.taken.measurement } }]
        : [],
    );
    if (conditions.length > 0) {
      const outcomes = await sink.recordConditions(
        conditions.map((one) => one.fact),
        context,
      );
      this.tell(
        conditions.map((one) => one.item),
        outcomes,
      );
    }
    if (measurements.length > 0) {
      const outcomes = await sink.recordMeasurements(
        measurements.map((one) => one.fact),
        context,
      );
      this.tell(
        measurements.map((one) => one.item),
        outcomes,
      );
    }
  }

  private async addExercises(items: readonly Item<Of<'exercise'>>[]): Promise<void> {
    const { sink, context, references } = this.run;
    const found = await this.found(
      items,
      items.map((item) => item.taken.practitioner),
    );
    const places = await references.resolve(
      context.jobId,
      context.territory,
      found.map(({ item }) => lookedUp(item.taken.organisation ?? '')),
    );
    const batch = found.map(({ item, id: practitionerId }, index) => {
      const place = places[index];
      return {
        practitionerId,
        ...item.taken.exercise,
        ...(place?.status === 'one' ? { organisationId: place.id } : {}),
      };
    });
    if (batch.length > 0)
      this.tell(
        found.map(({ item }) => item),
        await sink.addExercises(batch, context),
      );
  }

  /** The items whose reference leads to one id; the others are refused here. */
  private async found<T>(
    items: readonly Item<T>[],
    wanted: readonly string[],
  ): Promise<{ readonly item: Item<T>; readonly id: string }[]> {
    const { jobId, territory } = this.run.context;
    const resolved = await this.run.references.resolve(jobId, territory, wanted.map(lookedUp));
    return items.flatMap((item, index) => {
      const one: Resolved = resolved[index] ?? { status: 'none' };
      if (one.status === 'one') return [{ item, id: one.id }];
      this.report.refused(item.entry, one.status === 'several' ? 'REFERENCE_AMBIGUOUS' : 'REFERENCE_NOT_FOUND');
      return [];
    });
  }
}
