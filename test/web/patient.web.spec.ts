import {
  languages,
  picture,
  portalUrl,
  schemes,
  settled,
  sidewaysScroll,
  signedIn,
  violations,
  visitOf,
} from './harness.ts';
import { newest, open, patientsDesk, PHONE, send } from './phone.ts';

const SMALL = { width: 320, height: 640 };
const places = ['today', 'appointments', 'pathway', 'accesses', 'ask', 'preferences'] as const;

const { at, browser, linkTo, phoneWith } = patientsDesk();

describe('a patient with a phone', () => {
  it('comes in by link and code, the secret leaves the address, and a reload leads back to the same place', async () => {
    const phone = await phoneWith(await linkTo('+33600000011'));
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
    const url = await linkTo('+33600000012');
    const phone = await phoneWith(url);
    await phone.goto(`${portalUrl}/patient#ask`);
    await phone.locator('summary').filter({ hasText: 'Demander les raisons d’une décision' }).click();
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
    const context = await visitOf(browser(), { person: '', viewport: PHONE });
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
    const context = await visitOf(browser(), { person: '', viewport: SMALL });
    const page = await context.newPage();
    await page.goto(await linkTo('+33600000013'));
    await page.getByRole('button', { name: send.fr }).click();
    const field = page.getByRole('textbox');
    await field.waitFor();
    const code = await newest(at.desk, 'code');
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
  it.each(schemes)('has nothing that axe finds, calls 15, 112 and 114 (H19), and reflows: %s', async (scheme) => {
    const phone = await phoneWith(await linkTo('+33600000014'), { language, scheme });
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
    const page = await signedIn(browser(), { person: 'coordinator', language, scheme });
    for (const path of ['/inbox', `/patients/${at.patientId}/links`]) {
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
