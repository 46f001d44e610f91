import { Type } from '@sinclair/typebox';
import { Code, defineEvents, health, HealthCode, Id, Instant, none, OptionalInstant, Pin } from './define-event';
import { ids } from './example-ids';

const define = defineEvents('pathways');

/** The ways in which a pathway ends. */
export const ended = Type.Union([
  Type.Literal('COMPLETED'),
  Type.Literal('DIED'),
  Type.Literal('REFUSED'),
  Type.Literal('TRANSFERRED'),
  Type.Literal('EXCLUDED'),
]);

const PathwayStep = { pathwayId: Id, patientId: Id, stepKey: HealthCode };

/** What becomes of a pathway: enrolment, steps, its end. */
export const planEvents = {
  PathwayEnrolled: define(
    'PathwayEnrolled',
    'A patient entered a protocol; protocol and payment contract are pinned for good unless migrated.',
    Type.Object({
      pathwayId: Id,
      patientId: Id,
      protocol: Pin,
      contract: Pin,
      enrolledAt: Instant,
      timeZone: Code,
      holidays: Code,
      parent: Type.Optional(Type.Object({ pathwayId: Id, stepKey: HealthCode }, { additionalProperties: false })),
    }),
    {
      pathwayId: ids.pathway,
      patientId: ids.patient,
      protocol: { id: 'breast-cancer', version: 1, sha256: '0'.repeat(64) },
      contract: { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) },
      enrolledAt: '2026-03-02T08:00:00Z',
      timeZone: 'Europe/Paris',
      holidays: 'FR',
    },
  ),
  FactRecorded: define(
    'FactRecorded',
    'Something true of the patient was folded into the pathway: the doorbell for its workflow.',
    Type.Object({
      pathwayId: Id,
      patientId: Id,
      factId: Id,
      code: HealthCode,
      at: Instant,
      stepKey: Type.Optional(HealthCode),
    }),
    {
      pathwayId: ids.pathway,
      patientId: ids.patient,
      factId: ids.other,
      code: 'appointment.attended',
      at: '2026-03-09T09:30:00Z',
      stepKey: 'imaging',
    },
  ),
  StepDue: define(
    'StepDue',
    'A step of the plan is to be done, between two instants; asked for from the service that owns its kind.',
    Type.Object({
      ...PathwayStep,
      kind: Code,
      attempt: none(Type.Integer({ minimum: 1 })),
      role: Code,
      dueFrom: Instant,
      target: OptionalInstant,
      latest: OptionalInstant,
    }),
    {
      pathwayId: ids.pathway,
      patientId: ids.patient,
      stepKey: 'imaging',
      kind: 'appointment',
      attempt: 1,
      role: 'RAD',
      dueFrom: '2026-03-04T08:00:00Z',
      latest: '2026-03-13T22:00:00Z',
    },
  ),
  StepDone: define(
    'StepDone',
    'A step was done by what really happened; the rest is re-dated from it.',
    Type.Object({ ...PathwayStep, doneAt: Instant, factId: Id }),
    {
      pathwayId: ids.pathway,
      patientId: ids.patient,
      stepKey: 'imaging',
      doneAt: '2026-03-09T09:30:00Z',
      factId: ids.other,
    },
  ),
  StepLate: define(
    'StepLate',
    'A step passed its latest instant undone; it is still to do.',
    Type.Object({ ...PathwayStep, latest: Instant }),
    { pathwayId: ids.pathway, patientId: ids.patient, stepKey: 'imaging', latest: '2026-03-13T22:00:00Z' },
  ),
  StepDropped: define(
    'StepDropped',
    'A step will not be done, or not yet: not applicable, no longer in the plan, stopped by a terminal fact, waiting again for one that came back, or done by the visit of another pathway; what had been asked for it (a visit, an opinion, a case) is to be called off.',
    Type.Object({ ...PathwayStep, reason: HealthCode, asked: Type.Optional(Type.Array(Id)) }),
    {
      pathwayId: ids.pathway,
      patientId: ids.patient,
      stepKey: 'imaging',
      reason: 'not-applicable',
      asked: [ids.appointment],
    },
  ),
  DisclosureAnnounced: define(
    'DisclosureAnnounced',
    'The diagnosis has been announced in person; labels and documents for the patient may now name it.',
    Type.Object({ pathwayId: Id, patientId: Id, announcedAt: Instant }),
    { pathwayId: ids.pathway, patientId: ids.patient, announcedAt: '2026-03-27T14:00:00Z' },
  ),
  MilestoneReached: define(
    'MilestoneReached',
    'A payment milestone of the protocol was reached.',
    Type.Object({ pathwayId: Id, patientId: Id, milestone: Code, reachedAt: Instant, stepKey: HealthCode }),
    {
      pathwayId: ids.pathway,
      patientId: ids.patient,
      milestone: 'diagnosis',
      reachedAt: '2026-03-27T14:00:00Z',
      stepKey: 'milestone-diagnosis',
    },
  ),
  PathwayClosed: define(
    'PathwayClosed',
    'The pathway ended: completed, or by death, refusal or transfer.',
    Type.Object({
      pathwayId: Id,
      patientId: Id,
      status: health(ended),
      closedAt: Instant,
    }),
    { pathwayId: ids.pathway, patientId: ids.patient, status: 'COMPLETED', closedAt: '2027-09-01T08:00:00Z' },
  ),
} as const;
