import type { Page } from 'playwright-core';
import {
  cutWhenSpaced,
  type Language,
  languages,
  ownBrowser,
  picture,
  rawTexts,
  schemes,
  settled,
  sidewaysScroll,
  signedIn,
  violations,
} from './harness.ts';
import { lookedAt, people, routesOfThePage, type Screen, screensOf } from './screens.ts';

const DESK = { width: 1440, height: 900 };
/** A phone of the narrowest; and what is left of 1280 by 1024 pixels at 400 % (WCAG 1.4.10). */
const NARROW = { width: 320, height: 256 };

/** Some forty screens, on a machine that may be busy. */
jest.setTimeout(600_000);

const browser = ownBrowser();

/** What is wrong with a screen: to axe in either scheme, on a narrow page, and to who reads it. */
async function faultsOf(page: Page, { name }: Screen, language: Language): Promise<readonly string[]> {
  const found = [...(await rawTexts(page))];
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme });
    if (language === 'fr') await picture(page, `${name}-${scheme}`);
    found.push(...(await violations(page)).map((fault) => `${scheme}: ${fault}`));
  }
  await page.setViewportSize(NARROW);
  const sideways = await sidewaysScroll(page);
  if (sideways > 0) found.push(`scrolls ${String(sideways)} px sideways at 320 px`);
  found.push(...(await cutWhenSpaced(page)));
  await page.setViewportSize(DESK);
  return found.map((fault) => `${name}, ${language}: ${fault}`);
}

/** Each screen is loaded once a language; a change of the device's scheme needs no new load. */
async function faultsIn(language: Language, person: string): Promise<readonly string[]> {
  const page = await signedIn(browser(), { person, language, viewport: DESK }, '/glossary');
  const faults: string[] = [];
  for (const screen of await screensOf(page, person)) {
    await page.goto(new URL(screen.address, page.url()).href);
    await settled(page);
    faults.push(...(await faultsOf(page, screen, language)));
  }
  await page.context().close();
  return faults;
}

it('every route of the page is looked at', async () => {
  expect([...lookedAt].sort()).toEqual([...(await routesOfThePage())].sort());
});

describe.each(people)('the screens of %s', (person) => {
  it('have no fault that axe knows of, reflow, bear spaced text and show no code, in both languages and schemes', async () => {
    const faults = await Promise.all(languages.map((language) => faultsIn(language, person)));
    expect(faults.flat()).toEqual([]);
  });
});
