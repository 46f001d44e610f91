import type { Page } from 'playwright-core';
import { killPart, ownBrowser, portalUrl, signedIn, signIn, visitOf } from './harness.ts';

const browser = ownBrowser();

const live = (page: Page) => page.getByText(/^en direct$/);

describe('a session', () => {
  it('leaves no token where the page could read it', async () => {
    const page = await signedIn(browser(), { person: 'coordinator' });
    const cookies = (await page.context().cookies(portalUrl)).filter(({ name }) => name.startsWith('__Host-'));
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies)
      expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
    const kept = await page.evaluate(() =>
      [document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join(),
    );
    expect(kept).not.toMatch(/eyJ|Bearer/);
    await page.context().close();
  });

  it('that ends in the middle of a form loses nothing: one signs in again beside it and goes on', async () => {
    const page = await signedIn(browser(), { person: 'protocol-editor' }, '/protocols/publish');
    const typed = '{ "id": "half-written" }';
    const box = page.getByLabel('Texte du protocole');
    await box.fill(typed);
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Vérifier et publier' }).click();
    const [window] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: 'Se reconnecter' }).click(),
    ]);
    await window.locator('button[name="person"][value="protocol-editor"]').click();
    await window.waitForEvent('close');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await box.inputValue()).toBe(typed);
    await page.getByRole('button', { name: 'Vérifier et publier' }).click();
    // The server has read it: what it refuses now is the document.
    await page
      .getByText(/défauts?/)
      .first()
      .waitFor();
    await page.context().close();
  });

  it('ends everywhere with a sign-out', async () => {
    const context = await visitOf(browser(), { person: 'coordinator' });
    const [one, other] = [await context.newPage(), await context.newPage()];
    await signIn(one, 'coordinator');
    await other.goto(portalUrl);
    await other.locator('#content').waitFor();
    await one.getByRole('button', { name: /Compte de/ }).click();
    await one.getByRole('menuitem', { name: 'Se déconnecter' }).click();
    await one.waitForURL((url) => url.pathname !== '/my-day');
    await other.reload();
    await other.getByRole('link', { name: 'Se connecter' }).waitFor();
    await context.close();
  });
});

describe('a page that is open while a part dies', () => {
  it('says that it is away when the portal is killed, and is live again by itself', async () => {
    const page = await signedIn(browser(), { person: 'coordinator' });
    await live(page).waitFor();
    killPart('portal');
    await page.getByText('hors ligne').waitFor({ timeout: 30_000 });
    await live(page).waitFor({ timeout: 60_000 });
    await page.context().close();
  });

  it('says which service does not answer, and shows its content once it does', async () => {
    const page = await signedIn(browser(), { person: 'coordinator' });
    killPart('pathways');
    await page.goto(`${portalUrl}/protocols`);
    await page.getByRole('alert').getByText('Le service ne répond pas pour le moment').waitFor({ timeout: 30_000 });
    await page.getByRole('table').waitFor({ timeout: 60_000 });
    await page.context().close();
  });
});
