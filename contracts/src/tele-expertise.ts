import { Type } from '@sinclair/typebox';
import { Code, defineEvents, type EventOf, HealthCode, Id, Instant, Sha256 } from './define-event';
import { ids } from './example-ids';
import { operationsEvents } from './operations';

const define = defineEvents('tele-expertise');

const Request = { requestId: Id, pathwayId: Id, patientId: Id, stepKey: HealthCode };
const request = { requestId: ids.request, pathwayId: ids.pathway, patientId: ids.patient, stepKey: 'second-reading' };

export const teleExpertiseEvents = {
  ...operationsEvents('tele-expertise'),
  OpinionRequested: define(
    'OpinionRequested',
    'A professional asks an expert a circumscribed question about a patient who was informed.',
    Type.Object({ ...Request, requesterId: Id, expertId: Id, specialty: Code, requestedAt: Instant, dueAt: Instant }),
    {
      ...request,
      requesterId: ids.practitioner,
      expertId: ids.expert,
      specialty: 'pathology',
      requestedAt: '2026-03-16T08:00:00Z',
      dueAt: '2026-03-23T08:00:00Z',
    },
  ),
  OpinionAccepted: define(
    'OpinionAccepted',
    'The expert will answer.',
    Type.Object({ ...Request, expertId: Id, acceptedAt: Instant }),
    { ...request, expertId: ids.expert, acceptedAt: '2026-03-16T12:00:00Z' },
  ),
  OpinionDeclined: define(
    'OpinionDeclined',
    'The expert will not answer, for a reason.',
    Type.Object({ ...Request, expertId: Id, reason: Code, declinedAt: Instant }),
    { ...request, expertId: ids.expert, reason: 'not-my-field', declinedAt: '2026-03-16T12:00:00Z' },
  ),
  OpinionRedirected: define(
    'OpinionRedirected',
    'The question goes to another expert; the clock does not start again.',
    Type.Object({ ...Request, fromExpertId: Id, toExpertId: Id, reason: Code, redirectedAt: Instant }),
    {
      ...request,
      fromExpertId: ids.expert,
      toExpertId: ids.other,
      reason: 'other-network',
      redirectedAt: '2026-03-18T12:00:00Z',
    },
  ),
  OpinionGiven: define(
    'OpinionGiven',
    'The expert signed an opinion; it cannot be changed, only answered by another.',
    Type.Object({
      ...Request,
      requesterId: Id,
      expertId: Id,
      conclusion: HealthCode,
      givenAt: Instant,
      signedSha256: Sha256,
    }),
    {
      ...request,
      requesterId: ids.practitioner,
      expertId: ids.expert,
      conclusion: 'malignant',
      givenAt: '2026-03-19T15:00:00Z',
      signedSha256: 'a'.repeat(64),
    },
  ),
  OpinionExpired: define(
    'OpinionExpired',
    'Nobody answered before the deadline.',
    Type.Object({ ...Request, expertId: Id, expiredAt: Instant }),
    { ...request, expertId: ids.expert, expiredAt: '2026-03-23T08:00:00Z' },
  ),
  OpinionCancelled: define(
    'OpinionCancelled',
    'The question is withdrawn unanswered: by who asked it, or because the pathway ended.',
    Type.Object({ ...Request, expertId: Id, reason: Code, cancelledAt: Instant }),
    { ...request, expertId: ids.expert, reason: 'pathway-closed', cancelledAt: '2026-03-18T08:00:00Z' },
  ),
} as const;

export type TeleExpertiseEvent = EventOf<typeof teleExpertiseEvents>;
