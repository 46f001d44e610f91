import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const root = join(import.meta.dirname, '..', '..');
const DEBIAN_CHROMIUM = '/usr/bin/chromium';
const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The one address of the workspace, which the phase that starts the stack gives to its specs. */
export const portalUrl = needed('ARIANE_PORTAL_URL');

/** Where pictures of the screens are kept, to be looked at. */
const picturesFolder = join(root, '.ariane', 'test', 'screens');

export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];
export const schemes = ['light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

export interface Visit {
  /** Of the one-click sign-ins of the demo's provider. */
  readonly person: string;
  readonly language?: Language;
  readonly scheme?: Scheme;
  readonly viewport?: { readonly width: number; readonly height: number };
}

function needed(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is missing: run npm test -- web looks.`);
  return value;
}

/** The package's own flags put all pages into one process, where a second visit may hang. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

/** Chromium of the machine where there is one, else the one of the package, which needs nothing installed. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : await sparticuz.executablePath();
  return chromium.launch({ executablePath, args: FLAGS });
}

/** The browser of a spec: open from before its first test until after its last. */
export function ownBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  return () => {
    if (browser === undefined) throw new Error('The browser opens before the first test and not sooner.');
    return browser;
  };
}

/** A browser of one's own: no cookie or storage of another visit. */
export function visitOf(browser: Browser, visit: Visit): Promise<BrowserContext> {
  return browser.newContext({
    locale: visit.language === 'en' ? 'en-GB' : 'fr-FR',
    colorScheme: visit.scheme ?? 'light',
    viewport: visit.viewport ?? { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Paris',
  });
}

/** Signs in as a person does: by the button, the provider's page and its one click. */
export async function signIn(page: Page, person: string, path = '/'): Promise<void> {
  await page.goto(`${portalUrl}${path}`);
  await page.getByRole('link', { name: /Se connecter|Sign in/ }).click();
  await page.locator(`button[name="person"][value="${person}"]`).click();
  await page.locator('#content').waitFor();
}

/** A page that somebody has signed in to. */
export async function signedIn(browser: Browser, visit: Visit, path = '/'): Promise<Page> {
  const context = await visitOf(browser, visit);
  const page = await context.newPage();
  await signIn(page, visit.person, path);
  return page;
}

/** For so long nothing must be read before a screen is taken to stand. */
const STILL_MS = 120;

/** A screen stands and nothing of it is being read any more: its heading is there, and no skeleton, for a moment. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate((stillMs) => {
    const isStill = (): boolean =>
      document.querySelector('h1') !== null && document.querySelector('[aria-busy="true"]') === null;
    return new Promise<void>((resolve, reject) => {
      const begun = performance.now();
      let since = begun;
      const look = (): void => {
        const now = performance.now();
        if (!isStill()) since = now;
        if (now - since > stillMs) resolve();
        else if (now - begun > 30_000) reject(new Error('The screen is still being read.'));
        else setTimeout(look, 30);
      };
      look();
    });
  }, STILL_MS);
}

/** What axe-core finds on the page with all of its rules, one line a finding; none is disabled. */
export async function violations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(readFileSync(axeSource, 'utf8'));
  return page.evaluate(async () => {
    interface Found {
      readonly id: string;
      readonly help: string;
      readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
    }
    const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: readonly Found[] }> } }; // just injected
    const { violations: found } = await axe.run();
    return found.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(' ')} ${failureSummary ?? ''}`),
    );
  });
}

/** A page that was made narrower has this long to be laid out anew. */
const LAID_OUT_WITHIN_MS = 1_000;

/** How far the page can be scrolled sideways, in pixels: 0 where it reflows (WCAG 1.4.10). */
export async function sidewaysScroll(page: Page): Promise<number> {
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  await page
    .waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, undefined, {
      timeout: LAID_OUT_WITHIN_MS,
    })
    .catch(() => undefined);
  return page.evaluate(over);
}

/** Line, letter and word spacing that a reader may ask for (WCAG 1.4.12). */
const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }`;

/**
 * What is cut off once somebody spaces the text out: how far the page scrolls sideways, and texts that end early
 * (in drawings they may: each has its table).
 */
export async function cutWhenSpaced(page: Page): Promise<readonly string[]> {
  const style = await page.addStyleTag({ content: SPACED });
  const cut = await page.evaluate(() => {
    const isCut = (element: Element): boolean => {
      const { overflowX, overflowY, clipPath } = getComputedStyle(element);
      if (clipPath !== 'none' || element.clientWidth < 4 || element.closest('.visually-hidden, svg') !== null)
        return false;
      const isTooWide = overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 2;
      return isTooWide || (overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 2);
    };
    const hasText = ({ childNodes }: Element): boolean =>
      Array.from(childNodes).some((node) => node instanceof Text && node.data.trim() !== '');
    return Array.from(document.querySelectorAll('#root *'))
      .filter((element) => hasText(element) && isCut(element))
      .map(({ textContent }) => `"${textContent.slice(0, 40)}" is cut when spaced`);
  });
  const sideways = await sidewaysScroll(page);
  await style.evaluate((node) => {
    (node as Element).remove(); // the style that was just added
  });
  return sideways > 0 ? [...cut, `scrolls ${String(sideways)} px sideways when spaced`] : cut;
}

/** Ids, codes, machine dates and unfilled places among what a reader sees of the screen. */
export const rawTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const raw =
      /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[A-Z]{2,}_[A-Z_]+\b|\d{4}-\d{2}-\d{2}T\d|\bundefined\b|\bNaN\b|\[object |\{\{/g;
    const seen = document.querySelector<HTMLElement>('#content')?.innerText ?? '';
    return [...new Set(seen.match(raw) ?? [])].map((text) => `shows ${text}`);
  });

/** Keeps a picture of the page. The name says the screen and never a person. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(picturesFolder, { recursive: true });
  await page.screenshot({ path: join(picturesFolder, `${name}.png`) });
}

/** Kills a part of the stack with -9; whoever supervises it starts it again. */
export function killPart(name: string): void {
  const pids = JSON.parse(readFileSync(needed('ARIANE_PIDS_FILE'), 'utf8')) as Readonly<Record<string, number>>;
  const pid = pids[name];
  if (pid === undefined) throw new Error(`No part named ${name}: ${Object.keys(pids).join(', ')}.`);
  process.kill(pid, 'SIGKILL');
}
