import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { identityPolicy, lastPage, peoplePage, signOutPage } from './identity-page.ts';
import { accountOf, claimsOf, demoPeople } from './identity-people.ts';

export interface IdentitySettings {
  /** Its own address, which is also its issuer's name. */
  readonly issuer: string;
  readonly portalOrigin: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The territory of everybody in the demo. */
  readonly territory: string;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Who is signed in stays so for a demo's day, in memory: a restart forgets everybody. */
const SESSION_S = 36_000;
const GRANT_S = 36_000;

/** The demo's OpenID provider: a click says who one is. Nothing in it is a secret, and production refuses it. */
export async function identityProvider(settings: IdentitySettings): Promise<Handler> {
  const provider = new Provider(settings.issuer, await configurationOf(settings));
  provider.on('backchannel.error', (_context, error) => {
    console.error(`The portal was not told of a sign-out: ${error.message}`);
  });
  const pass = provider.callback();
  return async (request, response) => {
    const [, interaction] = /^(\/interaction\/[\w-]+)(?:\?|$)/.exec(request.url ?? '') ?? [];
    if (interaction === undefined) await pass(request, response);
    else await interact(provider, settings, interaction, request, response);
  };
}

async function configurationOf(settings: IdentitySettings): Promise<Configuration> {
  const { portalOrigin, territory } = settings;
  const html = (context: KoaContextWithOIDC, body: string): void => {
    context.type = 'html';
    context.set('content-security-policy', identityPolicy(portalOrigin));
    context.body = body;
  };
  return {
    clients: [clientOf(settings)],
    findAccount: (_context, id) => {
      const person = demoPeople.find((one) => accountOf(one) === id);
      return person && { accountId: id, claims: () => claimsOf(person, territory) };
    },
    claims: { openid: ['sub'], profile: ['name'], ariane: ['roles', 'rpps', 'territory', 'patient_id', 'acting_for'] },
    scopes: ['openid', 'profile', 'ariane'],
    // The portal asks its one client's people nothing: it is theirs.
    loadExistingGrant: async (context) => {
      const { client, session, provider } = context.oidc;
      const grant = new provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' });
      grant.addOIDCScope('openid profile ariane');
      await grant.save();
      return grant;
    },
    // What production looks for, to refuse this provider by name.
    discovery: { ariane_demo: true },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          html(context, signOutPage(form, languageOf(context.req)));
        },
        postLogoutSuccessSource: (context) => {
          html(context, lastPage('gone', portalOrigin, languageOf(context.req)));
        },
      },
    },
    renderError: (context) => {
      html(context, lastPage('stale', portalOrigin, languageOf(context.req)));
    },
    // The library keeps its calls from this machine's own addresses, where the portal of a demo is.
    fetch: (url, { method, headers, body, redirect, signal } = {}) =>
      fetch(url, { method, headers, body, redirect, signal }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    jwks: { keys: [await signingKey()] },
    pkce: { required: () => true },
    ttl: { Session: SESSION_S, Grant: GRANT_S, Interaction: 900, AccessToken: 300, IdToken: 300 },
  };
}

function clientOf({ clientId, clientSecret, portalOrigin }: IdentitySettings) {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    token_endpoint_auth_method: 'client_secret_post' as const,
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
    redirect_uris: [`${portalOrigin}/auth/callback`],
    post_logout_redirect_uris: [`${portalOrigin}/`],
    backchannel_logout_uri: `${portalOrigin}/auth/backchannel-logout`,
    backchannel_logout_session_required: true,
  };
}

async function signingKey() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = await exportJWK(privateKey);
  return { ...key, alg: 'RS256', use: 'sig', kid: await calculateJwkThumbprint(key) };
}

/** The page with the people, and what follows their click; a hint from the portal is a click already. */
async function interact(
  provider: Provider,
  { portalOrigin }: IdentitySettings,
  action: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('content-security-policy', identityPolicy(portalOrigin));
  response.setHeader('cache-control', 'no-store');
  response.setHeader('referrer-policy', 'no-referrer');
  const details = await provider.interactionDetails(request, response).catch(() => undefined);
  const language = languageOf(request, details?.params['ui_locales']);
  if (details === undefined) {
    answer(response, 400, lastPage('stale', portalOrigin, language));
    return;
  }
  const said = request.method === 'POST' ? await personIn(request) : details.params['login_hint'];
  const person = demoPeople.find((one) => one.id === said);
  if (person === undefined) answer(response, 200, peoplePage(demoPeople, action, language));
  else await provider.interactionFinished(request, response, { login: { accountId: accountOf(person) } });
}

function answer(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(html);
}

async function personIn(request: IncomingMessage): Promise<string | undefined> {
  let form = '';
  for await (const chunk of request) {
    form += String(chunk);
    if (form.length > 1_000) return undefined;
  }
  return new URLSearchParams(form).get('person') ?? undefined;
}

/** The link on the page, else what the portal asked for, else what the browser prefers; French where none says. */
function languageOf(request: IncomingMessage, asked?: unknown): 'fr' | 'en' {
  const chosen = new URL(request.url ?? '/', 'http://identity.invalid').searchParams.get('lang');
  const preferred = chosen ?? (typeof asked === 'string' ? asked : request.headers['accept-language']) ?? '';
  return preferred.toLowerCase().startsWith('en') ? 'en' : 'fr';
}
