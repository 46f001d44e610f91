import { Type } from '@sinclair/typebox';
import {
  Code,
  Day,
  defineEvents,
  health,
  HealthCode,
  HealthText,
  Id,
  Instant,
  OptionalInstant,
  Person,
  Pin,
} from './define-event';
import { ids } from './example-ids';
import { ended } from './pathways-plan';

const define = defineEvents('pathways');

const change = health(
  Type.Union([
    Type.Literal('added'),
    Type.Literal('repeated'),
    Type.Literal('moved'),
    Type.Literal('skipped'),
    Type.Literal('shared'),
  ]),
);

const PathwayStep = { pathwayId: Id, patientId: Id, stepKey: HealthCode };

/** What people change of plans and protocols while pathways run, and what they take back. */
export const changeEvents = {
  PathwayReopened: define(
    'PathwayReopened',
    'The fact that had ended the pathway was a mistake and was taken back: the plan goes on as it was.',
    Type.Object({ pathwayId: Id, patientId: Id, status: health(ended), reopenedAt: Instant }),
    { pathwayId: ids.pathway, patientId: ids.patient, status: 'DIED', reopenedAt: '2026-04-02T08:00:00Z' },
  ),
  FactWithdrawn: define(
    'FactWithdrawn',
    'A fact that had been recorded by mistake was taken back by a named person; it no longer counts.',
    Type.Object({
      pathwayId: Id,
      patientId: Id,
      factId: Id,
      code: HealthCode,
      by: Person,
      reason: HealthText,
      at: Instant,
    }),
    {
      pathwayId: ids.pathway,
      patientId: ids.patient,
      factId: ids.other,
      code: 'patient.died',
      by: ids.practitioner,
      reason: 'Homonyme : saisi dans le mauvais dossier.',
      at: '2026-04-02T08:00:00Z',
    },
  ),
  PlanChanged: define(
    'PlanChanged',
    'A person changed this patient’s plan beside the protocol: a step added, repeated, moved, skipped or given to the visit of another pathway, and why.',
    Type.Object({
      ...PathwayStep,
      changeId: Id,
      change,
      by: Person,
      reason: HealthText,
      at: Instant,
      of: Type.Optional(HealthCode),
      kind: Type.Optional(Code),
      role: Type.Optional(Code),
      dueFrom: OptionalInstant,
      target: OptionalInstant,
      latest: OptionalInstant,
    }),
    {
      pathwayId: ids.pathway,
      patientId: ids.patient,
      stepKey: 'added#1',
      changeId: ids.other,
      change: 'added',
      by: ids.practitioner,
      reason: 'Consultation de diététique à la demande de la patiente.',
      at: '2026-03-12T08:00:00Z',
      kind: 'appointment',
      role: 'IDEC',
      latest: '2026-03-27T22:59:59Z',
    },
  ),
  PlanChangeWithdrawn: define(
    'PlanChangeWithdrawn',
    'A person’s change of the plan was taken back; the plan is as the protocol has it.',
    Type.Object({ ...PathwayStep, changeId: Id, change, by: Person, reason: HealthText, at: Instant }),
    {
      pathwayId: ids.pathway,
      patientId: ids.patient,
      stepKey: 'added#1',
      changeId: ids.other,
      change: 'added',
      by: ids.practitioner,
      reason: 'La patiente y renonce.',
      at: '2026-03-13T08:00:00Z',
    },
  ),
  PathwayMigrated: define(
    'PathwayMigrated',
    'A named clinician moved a patient to another version of the protocol; what was done stays done.',
    Type.Object({
      pathwayId: Id,
      patientId: Id,
      from: Pin,
      protocol: Pin,
      by: Person,
      reason: HealthText,
      migratedAt: Instant,
    }),
    {
      pathwayId: ids.pathway,
      patientId: ids.patient,
      from: { id: 'breast-cancer', version: 1, sha256: '0'.repeat(64) },
      protocol: { id: 'breast-cancer', version: 2, sha256: '2'.repeat(64) },
      by: ids.practitioner,
      reason: 'Le délai avant la biopsie est raccourci pour elle aussi.',
      migratedAt: '2026-04-10T08:00:00Z',
    },
  ),
  ProtocolPublished: define(
    'ProtocolPublished',
    'A version of a care protocol was checked and kept for good; it takes patients once a second person activates it.',
    Type.Object({ protocol: Pin, reviewBy: Day, by: Person, publishedAt: Instant }),
    {
      protocol: { id: 'breast-cancer', version: 2, sha256: '2'.repeat(64) },
      reviewBy: '2027-06-30',
      by: 'editor-1',
      publishedAt: '2026-04-01T08:00:00Z',
    },
  ),
  ProtocolActivated: define(
    'ProtocolActivated',
    'A second person let a published version take patients.',
    Type.Object({ protocol: Pin, by: Person, activatedAt: Instant }),
    {
      protocol: { id: 'breast-cancer', version: 2, sha256: '2'.repeat(64) },
      by: 'administrator-1',
      activatedAt: '2026-04-02T08:00:00Z',
    },
  ),
} as const;
