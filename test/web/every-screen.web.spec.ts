import type { Browser, Page } from 'playwright-core';
import {
  type Language,
  languages,
  openBrowser,
  picture,
  type Scheme,
  schemes,
  settled,
  sidewaysScroll,
  signedIn,
  violations,
} from './harness.ts';

/** Every screen that can be reached without an id, by who works on it. */
const screens: Readonly<Record<string, readonly string[]>> = {
  coordinator: ['/my-day', '/pathways', '/alerts', '/agenda', '/team', '/glossary', '/first-day', '/accessibility'],
  chair: ['/opinions', '/meetings'],
  finance: ['/finance'],
  'protocol-editor': ['/protocols', '/protocols/breast-cancer/1', '/protocols/publish'],
};

/** Each page is loaded once a language; a change of the device's scheme needs no new load. */
const visits = Object.entries(screens).flatMap(([person, paths]) =>
  languages.map((language) => [person, language, paths] as const),
);

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
});

/** What axe-core finds on a screen in both schemes, and how far it scrolls sideways on the narrowest of screens. */
async function faultsOf(page: Page, path: string, person: string, language: Language): Promise<readonly string[]> {
  const found: string[] = [];
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme satisfies Scheme });
    await picture(page, `${person}${path.replaceAll('/', '-')}-${language}-${scheme}`);
    found.push(...(await violations(page)).map((fault) => `${path} ${scheme}: ${fault}`));
  }
  await page.setViewportSize({ width: 320, height: 640 });
  const sideways = await sidewaysScroll(page);
  if (sideways > 0) found.push(`${path}: scrolls ${String(sideways)} px sideways at 320 px`);
  await page.setViewportSize({ width: 1440, height: 900 });
  return found;
}

describe.each(visits)('the screens of %s in %s', (person, language, paths) => {
  it('have no fault that axe-core knows of in either scheme, and reflow at 320 px', async () => {
    const page = await signedIn(browser, { person, language });
    const faults: string[] = [];
    for (const path of paths) {
      await page.goto(new URL(path, page.url()).href);
      await settled(page);
      faults.push(...(await faultsOf(page, path, person, language)));
    }
    await page.context().close();
    expect(faults).toEqual([]);
  });
});
