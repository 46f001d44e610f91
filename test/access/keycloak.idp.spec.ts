import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directoryId, rppsSystem } from '@ariane/kernel';
import { CLIENT_SECRET, Keycloak } from './keycloak.ts';
import type { Browser } from './browser.ts';
import { PortalBench } from './portal-bench.ts';

const bench = new PortalBench();
const keycloak = new Keycloak();
const mapping = join(__dirname, '..', '..', 'services', 'portal', 'claim-mappings', 'keycloak.json');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ariane-keycloak-client-'));
  const secretFile = join(folder, 'secret');
  await writeFile(secretFile, CLIENT_SECRET);
  await keycloak.start(process.env['KEYCLOAK_HOME'] ?? '');
  await bench.start({
    ARIANE_OIDC_ISSUER: keycloak.issuer,
    ARIANE_OIDC_CLIENT_SECRET_FILE: secretFile,
    ARIANE_OIDC_CLAIMS_FILE: mapping,
    ARIANE_OIDC_SCOPES: 'openid profile',
  });
  await keycloak.addRealm(bench.origin);
}, 400_000);
afterAll(async () => {
  await Promise.all([bench.stop(), keycloak.stop()]);
  await rm(folder, { recursive: true });
});

/** Where the form of Keycloak's page sends what is typed. */
async function formOf(page: Response): Promise<string> {
  const action = /<form[^>]*id="kc-form-login"[^>]*action="([^"]+)"/.exec(await page.text())?.[1];
  if (action === undefined) throw new Error('Keycloak shows no form.');
  return action.replaceAll('&amp;', '&');
}

/** Goes from the portal to Keycloak's page, types there, and follows where it leads. */
async function typedBy(
  browser: Browser,
  username: string,
  password = 'demo-only',
): Promise<{ url: string; page: Response }> {
  const { response } = await browser.follow('/auth/login?to=/my-day');
  const answer = await browser.send(await formOf(response), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    body: new URLSearchParams({ username, password }).toString(),
  });
  const location = answer.headers.get('location');
  if (location === null) return { url: keycloak.issuer, page: answer };
  const { url, response: page } = await browser.follow(location);
  return { url, page };
}

const statusOf = async (browser: Browser): Promise<number> => (await browser.send('/api/session')).status;

describe('Keycloak, by configuration alone', () => {
  it('signs a professional in with their name, role, territory and directory id', async () => {
    const browser = bench.browser();
    const { url } = await typedBy(browser, 'demo-specialist');
    expect(url).toBe(`${bench.origin}/my-day`);
    expect(await (await browser.send('/api/session')).json()).toMatchObject({
      person: { name: 'Démo Anna Specialiste' },
      roles: ['specialist'],
      territory: 'demo',
      practitionerId: directoryId(rppsSystem, '99700218904'),
    });
  });

  it('opens no session for a wrong password', async () => {
    const browser = bench.browser();
    const { url } = await typedBy(browser, 'demo-specialist', 'something else');
    expect([url, await statusOf(browser)]).toEqual([keycloak.issuer, 401]);
  });

  it('opens no session for an account without a role in Ariane, and the page says so', async () => {
    const browser = bench.browser();
    const { page } = await typedBy(browser, 'demo-visitor');
    expect([page.status, await statusOf(browser)]).toEqual([403, 401]);
  });

  it('ends its own session at a sign-out, so that the next sign-in asks for the password', async () => {
    const browser = bench.browser();
    await typedBy(browser, 'demo-specialist');
    const { endSessionUrl } = (await (await browser.send('/auth/logout', { method: 'POST' })).json()) as {
      endSessionUrl: string;
    }; // as: the route's own answer
    expect((await browser.follow(endSessionUrl)).url).toBe(`${bench.origin}/`);
    await formOf((await browser.follow('/auth/login')).response);
    expect(await statusOf(browser)).toBe(401);
  });

  it('ends the portal’s session when its administrator ends the account’s', async () => {
    const browser = bench.browser();
    await typedBy(browser, 'demo-coordinator');
    expect(await statusOf(browser)).toBe(200);
    await keycloak.signOutAccount('demo-coordinator');
    expect(await statusOf(browser)).toBe(401);
  });
});
