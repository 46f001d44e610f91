import type { Page } from 'playwright-core';
import { median, spread } from '../write-path/measure.ts';
import type { Worker } from './people.ts';

/** What is promised, in milliseconds, of a browser on a processor a quarter as fast. */
const FIRST_PAINT_MS = 1_500;
const NEXT_PAINT_MS = 200;
const SLOWDOWN = 4;
const KEYS = ['j', 'j', 'k', 'j', '?', 'Escape'];
/** A frame after the last key is enough for its entry to be there; a slow machine takes longer. */
const SETTLE_MS = 600;

interface Visited {
  readonly firstPaintMs: number;
  /** Until the first line of the work list can be read. */
  readonly usefulMs: number;
  /** The slowest of its interactions. */
  readonly nextPaintMs: number;
}

/** Visits of a coordinator's day in Chromium on a slowed processor, each by a browser that has never been there. */
export async function visited(portal: string, workers: readonly Worker[], visits: number): Promise<void> {
  process.env['ARIANE_PORTAL_URL'] = portal;
  const { openBrowser, visitOf } = await import('../../web/harness.ts');
  const browser = await openBrowser();
  const all: Visited[] = [];
  // The first one warms the server and is not counted.
  for (let nth = 0; nth <= visits; nth += 1) {
    const context = await visitOf(browser, { person: 'coordinator', language: nth % 2 === 0 ? 'fr' : 'en' });
    const seen = await visit(await context.newPage(), portal, workers[nth % workers.length]?.cookie ?? '');
    if (nth > 0) all.push(seen);
    await context.close();
  }
  await browser.close();
  console.log(`\n${visits} visits in Chromium at ${SLOWDOWN} times the processor time, ms, median [least, greatest]`);
  told(
    'first contentful paint',
    all.map(({ firstPaintMs }) => firstPaintMs),
    FIRST_PAINT_MS,
  );
  told(
    'interaction to next paint',
    all.map(({ nextPaintMs }) => nextPaintMs),
    NEXT_PAINT_MS,
  );
  console.log(`  until the first line of work    ${spread(all.map(({ usefulMs }) => usefulMs))}`);
}

function told(name: string, times: readonly number[], promised: number): void {
  const isKept = median(times) <= promised;
  if (!isKept) process.exitCode = 1;
  console.log(`  ${name.padEnd(31)} ${spread(times)}, promised ≤ ${promised}   ${isKept ? 'kept' : 'MISSED'}`);
}

async function visit(page: Page, portal: string, cookie: string): Promise<Visited> {
  const [name = '', value = ''] = cookie.split('=');
  const devtools = await page.context().newCDPSession(page);
  const kept = { name, value, url: `${portal}/`, path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;
  await devtools.send('Network.setCookie', kept);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await page.addInitScript(() => {
    const kept: { id: number; ms: number }[] = [];
    new PerformanceObserver((list) => {
      // The standard's own fields, which TypeScript does not know yet.
      for (const { interactionId: id = 0, duration: ms } of list.getEntries() as (PerformanceEntry & {
        interactionId?: number;
      })[])
        if (id > 0) kept.push({ id, ms });
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
    Object.assign(window, { interactions: kept });
  });
  const from = performance.now();
  await page.goto(`${portal}/my-day`, { waitUntil: 'commit' });
  await page.locator('[data-row]').first().waitFor({ timeout: 60_000 });
  const usefulMs = performance.now() - from;
  await interact(page);
  const seen = await page.evaluate(() => ({
    firstPaintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    interactions: (window as unknown as { interactions: { id: number; ms: number }[] }).interactions, // put there above
  }));
  const slowest = Math.max(0, ...seen.interactions.map(({ ms }) => ms));
  return { firstPaintMs: seen.firstPaintMs, usefulMs, nextPaintMs: slowest };
}

/** What a coordinator does first: goes through the list, opens an item, another queue, the search. */
async function interact(page: Page): Promise<void> {
  for (const key of KEYS) {
    await page.keyboard.press(key);
    await page.waitForTimeout(SETTLE_MS);
  }
  await page.locator('[data-row]').nth(2).click();
  await page.waitForTimeout(SETTLE_MS);
  await page.getByRole('tab').nth(1).click();
  await page.waitForTimeout(SETTLE_MS);
  await page.getByRole('tab').first().click();
  await page.waitForTimeout(SETTLE_MS);
  await page.keyboard.press('Control+k');
  await page.waitForTimeout(SETTLE_MS);
  await page.keyboard.type('mar', { delay: 120 });
  await page.waitForTimeout(SETTLE_MS);
}
