import type { Page } from 'playwright-core';
import { aPathway, asTheirPage } from './care-acts.ts';
import { ownBrowser, picture, settled, signedIn, violations } from './harness.ts';

const browser = ownBrowser();

/** A visit that comes long after the demo's day, so that nobody else has booked it. */
const STEP = 'end-of-treatment';

/** Leaves the step as it was found, whatever became of an earlier run. */
async function calledOff(page: Page, pathwayId: string): Promise<void> {
  const path = `/api/scheduling/appointments?pathwayId=${pathwayId}&status=booked&limit=200`;
  const { items } = await asTheirPage<{ items: readonly { id: string; stepKey: string }[] }>(page, path);
  for (const { id, stepKey } of items) {
    if (stepKey !== STEP) continue;
    await asTheirPage(page, `/api/scheduling/appointments/${id}/cancel`, { reason: 'booked-by-mistake' });
  }
}

describe('a booking', () => {
  it('is one key on the best proposal, is taken back by another, and is moved with its reason', async () => {
    const page = await signedIn(browser(), { person: 'coordinator' });
    const { id } = await aPathway(page, 'breast-cancer');
    await calledOff(page, id);
    await page.goto(new URL(`/agenda?pathway=${id}&step=${STEP}`, page.url()).href);
    const best = page.getByRole('button', { name: /^Réserver/ }).first();
    await best.waitFor();
    await settled(page);
    expect(await violations(page)).toEqual([]);
    await picture(page, 'booking-proposals');
    await page.keyboard.press('1');
    await page.getByText('Rendez-vous réservé.').waitFor();
    await page.keyboard.press('u');
    await page.getByText('Rendez-vous annulé.').waitFor();

    await best.waitFor();
    await settled(page);
    await page.keyboard.press('2');
    const move = page.getByRole('button', { name: 'Déplacer' });
    await move.waitFor();
    await page.keyboard.press('b');
    await page.getByRole('dialog').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Choisir un créneau' }).click();
    await best.click();
    await page.getByText('Rendez-vous déplacé.').waitFor();
    await calledOff(page, id);
    await page.context().close();
  });

  it('stands in the week of its calendar, which arrow keys walk through', async () => {
    const page = await signedIn(browser(), { person: 'coordinator' }, '/agenda?show=week');
    await page.getByRole('group', { name: /Grille des rendez-vous/ }).waitFor();
    await settled(page);
    expect(await violations(page)).toEqual([]);
    await picture(page, 'agenda-week');
    await page.context().close();
  });
});
