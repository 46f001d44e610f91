import type { Browser, Page } from 'playwright-core';
import {
  type Language,
  languages,
  openBrowser,
  picture,
  portalUrl,
  type Scheme,
  schemes,
  settled,
  sidewaysScroll,
  signedIn,
  violations,
  visitOf,
} from './harness.ts';

const PHONE = { width: 390, height: 844 };
const SMALL = { width: 320, height: 640 };
const places = ['today', 'appointments', 'pathway', 'accesses', 'ask', 'preferences'] as const;

let browser: Browser;
let desk: Page;
let patientId: string;

beforeAll(async () => {
  browser = await openBrowser();
  desk = await signedIn(browser, { person: 'coordinator' });
  patientId = await someone();
});

afterAll(async () => {
  await browser.close();
});

/** A patient of the demo whom the coordinator cares for. */
const someone = (): Promise<string> =>
  desk.evaluate(async () => {
    const answer = await fetch('/api/pathways/pathways?status=ACTIVE&limit=1');
    const { items } = (await answer.json()) as { items: readonly { patientId: string }[] }; // the route's own answer
    return items[0]?.patientId ?? '';
  });

/** The newest message of the demo's inbox with a link or a code in it. */
async function newest(what: 'url' | 'code'): Promise<string> {
  return desk.evaluate(async (key) => {
    const answer = await fetch('/api/inbox');
    const { items } = (await answer.json()) as { items: readonly Readonly<Record<string, string>>[] }; // see above
    return items.find((one) => one[key] !== undefined)?.[key] ?? '';
  }, what);
}

/** The coordinator sends a link from the patient's screen; gives the link that has arrived. */
async function linkSent(address: string): Promise<string> {
  await desk.goto(`${portalUrl}/patients/${patientId}/links`);
  await desk.getByLabel('Numéro de téléphone').fill(address);
  const made = desk.waitForResponse((one) => one.url().endsWith('/api/patient-links'));
  await desk.getByRole('button', { name: 'Envoyer le lien' }).click();
  expect((await made).status()).toBe(201);
  return newest('url');
}

const send = { fr: 'Recevoir mon code', en: 'Get my code' };
const open = { fr: 'Ouvrir ma page', en: 'Open my page' };

interface PhoneVisit {
  readonly language?: Language;
  readonly scheme?: Scheme;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A phone on which the link was opened and the code typed. */
async function phoneWith(url: string, visit: PhoneVisit = {}): Promise<Page> {
  const { language = 'fr', scheme = 'light', viewport = PHONE } = visit;
  const context = await visitOf(browser, { person: '', language, scheme, viewport });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: send[language] }).click();
  const field = page.getByRole('textbox');
  await field.waitFor();
  await field.fill(await newest('code'));
  await page.getByRole('button', { name: open[language] }).click();
  await page.getByRole('navigation').waitFor();
  return page;
}

describe('a patient with a phone', () => {
  it('comes in by link and code, the secret leaves the address, and a reload leads back to the same place', async () => {
    const phone = await phoneWith(await linkSent('+33600000011'));
    expect(new URL(phone.url()).hash).toBe('#today');
    await phone.getByRole('link', { name: 'Demander' }).click();
    await phone.getByRole('heading', { name: 'Demander', level: 1 }).waitFor();
    await phone.reload();
    await phone.getByRole('heading', { name: 'Demander', level: 1 }).waitFor();
    const kept = await phone.evaluate(() => [document.cookie, JSON.stringify(localStorage)].join());
    expect(kept).not.toMatch(/[\w-]{43}/);
    await phone.context().close();
  });

  it('goes on, on another phone, with the sentence that was begun, and the team gets it as a task', async () => {
    const url = await linkSent('+33600000012');
    const phone = await phoneWith(url);
    await phone.goto(`${portalUrl}/patient#ask`);
    await phone.getByText('Demander les raisons d’une décision').click();
    const box = phone.locator('#text-reasons');
    await box.fill('Pourquoi attendre deux semaines ?');
    await phone.getByText('Enregistré, vous pouvez continuer plus tard.').waitFor();
    await phone.context().close();
    const other = await phoneWith(url);
    await other.getByRole('link', { name: 'Demander' }).click();
    await other.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('#text-reasons')?.value === 'Pourquoi attendre deux semaines ?',
    );
    await other.locator('details[open]').getByRole('button', { name: 'Envoyer à mon équipe' }).click();
    await other.getByText(/La personne qui coordonne vos soins vous répond/).waitFor();
    await other.getByText('Ce que j’ai demandé').waitFor();
    await other.context().close();
  });

  it('reads what to do where the link is none, or no longer', async () => {
    const context = await visitOf(browser, { person: '', viewport: PHONE });
    const page = await context.newPage();
    await page.goto(`${portalUrl}/patient`);
    await page.getByRole('heading', { name: 'Il faut votre lien personnel' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.goto(`${portalUrl}/patient#demo.${'A'.repeat(43)}`);
    await page.reload();
    await page.getByRole('button', { name: send.fr }).click();
    await page.getByRole('heading', { name: 'Ce lien ne fonctionne plus' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });

  it('is told at the field that the code is wrong, and what was typed stays', async () => {
    const context = await visitOf(browser, { person: '', viewport: SMALL });
    const page = await context.newPage();
    await page.goto(await linkSent('+33600000013'));
    await page.getByRole('button', { name: send.fr }).click();
    const field = page.getByRole('textbox');
    await field.waitFor();
    const code = await newest('code');
    await field.fill(code === '000000' ? '000001' : '000000');
    await page.getByRole('button', { name: open.fr }).click();
    await page.getByText(/Essais restants/).waitFor();
    const described = (await field.getAttribute('aria-describedby')) ?? '';
    expect(described.split(' ')).toContain('code-error');
    expect(await violations(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
    await context.close();
  });
});

describe.each(languages)('every screen of the patient in %s', (language) => {
  it.each(schemes)('has nothing that axe finds, calls 15, 112 and 114, and reflows: %s', async (scheme) => {
    const phone = await phoneWith(await linkSent('+33600000014'), { language, scheme });
    for (const place of places) {
      await phone.goto(`${portalUrl}/patient#${place}`);
      await settled(phone);
      expect([place, await violations(phone)]).toEqual([place, []]);
      for (const number of ['tel:15', 'tel:112', 'sms:114'])
        expect(await phone.locator(`a[href="${number}"]`).isVisible()).toBe(true);
      await picture(phone, `patient-${place}-${language}-${scheme}`);
      await phone.setViewportSize(SMALL);
      expect([place, await sidewaysScroll(phone)]).toEqual([place, 0]);
      await picture(phone, `patient-${place}-${language}-${scheme}-320`);
      const larger = phone.getByRole('button', { name: /Agrandir le texte|Larger text/ });
      await larger.click();
      expect([place, 'twice as large', await sidewaysScroll(phone)]).toEqual([place, 'twice as large', 0]);
      await larger.click();
      await phone.setViewportSize(PHONE);
    }
    await phone.context().close();
  });
});

describe.each(languages)('the screens of links in %s', (language) => {
  it.each(schemes)('have nothing that axe finds, and reflow: %s', async (scheme) => {
    const page = await signedIn(browser, { person: 'coordinator', language, scheme });
    for (const path of ['/inbox', `/patients/${patientId}/links`]) {
      await page.goto(`${portalUrl}${path}`);
      await settled(page);
      expect([path, await violations(page)]).toEqual([path, []]);
      await picture(page, `${path.split('/').at(-1) ?? ''}-${language}-${scheme}`);
      await page.setViewportSize(SMALL);
      expect([path, await sidewaysScroll(page)]).toEqual([path, 0]);
      await page.setViewportSize({ width: 1440, height: 900 });
    }
    await page.context().close();
  });
});
