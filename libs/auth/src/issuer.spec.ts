import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Mode, type RunningIssuer, startIssuer } from './issuer';
import { readSecret, type ServiceName, serviceNames } from './secret-files';
import { ServiceTokens } from './service-tokens';
import { TokenVerifier } from './token-verifier';

let folder: string;
const started: RunningIssuer[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ariane-issuer-'));
});

afterAll(async () => {
  await Promise.all(started.map((issuer) => issuer.stop()));
  await rm(folder, { recursive: true });
});

const secretFile = () => join(folder, 'secrets.json');

async function start(mode: Mode): Promise<RunningIssuer> {
  const issuer = await startIssuer({
    port: 0,
    keysFile: join(folder, 'keys.json'),
    serviceSecretFile: secretFile(),
    mode,
  });
  started.push(issuer);
  return issuer;
}

async function ask(issuer: RunningIssuer, path: string, body: unknown): Promise<[number, Record<string, unknown>]> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${issuer.url}${path}`, { method: 'POST', body: text });
  return [response.status, (await response.json()) as Record<string, unknown>];
}

const principalOf = (issuer: RunningIssuer, token: string) =>
  new TokenVerifier({ issuer: issuer.url, jwksUrl: `${issuer.url}/.well-known/jwks.json` }).principalFrom(
    `Bearer ${token}`,
  );

describe('the local issuer', () => {
  it('gives a demo’s person a token with role, territory and the ids asked for', async () => {
    const issuer = await start('demo');
    const asked = { role: 'specialist', territory: 'lyon', practitionerId: 'prac-1' };
    const [status, { token }] = await ask(issuer, '/demo-token', asked);
    expect(status).toBe(200);
    await expect(principalOf(issuer, token as string)).resolves.toEqual({
      kind: 'person',
      subject: 'prac-1',
      roles: ['specialist'],
      territory: 'lyon',
      practitionerId: 'prac-1',
    });
  });

  it.each([
    ['no role', {}, 'role'],
    ['a service’s role', { role: 'service' }, 'role'],
    ['an unknown role', { role: 'root' }, 'role'],
    ['a strange territory', { role: 'chair', territory: 'a/b' }, 'territory'],
    ['a service’s subject', { role: 'chair', subject: 'service:pathways' }, 'subject'],
    ['no JSON', '{', 'A JSON object'],
    ['too much', JSON.stringify({ role: 'chair', subject: 'x'.repeat(9_000) }), 'A JSON object'],
  ])('refuses a demo token for %s and says what is allowed', async (_, body, said) => {
    const [status, { detail }] = await ask(await start('test'), '/demo-token', body);
    expect(status).toBe(400);
    expect(detail).toContain(said);
  });

  it('has no demo token in production, and says why', async () => {
    const [status, body] = await ask(await start('production'), '/demo-token', { role: 'coordinator' });
    expect(status).toBe(403);
    expect(body).toMatchObject({
      code: 'DEMO_TOKEN_IN_PRODUCTION',
      detail: expect.stringContaining('production') as unknown,
    });
  });

  it('publishes its public keys only', async () => {
    const issuer = await start('production');
    const { keys } = (await (await fetch(`${issuer.url}/.well-known/jwks.json`)).json()) as { keys: object[] };
    expect(keys).toEqual([expect.objectContaining({ kty: 'EC', alg: 'ES256', use: 'sig' })]);
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('keeps keys and secrets through a restart, readable by their owner only', async () => {
    await start('test');
    const before = await readFile(join(folder, 'keys.json'), 'utf8');
    await start('test');
    expect(await readFile(join(folder, 'keys.json'), 'utf8')).toBe(before);
    for (const file of ['keys.json', 'secrets.json']) {
      expect((await stat(join(folder, file))).mode & 0o077).toBe(0);
    }
  });
});

describe('a service’s token', () => {
  it.each([
    ['a wrong secret', 'pathways', 'x'.repeat(43)],
    ['an unknown service', 'constructor', 'x'.repeat(43)],
    ['another service’s secret', 'scheduling', undefined],
  ])('is refused for %s', async (_, service, secret) => {
    const issuer = await start('test');
    const given = secret ?? (await readSecret(secretFile(), 'pathways'));
    const [status] = await ask(issuer, '/service-token', { service, secret: given });
    expect(status).toBe(401);
  });

  it('is asked once per territory by many callers, and again when it nears its end', async () => {
    const issuer = await start('production');
    const tokens = new ServiceTokens({ issuer: issuer.url, service: 'pathways', secretFile: secretFile() });
    const asked = jest.spyOn(globalThis, 'fetch');
    const [first, second, other] = await Promise.all(['lyon', 'lyon', 'brest'].map((one) => tokens.tokenFor(one)));
    expect(asked).toHaveBeenCalledTimes(2);
    expect(second).toBe(first);
    await expect(principalOf(issuer, other!)).resolves.toEqual({
      kind: 'service',
      service: 'pathways',
      territory: 'brest',
    });
    asked.mockClear();
    jest.useFakeTimers({ now: Date.now() + 9.5 * 60_000, doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
    const [renewed, same] = await Promise.all([tokens.tokenFor('lyon'), tokens.tokenFor('lyon')]);
    jest.useRealTimers();
    expect(asked).toHaveBeenCalledTimes(1);
    expect(renewed).not.toBe(first);
    expect(same).toBe(renewed);
    asked.mockRestore();
  });

  it('is asked for again after a failure', async () => {
    const issuer = await start('test');
    const tokens = new ServiceTokens({ issuer: issuer.url, service: 'pathways', secretFile: secretFile() });
    const asked = jest.spyOn(globalThis, 'fetch').mockRejectedValueOnce(new Error('down'));
    await expect(tokens.tokenFor('lyon')).rejects.toThrow('down');
    await expect(tokens.tokenFor('lyon')).resolves.toMatch(/\./);
    asked.mockRestore();
  });
});

describe('a person’s token', () => {
  const person = { subject: 'prac-1', roles: ['specialist'], territory: 'lyon', practitionerId: 'prac-1' };
  const asking = async (service: ServiceName, asked: object = person) => ({
    service,
    secret: await readSecret(secretFile(), service),
    person: asked,
  });

  it('is given to the portal in every mode, for ten minutes', async () => {
    const issuer = await start('production');
    const tokens = new ServiceTokens({ issuer: issuer.url, service: 'portal', secretFile: secretFile() });
    const asked = { kind: 'person', subject: 'prac-1', roles: ['specialist'], territory: 'lyon' } as const;
    const { token, expiresAt } = await tokens.forPerson({ ...asked, practitionerId: 'prac-1', actingFor: 'doctor' });
    await expect(principalOf(issuer, token)).resolves.toEqual({
      ...asked,
      practitionerId: 'prac-1',
      actingFor: 'doctor',
    });
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(600_000);
  });

  it.each(serviceNames.filter((name) => name !== 'portal'))('is given to no other service: %s', async (service) => {
    const [status, body] = await ask(await start('test'), '/person-token', await asking(service));
    expect([status, body.code]).toEqual([403, 'FORBIDDEN']);
  });

  it('is not given without the portal’s secret', async () => {
    const body = { service: 'portal', secret: 'x'.repeat(43), person };
    expect((await ask(await start('test'), '/person-token', body))[0]).toBe(401);
  });

  it.each([
    ['no person', undefined],
    ['no role', { ...person, roles: [] }],
    ['the role of a service', { ...person, roles: ['service'] }],
    ['the name of a service', { ...person, subject: 'service:pathways' }],
    ['a service', { ...person, kind: 'service', service: 'pathways', sub: 'service:pathways' }],
    ['no territory', { ...person, territory: undefined }],
    ['an id that is an operator', { ...person, patientId: { $ne: '' } }],
  ])('is not given for %s', async (_, asked) => {
    const body = { ...(await asking('portal')), person: asked };
    expect((await ask(await start('test'), '/person-token', body))[0]).toBe(400);
  });
});

describe('a service that is new since the secrets were made', () => {
  it('gets one, and the others keep theirs', async () => {
    const known = JSON.parse(await readFile(secretFile(), 'utf8')) as Record<string, string>;
    const { portal, ...older } = known;
    await writeFile(secretFile(), JSON.stringify(older));
    await start('test');
    expect(await readSecret(secretFile(), 'portal')).not.toBe(portal);
    expect(await readSecret(secretFile(), 'pathways')).toBe(older.pathways);
  });
});
