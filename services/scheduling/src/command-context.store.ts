import { contextOf } from '@ariane/bus';
import type { CallerContext } from '@ariane/service';
import { canonicalJson, type CommandContext, newId, sha256Hex } from '@ariane/store';

/**
 * The context of a request: a repeated key must come with the same request, since the command itself may hold what this
 * service found out, such as the slot it chose.
 *
 * @param request what was asked, with the target's id
 */
export const requestContext = (caller: CallerContext, request: object): CommandContext => ({
  ...contextOf(caller),
  inputHash: sha256Hex(canonicalJson(request)),
});

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
