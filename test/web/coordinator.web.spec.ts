import type { Locator, Page } from 'playwright-core';
import { aPathway } from './care-acts.ts';
import { anAlertOfMine, taskAdded, visitAsked } from './coordinator-acts.ts';
import { type Hand, handOf, hands } from './hand.ts';
import { languages, ownBrowser, picture, settled, signedIn } from './harness.ts';
import { wordsOf } from './words.ts';

const browser = ownBrowser();

const casesOf = languages.flatMap((language) => hands.map((hand) => [language, hand] as const));

/** Digits and a name that nobody else has, so that a run finds what it made itself. */
const mark = (): string => String(Date.now());

describe.each(casesOf)('a coordinator’s day in %s by %s', (language, handName) => {
  const [shell, care, day, agenda, alerts, pathways, enrolment] = (
    ['shell', 'care', 'my-day', 'agenda', 'alerts', 'pathways', 'enrolment'] as const
  ).map((area) => wordsOf(language, area)) as [Words, Words, Words, Words, Words, Words, Words]; // as: one for each
  const faults: string[] = [];
  let page: Page;
  let hand: Hand;

  beforeAll(async () => {
    page = await signedIn(browser(), { person: 'coordinator', language });
    hand = handOf(handName, page);
    watch(page, faults);
  });

  afterAll(async () => {
    await page.context().close();
  });

  const button = (name: string, within: Page | Locator = page): Locator =>
    within.getByRole('button', { name: new RegExp(`^${escaped(name)}`) }).first();
  const rowOf = (id: string): Locator => page.locator(`[data-row="${id}"]`);
  const dialog = (): Locator => page.getByRole('dialog');
  /** The first answer of a dialog, which a digit gives. */
  const answered = async (): Promise<void> => {
    const first = dialog().locator('button:has(kbd)').first();
    await hand.act(first, '1');
  };
  const said = (text: string): Promise<void> => page.getByText(text, { exact: true }).last().waitFor();
  const takenBack = async (): Promise<void> => {
    await hand.act(button(care('act.undo')), 'u');
    await said(care('act.undone'));
  };
  /** What came meanwhile waits to be let in: one lets it in. */
  const letIn = async (row: Locator): Promise<void> => {
    const bar = page.getByRole('button', { name: /^\d+ (nouveaux?|new)/ });
    await row.or(bar).first().waitFor();
    if (!(await row.isVisible())) await hand.press(bar);
    await row.waitFor();
  };

  it('decides without opening the file: done, handed over, and taken back', async () => {
    const label = `Rappeler ${mark()}`;
    const [first, second] = await Promise.all([taskAdded(page, label), taskAdded(page, `${label} bis`)]);
    await hand.goTo(shell('area.myDay'), 'd');
    await hand.tab(page.getByRole('tab', { name: new RegExp(`^${day('queue.do')}`) }));
    await letIn(rowOf(first));
    await hand.row(rowOf(first));
    await page.getByRole('heading', { name: label, exact: true }).waitFor();
    await hand.act(button(care('act.done')), 'e');
    await said(care('act.doneSaid'));
    await rowOf(first).waitFor({ state: 'detached' });
    // Whoever goes on by keys is in the list, and not at the top of the page.
    await page.waitForFunction(() => Boolean(document.activeElement?.closest('[data-row]')));

    await hand.row(rowOf(second));
    await page.getByRole('heading', { name: `${label} bis` }).waitFor();
    await hand.act(button(care('act.handOver')), 'a');
    await answered();
    await said(care('act.handedOver'));
    await rowOf(second).waitFor({ state: 'detached' });
    await takenBack();
    await letIn(rowOf(second));
    await hand.row(rowOf(second));
    await hand.act(button(care('act.done')), 'e');
    await rowOf(second).waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe('/my-day');
    await picture(page, `day-${language}-${handName}`);
  });

  it('takes an alert over, puts it off, hands it over, and takes each back', async () => {
    const id = await anAlertOfMine(page);
    await hand.goTo(shell('area.alerts'), 'a');
    await letIn(rowOf(id));
    await hand.row(rowOf(id));
    await hand.act(button(care('act.take')), 't');
    await said(care('act.taken'));
    await hand.act(button(care('act.snooze')), 's');
    await answered();
    await said(care('act.snoozed'));
    await rowOf(id).waitFor({ state: 'detached' });
    await takenBack();
    await letIn(rowOf(id));
    await hand.row(rowOf(id));
    await hand.act(button(care('act.handOver')), 'a');
    await answered();
    await said(care('act.handedOver'));
    await rowOf(id).waitFor({ state: 'detached' });
    await takenBack();
    await letIn(rowOf(id));
    await page.getByRole('heading', { name: alerts('ladder.title') }).waitFor();
  });

  it('books what a pathway asks for, and moves it for a reason', async () => {
    const id = await visitAsked(page, `Visite ${mark()}`);
    await hand.goTo(shell('area.agenda'), 'c');
    await rowOf(id).waitFor();
    await hand.row(rowOf(id));
    if (handName === 'keyboard') await page.keyboard.press('Enter');
    await hand.act(button(agenda('confirm.do')), 'e');
    await said(agenda('told.confirm'));
    await hand.act(button(agenda('move.do')), 'b');
    await dialog().waitFor();
    await hand.choose(
      dialog().getByRole('combobox').or(dialog().getByRole('textbox')).first(),
      agenda('reason.transport'),
    );
    await hand.press(button(agenda('move.choose'), dialog()));
    await hand.act(button(agenda('book.do')), '2');
    await said(agenda('move.done'));
  });

  it('reads a pathway as a drawing and as a table, and why a step stands where it stands', async () => {
    const { id } = await aPathway(page, 'breast-cancer');
    await hand.goTo(shell('area.pathways'), 'p');
    await rowOf(id).waitFor();
    await hand.row(rowOf(id));
    if (handName === 'keyboard') await page.keyboard.press('Enter');
    await hand.tab(page.getByRole('tab', { name: pathways('tab.timeline') }));
    await settled(page);
    await picture(page, `pathway-drawing-${language}`);
    await hand.tab(page.getByRole('tab', { name: pathways('tab.table') }));
    const why = page
      .getByRole('table')
      .getByRole('button', { name: /^(Pourquoi|Why)/ })
      .first();
    await hand.press(why);
    await page.getByText(care('why.version'), { exact: true }).waitFor();
    // The answer takes the focus a moment after it is shown, and with it the keys.
    await page.waitForFunction((one) => one !== document.activeElement, await why.elementHandle());
    await page.keyboard.press('Escape');
    await page.getByText(care('why.version'), { exact: true }).waitFor({ state: 'detached' });
    expect(await why.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it('enrols a new patient on a protocol and sees the pathway', async () => {
    const name = `ESSAI-${mark()}`;
    await hand.goTo(shell('area.pathways'), 'p');
    await hand.press(page.getByRole('link', { name: pathways('enrol') }));
    const next = (): Promise<void> => hand.press(page.getByRole('button', { name: enrolment('next') }));
    await hand.radio(page.getByRole('radio', { name: enrolment('patient.new') }));
    await hand.type(page.getByLabel(enrolment('patient.familyName')), name);
    await hand.type(page.getByLabel(enrolment('patient.givenNames')), 'Camille');
    await hand.day(page.getByLabel(enrolment('patient.birthDate')), '1961-02-03');
    await next();
    await hand.radio(page.locator('input[type="radio"][value="breast-cancer"]'));
    await next();
    await hand.press(page.getByRole('button', { name: enrolment('team.me') }));
    await next();
    await next();
    await hand.press(page.getByRole('button', { name: enrolment('send'), exact: true }));
    await page.waitForURL(/\/pathways\/[0-9a-f-]{36}/);
    await page.getByText(name).first().waitFor();
  });

  it('has met no error of the page and no failure of a service all day', () => {
    expect(faults).toEqual([]);
  });
});

type Words = ReturnType<typeof wordsOf>;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Notes what goes wrong where nobody looks: errors of the console and of scripts, answers of failing services. */
function watch(page: Page, faults: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${String(response.status())} ${new URL(response.url()).pathname}`);
  });
}
