import { Type } from '@sinclair/typebox';
import {
  Code,
  Day,
  defineEvents,
  type EventOf,
  HealthCode,
  Id,
  Instant,
  none,
  OptionalId,
  Sha256,
} from './define-event';
import { ids } from './example-ids';
import { operationsEvents } from './operations';

const define = defineEvents('meetings');

const Case = { caseId: Id, pathwayId: Id, patientId: Id, stepKey: HealthCode };
const theCase = { caseId: ids.case, pathwayId: ids.pathway, patientId: ids.patient, stepKey: 'meeting-1' };

/** Who took part in the discussion of one case, with the specialty that counts at that date, from the directory. */
const Participant = Type.Object(
  {
    practitionerId: Id,
    specialty: Code,
    mode: none(Type.Union([Type.Literal('present'), Type.Literal('video'), Type.Literal('written')])),
  },
  { additionalProperties: false },
);
const participants = [
  { practitionerId: ids.practitioner, specialty: 'surgery', mode: 'present' as const },
  { practitionerId: ids.expert, specialty: 'oncology', mode: 'video' as const },
  { practitionerId: ids.other, specialty: 'radiotherapy', mode: 'written' as const },
];

export const meetingsEvents = {
  ...operationsEvents('meetings'),
  MeetingScheduled: define(
    'MeetingScheduled',
    'A multidisciplinary meeting (RCP) will be held, with the specialties it requires.',
    Type.Object({ meetingId: Id, meetingType: Code, startsAt: Instant, requiredSpecialties: Type.Array(Code) }),
    {
      meetingId: ids.meeting,
      meetingType: 'rcp-senology',
      startsAt: '2026-04-07T12:00:00Z',
      requiredSpecialties: ['surgery', 'oncology', 'radiotherapy'],
    },
  ),
  CaseRegistered: define(
    'CaseRegistered',
    'A patient’s case is on the agenda of a meeting, or waits for one.',
    Type.Object({ ...Case, meetingId: OptionalId, deviation: Type.Optional(HealthCode) }),
    { ...theCase, meetingId: ids.meeting },
  ),
  AttendanceRecorded: define(
    'AttendanceRecorded',
    'Who took part in the discussion of this case.',
    Type.Object({ ...Case, meetingId: Id, participants: Type.Array(Participant), recordedAt: Instant }),
    { ...theCase, meetingId: ids.meeting, participants, recordedAt: '2026-04-07T12:05:00Z' },
  ),
  CaseDecided: define(
    'CaseDecided',
    'The meeting decided, with quorum, and the decision was signed by a named doctor.',
    Type.Object({
      ...Case,
      meetingId: Id,
      decision: HealthCode,
      orientation: HealthCode,
      participants: Type.Array(Participant),
      signedBy: Id,
      decidedAt: Instant,
      meetingDay: Day,
      signedSha256: Sha256,
      deviation: Type.Optional(HealthCode),
    }),
    {
      ...theCase,
      meetingId: ids.meeting,
      decision: 'THERAPEUTIC_PROPOSAL',
      orientation: 'SURGERY_FIRST',
      participants,
      signedBy: ids.practitioner,
      decidedAt: '2026-04-07T12:10:00Z',
      meetingDay: '2026-04-07',
      signedSha256: 'b'.repeat(64),
    },
  ),
  CaseDeferred: define(
    'CaseDeferred',
    'The meeting did not decide, for a named reason; the case comes back.',
    Type.Object({
      ...Case,
      meetingId: Id,
      reason: Code,
      missing: Type.Array(Code),
      participants: Type.Array(Participant),
      deferredAt: Instant,
    }),
    {
      ...theCase,
      meetingId: ids.meeting,
      reason: 'DEFERRED_NO_QUORUM',
      missing: ['radiotherapy'],
      participants: participants.slice(0, 2),
      deferredAt: '2026-04-07T12:10:00Z',
    },
  ),
  CaseWithdrawn: define(
    'CaseWithdrawn',
    'The case will not be discussed, for a reason.',
    Type.Object({ ...Case, meetingId: OptionalId, reason: Code, withdrawnAt: Instant }),
    { ...theCase, meetingId: ids.meeting, reason: 'pathway-closed', withdrawnAt: '2026-04-01T08:00:00Z' },
  ),
} as const;

export type MeetingsEvent = EventOf<typeof meetingsEvents>;
