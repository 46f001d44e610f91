import type { Locator, Page } from 'playwright-core';
import type { Decision, Unit } from './keystroke-model.ts';

/** Longer is no wait of a person's but a fault, in milliseconds. */
const WAIT_MS = 60_000;

/**
 * The only hand on the page: every key goes through it, is counted, and what one then waits for is timed. Keys that are
 * pressed between two decisions, to come to the next, belong to the next.
 */
export class CountedKeys {
  readonly decisions: Decision[] = [];
  private units: Unit[] = [];

  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Types keys as one, and waits until what they bring is there. */
  async unit(keys: readonly string[], shown: () => Promise<void>): Promise<void> {
    const from = performance.now();
    for (const key of keys) await this.page.keyboard.press(key);
    await shown();
    this.units.push({ keys: keys.length, waitedMs: performance.now() - from });
  }

  /** Something was decided: what was typed since the last decision was for it. */
  decided(kind: string, linesRead: number): void {
    this.decisions.push({ kind, linesRead, units: this.units });
    this.units = [];
  }
}

/** The row that is chosen, by its id; empty when the list is. */
export const chosenRow = (page: Page): Promise<string> =>
  page.evaluate(() => document.querySelector('#content [data-row][aria-current]')?.getAttribute('data-row') ?? '');

/** Another row is chosen, or none is left, and what one may do about it is there. */
export async function nextShown(page: Page, former: string): Promise<void> {
  await page.waitForFunction(
    (before) => {
      const row = document.querySelector('#content [data-row][aria-current]')?.getAttribute('data-row') ?? '';
      return row !== before;
    },
    former,
    { timeout: WAIT_MS },
  );
  if ((await chosenRow(page)) !== '') await decisionShown(page);
}

/** The chosen item's panel is read: why it is there, and where its file is. */
export const decisionShown = (page: Page): Promise<void> =>
  page.locator('#content dl dt').first().waitFor({ timeout: WAIT_MS });

/** How many lines one reads before one decides: the title, the patient, and each fact with all that it holds. */
export const linesShown = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const held = Array.from(document.querySelectorAll('#content dd')).map((one) => {
      const lines = Array.from(one.children).filter((child) => getComputedStyle(child).display !== 'inline');
      return Math.max(1, lines.length);
    });
    return 2 + held.reduce((sum, lines) => sum + lines, 0);
  });

/** Whether a button with that key can be pressed now. */
export const hasKey = (page: Page, key: string): Promise<boolean> => keyButton(page, key).isVisible();

export const keyButton = (page: Page, key: string): Locator =>
  page
    .locator('#content button')
    .filter({ has: page.locator('kbd', { hasText: new RegExp(`^${key}$`) }) })
    .first();
