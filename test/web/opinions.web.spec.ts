import type { Browser } from 'playwright-core';
import { aPathway, choose } from './care-acts.ts';
import { openBrowser, picture, settled, signedIn, violations } from './harness.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
});

describe('an opinion', () => {
  it('is asked with the pathway’s data, answered by keyboard alone, and seen by who asked without reloading', async () => {
    const question = `Relecture : bénin ou malin ? (${String(Date.now())})`;
    const asker = await signedIn(browser, { person: 'coordinator' });
    const { id } = await aPathway(asker, 'breast-cancer');
    await asker.goto(new URL(`/opinions/new?pathway=${id}`, asker.url()).href);
    await asker.getByLabel('Que voulez-vous savoir ?').fill(question);
    await choose(asker, /^Spécialité/, 'anatomo');
    await choose(asker, /Une personne en particulier/, 'Ève');
    await settled(asker);
    expect(await violations(asker)).toEqual([]);
    await picture(asker, 'opinion-asked');
    await asker.getByRole('button', { name: 'Envoyer la demande' }).click();
    await asker.getByText('L’expert n’a pas encore ouvert la demande').waitFor();

    const expert = await signedIn(browser, { person: 'specialist' }, '/opinions');
    await expert.getByRole('heading', { name: 'Avis', exact: true }).waitFor();
    await settled(expert);
    const asked = expert.getByText(question);
    for (let row = 0; row < 40 && !(await asked.isVisible()); row += 1) {
      await expert.keyboard.press('j');
      await expert.waitForTimeout(300);
    }
    await asked.waitFor();
    expect(await violations(expert)).toEqual([]);
    await picture(expert, 'opinion-to-give');
    await expert.keyboard.press('1');
    await expert.keyboard.press('e');
    await expert.keyboard.type('Aspect rassurant, pas de relecture nécessaire.');
    await expert.keyboard.press('Control+Enter');
    await expert.getByText('Avis signé et rendu').waitFor();

    await asker.getByText('Aspect rassurant, pas de relecture nécessaire.').waitFor();
    await picture(asker, 'opinion-given');
    await expert.context().close();
    await asker.context().close();
  });

  it('is not asked where life is at stake: the number to call takes its place', async () => {
    const page = await signedIn(browser, { person: 'coordinator' });
    const { id } = await aPathway(page, 'breast-cancer');
    await page.goto(new URL(`/opinions/new?pathway=${id}`, page.url()).href);
    await page.getByRole('radio', { name: 'urgence vitale' }).click();
    await page.getByRole('alert').getByText('appelez le 15').waitFor();
    expect(await page.getByRole('button', { name: 'Envoyer la demande' }).isDisabled()).toBe(true);
    await page.context().close();
  });
});
