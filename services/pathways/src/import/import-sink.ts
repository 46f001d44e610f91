import type {
  ImportedCondition,
  ImportedExercise,
  ImportedMeasurement,
  ImportedOrganisation,
  ImportedPatient,
  ImportedPractitioner,
} from './mapped';

/** What became of one item: written, there before, or refused with a code. */
export type SinkOutcome =
  | { readonly status: 'written' }
  | { readonly status: 'known' }
  | { readonly status: 'refused'; readonly reason: string };

/** In whose name and on whose behalf an import writes. */
export interface ImportContext {
  readonly jobId: string;
  readonly territory: string;
  readonly actor: string;
  /** Virtual now, UTC, when the job was received. */
  readonly now: string;
}

/**
 * Where an import writes: the write path of the register and the directory. Each method takes a batch of at most 200
 * and answers one outcome per item, in the batch's order. The same item again is `known` and changes nothing.
 */
export interface ImportSink {
  registerPatients(batch: readonly ImportedPatient[], context: ImportContext): Promise<readonly SinkOutcome[]>;
  registerPractitioners(
    batch: readonly ImportedPractitioner[],
    context: ImportContext,
  ): Promise<readonly SinkOutcome[]>;
  registerOrganisations(
    batch: readonly ImportedOrganisation[],
    context: ImportContext,
  ): Promise<readonly SinkOutcome[]>;
  addExercises(batch: readonly ImportedExercise[], context: ImportContext): Promise<readonly SinkOutcome[]>;
  recordConditions(batch: readonly ImportedCondition[], context: ImportContext): Promise<readonly SinkOutcome[]>;
  recordMeasurements(batch: readonly ImportedMeasurement[], context: ImportContext): Promise<readonly SinkOutcome[]>;
}

/** Items of one call to the sink, and of one search of references. */
export const BATCH_MAX = 200;
