import { Type } from '@sinclair/typebox';
import { Code, defineEvents, Id, Instant, Person } from './define-event';
import { ids } from './example-ids';

const define = defineEvents('pathways');

/** Which opening, of whose file. */
const About = { breakGlassId: Id, patientId: Id };
const about = { breakGlassId: ids.other, patientId: ids.patient };

/** Accesses outside the rule: a file opened in an emergency, and what was thought of it afterwards. */
export const accessEvents = {
  BreakGlassOpened: define(
    'BreakGlassOpened',
    'A professional from outside the care team opened a patient’s pathways in an emergency, to read them for an hour.',
    Type.Object({ ...About, by: Id, reason: Code, openedAt: Instant, until: Instant, reviewDueAt: Instant }),
    {
      ...about,
      by: ids.expert,
      reason: 'emergency-care',
      openedAt: '2026-03-14T22:00:00Z',
      until: '2026-03-14T23:00:00Z',
      reviewDueAt: '2026-03-17T22:00:00Z',
    },
  ),
  BreakGlassReviewed: define(
    'BreakGlassReviewed',
    'Somebody else judged the opening: justified or unjustified.',
    Type.Object({ ...About, by: Person, outcome: Code, at: Instant }),
    { ...about, by: ids.practitioner, outcome: 'justified', at: '2026-03-16T09:00:00Z' },
  ),
  BreakGlassReviewOverdue: define(
    'BreakGlassReviewOverdue',
    'Nobody judged the opening within 72 hours: the territory’s administrator is told.',
    Type.Object({ ...About, at: Instant }),
    { ...about, at: '2026-03-17T22:00:00Z' },
  ),
} as const;
