import { arianeNamespace, uuidv5 } from '@ariane/kernel';
import { type Item, type Of, Pass } from './import-pass.store';
import type { PendingFact, Taken } from './mapped';
import type { Resolved } from './reference-index.store';
import { lookedUp } from './references';

type FactKind = 'condition' | 'measurement' | 'exercise';

/** Writes the facts that point to persons whom the first pass has noted. */
export class FactPass extends Pass<FactKind> {
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
