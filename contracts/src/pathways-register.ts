import { Type } from '@sinclair/typebox';
import {
  Code,
  Day,
  defineEvents,
  direct,
  health,
  HealthCode,
  Id,
  indirect,
  Instant,
  none,
  OptionalId,
} from './define-event';
import { ids } from './example-ids';

const define = defineEvents('pathways');
const closed = { additionalProperties: false };

/** A number an authority or an establishment gave to a person or a place: always the system with the value. */
const Identifier = Type.Object(
  { system: none(Type.String({ maxLength: 200 })), value: direct(Type.String({ minLength: 1, maxLength: 64 })) },
  closed,
);

const Identity = {
  patientId: Id,
  familyName: direct(Type.String({ maxLength: 120 })),
  givenNames: Type.Array(direct(Type.String({ maxLength: 120 }))),
  birthDate: direct(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  sex: direct(Type.Union([Type.Literal('male'), Type.Literal('female'), Type.Literal('unknown')])),
  language: indirect(Type.String({ maxLength: 10 })),
  identifiers: Type.Array(Identifier),
  /** When the person died; where a source says only that they have, when the register was told. */
  deceasedAt: Type.Optional(health(Instant)),
};
const identity = {
  patientId: ids.patient,
  familyName: 'ESSAI',
  givenNames: ['Ariane'],
  birthDate: '1948-05-17',
  sex: 'female' as const,
  language: 'fr',
  identifiers: [{ system: 'urn:ariane:local', value: 'A-0001' }],
};

const Exercise = Type.Object(
  {
    role: Code,
    specialty: Type.Optional(Code),
    organisationId: OptionalId,
    from: Day,
    to: Type.Optional(Day),
  },
  closed,
);

/** Who is who: patients, the directory, care teams. */
export const registerEvents = {
  PatientRegistered: define(
    'PatientRegistered',
    'A person entered the territory’s register, with traits and the local or INS identifier.',
    Type.Object(Identity),
    identity,
  ),
  PatientTraitsCorrected: define(
    'PatientTraitsCorrected',
    'The traits or the identifiers of a person were corrected; these replace all those told before.',
    Type.Object(Identity),
    identity,
  ),
  ConditionRecorded: define(
    'ConditionRecorded',
    'A diagnosis was recorded for a patient, with its code as the source gave it.',
    Type.Object({
      patientId: Id,
      conditionId: Id,
      system: Code,
      code: HealthCode,
      onset: Type.Optional(health(Type.String({ maxLength: 32 }))),
      provenance: Code,
    }),
    { patientId: ids.patient, conditionId: ids.other, system: 'CIM-10', code: 'C50.9', provenance: 'form' },
  ),
  MeasurementRecorded: define(
    'MeasurementRecorded',
    'A measurement was recorded, with its unit as the source gave it; nothing is converted here.',
    Type.Object({
      patientId: Id,
      measurementId: Id,
      code: HealthCode,
      value: health(Type.Number()),
      unit: none(Type.String({ maxLength: 40 })),
      measuredAt: Instant,
      provenance: Code,
    }),
    {
      patientId: ids.patient,
      measurementId: ids.other,
      code: '2160-0',
      value: 118,
      unit: 'umol/L',
      measuredAt: '2026-03-02T08:00:00Z',
      provenance: 'form',
    },
  ),
  PractitionerRegistered: define(
    'PractitionerRegistered',
    'A professional entered or changed in the directory, with every exercise and its dates.',
    Type.Object({
      practitionerId: Id,
      rpps: direct(Type.String({ maxLength: 20 })),
      name: direct(Type.String({ maxLength: 200 })),
      exercises: Type.Array(Exercise),
    }),
    {
      practitionerId: ids.practitioner,
      rpps: '99700218896',
      name: 'Dr Essai',
      exercises: [{ role: 'doctor', specialty: 'oncology', from: '2020-01-01' }],
    },
  ),
  OrganisationRegistered: define(
    'OrganisationRegistered',
    'A place of care entered or changed in the directory.',
    Type.Object({ organisationId: Id, finess: Code, name: none(Type.String({ maxLength: 200 })) }),
    { organisationId: ids.other, finess: '990000010', name: 'Hôpital de démonstration' },
  ),
  CareTeamMemberAdded: define(
    'CareTeamMemberAdded',
    'A professional joined the care team of a pathway, in a role, from a day, on a ground of L. 1110-12.',
    Type.Object({ pathwayId: Id, patientId: Id, practitionerId: Id, role: Code, ground: Code, from: Day }),
    {
      pathwayId: ids.pathway,
      patientId: ids.patient,
      practitionerId: ids.practitioner,
      role: 'coordinator',
      ground: 'same-establishment',
      from: '2026-03-02',
    },
  ),
  CareTeamMemberLeft: define(
    'CareTeamMemberLeft',
    'A professional left the care team of a pathway.',
    Type.Object({ pathwayId: Id, patientId: Id, practitionerId: Id, role: Code, until: Day }),
    {
      pathwayId: ids.pathway,
      patientId: ids.patient,
      practitionerId: ids.practitioner,
      role: 'coordinator',
      until: '2026-06-01',
    },
  ),
} as const;
