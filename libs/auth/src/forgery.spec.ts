import { createHmac, createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';

import { type RunningIssuer, startIssuer } from './issuer';
import { TokenVerifier } from './token-verifier';

let folder: string;
let issuer: RunningIssuer;
let verifier: TokenVerifier;
let key: JWK;

const seconds = () => Math.floor(Date.now() / 1_000);
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ariane-auth-'));
  const keysFile = join(folder, 'keys.json');
  issuer = await startIssuer({ port: 0, keysFile, serviceSecretFile: join(folder, 'secrets.json'), mode: 'test' });
  verifier = new TokenVerifier({ issuer: issuer.url, jwksUrl: `${issuer.url}/.well-known/jwks.json` });
  [key] = (JSON.parse(await readFile(keysFile, 'utf8')) as { keys: [JWK] }).keys;
});

afterAll(async () => {
  await issuer.stop();
  await rm(folder, { recursive: true });
});

interface Changes {
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
}

const goodClaims = () => ({
  iss: issuer.url,
  aud: 'ariane',
  sub: 'demo-chair',
  kind: 'person',
  roles: ['chair'],
  territory: 'lyon',
  iat: seconds(),
  exp: seconds() + 600,
});

/** A token of the true key, right but for the changes. */
async function signed({ claims = {}, header = {} }: Changes = {}): Promise<string> {
  return new SignJWT({ ...goodClaims(), ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid!, ...header })
    .sign(await importJWK(key, 'ES256'));
}

/** A token of a stranger's key that claims to be of the true one. */
async function strangers(header: Record<string, unknown> = {}): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256');
  return new SignJWT(goodClaims())
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid!, ...header })
    .sign(privateKey);
}

/** A token signed by HMAC with what the attacker can read: the public key. */
function withHmac(secret: string, alg = 'HS256'): Promise<string> {
  const input = `${base64({ alg, typ: 'at+jwt', kid: key.kid })}.${base64(goodClaims())}`;
  return Promise.resolve(`${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`);
}

function publicPem(): string {
  return createPublicKey({ key: { ...key }, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString();
}

async function altered(part: 0 | 1 | 2, change: (text: string) => string): Promise<string> {
  return (await signed())
    .split('.')
    .map((text, index) => (index === part ? change(text) : text))
    .join('.');
}

const bearer = async (token: Promise<string>) => `Bearer ${await token}`;

const forgeries: Record<string, () => Promise<string | undefined>> = {
  'no header': () => Promise.resolve(undefined),
  'an empty header': () => Promise.resolve(''),
  'an empty token': () => Promise.resolve('Bearer '),
  'another scheme': async () => `Basic ${await signed()}`,
  'a token without scheme': () => signed(),
  'two tokens': async () => `Bearer ${await signed()}, Bearer ${await signed()}`,
  noise: () => Promise.resolve('Bearer a.b.c'),
  'alg none without signature': () =>
    Promise.resolve(`Bearer ${base64({ alg: 'none', typ: 'at+jwt', kid: key.kid })}.${base64(goodClaims())}.`),
  'alg none with a signature': () => bearer(altered(0, () => base64({ alg: 'none', typ: 'at+jwt', kid: key.kid }))),
  'alg NoNe': () => bearer(altered(0, () => base64({ alg: 'NoNe', typ: 'at+jwt', kid: key.kid }))),
  'HS256 with the public key as PEM': () => bearer(withHmac(publicPem())),
  'HS256 with the public key as JWK': () => bearer(withHmac(JSON.stringify({ x: key.x, y: key.y }))),
  'HMAC that calls itself ES256': () => bearer(withHmac(publicPem(), 'ES256')),
  'an algorithm of no family': () => bearer(altered(0, () => base64({ alg: 'XX1', typ: 'at+jwt', kid: key.kid }))),
  'another key under the true kid': () => bearer(strangers()),
  'another key under its own kid': () => bearer(strangers({ kid: 'mine' })),
  'a key carried in the header': async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const header = { alg: 'ES256', typ: 'at+jwt', kid: key.kid!, jwk: await exportJWK(publicKey) };
    return bearer(new SignJWT(goodClaims()).setProtectedHeader(header).sign(privateKey));
  },
  'a key set named in the header': () => bearer(strangers({ jku: `${issuer.url}/mine.json` })),
  'a kid that is a path': () => bearer(strangers({ kid: '../../dev/null' })),
  'no kid': () => bearer(signed({ header: { kid: undefined } })),
  'an unknown kid': () => bearer(signed({ header: { kid: 'unknown' } })),
  'no type': () => bearer(signed({ header: { typ: undefined } })),
  'the type of an identity token': () => bearer(signed({ header: { typ: 'JWT' } })),
  'a critical header we do not know': async () => {
    const header = { alg: 'ES256', typ: 'at+jwt', kid: key.kid!, crit: ['ariane'], ariane: 1 };
    const private_ = await importJWK(key, 'ES256');
    return bearer(new SignJWT(goodClaims()).setProtectedHeader(header).sign(private_, { crit: { ariane: true } }));
  },
  'a changed claim': () => bearer(altered(1, () => base64({ ...goodClaims(), roles: ['finance-approver'] }))),
  'a changed signature': () => bearer(altered(2, (text) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1))),
  'a signature of zeros': () => bearer(altered(2, () => Buffer.alloc(64).toString('base64url'))),
  'a shortened signature': () => bearer(altered(2, (text) => text.slice(0, 40))),
  'another issuer': () => bearer(signed({ claims: { iss: 'https://issuer.example' } })),
  'no issuer': () => bearer(signed({ claims: { iss: undefined } })),
  'another audience': () => bearer(signed({ claims: { aud: 'other' } })),
  'no audience': () => bearer(signed({ claims: { aud: undefined } })),
  'an expired one': () => bearer(signed({ claims: { iat: seconds() - 900, exp: seconds() - 60 } })),
  'one that never ends': () => bearer(signed({ claims: { exp: undefined } })),
  'one not yet valid': () => bearer(signed({ claims: { nbf: seconds() + 120 } })),
  'no subject': () => bearer(signed({ claims: { sub: undefined } })),
  'no territory': () => bearer(signed({ claims: { territory: undefined } })),
  'a territory that is an operator': () => bearer(signed({ claims: { territory: { $ne: '' } } })),
  'an unknown role': () => bearer(signed({ claims: { roles: ['root'] } })),
  'no role': () => bearer(signed({ claims: { roles: [] } })),
  'a person with the role of a service': () => bearer(signed({ claims: { roles: ['service'] } })),
  'a person named as a service': () => bearer(signed({ claims: { sub: 'service:pathways' } })),
  'a service that is another subject': () => bearer(signed({ claims: { kind: 'service', service: 'pathways' } })),
  'no kind': () => bearer(signed({ claims: { kind: undefined } })),
};

describe('a forged token', () => {
  it('is told from a true one', async () => {
    await expect(verifier.principalFrom(await bearer(signed()))).resolves.toEqual({
      kind: 'person',
      subject: 'demo-chair',
      roles: ['chair'],
      territory: 'lyon',
    });
  });

  it.each(Object.entries(forgeries))('is refused: %s', async (_, forge) => {
    await expect(verifier.principalFrom(await forge())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is still refused after the true one was remembered', async () => {
    const token = await signed();
    await verifier.principalFrom(`Bearer ${token}`);
    const [header, , signature] = token.split('.');
    const forged = `${header!}.${base64({ ...goodClaims(), roles: ['finance'] })}.${signature!}`;
    await expect(verifier.principalFrom(`Bearer ${forged}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('a remembered token', () => {
  it('ends when it expires', async () => {
    const token = await signed({ claims: { exp: seconds() + 1 } });
    await verifier.principalFrom(`Bearer ${token}`);
    // Beyond its end and the tolerance of 2 s between clocks.
    jest.useFakeTimers({ now: Date.now() + 5_000, doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
    await expect(verifier.principalFrom(`Bearer ${token}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    jest.useRealTimers();
  });
});

describe('keys that cannot be read', () => {
  it('are our trouble, not the caller’s: NOT_READY', async () => {
    const server = createServer((_, response) => response.writeHead(500).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; /* it listens on TCP */
    const blind = new TokenVerifier({ issuer: issuer.url, jwksUrl: `http://127.0.0.1:${port}/` });
    const answered = expect(blind.principalFrom(`Bearer ${await signed()}`)).rejects.toMatchObject({
      code: 'NOT_READY',
    });
    await answered.finally(() => server.close());
    await expect(blind.principalFrom(`Bearer ${await signed()}`)).rejects.toMatchObject({ code: 'NOT_READY' });
  });
});
