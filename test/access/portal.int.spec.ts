import type { IncomingMessage } from 'node:http';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { TokenVerifier } from '@ariane/auth';
import type { mongo } from 'mongoose';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { openDatabase } from '@ariane/store';
import { busSettings, databaseOf } from '@ariane/bus';
import type { Browser } from './browser.ts';
import { PortalBench } from './portal-bench.ts';

const bench = new PortalBench();

interface SessionView {
  readonly person: { readonly name: string; readonly initials: string; readonly subject: string };
  readonly roles: readonly string[];
  readonly practitionerId?: string;
  readonly idleEndsAt: string;
  readonly endsAt: string;
}

beforeAll(async () => {
  const database = await openDatabase(busSettings(process.env).mongoUrl, databaseOf('portal'));
  await database.db.dropDatabase();
  await database.connection.close();
  await bench.start();
});
afterAll(() => bench.stop());

const codeOf = async (response: Response): Promise<[number, string]> => {
  const { code } = (await response.json()) as { code: string }; // as: a problem
  return [response.status, code];
};
const sessionOf = async (browser: Browser): Promise<SessionView> =>
  (await (await browser.send('/api/session')).json()) as SessionView; // as: the route's own answer
const isCallback = (next: string): boolean => next.startsWith(`${bench.origin}/auth/callback`);

async function signedIn(person = 'coordinator'): Promise<Browser> {
  const browser = bench.browser();
  await browser.signIn(person);
  return browser;
}

/** The address to which the provider sends the browser back, before the browser goes there. */
async function atCallback(browser: Browser, to = '/', person = 'coordinator'): Promise<URL> {
  const { url } = await browser.follow(`/auth/login?to=${encodeURIComponent(to)}`);
  return new URL((await browser.choose(url, person, isCallback)).url);
}

const readerOf = (response: Response): ReadableStreamDefaultReader<Uint8Array> =>
  (response.body as ReadableStream<Uint8Array>).getReader(); // as: every answer asked for has a body, and bodies are bytes

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

describe('a sign-in', () => {
  it('leads where it was begun, under a cookie that scripts and other sites cannot use', async () => {
    const browser = bench.browser();
    const callback = await atCallback(browser, '/my-day?view=0192f0#now');
    const response = await browser.send(callback.href);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/my-day?view=0192f0#now']);
    expect(response.headers.getSetCookie()).toContainEqual(
      expect.stringMatching(/^__Host-ariane=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/),
    );
    expect(await sessionOf(browser)).toMatchObject({
      person: { name: 'Démo Inès Coordination', initials: 'IC' },
      roles: ['coordinator'],
      territory: 'demo',
      practitionerId: 'e6d1da23-1036-5ebf-996c-4b554920de4c',
      mode: 'test',
    });
  });

  it('asks the provider for a code with PKCE, a state and a nonce', async () => {
    const response = await bench.browser().send('/auth/login');
    const { searchParams } = new URL(response.headers.get('location') ?? '');
    expect(Object.fromEntries(searchParams)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256' });
    for (const one of ['state', 'nonce', 'code_challenge']) expect(searchParams.get(one)?.length).toBeGreaterThan(40);
  });

  it('gives a new id each time, and ends the session that was open', async () => {
    const browser = await signedIn();
    const before = browser.cookie('__Host-ariane')!;
    await browser.follow('/auth/login?to=/');
    expect(browser.cookie('__Host-ariane')).not.toBe(before);
    browser.setCookie('__Host-ariane', before);
    expect(await codeOf(await browser.send('/api/session'))).toEqual([401, 'SESSION_ENDED']);
  });

  it('may be under way in several tabs of one browser', async () => {
    const browser = bench.browser();
    const [one, other] = [await browser.follow('/auth/login?to=/one'), await browser.follow('/auth/login?to=/two')];
    expect((await browser.choose(one.url, 'finance')).url).toBe(`${bench.origin}/one`);
    expect((await browser.choose(other.url, 'finance')).url).toBe(`${bench.origin}/two`);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    '/%09/evil.example',
    '/\t/evil.example',
    '/./\\/evil.example',
    '/a/..//evil.example',
    'javascript:alert(1)',
    '/auth/logout',
    ' /x',
  ])('leads nowhere but to this portal: %p', async (to) => {
    const callback = await atCallback(bench.browser(), to);
    expect(callback.origin).toBe(bench.origin);
    const browser = bench.browser();
    const response = await browser.send((await atCallback(browser, to)).href);
    const leads = new URL(response.headers.get('location') ?? '', bench.origin);
    expect([leads.origin, leads.pathname.startsWith('//'), leads.pathname.startsWith('/auth')]).toEqual([
      bench.origin,
      false,
      false,
    ]);
  });
});

describe('a sign-in that was tampered with opens no session', () => {
  const refused: Record<string, (browser: Browser, callback: URL) => Promise<Response>> = {
    'a replayed code': async (browser, callback) => {
      await browser.send(callback.href);
      browser.dropCookie('__Host-ariane');
      return browser.send(callback.href);
    },
    'another state': (browser, callback) => {
      callback.searchParams.set('state', 'x'.repeat(43));
      return browser.send(callback.href);
    },
    'no state': (browser, callback) => {
      callback.searchParams.delete('state');
      return browser.send(callback.href);
    },
    'a browser that did not begin it': (_browser, callback) => bench.browser().send(callback.href),
    'a browser that began another': async (_browser, callback) => {
      const other = bench.browser();
      await other.send('/auth/login');
      return other.send(callback.href);
    },
    'an invented code': (browser, callback) => {
      callback.searchParams.set('code', 'x'.repeat(43));
      return browser.send(callback.href);
    },
    'a code of another sign-in of this browser, whose PKCE and nonce are others': async (browser, callback) => {
      const other = await browser.follow('/auth/login', isCallback);
      callback.searchParams.set('code', new URL(other.url).searchParams.get('code') ?? '');
      return browser.send(callback.href);
    },
    'another issuer': (browser, callback) => {
      callback.searchParams.set('iss', 'https://evil.example');
      return browser.send(callback.href);
    },
    'an error of the provider': (browser, callback) => {
      callback.searchParams.delete('code');
      callback.searchParams.set('error', 'access_denied');
      return browser.send(callback.href);
    },
  };

  it.each(Object.entries(refused))('%s', async (_, tamper) => {
    const browser = bench.browser();
    const response = await tamper(browser, await atCallback(browser));
    expect(response.headers.getSetCookie().join()).not.toContain('__Host-ariane=');
    const [status, code] = await codeOf(response);
    expect([400, 403]).toContain(status);
    expect(['SIGN_IN_STALE', 'SIGN_IN_REFUSED']).toContain(code);
    expect(browser.cookie('__Host-ariane')).toBeUndefined();
  });

  it('tells a person so on a page in their language, that offers to begin again', async () => {
    const headers = { accept: 'text/html', 'accept-language': 'en' };
    const response = await bench.browser().send('/auth/callback?state=x&code=y', { headers });
    expect(response.status).toBe(400);
    const page = await response.text();
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('This sign-in is no longer valid: begin again.');
    expect(page).toContain('href="/auth/login?to=/"');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});

describe('a request of nobody', () => {
  const flip = (id: string): string => (id.startsWith('A') ? 'B' : 'A') + id.slice(1);
  const cookies: Record<string, (id: string) => string> = {
    'one letter changed': (id) => `__Host-ariane=${flip(id)}`,
    'cut short': (id) => `__Host-ariane=${id.slice(0, 42)}`,
    'too long': (id) => `__Host-ariane=${id}A`,
    empty: () => '__Host-ariane=',
    'given twice': (id) => `__Host-ariane=${id}; __Host-ariane=${flip(id)}`,
    'an operator of the database': () => '__Host-ariane={"$ne":""}',
    'the key that the database holds': (id) => `__Host-ariane=${Buffer.from(id).toString('base64url').slice(0, 43)}`,
    'of a sign-in under way': () => `__Host-ariane=${'s'.repeat(43)}; __Host-ariane-sign-in=${'s'.repeat(43)}`,
  };

  it.each(Object.entries(cookies))('is refused: a cookie %s', async (_, forge) => {
    const id = (await signedIn()).cookie('__Host-ariane')!;
    const response = await fetch(`${bench.origin}/api/session`, { headers: { cookie: forge(id) } });
    expect(await codeOf(response)).toEqual([401, 'SESSION_ENDED']);
  });

  it.each([
    ['no cookie', {}],
    ['a cookie under another name', { cookie: `ariane=${'a'.repeat(43)}` }],
    ['the name without its prefix in another case', { cookie: `__host-ariane=${'a'.repeat(43)}` }],
  ])('is refused: %s', async (_, headers) => {
    const response = await fetch(`${bench.origin}/api/meetings/cases`, { headers: headers as Record<string, string> });
    expect(await codeOf(response)).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('is refused with a token in place of a cookie: a browser holds none', async () => {
    const body = JSON.stringify({ role: 'coordinator' });
    const made = await fetch(`${bench.issuer.url}/demo-token`, { method: 'POST', body });
    const { token } = (await made.json()) as { token: string };
    const response = await fetch(`${bench.origin}/api/session`, { headers: { authorization: `Bearer ${token}` } });
    expect(await codeOf(response)).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('finds the API of the portal’s operation closed to a session', async () => {
    const response = await (await signedIn('territory-administrator')).send('/internal/quiet');
    expect(await codeOf(response)).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describe('a change from elsewhere', () => {
  const places: Record<string, Record<string, string>> = {
    'another site': { origin: 'https://evil.example' },
    'another port of this machine': { origin: 'http://127.0.0.1:1' },
    'a page without origin': { origin: 'null' },
    'this host over another scheme': { origin: 'https://127.0.0.1' },
    'a cross-site form': { origin: '', 'sec-fetch-site': 'cross-site' },
    'the same site but another origin': { origin: '', 'sec-fetch-site': 'same-site' },
    'a program that says nothing of itself': { origin: '' },
  };

  it.each(Object.entries(places))('is refused, and nothing changes: %s', async (_, { origin = '', ...others }) => {
    const browser = await signedIn();
    const cookie = `__Host-ariane=${browser.cookie('__Host-ariane')!}`;
    const headers = { cookie, ...others, ...(origin === '' ? {} : { origin }) };
    for (const path of ['/auth/logout', '/api/session/keep', '/api/meetings/cases']) {
      const response = await fetch(bench.origin + path, { method: 'POST', headers });
      expect(await codeOf(response)).toEqual([403, 'ORIGIN_REFUSED']);
    }
    expect((await browser.send('/api/session')).status).toBe(200);
  });

  it('is told from one of a page of the portal, which may send no Origin', async () => {
    const browser = await signedIn();
    const cookie = `__Host-ariane=${browser.cookie('__Host-ariane')!}`;
    const headers = { cookie, 'sec-fetch-site': 'same-origin' };
    expect((await fetch(`${bench.origin}/api/session/keep`, { method: 'POST', headers })).status).toBe(200);
  });
});

describe('a sign-out', () => {
  it('ends the session here and leads to where the provider’s ends', async () => {
    const browser = await signedIn();
    const before = browser.cookie('__Host-ariane')!;
    const response = await browser.send('/auth/logout', { method: 'POST' });
    const { endSessionUrl } = (await response.json()) as { endSessionUrl: string };
    expect(endSessionUrl).toMatch(new RegExp(`^${bench.provider}/session/end\\?.*id_token_hint=`));
    expect(browser.cookie('__Host-ariane')).toBeUndefined();
    browser.setCookie('__Host-ariane', before);
    expect(await codeOf(await browser.send('/api/session'))).toEqual([401, 'SESSION_ENDED']);
  });

  it('at the provider ends the sessions of that browser here by its own call', async () => {
    const browser = await signedIn('auditor');
    const portalCookie = browser.cookie('__Host-ariane')!;
    const page = await (await browser.send(`${bench.provider}/session/end`)).text();
    expect(page).toContain('Se déconnecter ?');
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const response = await browser.send(`${bench.provider}/session/end/confirm`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: bench.provider },
      body: `xsrf=${xsrf}&logout=yes`,
    });
    expect(response.status).toBeLessThan(400);
    browser.setCookie('__Host-ariane', portalCookie);
    expect(await codeOf(await browser.send('/api/session'))).toEqual([401, 'SESSION_ENDED']);
  });

  it('told by anybody but the provider is refused, and ends nothing', async () => {
    const browser = await signedIn('auditor');
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const claims = {
      sub: 'demo-auditor',
      jti: 'one',
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    };
    const by = (header: object) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...header }).setIssuer(bench.provider);
    const whole = (jwt: SignJWT) => jwt.setAudience('ariane-portal').setIssuedAt().setExpirationTime('2m');
    const secret = new TextEncoder().encode(await readFile(bench.clientSecretFile, 'utf8'));
    const tokens = [
      await whole(by({})).sign(privateKey),
      await whole(by({ jwk: await exportJWK(publicKey) })).sign(privateKey),
      await whole(by({ alg: 'HS256' })).sign(secret),
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`,
      'not.a.token',
      '',
    ];
    for (const token of tokens) {
      const response = await fetch(`${bench.origin}/auth/backchannel-logout`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ logout_token: token }).toString(),
      });
      expect(await codeOf(response)).toEqual([400, 'LOGOUT_TOKEN_REFUSED']);
    }
    expect((await browser.send('/api/session')).status).toBe(200);
  });
});

describe('the way to the services', () => {
  it('passes a request on with the person’s own token and nothing else of the browser', async () => {
    let seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string } | undefined;
    bench.handler = (request, response) => {
      void bodyOf(request).then((body) => {
        seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
        response.writeHead(409, { 'content-type': 'application/problem+json', 'set-cookie': 'a=b', etag: '"7"' });
        response.end('{"code":"STATE_CONFLICT"}');
      });
    };
    const browser = await signedIn();
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': '0192f0a0-0000-7000-8000-000000000000',
      'if-match': '"6"',
      'accept-language': 'en',
      'last-event-id': '12',
      'x-forwarded-for': '10.0.0.1',
    };
    const body = '{ "a.b": {"$keep": 1} }';
    const response = await browser.send('/api/meetings/cases/c-1/decide?x=1&x=2', { method: 'PUT', headers, body });
    expect([response.status, response.headers.get('etag'), response.headers.getSetCookie()]).toEqual([409, '"7"', []]);
    expect(await response.text()).toBe('{"code":"STATE_CONFLICT"}');
    expect(seen).toMatchObject({ method: 'PUT', url: '/cases/c-1/decide?x=1&x=2', body });
    const passed = Object.entries(headers).filter(([name]) => name !== 'x-forwarded-for');
    expect(seen?.headers).toMatchObject(Object.fromEntries(passed));
    for (const kept of ['cookie', 'origin', 'x-forwarded-for']) expect(seen?.headers).not.toHaveProperty(kept);
    const verifier = new TokenVerifier({
      issuer: bench.issuer.url,
      jwksUrl: `${bench.issuer.url}/.well-known/jwks.json`,
    });
    await expect(verifier.principalFrom(seen?.headers.authorization)).resolves.toMatchObject({
      kind: 'person',
      roles: ['coordinator'],
      practitionerId: 'e6d1da23-1036-5ebf-996c-4b554920de4c',
    });
  });

  it('passes bodies in both directions as they come', async () => {
    const received: number[] = [];
    bench.handler = (request, response) => {
      request.on('data', (chunk: Buffer) => received.push(chunk.length));
      request.on('end', () => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('id: 1\ndata: first\n\n');
      });
    };
    const browser = await signedIn();
    const file = new Uint8Array(8_000_000);
    const headers = { 'content-type': 'application/json' };
    const response = await browser.send('/api/pathways/imports', { method: 'POST', body: file, headers });
    expect(received.reduce((sum, one) => sum + one, 0)).toBe(8_000_000);
    const reader = readerOf(response);
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('id: 1\ndata: first\n\n');
    await reader.cancel();
  });

  it('cuts a stream when its session ends', async () => {
    bench.handler = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: first\n\n');
    };
    const browser = await signedIn();
    const response = await browser.send('/api/pathways/stream', { headers: { accept: 'text/event-stream' } });
    const reader = readerOf(response);
    await reader.read();
    await browser.send('/auth/logout', { method: 'POST' });
    await expect(reader.read()).resolves.toMatchObject({ done: true });
  });

  it.each([
    '/api/pathways/internal/quiet',
    '/api/pathways/Internal/quiet',
    '/api/pathways/%69nternal/quiet',
    '/api/pathways/health/ready',
    '/api/pathways/openapi.json',
    '/api/pathways/x/%2e%2e/internal/quiet',
    '/api/pathways/x%2f..%2finternal/quiet',
    '/api/pathways//internal/quiet',
    '/api/workflows/internal/watched',
    '/api/issuer/person-token',
    '/api/pathways',
    '/api/unknown/x',
  ])('is not there for %s', async (path) => {
    let calls = 0;
    bench.handler = (_request, response) => {
      calls += 1;
      response.end();
    };
    const browser = await signedIn();
    expect(await codeOf(await browser.send(path))).toEqual([404, 'NOT_FOUND']);
    expect(calls).toBe(0);
  });

  it('says that a service is down, in the reader’s language', async () => {
    bench.handler = (request) => request.socket.destroy();
    const browser = await signedIn();
    const response = await browser.send('/api/scheduling/appointments', { headers: { 'accept-language': 'en' } });
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.json()).toMatchObject({
      status: 503,
      code: 'NOT_READY',
      detail: 'The service is not ready: try again.',
    });
  });
});

it('the portal’s own routes stand beside those of the services', async () => {
  const browser = await signedIn();
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ patients: [], practitioners: [], organisations: [] });
  const names = await browser.send('/api/names', { method: 'POST', headers, body });
  expect([names.status, await names.json()]).toEqual([
    200,
    { patients: {}, practitioners: {}, organisations: {}, accounts: {} },
  ]);
  const stream = await browser.send('/api/stream', { headers: { accept: 'text/event-stream' } });
  const reader = readerOf(stream);
  expect(new TextDecoder().decode((await reader.read()).value)).toContain('event: ready');
  await browser.send('/auth/logout', { method: 'POST' });
  await expect(reader.read()).resolves.toMatchObject({ done: true });
});

describe('the page', () => {
  it('has a security policy that lets no script but its own run, and no other site frame it', async () => {
    const { headers } = await bench.browser().send('/patient/my-pathway');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['/assets/../package.json', '/..%2f..%2fpackage.json', '/assets/%2e%2e/%2e%2e/package.json', '/.env.json'])(
    'gives no file from outside its folder: %s',
    async (path) => {
      const socketPath = await rawGet(path);
      expect(socketPath).toMatch(/^HTTP\/1\.1 404 /);
    },
  );
});

/** A path as it is written: fetch would resolve its dots before it is sent. */
async function rawGet(path: string): Promise<string> {
  const { connect } = await import('node:net');
  const { port } = new URL(bench.origin);
  const socket = connect(Number(port), '127.0.0.1');
  socket.end(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

describe('a session', () => {
  it('is kept with nothing that opens it or names anybody in clear', async () => {
    const browser = await signedIn('specialist');
    const id = browser.cookie('__Host-ariane')!;
    const { person, practitionerId } = await sessionOf(browser);
    const database = await openDatabase(busSettings(process.env).mongoUrl, databaseOf('portal'));
    const sessions = await database.db.collection<{ _id: string; sealed: mongo.Binary }>('sessions').find().toArray();
    await database.connection.close();
    const texts = sessions.flatMap(({ sealed, ...clear }) => [
      JSON.stringify(clear),
      Buffer.from(sealed.buffer).toString('utf8'),
    ]);
    expect(texts.some((text) => text.includes('providerSubject'))).toBe(true);
    const secrets = [id, person.name, practitionerId!, 'demo-specialist', 'eyJhbGci'];
    expect(secrets.filter((secret) => texts.some((text) => text.includes(secret)))).toEqual([]);
  });

  it('outlives the portal’s sudden death', async () => {
    const browser = await signedIn();
    await bench.portal.stop('SIGKILL');
    await bench.portal.start();
    expect(await sessionOf(browser)).toMatchObject({ roles: ['coordinator'] });
  });

  it('outlives the provider, without which nobody else signs in and the page says so', async () => {
    const browser = await signedIn();
    await bench.identity.stop();
    await bench.portal.stop();
    await bench.portal.start();
    expect((await browser.send('/api/session')).status).toBe(200);
    expect(await codeOf(await bench.browser().send('/auth/login'))).toEqual([503, 'SIGN_IN_UNREACHABLE']);
    const page = await bench.browser().send('/auth/login', { headers: { accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([
      503,
      expect.stringContaining('Le service d’identification ne répond pas'),
    ]);
    const out = await browser.send('/auth/logout', { method: 'POST' });
    expect(await out.json()).toEqual({ endSessionUrl: `${bench.origin}/` });
    await bench.identity.start();
    expect((await sessionOf(await signedIn())).roles).toEqual(['coordinator']);
  });

  it('ends without an act of the person, which what a page does by itself is not', async () => {
    await bench.portal.stop();
    await bench.portal.start({ ARIANE_SESSION_IDLE_MS: '2000', ARIANE_SESSION_WHOLE_MS: '60000' });
    const [active, silent] = [await signedIn(), await signedIn()];
    for (let tenths = 0; tenths < 25; tenths += 1) {
      await sleep(100);
      await silent.send('/api/session', { headers: { 'x-ariane-background': '1' } });
      await active.send('/api/session/keep', { method: 'POST' });
    }
    expect((await active.send('/api/session')).status).toBe(200);
    expect(await codeOf(await silent.send('/api/session'))).toEqual([401, 'SESSION_ENDED']);
    // Whoever comes back then shows again who they are, although the provider remembers the browser.
    const { url } = await silent.follow('/auth/login');
    expect(url).toContain('/interaction/');
  });

  it('ends after its time whatever the person does', async () => {
    await bench.portal.stop();
    await bench.portal.start({ ARIANE_SESSION_IDLE_MS: '2000', ARIANE_SESSION_WHOLE_MS: '1500' });
    const browser = await signedIn();
    const { idleEndsAt, endsAt } = await sessionOf(browser);
    expect(idleEndsAt).toBe(endsAt);
    for (let tenths = 0; tenths < 17; tenths += 1) {
      await sleep(100);
      await browser.send('/api/session/keep', { method: 'POST' });
    }
    expect(await codeOf(await browser.send('/api/session'))).toEqual([401, 'SESSION_ENDED']);
  });

  it('is refused to an account of which Ariane does not know what it may do, with what is missing', async () => {
    await bench.portal.stop();
    await bench.portal.start({ ARIANE_OIDC_SCOPES: 'openid profile' });
    const browser = bench.browser();
    const response = await browser.send((await atCallback(browser)).href, {
      headers: { accept: 'text/html', 'accept-language': 'en' },
    });
    expect([response.status, browser.cookie('__Host-ariane')]).toEqual([403, undefined]);
    const page = await response.text();
    expect(page).toContain('your account lacks: a role in Ariane, a territory.');
    expect(page).toContain('Use another account');
  });
});

describe('what the portal writes', () => {
  it('names nobody and holds no token', () => {
    for (const word of ['Coordination', 'demo-coordinator', 'eyJ', 'state='])
      expect(bench.portal.output).not.toContain(word);
    expect(bench.portal.output).toContain('The service is ready.');
  });
});
