import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { busSettings, databaseOf } from '@ariane/bus';
import { openDatabase } from '@ariane/store';
import type { mongo } from 'mongoose';
import { makeAccountsKnown } from '../demo/known-accounts.ts';
import type { Browser } from './browser.ts';
import { PortalBench } from './portal-bench.ts';

const bench = new PortalBench();

beforeAll(async () => {
  await inPortalDatabase((db) => db.dropDatabase());
  await bench.start();
});
afterAll(() => bench.stop());

async function signedIn(person: string): Promise<Browser> {
  const browser = bench.browser();
  await browser.signIn(person);
  return browser;
}

/** Under which one acts. */
const subjectOf = async (browser: Browser): Promise<string> =>
  ((await (await browser.send('/api/session')).json()) as { person: { subject: string } }).person.subject; // as: the route's own answer

async function inPortalDatabase<T>(read: (db: mongo.Db) => Promise<T>): Promise<T> {
  const database = await openDatabase(busSettings(process.env).mongoUrl, databaseOf('portal'));
  try {
    return await read(database.db);
  } finally {
    await database.connection.close();
  }
}

describe('the name behind an account', () => {
  interface Names {
    readonly accounts: Readonly<Record<string, { readonly name: string }>>;
  }

  /** What is told of an account under the ways in which services write it. */
  async function told(browser: Browser, ...accounts: readonly string[]): Promise<Names['accounts']> {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ accounts });
    const response = await browser.send('/api/names', { method: 'POST', headers, body });
    expect(response.status).toBe(200);
    return ((await response.json()) as Names).accounts; // as: the route's own answer
  }

  it('is told to a colleague once somebody has signed in, however services write them', async () => {
    const auditor = await signedIn('auditor');
    expect(await told(auditor, 'demo-second-approver')).toEqual({});
    await signedIn('second-approver');
    const [bare, written] = ['demo-second-approver', 'person:demo-second-approver'];
    const name = { name: 'Démo Basile Contrôle' };
    expect(await told(auditor, bare, written, 'nobody')).toEqual({ [bare]: name, [written]: name });
  });

  it('is a professional’s under their id in the directory', async () => {
    const subject = await subjectOf(await signedIn('chair'));
    expect(await told(await signedIn('finance'), `person:${subject}`)).toEqual({
      [`person:${subject}`]: { name: 'Démo Sam Chirurgie' },
    });
  });

  it('is never a patient’s or of who stands by one, and is told to neither', async () => {
    const [patient, trusted] = [await signedIn('patient'), await signedIn('trusted-person')];
    const finance = await signedIn('finance');
    expect(await told(finance, await subjectOf(patient), 'demo-patient', 'demo-trusted-person')).toEqual({});
    for (const browser of [patient, trusted]) expect(await told(browser, 'demo-finance')).toEqual({});
  });

  it('is kept sealed, under a key that tells nobody’s subject, and written to no audit when it is told', async () => {
    const auditsOf = (db: mongo.Db) => db.collection('audit').countDocuments();
    await signedIn('finance');
    const browser = await signedIn('finance-approver');
    const before = await inPortalDatabase(auditsOf);
    expect(Object.keys(await told(browser, 'demo-finance'))).toEqual(['demo-finance']);
    expect(await inPortalDatabase(auditsOf)).toBe(before);
    const accounts = await inPortalDatabase((db) =>
      db.collection<{ _id: string; sealed: mongo.Binary }>('accounts').find().toArray(),
    );
    expect(accounts.length).toBeGreaterThan(1);
    const texts = accounts.flatMap(({ sealed, ...clear }) => [
      JSON.stringify(clear),
      Buffer.from(sealed.buffer).toString('utf8'),
    ]);
    const names = ['Démo', 'Félix', 'Comptes', 'demo-finance'];
    expect(names.filter((name) => texts.some((text) => text.includes(name)))).toEqual([]);
  });

  it('is renewed at each sign-in, and kept for as long after it as books are', async () => {
    await signedIn('finance');
    const inYears = (years: number) => new Date(Date.now() + years * 365 * 86_400_000);
    const renewed = await inPortalDatabase(async (db) => {
      const accounts = db.collection('accounts');
      const former = { endsAt: inYears(1), sealed: 'a former name' };
      await accounts.updateMany({}, { $set: former });
      await signedIn('finance');
      await accounts.deleteMany(former);
      return accounts.find({}, { projection: { endsAt: 1 } }).toArray();
    });
    expect(renewed).toHaveLength(1);
    expect(renewed.filter(({ endsAt }) => (endsAt as Date) > inYears(11))).toHaveLength(1); // as: written so
  });

  it('is asked for by at most 200 subjects, each of at most 200 characters', async () => {
    const browser = await signedIn('finance');
    const headers = { 'content-type': 'application/json' };
    for (const accounts of [['x'.repeat(201)], Array.from({ length: 201 }, String), [1], 'demo-finance']) {
      const body = JSON.stringify({ accounts });
      expect((await browser.send('/api/names', { method: 'POST', headers, body })).status).toBe(400);
    }
  });

  it('is known of everybody in the demo who acts in its books, before they sign in themselves', async () => {
    await inPortalDatabase((db) => db.collection('accounts').deleteMany({}));
    await makeAccountsKnown(bench.origin);
    const actors = ['demo-finance', 'demo-finance-approver', 'demo-second-approver'];
    expect(Object.keys(await told(await signedIn('auditor'), ...actors, 'demo-patient'))).toEqual(actors);
  });

  it('stays in the territory to which the account has signed in', async () => {
    await signedIn('finance');
    const folder = await mkdtemp(join(tmpdir(), 'ariane-mapping-'));
    const file = join(folder, 'elsewhere.json');
    await writeFile(file, JSON.stringify({ preset: 'plain', territory: { always: 'elsewhere' } }));
    await bench.portal.stop();
    await bench.portal.start({ ARIANE_OIDC_CLAIMS_FILE: file });
    const auditor = await signedIn('auditor');
    expect(await told(auditor, 'demo-finance', 'demo-auditor')).toEqual({
      'demo-auditor': { name: 'Démo Axel Audit' },
    });
    await bench.portal.stop();
    await bench.portal.start();
    expect(Object.keys(await told(await signedIn('auditor'), 'demo-finance'))).toEqual(['demo-finance']);
    await rm(folder, { recursive: true });
  });
});
