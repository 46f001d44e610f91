import type { Browser, Locator, Page } from 'playwright-core';
import { type Hand, handOf, type HandName } from './hand.ts';
import { type Language, portalUrl, visitOf } from './harness.ts';

/** Somebody at their own browser, with what they need to work. */
export interface Desk {
  readonly page: Page;
  readonly hand: Hand;
}

/** From the portal's first page through the provider's to the workspace. */
export async function deskOf(browser: Browser, person: string, language: Language, by: HandName): Promise<Desk> {
  const page = await (await visitOf(browser, { person, language })).newPage();
  const hand = handOf(by, page);
  await page.goto(portalUrl);
  await hand.press(page.getByRole('link', { name: /Se connecter|Sign in/ }));
  await hand.press(page.locator(`button[name="person"][value="${person}"]`));
  await page.locator('#content').waitFor();
  return { page, hand };
}

/** The first of the rows that can be opened. */
export const firstRow = ({ page }: Desk): Locator => page.locator('#content tr[data-row][tabindex]').first();

/** Opens a row: with a click, or with Enter once one has gone there. */
export async function openRow({ page, hand }: Desk, row: Locator): Promise<void> {
  await hand.row(row);
  if (hand.name === 'keyboard') await page.keyboard.press('Enter');
}
