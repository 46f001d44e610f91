import { asTheirPage } from './care-acts.ts';
import { type Desk, deskOf, firstRow, openRow } from './desk.ts';
import { ownBrowser, picture, settled } from './harness.ts';
import { centsShown } from './money-acts.ts';
import { wordsOf } from './words.ts';

const browser = ownBrowser();

/** A month of the demo that entries of pathways stand in, with their events. */
const DEMO_MONTH = '2026-02';

describe.each([
  ['fr', 'mouse'],
  ['en', 'keyboard'],
] as const)('finance in %s by %s', (language, by) => {
  const t = wordsOf(language, 'finance');
  let desk: Desk;

  beforeAll(async () => {
    desk = await deskOf(browser(), 'finance', language, by);
  });

  afterAll(async () => {
    await desk.page.context().close();
  });

  const go = async (section: string): Promise<void> => {
    const sections = desk.page.getByRole('navigation', { name: t('sections') });
    await desk.hand.press(sections.getByRole('link', { name: t(`nav.${section}`), exact: true }));
    await settled(desk.page);
  };

  it('goes from the total of a month down to the event behind a cent, and from the event back', async () => {
    const { page, hand } = desk;
    await hand.press(page.locator(`#content li a[aria-current][href*="month=${DEMO_MONTH}"]`));
    await page.waitForURL((address) => address.search.includes(DEMO_MONTH));
    const due = page.getByRole('region', { name: t('figure.due') }).getByRole('link');
    const total = await due.innerText();
    await hand.press(due);
    const levels = page.getByRole('navigation', { name: t('detail.path') });
    await levels.getByText(total).waitFor();
    for (const level of ['account=', 'code=', 'file=', '/finance/entries/']) {
      await settled(page);
      await openRow(desk, firstRow(desk));
      await page.waitForURL((address) => address.href.includes(level));
    }
    await page.getByText(t('proof.good')).waitFor();
    await page.getByRole('heading', { name: t('why.title') }).waitFor();
    await settled(page);
    await picture(page, `finance-entry-${language}`);
    const entry = page.url();
    await hand.press(page.getByRole('link', { name: t('why.event', { number: '1' }), exact: true }).first());
    await page.getByRole('heading', { name: t('event.title') }).waitFor();
    await settled(page);
    const row = new URL(entry).pathname.split('/').at(-1) ?? '';
    await openRow(desk, page.locator(`#content tr[data-row="${decodeURIComponent(row)}"]`));
    await page.waitForURL((address) => address.pathname === new URL(entry).pathname);
  });

  it('sees why a month differs from another in effects that make the difference to the cent', async () => {
    const { page, hand } = desk;
    await go('variance');
    await page.getByText(t('variance.foots')).waitFor();
    const picked = page.getByRole('radio', { name: t('table') });
    await hand.radio(picked);
    expect(await picked.isChecked()).toBe(true);
    const amounts = await page.locator('#content tr[data-row] td:last-child').allInnerTexts();
    const cents = amounts.map(centsShown);
    const effects = cents.slice(1, -2).reduce((sum, one) => sum + one, 0n);
    expect((cents[0] ?? 0n) + effects).toBe(cents.at(-1));
    await picture(page, `finance-variance-${language}`);
  });

  it('asks what other terms would have paid, and reads who wins, who loses, and that nothing is booked', async () => {
    const { page, hand } = desk;
    const read = () => asTheirPage(page, '/api/capitation/books/hospital-a/trial-balance');
    const before = await read();
    await go('whatIf');
    const contract = page.getByRole('combobox', { name: t('whatIf.inputsOf') });
    await hand.choose(contract, 'onco-pathway-a');
    await settled(page);
    await hand.type(page.getByLabel('diagnosisPrice'), '1000.00 EUR');
    await hand.press(page.getByRole('button', { name: t('whatIf.simulate') }));
    await page.getByText(t('whatIf.losers')).waitFor();
    const rows = page.locator('#content li').filter({ hasText: t('whatIf.asPayer') });
    expect(centsShown(await rows.first().locator('.numbers').first().innerText())).toBeGreaterThan(0n);
    expect(await page.getByText(t('whatIf.asPayee')).count()).toBeGreaterThan(0);
    await picture(page, `finance-what-if-${language}`);
    expect(await read()).toEqual(before);
  });
});
