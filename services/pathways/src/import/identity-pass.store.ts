import { type Item, type Of, Pass } from './import-pass.store';
import type { SinkOutcome } from './import-sink';
import type { MappedEntry } from './map-entry';
import { traitsOf } from './map-patient';
import type { Taken } from './mapped';

type IdentityKind = 'patient' | 'practitioner' | 'organisation';

/** Writes persons and directory, and notes every reference by which others may point to them. */
export class IdentityPass extends Pass<IdentityKind> {
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
