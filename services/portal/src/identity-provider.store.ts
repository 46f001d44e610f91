import { readFile } from 'node:fs/promises';
import { DomainError } from '@ariane/kernel';
import { ServiceSettings } from '@ariane/service';
import { logger } from '@ariane/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import * as client from 'openid-client';
import type { PortalSettings } from './portal-settings';
import { PORTAL_SETTINGS } from './portal-settings.module';
import type { LoggedOut } from './sessions.store';
import type { SignIn } from './sign-ins.store';

const TIMEOUT_S = 10;
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** A provider calls at once; what is older was kept by somebody. */
const LOGOUT_TOKEN_AGE = '5m';
/** Signatures that only the provider can make: never one by a secret that the portal shares. */
const SIGNATURES = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** What a person asks of a sign-in. */
export interface Asked {
  readonly to: string;
  readonly language: string;
  /** An account the person means; the provider may offer it. */
  readonly hint: string | undefined;
  /** The person has to show again who they are, although the provider may remember them. */
  readonly again: boolean;
}

/** What the provider says of a person. */
export interface Vouched {
  readonly issuer: string;
  readonly subject: string;
  readonly session: string | undefined;
  readonly idToken: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The OpenID provider of the deployer's choice: authorization code with PKCE, state and nonce. */
@Injectable()
export class IdentityProvider {
  private found: Promise<client.Configuration> | undefined;
  private keys: { readonly url: string; readonly read: ReturnType<typeof createRemoteJWKSet> } | undefined;

  constructor(
    private readonly service: ServiceSettings,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  /** The provider's address for a sign-in, and what must be kept until it is finished. Throws SIGN_IN_UNREACHABLE. */
  async begin({ to, language, hint, again }: Asked): Promise<{ readonly url: URL; readonly signIn: SignIn }> {
    const configuration = await this.configuration();
    const signIn = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
      to,
    };
    const { scopes, acrValues } = this.settings.provider;
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: `${this.settings.origin}/auth/callback`,
      scope: scopes,
      state: signIn.state,
      nonce: signIn.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(signIn.verifier),
      code_challenge_method: 'S256',
      ui_locales: language,
      ...(acrValues === undefined ? {} : { acr_values: acrValues }),
      ...(hint === undefined ? {} : { login_hint: hint }),
      ...(again || hint !== undefined ? { prompt: 'login' } : {}),
    });
    return { url, signIn };
  }

  /** Exchanges the code that came back. Throws SIGN_IN_REFUSED for anything that does not fit what was begun. */
  async finish(returned: URL, { state, nonce, verifier }: SignIn): Promise<Vouched> {
    const configuration = await this.configuration();
    try {
      const tokens = await client.authorizationCodeGrant(configuration, returned, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const own = tokens.claims();
      if (own === undefined || tokens.id_token === undefined) throw new DomainError('SIGN_IN_REFUSED');
      const { userinfo_endpoint: more, issuer } = configuration.serverMetadata();
      const told = more === undefined ? {} : await client.fetchUserInfo(configuration, tokens.access_token, own.sub);
      return {
        issuer,
        subject: own.sub,
        session: typeof own.sid === 'string' ? own.sid : undefined,
        idToken: tokens.id_token,
        claims: { ...told, ...own },
      };
    } catch (error) {
      throw refusalFrom(error);
    }
  }

  /** Where the person ends the provider's own session; the portal itself where the provider has no such page. */
  async endSessionUrl(idToken: string | undefined): Promise<string> {
    const configuration = await this.configuration();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return `${this.settings.origin}/`;
    return client.buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: `${this.settings.origin}/`,
      ...(idToken === undefined ? {} : { id_token_hint: idToken }),
    }).href;
  }

  /** Whom the provider's own server says it has signed out. Throws LOGOUT_TOKEN_REFUSED. */
  async loggedOut(logoutToken: string): Promise<LoggedOut> {
    const configuration = await this.configuration();
    const { issuer, jwks_uri: keysUrl = '' } = configuration.serverMetadata();
    if (this.keys?.url !== keysUrl) this.keys = { url: keysUrl, read: createRemoteJWKSet(new URL(keysUrl)) };
    try {
      const { payload } = await jwtVerify(logoutToken, this.keys.read, {
        issuer,
        audience: this.settings.provider.clientId,
        algorithms: SIGNATURES,
        requiredClaims: ['iat', 'jti'],
        maxTokenAge: LOGOUT_TOKEN_AGE,
        clockTolerance: 5,
      });
      return { issuer, ...namedIn(payload) };
    } catch (error) {
      if (error instanceof errors.JOSEError) throw new DomainError('LOGOUT_TOKEN_REFUSED');
      throw unreachable(error);
    }
  }

  /** The provider's addresses, asked at the first sign-in: the portal starts, and stays, without the provider. */
  private configuration(): Promise<client.Configuration> {
    this.found ??= this.discover().catch((error: unknown) => {
      this.found = undefined;
      throw unreachable(error);
    });
    return this.found;
  }

  private async discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecretFile } = this.settings.provider;
    const secret = (await readFile(clientSecretFile, 'utf8')).trim();
    const found = await client.discovery(new URL(issuer), clientId, undefined, secretSent(secret), {
      timeout: TIMEOUT_S,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; the settings refuse http in production
      ...(issuer.startsWith('http:') ? { execute: [client.allowInsecureRequests] } : {}),
    });
    if (this.service.config.mode === 'production' && found.serverMetadata().ariane_demo === true)
      throw new Error('The demo sign-in is refused when ARIANE_MODE is production.');
    return found;
  }
}

/** The secret in the body where the provider takes it there, which needs no escaping, else in a header. */
function secretSent(secret: string): client.ClientAuth {
  const [inBody, inHeader] = [client.ClientSecretPost(secret), client.ClientSecretBasic(secret)];
  return (server, ...others) => {
    const isInBody = server.token_endpoint_auth_methods_supported?.includes('client_secret_post') === true;
    (isInBody ? inBody : inHeader)(server, ...others);
  };
}

function namedIn(payload: Readonly<Record<string, unknown>>): Pick<LoggedOut, 'subject' | 'session'> {
  const { events, sub, sid, nonce } = payload;
  const isLogout = typeof events === 'object' && events !== null && LOGOUT_EVENT in events;
  const subject = typeof sub === 'string' ? sub : undefined;
  const session = typeof sid === 'string' ? sid : undefined;
  // With a nonce it is an identity token in disguise (OpenID Connect Back-Channel Logout 1.0, 2.6).
  if (!isLogout || nonce !== undefined || (subject ?? session) === undefined)
    throw new DomainError('LOGOUT_TOKEN_REFUSED');
  return { subject, session };
}

/** What the library says of the answer is a refusal; what it says of reaching the provider is not the person's fault. */
function refusalFrom(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const isOfTheAnswer =
    error instanceof client.AuthorizationResponseError ||
    error instanceof client.ResponseBodyError ||
    (error instanceof client.ClientError && error.code !== 'OAUTH_TIMEOUT');
  if (!isOfTheAnswer) return unreachable(error);
  logger.warn('A sign-in was refused.', { error });
  return new DomainError('SIGN_IN_REFUSED');
}

function unreachable(cause: unknown): DomainError {
  const error = new DomainError('SIGN_IN_UNREACHABLE');
  error.cause = cause;
  return error;
}
