import { DomainError } from '@ariane/kernel';
import { type Aggregate, type CommandContext, newId, type Store } from '@ariane/store';
import type { Organisation, OrganisationEvent, RegisterOrganisation } from '../organisation';
import type { Patient, PatientCommand, PatientEvent } from '../patient';
import type { Practitioner, PractitionerEvent, RegisterPractitioner } from '../practitioner';
import type { ImportContext, ImportSink, SinkOutcome } from './import-sink';
import type {
  ImportedCondition,
  ImportedExercise,
  ImportedMeasurement,
  ImportedOrganisation,
  ImportedPatient,
  ImportedPractitioner,
  KeptIdentifier,
} from './mapped';

/** What the register gives to an import: its aggregates, and the hash by which an identifier is found again. */
export interface RegisterPorts {
  readonly store: Store;
  readonly patients: Aggregate<Patient, PatientCommand, PatientEvent>;
  readonly practitioners: Aggregate<Practitioner, RegisterPractitioner, PractitionerEvent>;
  readonly organisations: Aggregate<Organisation, RegisterOrganisation, OrganisationEvent>;
  readonly hashesOf: (territory: string, identifiers: readonly KeptIdentifier[]) => Promise<readonly string[]>;
}

/** Told of every fact that an import records. */
const PROVENANCE = 'import';
/** The first day of an exercise whose source names none. */
const EXERCISE_FROM = '1900-01-01';

/**
 * Writes an import through the commands that forms use too. The commands of a batch are given together, so that the
 * write path commits them in few transactions; facts of one patient are one command.
 */
export class RegisterSink implements ImportSink {
  constructor(private readonly ports: RegisterPorts) {}

  registerPatients(batch: readonly ImportedPatient[], context: ImportContext): Promise<readonly SinkOutcome[]> {
    return Promise.all(batch.map((one) => this.registerPatient(one, context)));
  }

  registerPractitioners(
    batch: readonly ImportedPractitioner[],
    context: ImportContext,
  ): Promise<readonly SinkOutcome[]> {
    const { store, practitioners } = this.ports;
    return Promise.all(
      batch.map(async ({ practitionerId: id, name, rpps = '' }) => {
        const known = await store.read(practitioners, context.territory, id);
        if (known !== undefined) return { status: 'known' };
        const command = { type: 'RegisterPractitioner', id, rpps, name, exercises: [] } as const;
        return outcomeOf(() => store.handle(practitioners, id, command, contextOf(context)));
      }),
    );
  }

  registerOrganisations(
    batch: readonly ImportedOrganisation[],
    context: ImportContext,
  ): Promise<readonly SinkOutcome[]> {
    const { store, organisations } = this.ports;
    return Promise.all(
      batch.map(async ({ organisationId: id, name, finess, identifier }) => {
        const known = await store.read(organisations, context.territory, id);
        if (known !== undefined) return { status: 'known' };
        const command = {
          type: 'RegisterOrganisation',
          id,
          finess: finess ?? identifier.value.slice(0, 80),
          name,
        } as const;
        return outcomeOf(() => store.handle(organisations, id, command, contextOf(context)));
      }),
    );
  }

  /** One after the other: two exercises of one professional must not replace each other. */
  async addExercises(batch: readonly ImportedExercise[], context: ImportContext): Promise<readonly SinkOutcome[]> {
    const outcomes: SinkOutcome[] = [];
    for (const { practitionerId: id, ...exercise } of batch) {
      outcomes.push(await this.addExercise(id, { ...exercise, from: exercise.from ?? EXERCISE_FROM }, context));
    }
    return outcomes;
  }

  recordConditions(batch: readonly ImportedCondition[], context: ImportContext): Promise<readonly SinkOutcome[]> {
    return this.recordByPatient(batch, context, (state, mine) => {
      const known = new Set(state.conditions.map((one) => one.id));
      const conditions = mine.map(({ patientId: _, conditionId: id, ...rest }) => ({
        id,
        ...rest,
        provenance: PROVENANCE,
      }));
      return { command: { type: 'RecordConditions', conditions }, known: conditions.map((one) => known.has(one.id)) };
    });
  }

  recordMeasurements(batch: readonly ImportedMeasurement[], context: ImportContext): Promise<readonly SinkOutcome[]> {
    return this.recordByPatient(batch, context, (state, mine) => {
      const known = new Set(state.measurements.map((one) => one.id));
      const measurements = mine.map(({ patientId: _, measurementId: id, ...rest }) => ({
        id,
        ...rest,
        provenance: PROVENANCE,
      }));
      return {
        command: { type: 'RecordMeasurements', measurements },
        known: measurements.map((one) => known.has(one.id)),
      };
    });
  }

  /**
   * The same identifier again is the same person only if the traits agree: a record number that was given to somebody
   * else must not lend this person another's kidneys (hazard H1).
   */
  private async registerPatient(imported: ImportedPatient, context: ImportContext): Promise<SinkOutcome> {
    const { store, patients, hashesOf } = this.ports;
    const { patientId: id, familyName, givenNames, birthDate, sex, language, identifiers } = imported;
    const known = await store.read(patients, context.territory, id);
    if (known !== undefined) return this.knownPatient(known.state, imported, context);
    const identifierHashes = await hashesOf(context.territory, identifiers);
    const identity = { familyName, givenNames, birthDate, sex, language, identifiers, identifierHashes };
    const command = { type: 'RegisterPatient', id, ...identity, ...deathOf(imported, context.now) } as const;
    const outcome = await outcomeOf(() => store.handle(patients, id, command, contextOf(context)));
    if (outcome.status !== 'refused' || outcome.reason !== 'ALREADY_EXISTS') return outcome;
    const other = await store.read(patients, context.territory, id);
    return other === undefined
      ? { status: 'refused', reason: 'IDENTIFIER_TAKEN' }
      : this.knownPatient(other.state, imported, context);
  }

  /** A death that a later file tells is written down; nothing else of a known person is changed by a file. */
  private async knownPatient(known: Patient, imported: ImportedPatient, context: ImportContext): Promise<SinkOutcome> {
    const outcome = sameOrRefused(known, imported);
    const death = deathOf(imported, context.now);
    if (outcome.status !== 'known' || known.deceasedAt !== undefined || death.deceasedAt === undefined) return outcome;
    const { store, patients } = this.ports;
    return outcomeOf(() => store.handle(patients, known.id, { type: 'CorrectTraits', ...death }, contextOf(context)));
  }

  private async addExercise(
    id: string,
    exercise: Omit<ImportedExercise, 'practitionerId'> & { from: string },
    context: ImportContext,
  ): Promise<SinkOutcome> {
    const { store, practitioners } = this.ports;
    const known = await store.read(practitioners, context.territory, id);
    if (known === undefined) return { status: 'refused', reason: 'REFERENCE_NOT_FOUND' };
    const { rpps, name, exercises } = known.state;
    const same = exercises.some((one) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(exercise)));
    if (same) return { status: 'known' };
    const command = { type: 'RegisterPractitioner', id, rpps, name, exercises: [...exercises, exercise] } as const;
    return outcomeOf(() => store.handle(practitioners, id, command, contextOf(context)));
  }

  private async recordByPatient<T extends { readonly patientId: string }>(
    batch: readonly T[],
    context: ImportContext,
    commandFor: (state: Patient, mine: readonly T[]) => { command: PatientCommand; known: readonly boolean[] },
  ): Promise<readonly SinkOutcome[]> {
    const { store, patients } = this.ports;
    const byPatient = Map.groupBy(batch, (one) => one.patientId);
    const outcomes = new Map<T, SinkOutcome>();
    await Promise.all(
      [...byPatient].map(async ([patientId, mine]) => {
        const current = await store.read(patients, context.territory, patientId);
        const prepared = current === undefined ? undefined : commandFor(current.state, mine);
        const outcome: SinkOutcome =
          prepared === undefined
            ? { status: 'refused', reason: 'REFERENCE_NOT_FOUND' }
            : prepared.known.every(Boolean)
              ? { status: 'known' }
              : await outcomeOf(() => store.handle(patients, patientId, prepared.command, contextOf(context)));
        mine.forEach((one, index) => {
          const known = outcome.status === 'written' && prepared?.known[index] === true;
          outcomes.set(one, known ? { status: 'known' } : outcome);
        });
      }),
    );
    return batch.map((one) => outcomes.get(one) ?? { status: 'refused', reason: 'NO_OUTCOME' });
  }
}

/** Where the source says only that the person has died, they had by the time of the import. */
const deathOf = ({ deceased, deceasedAt }: ImportedPatient, now: string): { readonly deceasedAt?: string } =>
  deceased ? { deceasedAt: deceasedAt ?? now } : {};

const sorted = (value: object): unknown[] => Object.entries(value).sort(([a], [b]) => a.localeCompare(b));

function sameOrRefused(known: Patient, imported: ImportedPatient): SinkOutcome {
  const sameName = known.familyName === imported.familyName || known.givenNames[0] === imported.givenNames[0];
  const same = known.birthDate === imported.birthDate && known.sex === imported.sex && sameName;
  return same ? { status: 'known' } : { status: 'refused', reason: 'IDENTIFIER_OF_ANOTHER_PERSON' };
}

/** A refusal of the register is this item's outcome; anything else stops the job, which begins again. */
async function outcomeOf(write: () => Promise<unknown>): Promise<SinkOutcome> {
  try {
    await write();
    return { status: 'written' };
  } catch (error) {
    if (error instanceof DomainError) return { status: 'refused', reason: error.code };
    throw error;
  }
}

function contextOf({ jobId, territory, actor, now }: ImportContext): CommandContext {
  return { messageId: newId(), consumer: 'import', territory, actor, now, correlationId: jobId, causationId: jobId };
}
