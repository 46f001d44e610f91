import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { importJWK, type JWK, SignJWT } from 'jose';

import { type DemoTokenRequest, demoClaims, demoTokenRequest } from './demo-token';
import { audience, isTerritory, principalOf } from './principal';
import { readOrMakeKeys, readOrMakeSecrets, type ServiceName } from './secret-files';

export type Mode = 'production' | 'demo' | 'test';

export interface IssuerSettings {
  /** 0 takes a free port. */
  readonly port: number;
  /** JSON Web Key Set with the private keys; made when absent. */
  readonly keysFile: string;
  /** JSON object service → secret; made when absent. */
  readonly serviceSecretFile: string;
  readonly mode: Mode;
  /** The territory of a token that asks for none. */
  readonly territory?: string;
}

export interface RunningIssuer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

interface Issuer {
  readonly url: string;
  readonly mode: Mode;
  readonly territory: string;
  readonly keys: readonly JWK[];
  readonly secrets: Readonly<Record<string, unknown>>;
}

const demoTokenSeconds = 12 * 3_600;
const serviceTokenSeconds = 600;
const personTokenSeconds = 600;
/** The one service that may ask a token for the person who has signed in to it. */
const signInService: ServiceName = 'portal';
const bodyBytesMax = 4_096;

/**
 * The issuer that services trust: it signs ES256 tokens for services that hold their secret, for the people whom the
 * portal has signed in and, except in production, for anyone who asks for a role of the demo. Listens on loopback only.
 */
export async function startIssuer(settings: IssuerSettings): Promise<RunningIssuer> {
  const keys = await readOrMakeKeys(settings.keysFile);
  const secrets = await readOrMakeSecrets(settings.serviceSecretFile);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(settings.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; /* it listens on TCP */
  const url = `http://127.0.0.1:${port}`;
  const issuer = { url, mode: settings.mode, territory: settings.territory ?? 'demo', keys, secrets };
  server.on('request', (request, response) => {
    void answerTo(issuer, request).then(
      (answer) => {
        send(response, answer);
      },
      () => {
        send(response, refusal(500, 'INTERNAL', 'An internal error occurred.'));
      },
    );
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return { url, stop };
}

async function answerTo(issuer: Issuer, request: IncomingMessage): Promise<Answer> {
  switch (`${request.method ?? ''} ${request.url ?? ''}`) {
    case 'GET /.well-known/jwks.json':
      return { status: 200, body: { keys: issuer.keys.map(({ d: _private, ...open }) => open) } };
    case 'GET /health/live':
    case 'GET /health/ready':
      return { status: 200, body: { status: 'ok' } };
    case 'POST /demo-token':
      return demoToken(issuer, await bodyOf(request));
    case 'POST /service-token':
      return serviceToken(issuer, await bodyOf(request));
    case 'POST /person-token':
      return personToken(issuer, await bodyOf(request));
    default:
      return refusal(404, 'NOT_FOUND', 'Not found.');
  }
}

async function demoToken(issuer: Issuer, body: unknown): Promise<Answer> {
  if (issuer.mode === 'production') {
    return refusal(403, 'DEMO_TOKEN_IN_PRODUCTION', 'ARIANE_MODE is production: there are no demo tokens.');
  }
  const asked: DemoTokenRequest | string = demoTokenRequest(body, issuer.territory);
  if (typeof asked === 'string') return refusal(400, 'INVALID_INPUT', asked);
  return { status: 200, body: await signed(issuer, demoClaims(asked), demoTokenSeconds) };
}

async function serviceToken(issuer: Issuer, body: unknown): Promise<Answer> {
  const { territory = issuer.territory } = (body ?? {}) as Record<string, unknown>; /* checked below */
  const service = serviceThatAsks(issuer, body);
  if (service === undefined) return refusal(401, 'UNAUTHENTICATED', 'Unknown service or wrong secret.');
  if (!isTerritory(territory))
    return refusal(400, 'INVALID_INPUT', 'territory: lower-case letters, digits and dashes.');
  const claims = { kind: 'service', sub: `service:${service}`, service, territory };
  return { status: 200, body: await signed(issuer, claims, serviceTokenSeconds) };
}

async function personToken(issuer: Issuer, body: unknown): Promise<Answer> {
  const service = serviceThatAsks(issuer, body);
  if (service === undefined) return refusal(401, 'UNAUTHENTICATED', 'Unknown service or wrong secret.');
  if (service !== signInService) return refusal(403, 'FORBIDDEN', 'Only the portal asks tokens for people.');
  const { person } = body as { person?: Record<string, unknown> }; /* a body with a secret; checked below */
  const principal = principalOf({ sub: person?.subject, ...person, kind: 'person' });
  if (principal?.kind !== 'person') return refusal(400, 'INVALID_INPUT', 'person: subject, roles and territory.');
  const { subject, ...others } = principal;
  return { status: 200, body: await signed(issuer, { sub: subject, ...others }, personTokenSeconds) };
}

/** The service whose name and secret a body holds. */
function serviceThatAsks(issuer: Issuer, body: unknown): string | undefined {
  const { service, secret } = (body ?? {}) as Record<string, unknown>; /* checked below */
  if (typeof service !== 'string' || typeof secret !== 'string' || !Object.hasOwn(issuer.secrets, service)) {
    return undefined;
  }
  return sameSecret(secret, String(issuer.secrets[service])) ? service : undefined;
}

async function signed(issuer: Issuer, claims: Record<string, unknown>, seconds: number): Promise<object> {
  const [key] = issuer.keys;
  if (key?.kid === undefined) throw new Error('The signing key has no kid.');
  const issuedAt = Math.floor(Date.now() / 1_000);
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid })
    .setIssuer(issuer.url)
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + seconds)
    .sign(await importJWK(key, 'ES256'));
  return { token, expiresAt: new Date((issuedAt + seconds) * 1_000).toISOString() };
}

/** Compared by digest, in a time that says nothing of where they differ. */
function sameSecret(given: string, kept: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(kept));
}

/** The JSON body, or undefined where it is none or too long. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function refusal(status: number, code: string, detail: string): Answer {
  return { status, body: { type: `urn:ariane:problem:${code}`, title: detail, status, code, detail } };
}

function send(response: ServerResponse, answer: Answer): void {
  const type = answer.status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(answer.status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(JSON.stringify(answer.body));
}
