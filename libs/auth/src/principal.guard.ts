import { DomainError } from '@ariane/kernel';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

import { abilityOf } from './abilities/ability';
import { declaredPolicy } from './policy';
import { type Principal } from './principal';
import { TokenVerifier } from './token-verifier';

/** Where the guard leaves the caller for the handlers; absent on public routes. */
export interface WithPrincipal {
  principal?: Principal;
}

/**
 * Deny by default: no policy, no entry. Throws UNAUTHENTICATED without a valid token and FORBIDDEN where the page of
 * abilities gives the act to none of the caller's roles. Events carry no token: the bus has checked where they come from.
 */
@Injectable()
export class PrincipalGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const policy = declaredPolicy(this.reflector, context.getHandler(), context.getClass());
    if (policy === 'public') return true;
    const request = context.switchToHttp().getRequest<WithPrincipal & { headers: { authorization?: string } }>();
    const principal = await this.verifier.principalFrom(request.headers.authorization);
    if (policy === undefined || !abilityOf(principal).can(policy.action, policy.subject)) {
      throw new DomainError('FORBIDDEN');
    }
    request.principal = principal;
    return true;
  }
}
