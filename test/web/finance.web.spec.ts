import { readFile } from 'node:fs/promises';
import { asTheirPage } from './care-acts.ts';
import { type Desk, deskOf, firstRow, openRow } from './desk.ts';
import type { HandName } from './hand.ts';
import { type Language, ownBrowser, picture, settled, signedIn, violations } from './harness.ts';
import { centsShown, centsTold, ownBook, partyOf } from './money-acts.ts';
import { wordsOf } from './words.ts';

/** What another browser does is seen within this time. */
const SEEN_WITHIN_MS = 20_000;
/** A run's books are its own. */
const run = Date.now().toString(36);
const IBAN = 'FR7630006000011234567890189';
/** Both languages and both ways of working; the two other pairs read what stands in the books. */
const pairs = [
  ['fr', 'keyboard'],
  ['en', 'mouse'],
] as const;
const readingPairs = [
  ['fr', 'mouse'],
  ['en', 'keyboard'],
] as const;

const bookOf = (language: Language, by: HandName): string => `web-${run}-${language}-${by}`;
const payee = partyOf('specialist');

const browser = ownBrowser();

beforeAll(async () => {
  const finance = await signedIn(browser(), { person: 'finance' });
  const approver = await signedIn(browser(), { person: 'finance-approver' });
  for (const [language, by] of pairs) await ownBook({ finance, approver }, bookOf(language, by), payee);
  for (const page of [finance, approver]) await page.context().close();
});

/** What a button gives as a file: its name and its bytes. */
async function fileOf({ page, hand }: Desk, button: string): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download');
  await hand.press(page.getByRole('button', { name: button, exact: true }));
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

describe.each(pairs)('the books in %s by %s', (language, by) => {
  const t = wordsOf(language, 'finance');
  const name = bookOf(language, by);
  let finance: Desk;
  let approver: Desk;
  let second: Desk;

  beforeAll(async () => {
    finance = await deskOf(browser(), 'finance', language, by);
    approver = await deskOf(browser(), 'finance-approver', language, by);
    second = await deskOf(browser(), 'second-approver', language, by);
  });

  afterAll(async () => {
    for (const { page } of [finance, approver, second]) await page.context().close();
  });

  const go = async ({ page, hand }: Desk, section: string): Promise<void> => {
    const sections = page.getByRole('navigation', { name: t('sections') });
    await hand.press(sections.getByRole('link', { name: t(`nav.${section}`), exact: true }));
    await settled(page);
  };
  const press = ({ page, hand }: Desk, label: string): Promise<void> =>
    hand.press(page.getByRole('button', { name: t(label), exact: true }));
  const confirm = ({ page, hand }: Desk, label: string): Promise<void> =>
    hand.press(page.getByRole('dialog').getByRole('button', { name: t(label), exact: true }));
  const sees = ({ page }: Desk, text: string): Promise<void> =>
    page.getByText(t(text)).first().waitFor({ timeout: SEEN_WITHIN_MS });

  it('close a month: one prepares and says why what is left may stay, two others approve, and all see it sealed', async () => {
    for (const desk of [finance, approver, second]) {
      await desk.hand.choose(desk.page.getByRole('combobox', { name: t('bookChoice'), exact: true }), name);
      await go(desk, 'close');
    }
    for (const reason of await finance.page.locator('#content form textarea').all())
      await finance.hand.type(reason, 'Repris au mois suivant.');
    await press(finance, 'close.prepare');
    await sees(finance, 'close.why.role');
    expect(await violations(finance.page)).toEqual([]);
    for (const desk of [approver, second]) {
      await press(desk, 'close.approve');
      await confirm(desk, 'close.approveNow');
      await sees(desk, desk === approver ? 'close.why.approved' : 'close.sealed');
    }
    await sees(finance, 'close.sealed');
    expect(await violations(finance.page)).toEqual([]);
    await picture(finance.page, `finance-sealed-${language}`);
  });

  it('say in a statement to the cent what its file says', async () => {
    const { page, hand } = finance;
    await hand.press(page.getByRole('link', { name: t('close.toStatements') }));
    await settled(page);
    await press(finance, 'statements.issue');
    await openRow(finance, firstRow(finance));
    await sees(finance, 'statements.foots');
    expect(await violations(page)).toEqual([]);
    const shown = centsShown(await page.locator('[data-total="closing"]').innerText());
    const lines = await page.locator('#content tr[data-row]').count();
    const csv = await fileOf(finance, 'CSV');
    const rows = csv.bytes
      .toString('utf8')
      .trim()
      .split('\r\n')
      .map((row) => row.split(';'));
    const cents = rows.slice(1).map((row) => centsTold(row.at(-1) ?? ''));
    expect(rows.at(-1)?.[0]).toBe('CLOSING');
    expect(cents.at(-1)).toBe(shown);
    expect(cents.slice(0, -1).reduce((sum, one) => sum + one, 0n)).toBe(shown);
    expect(rows).toHaveLength(lines + 3);
    expect((await fileOf(finance, 'PDF')).bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await fileOf(finance, 'XLSX')).bytes.subarray(0, 2).toString()).toBe('PK');
    await picture(page, `finance-statement-${language}`);
  });

  it('have a dispute opened on a line, and decided by another to the cent', async () => {
    const { page, hand } = finance;
    await openRow(finance, firstRow(finance));
    await press(finance, 'dispute.contest');
    const words = `Une visite manque (${name})`;
    await hand.type(page.getByRole('dialog').getByLabel(t('dispute.reason')), words);
    expect(await violations(page)).toEqual([]);
    await confirm(finance, 'dispute.open');
    await sees(finance, 'dispute.opened');
    await go(approver, 'disputes');
    const { items } = await asTheirPage<{ items: readonly { id: string; reason: string }[] }>(
      approver.page,
      '/api/capitation/disputes',
    );
    const id = items.find(({ reason }) => reason === words)?.id ?? '';
    const row = approver.page.locator(`#content tr[data-row="${id}"]`);
    await openRow(approver, row);
    await approver.page.getByText(words).waitFor();
    await approver.hand.type(approver.page.getByLabel(t('dispute.yourAnswer')), 'Elle est ajoutée.');
    await press(approver, 'dispute.sendAnswer');
    await sees(approver, 'dispute.answered');
    await approver.hand.type(approver.page.getByLabel(t('dispute.amount')), language === 'fr' ? '12,34' : '12.34');
    await press(approver, 'dispute.decide');
    await sees(approver, 'dispute.decided');
  });

  it('pay in a batch that its preparer may not approve, and only once two others have', async () => {
    const { page, hand } = finance;
    await go(finance, 'payments');
    // The holder's own account is debited, the professional's credited.
    for (const party of [payee, `org:${name}`]) {
      await press(finance, 'bank.propose');
      const dialog = page.getByRole('dialog');
      const details = { party, iban: IBAN, name: 'DEMO' };
      for (const [field, text] of Object.entries(details))
        await hand.type(dialog.getByLabel(t(`bank.field.${field}`)), text);
      await confirm(finance, 'bank.propose');
      await dialog.waitFor({ state: 'detached' });
    }
    await sees(finance, 'bank.whyOwn');
    await go(approver, 'payments');
    const toConfirm = approver.page.getByRole('button', { name: t('bank.confirm'), exact: true });
    for (const left of [1, 0]) {
      await approver.hand.press(toConfirm.first());
      await toConfirm.nth(left).waitFor({ state: 'detached' });
    }
    await press(approver, 'payments.make');
    await sees(approver, 'close.why.prepared');
    expect(await approver.page.getByRole('button', { name: t('payments.approve') }).count()).toBe(0);
    await press(approver, 'payments.withdraw');
    await confirm(approver, 'payments.withdrawNow');
    await sees(approver, 'batch.WITHDRAWN');
    await press(finance, 'payments.make');
    await sees(finance, 'close.why.role');
    const total = centsShown(await page.getByRole('definition').first().innerText());
    expect(total).toBe(112_345n);
    for (const desk of [approver, second]) {
      await go(desk, 'payments');
      await openRow(desk, desk.page.getByRole('row').filter({ hasText: t('batch.DRAFT') }));
      await press(desk, 'payments.approve');
      await confirm(desk, 'payments.approveNow');
      await sees(desk, desk === approver ? 'close.why.approved' : 'payments.pain');
    }
    const file = await fileOf(second, t('payments.pain'));
    expect(file.bytes.toString('utf8')).toContain('<CtrlSum>1123.45</CtrlSum>');
    await sees(finance, 'batch.APPROVED');
    expect(await violations(page)).toEqual([]);
  });
});

describe('a professional', () => {
  it.each(readingPairs)('reads their own statements in %s by %s, and those of nobody else', async (language, by) => {
    const t = wordsOf(language, 'finance');
    const desk = await deskOf(browser(), 'specialist', language, by);
    const { page, hand } = desk;
    const rail = page.getByRole('link', { name: wordsOf(language, 'shell')('area.finance'), exact: true });
    await hand.press(rail);
    await page.getByRole('heading', { name: t('mine.title') }).waitFor();
    const own = page.locator('section').filter({ hasText: t('book', { book: bookOf(...pairs[0]) }) });
    await openRow(desk, own.locator('tr[data-row]').first());
    await page.getByText(t('statements.foots')).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.goto(new URL('/finance/hospital-a', page.url()).href);
    await settled(page);
    expect(await page.locator('[data-row]').count()).toBe(0);
    const others = `/api/capitation/statements?book=hospital-a&party=${partyOf('chair')}`;
    await expect(asTheirPage(page, others)).rejects.toThrow(/NOT_FOUND/);
    await page.context().close();
  });
});
