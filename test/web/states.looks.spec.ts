import type { Page } from 'playwright-core';
import { Answers } from './answers.ts';
import { type Language, languages, ownBrowser, schemes, settled, signedIn, violations } from './harness.ts';
import { people, type Screen, screensOf } from './screens.ts';

/** A service that is away is asked again twice before the screen says so. */
const SAID_AWAY_MS = 15_000;

/** Some forty screens, on a machine that may be busy. */
jest.setTimeout(600_000);

const browser = ownBrowser();

/** What axe finds in either scheme, each line with the state in which it was found. */
async function faultsIn(page: Page, state: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme });
    found.push(...(await violations(page)).map((fault) => `${state}, ${scheme}: ${fault}`));
  }
  return found;
}

/** Parts of one pathway or meeting are read together: one of its addresses shows how it waits and fails. */
const oncePerRoute = (screens: readonly Screen[]): readonly Screen[] =>
  screens.filter(({ route }, index) => screens.findIndex((other) => other.route === route) === index);

async function faultsOfStates(language: Language, person: string): Promise<readonly string[]> {
  const page = await signedIn(browser(), { person, language }, '/glossary');
  const screens = oncePerRoute(await screensOf(page, person));
  const answers = await Answers.of(page);
  const faults: string[] = [];
  for (const { address, name } of screens) {
    const at = new URL(address, page.url()).href;
    answers.hold();
    await page.goto(at);
    await page.locator('h1').first().waitFor();
    const isRead = await page.locator('[aria-busy="true"]').first().isVisible();
    faults.push(...(await faultsIn(page, `${name} ${language} loading`)));
    await answers.fail();
    if (isRead) {
      // A fault that passes offers a second try; meanwhile the page tries by itself.
      const again = page.getByRole('alert').getByRole('button', { name: /Réessayer|Try again/ });
      await again.first().waitFor({ timeout: SAID_AWAY_MS });
      faults.push(...(await faultsIn(page, `${name} ${language} error`)));
    }
    answers.empty();
    await page.goto(at);
    await settled(page);
    faults.push(...(await faultsIn(page, `${name} ${language} empty`)));
  }
  await page.context().close();
  return faults;
}

describe.each(people)('the screens of %s', (person) => {
  it('have no fault that axe knows of while they are read, when that fails, and when there is nothing', async () => {
    const faults = await Promise.all(languages.map((language) => faultsOfStates(language, person)));
    expect(faults.flat()).toEqual([]);
  });
});
