import { type Principal, subjectOf } from '@ariane/auth';
import type { CallerContext } from '@ariane/service';
import type { Actor, CommandContext } from '@ariane/store';

/** The write path's context of a command that came by HTTP: the caller's key is the message's id. */
export function contextOf(caller: CallerContext): CommandContext {
  const grounds = caller.access.grounds();
  return {
    messageId: caller.idempotencyKey,
    consumer: 'http',
    territory: caller.territory,
    ...actingAs(caller.principal),
    ...(grounds.length === 0 ? {} : { grounds }),
    now: caller.now,
    correlationId: caller.idempotencyKey,
    causationId: caller.idempotencyKey,
    traceparent: caller.traceparent,
    inputHash: caller.inputHash,
  };
}

/** The caller as the audit names them. */
export function actingAs(principal: Principal): Actor {
  if (principal.kind === 'service') return { actor: subjectOf(principal) };
  const { practitionerId, actingFor, roles } = principal;
  const acting = actingFor === undefined ? '' : ` for person:${actingFor}`;
  return {
    actor: `person:${subjectOf(principal)}${acting}`,
    roles,
    ...(practitionerId === undefined ? {} : { practitionerId }),
  };
}
