/**
 * Makes the pictures of the README anew, of a running demo: `ARIANE_PORTAL_URL=http://127.0.0.1:4100 node
 * test/web/pictures.ts`. Everybody in them is invented, and the bar of each says so.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, portalUrl, type Scheme, settled, signedIn } from './harness.ts';
import { linkSent, phoneAt } from './phone.ts';
import { screensOf } from './screens.ts';

const folder = join(import.meta.dirname, '..', '..', 'services', 'portal', 'web', 'pictures');
const DESK = { width: 1440, height: 900 };

interface Picture {
  readonly name: string;
  readonly person: string;
  readonly scheme?: Scheme;
  /** The screen, by the name under which `screens.ts` looks at it. */
  readonly screen: string;
  /** What is pressed before it is taken, by its words. */
  readonly press?: string;
}

const pictures: readonly Picture[] = [
  { name: 'my-day', person: 'coordinator', screen: 'my-day-decide' },
  { name: 'pathway', person: 'coordinator', screen: 'pathways-id-timeline', scheme: 'dark', press: 'serrée' },
  { name: 'meeting', person: 'chair', screen: 'meetings-meetingId-decided' },
  { name: 'cent', person: 'finance', screen: 'finance-entries-entry' },
  { name: 'protocol', person: 'protocol-editor', screen: 'protocols-protocol-version' },
];

const save = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });

async function take(browser: Browser, { name, person, scheme = 'light', screen, press }: Picture): Promise<void> {
  const page = await signedIn(browser, { person, scheme, viewport: DESK }, '/glossary');
  const found = (await screensOf(page, person)).find((one) => one.name === screen);
  if (found === undefined) throw new Error(`No screen is named ${screen}.`);
  await page.goto(new URL(found.address, portalUrl).href);
  await settled(page);
  if (press !== undefined) await page.getByText(press, { exact: true }).click();
  await save(page, name);
  await page.context().close();
}

/** The patient's page as it opens on a phone, by link and code. */
async function takePhone(browser: Browser): Promise<void> {
  const desk = await signedIn(browser, { person: 'coordinator' }, '/glossary');
  const links = (await screensOf(desk, 'coordinator')).find((one) => one.name === 'patients-patientId-links');
  const [, patientId = ''] = /\/patients\/([^/]+)/.exec(links?.address ?? '') ?? [];
  const phone = await phoneAt(await linkSent(desk, '+33600000019', patientId), { browser, desk });
  await settled(phone);
  await save(phone, 'phone');
}

mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
try {
  for (const picture of pictures) await take(browser, picture);
  await takePhone(browser);
} finally {
  await browser.close();
}
