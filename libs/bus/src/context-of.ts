import { subjectOf } from '@ariane/auth';
import type { CallerContext } from '@ariane/service';
import type { CommandContext } from '@ariane/store';

/** The write path's context of a command that came by HTTP: the caller's key is the message's id. */
export function contextOf(caller: CallerContext): CommandContext {
  const { principal } = caller;
  const acting =
    principal.kind === 'person' && principal.actingFor !== undefined ? ` for person:${principal.actingFor}` : '';
  return {
    messageId: caller.idempotencyKey,
    consumer: 'http',
    territory: caller.territory,
    actor: `${principal.kind === 'person' ? 'person:' : ''}${subjectOf(principal)}${acting}`,
    now: caller.now,
    correlationId: caller.idempotencyKey,
    causationId: caller.idempotencyKey,
    traceparent: caller.traceparent,
    inputHash: caller.inputHash,
  };
}
