import { randomUUID } from 'node:crypto';
import { meetingsEvents } from '@ariane/contracts';
import { DomainError } from '@ariane/kernel';
import { type Aggregate, type CommandContext, type Effect, effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import { type EventData, Hears } from './hears';

/** What the tests' producer publishes: one CaseDeferred for each command. */
interface Said {
  readonly times: number;
}
type SayEvent = { type: 'CaseDeferred'; data: (typeof meetingsEvents.CaseDeferred)['example'] };
export const speaker: Aggregate<Said, { subject: string; reason: string }, SayEvent> = {
  name: 'speaker',
  collection: 'speakers',
  facts: { CaseDeferred: meetingsEvents.CaseDeferred },
  subject: (_state, event) => event.data.pathwayId,
  decide: (_state, { subject, reason }) => [
    { type: 'CaseDeferred', data: { ...meetingsEvents.CaseDeferred.example, pathwayId: subject, reason } },
  ],
  evolve: (state) => ({ times: (state?.times ?? 0) + 1 }),
};

/** What the tests' consumer keeps of it. */
interface Heard {
  readonly reasons: readonly string[];
}
type HeardEvent = { type: 'Noted'; data: { reason: string } };
export const listener: Aggregate<Heard, { reason: string }, HeardEvent> = {
  name: 'listener',
  collection: 'listeners',
  facts: {},
  subject: (_state, _event, id) => id,
  decide: (_state, { reason }) => {
    if (reason === 'refused' && mood.refusing) throw new DomainError('STATE_CONFLICT', { state: 'test' });
    return [{ type: 'Noted', data: { reason } }];
  },
  evolve: (state, event) => ({ reasons: [...(state?.reasons ?? []), event.data.reason] }),
};

/** While the listener refuses, a fact whose reason is `refused` parks its subject. */
export const mood = { refusing: true };

@Controller()
export class MeetingsConsumer {
  @Hears(meetingsEvents.CaseDeferred)
  deferred(event: EventData<typeof meetingsEvents.CaseDeferred>): Effect[] {
    return [effect(listener, event.data.pathwayId, { reason: event.data.reason })];
  }
}

/** The context of a command that a tester gives by hand. */
export function commandOf(territory: string): CommandContext {
  const messageId = randomUUID();
  return {
    messageId,
    consumer: 'http',
    territory,
    actor: 'person:tester',
    now: '2026-03-02T08:00:00Z',
    correlationId: messageId,
    causationId: messageId,
  };
}

/** Looks again and again until something is seen; throws after 20 s. */
export async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Did not happen in 20 s: ${what}`);
}
