import { DomainError } from '@ariane/kernel';
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';

import { audience, type Principal, principalOf } from './principal';

export interface VerifierSettings {
  /** The `iss` that tokens must carry. */
  readonly issuer: string;
  /** Where the issuer's public keys are read; cached 10 minutes, asked again for an unknown key at most each 30 s. */
  readonly jwksUrl: string;
}

/** Long enough to spare a signature check per call, short enough that a withdrawn key dies soon. */
const rememberMs = 60_000;
const rememberedMax = 1_000;

/**
 * Tells who calls from the `Authorization` header. Throws UNAUTHENTICATED for anything but a whole, current token of
 * our issuer for us, signed with one of its keys by an algorithm of the list; NOT_READY when the keys cannot be read.
 */
export class TokenVerifier {
  private readonly keys: JWTVerifyGetKey;
  private readonly remembered = new Map<string, { principal: Principal; until: number }>();

  constructor(private readonly settings: VerifierSettings) {
    this.keys = createRemoteJWKSet(new URL(settings.jwksUrl), {
      timeoutDuration: 3_000,
      cooldownDuration: 30_000,
      cacheMaxAge: 600_000,
    });
  }

  async principalFrom(authorization: string | undefined): Promise<Principal> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined || token.length > 8_192) throw new DomainError('UNAUTHENTICATED');
    const known = this.remembered.get(token);
    if (known !== undefined && known.until > Date.now()) return known.principal;
    this.remembered.delete(token);
    return this.verify(token);
  }

  private async verify(token: string): Promise<Principal> {
    const { payload } = await this.checked(token);
    const principal = principalOf(payload);
    if (principal === undefined || payload.exp === undefined) throw new DomainError('UNAUTHENTICATED');
    const oldest = this.remembered.keys().next();
    if (this.remembered.size >= rememberedMax && oldest.done !== true) this.remembered.delete(oldest.value);
    this.remembered.set(token, { principal, until: Math.min(payload.exp * 1_000, Date.now() + rememberMs) });
    return principal;
  }

  private async checked(token: string): ReturnType<typeof jwtVerify> {
    try {
      const key: JWTVerifyGetKey = (header, input) => {
        // jose takes the only key of a set when a token names none; ours always names it.
        if (typeof header.kid !== 'string') throw new errors.JWKSNoMatchingKey();
        return this.keys(header, input);
      };
      return await jwtVerify(token, key, {
        issuer: this.settings.issuer,
        audience,
        algorithms: ['ES256'],
        typ: 'at+jwt',
        requiredClaims: ['sub', 'iat', 'exp', 'territory'],
        clockTolerance: 2,
      });
    } catch (error) {
      throw isForgery(error) ? new DomainError('UNAUTHENTICATED') : unreadable(error);
    }
  }
}

/** Anything jose says of the token itself; what it says of fetching the keys is our trouble, not the caller's. */
function isForgery(error: unknown): boolean {
  return (
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWTExpired ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  );
}

function unreadable(cause: unknown): DomainError {
  const error = new DomainError('NOT_READY');
  error.cause = cause;
  return error;
}
