import type { Page } from 'playwright-core';
import { Answers } from './answers.ts';
import { ownBrowser, schemes, settled, signedIn, violations } from './harness.ts';
import { people, type Screen, screensOf } from './screens.ts';

/** Some hundred buttons, on a machine that may be busy. */
jest.setTimeout(600_000);

const browser = ownBrowser();

/** What the demo's people are certain to be offered: a button that opens nothing any more would else go unseen. */
const known: Readonly<Record<string, readonly string[]>> = {
  coordinator: [
    ...['Vues', 'Note de relève', 'Pourquoi ?', 'Ajouter une étape', 'C’est une erreur', 'Retirer de l’équipe'],
    ...['Exception aux horaires', 'Déclarer une absence', 'Confier le travail d’une personne absente'],
  ],
  chair: ['Programmer une réunion', 'Reporter le dossier'],
  finance: ['Proposer des coordonnées', 'Retirer le lot'],
};

/** `Passer` for `Passer : Consultation …`. */
const withoutStep = (title: string): string => title.split(' : ')[0] ?? title;

/** Marks one button of each wording, and says how many there are: that of the first row stands for those of the others. */
const mark = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const seen = new Set<string>();
    for (const button of Array.from(document.querySelectorAll<HTMLButtonElement>('#content button'))) {
      const wording = button.innerText.trim() === '' ? (button.ariaLabel ?? '') : button.innerText.trim();
      const isShown = !button.disabled && button.offsetParent !== null && button.role !== 'tab';
      if (!isShown || seen.has(wording)) continue;
      button.dataset['pressed'] = String(seen.size);
      seen.add(wording);
    }
    return seen.size;
  });

/** Until what a press has changed is drawn. */
const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

const open = (page: Page) => page.locator('[role="dialog"]:visible, [role="menu"]:visible').first();

class Dialogs {
  readonly faults: string[] = [];
  /** What the dialogs that were opened are called. */
  readonly names = new Set<string>();

  constructor(private readonly page: Page) {}

  /** Presses each button of a screen; commands wait, so that nothing changes. */
  async openAllOf({ address, name }: Screen): Promise<void> {
    const at = new URL(address, this.page.url()).href;
    let left = await this.begin(at);
    for (let index = 0; index < left; index += 1) {
      if (this.page.url() !== at) left = await this.begin(at);
      const button = this.page.locator(`[data-pressed="${String(index)}"]`);
      if (!(await button.isVisible())) continue;
      await button.click({ timeout: 5_000 });
      await drawn(this.page);
      if (!(await open(this.page).isVisible())) continue;
      await this.look(name);
      await this.page.keyboard.press('Escape');
      await drawn(this.page);
      if (await open(this.page).isVisible()) left = await this.begin(at);
    }
  }

  private async begin(at: string): Promise<number> {
    await this.page.goto(at);
    await settled(this.page);
    return mark(this.page);
  }

  private async look(screen: string): Promise<void> {
    const dialog = open(this.page);
    const title = await dialog.evaluate((element) => {
      const by = document.getElementById(element.getAttribute('aria-labelledby') ?? '');
      return (by?.innerText ?? element.ariaLabel ?? '').trim();
    });
    if (this.names.has(title)) return;
    this.names.add(title);
    for (const scheme of schemes) {
      await this.page.emulateMedia({ colorScheme: scheme });
      const found = await violations(this.page);
      this.faults.push(...found.map((fault) => `${screen}, dialog "${title}", ${scheme}: ${fault}`));
    }
  }
}

describe.each(people)('the dialogs that the screens of %s offer', (person) => {
  it('have no fault that axe knows of in either scheme', async () => {
    const page = await signedIn(browser(), { person }, '/glossary');
    const screens = await screensOf(page, person);
    const answers = await Answers.of(page);
    answers.keepAsIs();
    const dialogs = new Dialogs(page);
    for (const screen of screens) await dialogs.openAllOf(screen);
    await page.context().close();
    expect(dialogs.faults).toEqual([]);
    expect([...dialogs.names].map(withoutStep)).toEqual(expect.arrayContaining([...(known[person] ?? [])]));
  });
});

describe('what opens everywhere', () => {
  it.each([
    ['the keys', (page: Page) => page.keyboard.press('?')],
    ['the palette', (page: Page) => page.keyboard.press('Control+K')],
    ['the menu of who is signed in', (page: Page) => page.getByRole('button', { name: /Compte de/ }).click()],
  ])('%s, has no fault that axe knows of in either scheme', async (_, openIt) => {
    const page = await signedIn(browser(), { person: 'coordinator' }, '/glossary');
    await settled(page);
    await openIt(page);
    await open(page).waitFor();
    const found: string[] = [];
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme });
      found.push(...(await violations(page)));
    }
    await page.context().close();
    expect(found).toEqual([]);
  });
});
