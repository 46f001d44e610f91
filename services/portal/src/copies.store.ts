import type { Aggregate } from '@ariane/store';
import { acquaintance, type Acquaintance, type AcquaintanceChanged, type AcquaintanceCommand } from './acquaintance';
import { type CopyListed, type ListedCopied, listedCopy, type ListedCopy } from './listed-copy';
import { type CopyPatient, type PatientCopied, patientCopy, type PatientCopy } from './patient-copy';
import { pathwayReaders, type PathwayReaders, type ReadersChanged, type ReadersCommand } from './pathway-readers';
import { view, type View, type ViewChanged, type ViewCommand } from './view';

const silent = { facts: {}, subject: (_state: object, _event: object, id: string): string => id };

/** Who patients are; identity is sealed with each one's key. */
export const patientCopies: Aggregate<PatientCopy, CopyPatient, PatientCopied> = {
  ...patientCopy,
  ...silent,
  name: 'patient-copy',
  collection: 'patient_copies',
  patient: ({ patientId }) => patientId,
  sealed: ['familyName', 'givenNames', 'birthDate', 'sex'],
};

/** Who may know which patient. */
export const acquaintances: Aggregate<Acquaintance, AcquaintanceCommand, AcquaintanceChanged> = {
  ...acquaintance,
  ...silent,
  name: 'acquaintance',
  collection: 'acquaintances',
};

/** Professionals of the directory. */
export const practitionerCopies: Aggregate<ListedCopy, CopyListed, ListedCopied> = {
  ...listedCopy,
  ...silent,
  name: 'practitioner-copy',
  collection: 'practitioner_copies',
};

/** Places of the directory. */
export const organisationCopies: Aggregate<ListedCopy, CopyListed, ListedCopied> = {
  ...listedCopy,
  ...silent,
  name: 'organisation-copy',
  collection: 'organisation_copies',
};

/** Who hears of a pathway's changes. */
export const readersOfPathways: Aggregate<PathwayReaders, ReadersCommand, ReadersChanged> = {
  ...pathwayReaders,
  ...silent,
  name: 'pathway-readers',
  collection: 'pathway_readers',
};

/** Saved views of screens. */
export const views: Aggregate<View, ViewCommand, ViewChanged> = {
  ...view,
  ...silent,
  name: 'view',
  collection: 'views',
  sealed: ['name'],
  indexes: [{ keys: { ownerId: 1, area: 1 } }, { keys: { area: 1, isShared: 1 } }],
};
