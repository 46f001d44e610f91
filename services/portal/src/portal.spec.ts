import { idInCookie } from './cookies';
import { isFromOwnPage } from './origin';
import { entryOf } from './page';
import { headersForBrowser, headersForService, passedOnTarget } from './passed-on';
import { portalSettings } from './portal-settings';
import { returnPath } from './return-path';
import { idleEnd, isWorthKeeping } from './session';

describe('a sign-in leads back', () => {
  it.each(['/', '/my-day', '/pathways/0192?tab=plan#now', '/patient', '/a%20b'])(
    'to a path of the portal: %s',
    (path) => {
      expect(returnPath(path)).toBe(path);
    },
  );

  it.each([
    undefined,
    ['/a'],
    '',
    'my-day',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/a/..//evil.example',
    '/.//evil.example',
    'https://evil.example',
    '/x\r\nset-cookie: a=b',
    '/auth/login',
    '/api/session',
    `/${'x'.repeat(2_001)}`,
  ])('to the first page in place of %p', (path) => {
    expect(returnPath(path)).toBe('/');
  });
});

describe('a change', () => {
  const own = 'https://ariane.example';
  const sent = { method: 'POST', path: '/api/x', origin: undefined, fetchSite: undefined };

  it.each([
    [{ ...sent, origin: own }, true],
    [{ ...sent, fetchSite: 'same-origin' }, true],
    [{ ...sent, method: 'GET' }, true],
    [{ ...sent, path: '/auth/backchannel-logout' }, true],
    [{ ...sent, path: '/internal/wake' }, true],
    [{ ...sent, path: '/internal' }, false],
    [sent, false],
    [{ ...sent, origin: 'null', fetchSite: 'same-origin' }, false],
    [{ ...sent, origin: `${own}.evil.example` }, false],
    [{ ...sent, origin: 'http://ariane.example' }, false],
    [{ ...sent, fetchSite: 'same-site' }, false],
    [{ ...sent, fetchSite: 'none' }, false],
    [{ ...sent, method: 'DELETE' }, false],
    [{ ...sent, path: '/auth/backchannel-logout/x' }, false],
  ])('that says %j comes from our own page: %p', (one, expected) => {
    expect(isFromOwnPage(one, own)).toBe(expected);
  });
});

describe('a request for a service', () => {
  it('keeps its query and its escapes as they are', () => {
    expect(passedOnTarget('/api/tele-expertise/requests/a%20b?x=%2F&x=?')).toEqual({
      service: 'tele-expertise',
      path: '/requests/a%20b?x=%2F&x=?',
    });
  });

  it('carries no cookie, no origin and no header that is not on the list', () => {
    const headers = {
      cookie: 'a=b',
      origin: 'x',
      host: 'y',
      connection: 'keep-alive',
      accept: 'text/csv',
      authorization: 'Basic z',
    };
    expect(headersForService(headers, 'Bearer t', '00-1-2-01')).toEqual({
      accept: 'text/csv',
      authorization: 'Bearer t',
      traceparent: '00-1-2-01',
    });
  });

  it('is answered with what may be told, kept nowhere unless the service says so', () => {
    expect(headersForBrowser({ 'set-cookie': ['a=b'], 'x-powered-by': 'x', etag: '"1"' })).toEqual({
      'cache-control': 'no-store',
      etag: '"1"',
    });
    expect(headersForBrowser({ 'cache-control': 'max-age=60' })).toEqual({ 'cache-control': 'max-age=60' });
  });
});

describe('the page answers', () => {
  it.each([
    ['/', 'index.html'],
    ['/pathways/0192f0', 'index.html'],
    ['/patient', 'patient.html'],
    ['/patient/my-pathway', 'patient.html'],
    ['/patients/0192', 'index.html'],
    ['/assets/index-Ab_12.js', 'assets/index-Ab_12.js'],
    ['/favicon.svg', 'favicon.svg'],
    ['/api/unknown', undefined],
    ['/auth/x', undefined],
    ['/internal/quiet', undefined],
    ['/assets/../secret.json', undefined],
    ['/assets/.env.js', undefined],
    ['/assets/%2e%2e/x.js', undefined],
  ])('%s with %p', (path, file) => {
    expect(entryOf(path)).toBe(file);
  });
});

describe('a cookie', () => {
  const id = 'A'.repeat(43);

  it('is found among others by its whole name', () => {
    expect(idInCookie(`x__Host-ariane=no; a=b; __Host-ariane=${id}`, '__Host-ariane')).toBe(id);
    expect(idInCookie(undefined, '__Host-ariane')).toBeUndefined();
  });

  it.each([`__Host-ariane=${id}; __Host-ariane=${id}`, '__Host-ariane=short', `__Host-ariane="${id}"`])(
    'of another shape opens nothing: %s',
    (header) => {
      expect(idInCookie(header, '__Host-ariane')).toBeUndefined();
    },
  );
});

describe('a session', () => {
  const limits = { idleMs: 1_800_000, wholeMs: 36_000_000 };

  it('ends when the person has done nothing for long, and at its end whatever they do', () => {
    expect(idleEnd({ lastActMs: 1_000, endsMs: 36_000_000 }, limits)).toBe(1_801_000);
    expect(idleEnd({ lastActMs: 35_000_000, endsMs: 36_000_000 }, limits)).toBe(36_000_000);
  });

  it('is written at most once a minute for a session that idles out after half an hour', () => {
    expect(isWorthKeeping(0, 59_999, limits)).toBe(false);
    expect(isWorthKeeping(0, 60_000, limits)).toBe(true);
  });
});

describe('the portal’s environment', () => {
  const env = {
    ARIANE_MODE: 'demo',
    ARIANE_PORTAL_URL: 'http://127.0.0.1:4100',
    ARIANE_OIDC_ISSUER: 'http://127.0.0.1:4113',
    ARIANE_OIDC_CLIENT_ID: 'ariane-portal',
    ARIANE_OIDC_CLIENT_SECRET_FILE: 'secret',
    ARIANE_OIDC_CLAIMS_FILE: 'claims.json',
    SERVICE_URLS: JSON.stringify(
      Object.fromEntries(
        ['pathways', 'scheduling', 'tele-expertise', 'meetings', 'capitation'].map((name) => [
          name,
          'http://127.0.0.1:1',
        ]),
      ),
    ),
  };

  it('has sessions of half an hour without an act and ten hours in all, unless it says otherwise', () => {
    expect(portalSettings(env)).toMatchObject({
      origin: 'http://127.0.0.1:4100',
      limits: { idleMs: 1_800_000, wholeMs: 36_000_000 },
      provider: { scopes: 'openid' },
    });
  });

  it('is refused as a whole: every fault is named', () => {
    const wrong = { ARIANE_PORTAL_URL: 'https://a.example/x', ARIANE_SESSION_IDLE_MS: '1', ARIANE_OIDC_SCOPES: 'profile', SERVICE_URLS: '{"pathways":"x"}' }; // prettier-ignore
    const faults = [
      'ARIANE_PORTAL_URL must be an origin',
      'ARIANE_OIDC_ISSUER must be an http',
      'ARIANE_OIDC_CLIENT_ID is missing',
      'ARIANE_OIDC_CLIENT_SECRET_FILE is missing',
      'ARIANE_OIDC_CLAIMS_FILE is missing',
      'ARIANE_OIDC_SCOPES must hold the scope openid',
      'ARIANE_SESSION_IDLE_MS must be a whole number',
      'SERVICE_URLS must be a JSON object with the address of pathways, scheduling',
    ];
    for (const fault of faults) expect(() => portalSettings(wrong)).toThrow(fault);
  });

  it('speaks to nobody in clear in production', () => {
    const refusal = () => portalSettings({ ...env, ARIANE_MODE: 'production' });
    expect(refusal).toThrow('ARIANE_PORTAL_URL must be an https address');
    expect(refusal).toThrow('ARIANE_OIDC_ISSUER must be an https address');
  });
});
