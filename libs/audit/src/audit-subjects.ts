import type { ReaderContext } from '@ariane/service';
import type { Store } from '@ariane/store';

/** What only the service knows of whom its audit is about. */
export interface AuditSubjects {
  /** Whether the reader coordinates the patient's care; nobody does where the service does not know. */
  readonly coordinates: (store: Store, patientId: string, reader: ReaderContext) => Promise<boolean>;
  /** Names of professionals by their id in the directory; none where the service has no directory. */
  readonly namesOf: (store: Store, territory: string, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** The civil time of a territory's days. */
  readonly timeZoneOf: (territory: string) => string;
}

export const AUDIT_SUBJECTS = Symbol.for('ariane.audit-subjects');

/** A service that holds neither care teams nor names. */
export const anonymousSubjects: AuditSubjects = {
  coordinates: () => Promise.resolve(false),
  namesOf: () => Promise.resolve(new Map()),
  timeZoneOf: () => 'Europe/Paris',
};
