import { type CommandContext, newId } from '@ariane/store';

/** The context of what this service does by itself, when time passes or room is made. */
export function ownContext(territory: string, now: string, correlationId: string): CommandContext {
  const messageId = newId();
  return {
    messageId,
    consumer: 'deadlines',
    territory,
    actor: 'service:scheduling',
    now,
    correlationId,
    causationId: messageId,
  };
}
