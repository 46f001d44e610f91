import { Type } from '@sinclair/typebox';
import { Code, defineEvents, HealthCode, Id, Instant, none, type Service } from './define-event';
import { ids } from './example-ids';

/** What every service says of its own running that a human must hear of. */
export function operationsEvents(service: Service) {
  const define = defineEvents(service);
  const Parked = { producer: Code, parkedSubject: none(Type.String({ maxLength: 120 })), consumer: Code };
  const parked = { producer: 'scheduling', parkedSubject: ids.pathway, consumer: service };
  return {
    KeyParked: define(
      'KeyParked',
      'A service could not apply a fact; later facts of its subject wait behind it until a human replays them.',
      Type.Object({ ...Parked, eventId: Id, eventType: HealthCode, reason: Code, parkedAt: Instant }),
      {
        ...parked,
        eventId: ids.other,
        eventType: 'ariane.scheduling.AppointmentAttended.v1',
        reason: 'STATE_CONFLICT',
        parkedAt: '2026-03-09T09:30:05Z',
      },
    ),
    KeyReplayed: define(
      'KeyReplayed',
      'The facts parked for a subject were applied, at a named human’s command.',
      Type.Object({ ...Parked, replayed: none(Type.Integer({ minimum: 0 })), replayedAt: Instant }),
      { ...parked, replayed: 2, replayedAt: '2026-03-09T10:00:00Z' },
    ),
  } as const;
}
