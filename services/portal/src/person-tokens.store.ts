import { type IssuedToken, ServiceTokens } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { Injectable } from '@nestjs/common';
import type { Session } from './session';
import { Sessions } from './sessions.store';

/** A token is renewed this long before it ends, so that a slow call does not outlive it. */
const RENEW_BEFORE_MS = 60_000;
/** Beyond this many the oldest are dropped: they are asked for again. */
const KEPT_MAX = 5_000;

/** The tokens with which the portal calls services in the name of who is signed in; they never leave it. */
@Injectable()
export class PersonTokens {
  private readonly kept = new Map<string, Promise<IssuedToken>>();

  constructor(
    private readonly tokens: ServiceTokens,
    sessions: Sessions,
  ) {
    sessions.events.on('ended', (key: string) => this.kept.delete(key));
  }

  /** The token of a session's person. Throws NOT_READY when the issuer gives none. */
  async tokenOf({ key, person }: Session): Promise<string> {
    const known = await this.kept.get(key);
    if (known !== undefined && Date.parse(known.expiresAt) - RENEW_BEFORE_MS > Date.now()) return known.token;
    const asked = this.tokens.forPerson({ kind: 'person', ...person });
    const oldest = this.kept.keys().next();
    if (this.kept.size >= KEPT_MAX && oldest.done !== true) this.kept.delete(oldest.value);
    this.kept.set(key, asked);
    try {
      return (await asked).token;
    } catch (cause) {
      this.kept.delete(key);
      const error = new DomainError('NOT_READY');
      error.cause = cause;
      throw error;
    }
  }
}
