import type { Browser, Locator, Page } from 'playwright-core';
import { type Language, portalUrl, visitOf } from './harness.ts';

export type Driver = 'mouse' | 'keyboard';

/** How somebody works: what they can do to what they see. */
export interface Hands {
  press(target: Locator): Promise<void>;
  /** Opens a row of a list, of which one alone is in the order of Tab. */
  openRow(row: Locator): Promise<void>;
  /** Writes in place of what a field holds. */
  write(field: Locator, text: string): Promise<void>;
  /** Chooses in a list by the words that are seen in it. */
  choose(list: Locator, option: string): Promise<void>;
}

/** Stops on the way of Tab: what lies farther is out of reach for who has no mouse. */
const STOPS_MAX = 150;
const OPTIONS_MAX = 200;
const ROWS_MAX = 200;

/** Goes from stop to stop with Tab until the target has the focus. @throws where Tab does not lead there */
async function reach(page: Page, target: Locator): Promise<void> {
  // A radio button is drawn by its label and itself never seen.
  await target.waitFor({ state: 'attached' });
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    if (await hasFocus(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(target)}.`);
}

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement);

/** No mouse, and no focus that a script has set. */
const byKeyboard = (page: Page): Hands => ({
  async press(target) {
    await reach(page, target);
    await page.keyboard.press('Enter');
  },
  async openRow(row) {
    await row.waitFor();
    await reach(page, row.locator('xpath=ancestor::tbody/tr[@tabindex="0"]'));
    for (let left = ROWS_MAX; !(await hasFocus(row)); left -= 1) {
      if (left === 0) throw new Error('The arrows do not lead to the row.');
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
  },
  async write(field, text) {
    await reach(page, field);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  },
  async choose(list, option) {
    await reach(page, list);
    await page.keyboard.press('ArrowDown');
    const chosen = page.locator('[role="option"][data-combobox-selected]');
    for (let left = OPTIONS_MAX; left > 0; left -= 1) {
      if ((await chosen.count()) > 0 && (await chosen.innerText()) === option) {
        await page.keyboard.press('Enter');
        return;
      }
      await page.keyboard.press('ArrowDown');
    }
    throw new Error('The list does not have that option.');
  },
});

const byMouse = (page: Page): Hands => ({
  press: (target) => target.click(),
  openRow: (row) => row.click(),
  async write(field, text) {
    await field.click();
    await field.fill(text);
  },
  async choose(list, option) {
    await list.click();
    await page.getByRole('option', { name: option, exact: true }).click();
  },
});

const handsOf = (page: Page, driver: Driver): Hands => (driver === 'keyboard' ? byKeyboard(page) : byMouse(page));

/** From the portal's first page through the provider's to the workspace. */
async function signInWith(hands: Hands, page: Page, person: string): Promise<void> {
  await page.goto(portalUrl);
  await hands.press(page.getByRole('link', { name: /Se connecter|Sign in/ }));
  await hands.press(page.locator(`button[name="person"][value="${person}"]`));
  await page.locator('#content').waitFor();
}

/** Somebody at their own browser, with what they need to work. */
export interface Desk {
  readonly page: Page;
  readonly hands: Hands;
}

export async function deskOf(browser: Browser, person: string, language: Language, driver: Driver): Promise<Desk> {
  const page = await (await visitOf(browser, { person, language })).newPage();
  const hands = handsOf(page, driver);
  await signInWith(hands, page, person);
  return { page, hands };
}

/** The first of the rows that can be opened. */
export const firstRow = (page: Page) => page.locator('#content tr[data-row][tabindex]').first();
