import { ownBrowser, picture, settled, signedIn, violations } from './harness.ts';

const browser = ownBrowser();

describe('the team', () => {
  it('shows what a leave would leave uncovered before it is declared, and takes it back', async () => {
    const page = await signedIn(browser(), { person: 'coordinator' }, '/team?show=leave');
    await page.getByRole('button', { name: 'Déclarer une absence' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Premier jour').fill('04/05/2027');
    await dialog.getByLabel('Dernier jour').fill('03/05/2027');
    await page.keyboard.press('Tab');
    await dialog.getByText('Le dernier jour ne vient pas avant le premier.').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel('Dernier jour').fill('06/05/2027');
    await page.keyboard.press('Tab');
    await dialog
      .getByText(/tout est couvert|à découvert/)
      .first()
      .waitFor();
    await picture(page, 'leave-declared');
    await dialog.getByRole('button', { name: 'Déclarer une absence' }).click();
    await page.getByText('Absence déclarée').waitFor();
    await page.getByRole('button', { name: 'Retirer' }).last().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Retirer' }).click();
    await page.getByText('Absence retirée.').waitFor();
    await page.context().close();
  });

  it.each(['directory', 'duty', 'leave'])('has no fault that axe-core knows of: %s', async (show) => {
    const page = await signedIn(browser(), { person: 'coordinator' }, `/team?show=${show}`);
    await settled(page);
    expect(await violations(page)).toEqual([]);
    await picture(page, `team-${show}`);
    await page.context().close();
  });
});
