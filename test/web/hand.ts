import type { Locator, Page } from 'playwright-core';

export const hands = ['mouse', 'keyboard'] as const;
export type HandName = (typeof hands)[number];

/** How somebody works a page: the same acts by mouse, or by keys alone. */
export interface Hand {
  readonly name: HandName;
  /** Goes to an area: by the rail, or by `g` and its letter. */
  readonly goTo: (area: string, letter: string) => Promise<void>;
  /** Presses a button or follows a link that has no key of its own. */
  readonly press: (target: Locator) => Promise<void>;
  /** Presses a button that has a key. */
  readonly act: (button: Locator, key: string) => Promise<void>;
  /** Chooses a row of a list. */
  readonly row: (row: Locator) => Promise<void>;
  readonly type: (field: Locator, text: string) => Promise<void>;
  /** A civil day, as `YYYY-MM-DD`. */
  readonly day: (field: Locator, day: string) => Promise<void>;
  /** Chooses in a list that opens under a field; letters narrow it where it can be searched. */
  readonly choose: (field: Locator, option: string | RegExp, letters?: string) => Promise<void>;
  readonly radio: (radio: Locator) => Promise<void>;
  readonly tab: (tab: Locator) => Promise<void>;
}

/** The field with that label in which one chooses, searched by typing or not. */
export const fieldOf = (page: Page | Locator, label: string): Locator => {
  const name = new RegExp(`^${label}`);
  return page.getByRole('combobox', { name }).or(page.getByRole('textbox', { name })).first();
};

export const handOf = (name: HandName, page: Page): Hand => (name === 'mouse' ? mouse(page) : keyboard(page));

/** More dialogs than ever stand on one another. */
const DIALOGS_MAX = 3;

/** What a test before has left open is closed, as whoever comes to the page would. */
async function leaveDialogs(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog').first();
  for (let left = DIALOGS_MAX; left > 0 && (await dialog.isVisible()); left -= 1) await page.keyboard.press('Escape');
}

/** The further places that Tab may lead through on one screen. */
const TABS_MAX = 250;
const STEPS_MAX = 60;
/** As long as a quick typist takes from one key to the next. */
const BETWEEN_KEYS_MS = 80;
/** The same choice is tried so often, a list is given so long to close after it. */
const CHOICES_MAX = 5;
const LIST_CLOSES_MS = 1_000;

function mouse(page: Page): Hand {
  const press = (target: Locator): Promise<void> => target.click();
  return {
    name: 'mouse',
    goTo: async (area) => {
      await leaveDialogs(page);
      await page.getByRole('navigation').getByRole('link', { name: area, exact: true }).click();
    },
    press,
    act: press,
    row: press,
    tab: press,
    type: (field, text) => field.fill(text),
    day: (field, day) => field.fill(day),
    choose: async (field, option) => {
      await field.click();
      await page.getByRole('option', { name: option }).first().click();
    },
    // The circle is drawn by the label, which is what people press.
    radio: async (radio) => page.locator(`label[for="${(await radio.getAttribute('id')) ?? ''}"]`).click(),
  };
}

const isFocused = (target: Locator): Promise<boolean> => target.evaluate((one) => one === document.activeElement);

/** Presses a key until something holds. @throws Error with what was looked for, after so many times */
async function until(page: Page, key: string, most: number, holds: () => Promise<boolean>): Promise<void> {
  for (let left = most; left > 0; left -= 1) {
    if (await holds()) return;
    await page.keyboard.press(key);
  }
  if (!(await holds())) throw new Error(`${key} was pressed ${String(most)} times and did not lead there.`);
}

/** `j` for a row that comes after the chosen one, `k` for one before it. */
const wayTo = (row: Locator): Promise<'j' | 'k'> =>
  row.evaluate((to) => {
    const rows = Array.from(document.querySelectorAll('#content [data-row]'));
    const at = rows.findIndex((one) => one.matches('[aria-current="true"]') || one.contains(document.activeElement));
    return rows.indexOf(to) < at ? 'k' : 'j';
  });

function keyboard(page: Page): Hand {
  const { keyboard: keys } = page;
  const reach = async (target: Locator): Promise<void> => {
    await target.waitFor();
    await until(page, 'Tab', TABS_MAX, () => isFocused(target));
  };
  const typed = async (field: Locator, text: string): Promise<void> => {
    await reach(field);
    await keys.press('Control+A');
    await keys.type(text);
  };
  return {
    name: 'keyboard',
    goTo: async (_area, letter) => {
      await leaveDialogs(page);
      await keys.press('g');
      await keys.press(letter);
    },
    press: async (target) => {
      await reach(target);
      await keys.press('Enter');
    },
    act: async (button, key) => {
      await button.waitFor();
      await keys.press(key);
    },
    row: async (row) => {
      await row.waitFor();
      const isChosen = async (): Promise<boolean> =>
        (await isFocused(row)) || (await row.getAttribute('aria-current')) === 'true';
      // Chosen from the start it has not been gone to: a step away and back takes the focus along.
      if ((await isChosen()) && !(await isFocused(row))) {
        await keys.press('j');
        await keys.press('k');
      }
      await until(page, await wayTo(row), STEPS_MAX, isChosen);
    },
    type: typed,
    day: async (field, day) => {
      await reach(field);
      await keys.type(day.split('-').reverse().join(''));
    },
    choose: async (field, option, letters) => {
      await reach(field);
      if (letters === undefined) await keys.press('ArrowDown');
      else await keys.type(letters);
      const wanted = page.getByRole('option', { name: option }).first();
      await wanted.waitFor();
      const isMarked = async (): Promise<boolean> => (await wanted.getAttribute('data-combobox-selected')) === 'true';
      // A list that is drawn anew takes its mark back, and one that became shorter shows a mark that chooses nothing:
      // whoever sees that nothing was chosen goes on by an arrow and presses again.
      for (let left = CHOICES_MAX; left > 0; left -= 1) {
        if (left < CHOICES_MAX) await keys.press('ArrowDown');
        await until(page, 'ArrowDown', STEPS_MAX, isMarked);
        await page.waitForTimeout(BETWEEN_KEYS_MS);
        if (!(await isMarked())) continue;
        await keys.press('Enter');
        await wanted.waitFor({ state: 'hidden', timeout: LIST_CLOSES_MS }).catch(() => undefined);
        // A list from which several are chosen stays open, and shows which are.
        if (!(await wanted.isVisible()) || (await wanted.getAttribute('aria-selected')) === 'true') return;
      }
      throw new Error('Enter was pressed in a list and did not choose.');
    },
    radio: async (radio) => {
      await radio.waitFor({ state: 'attached' });
      const group = await radio.getAttribute('name');
      const isInGroup = (): Promise<boolean> =>
        page.evaluate((name) => document.activeElement?.getAttribute('name') === name, group);
      await until(page, 'Tab', TABS_MAX, isInGroup);
      await keys.press('Space');
      await until(page, 'ArrowDown', STEPS_MAX, () => radio.isChecked());
    },
    tab: async (tab) => {
      await tab.waitFor();
      const isInList = (): Promise<boolean> =>
        tab.evaluate((one) => one.parentElement?.contains(document.activeElement) === true);
      await until(page, 'Tab', TABS_MAX, isInList);
      await until(page, 'ArrowRight', STEPS_MAX, async () => (await tab.getAttribute('aria-selected')) === 'true');
    },
  };
}
