import type { Page } from 'playwright-core';
import { asTheirPage } from '../../web/care-acts.ts';
import { taskAdded, visitAsked } from '../../web/coordinator-acts.ts';
import { chosenRow, CountedKeys, decisionShown, hasKey, keyButton, linesShown, nextShown } from './counted-keys.ts';
import type { Decision } from './keystroke-model.ts';

/** The day that issue 6 asks for. */
export const DAY = { pathways: 60, items: 25, bookings: 5, escalations: 2 } as const;
/** A queue that ends is followed by the next, and there are four. */
const QUEUES_MAX = 4;
/** On which nothing can be done yet, or no more of whose kind was asked for. */
const LEFT = 'left for later';
const ON = 'on to the next queue';
/** What one does between decisions. */
export const between: readonly string[] = [LEFT, ON];

interface Listed<T> {
  readonly items: readonly T[];
}
interface Line {
  readonly id: string;
  readonly ownerId?: string;
  readonly taskId?: string;
  readonly alertId?: string;
}

/** How many pathways are under way for who is signed in. */
export async function pathwaysOf(page: Page): Promise<number> {
  const path = '/api/pathways/pathways?status=ACTIVE&limit=200';
  return (await asTheirPage<Listed<Line>>(page, path)).items.length;
}

/**
 * What makes it a full day: colleagues are away, and their tasks and alerts were handed over; five pathways ask for a
 * visit. Nothing of it is counted.
 */
export async function prepare(page: Page): Promise<void> {
  const { practitionerId: me } = await asTheirPage<{ practitionerId: string }>(page, '/api/session');
  const work = '/api/pathways/worklist?reason=late&reason=to-do&owner=others&limit=200';
  const { items } = await asTheirPage<Listed<Line>>(page, work);
  const colleagues = new Set(items.flatMap(({ ownerId }) => ownerId ?? []));
  for (const from of colleagues)
    await asTheirPage(page, '/api/pathways/tasks/reassign', { from, to: me, reason: 'leave' });
  for (const alertId of items.flatMap((one) => one.alertId ?? []))
    await asTheirPage(page, `/api/pathways/alerts/${alertId}/hand-over`, { to: me, reason: 'leave' });
  for (let visit = 0; visit < DAY.bookings; visit += 1) await visitAsked(page, `Visite ${String(visit + 1)}`);
  const own = '/api/pathways/worklist?reason=late&reason=to-do&owner=me&limit=200';
  const tasks = (await asTheirPage<Listed<Line>>(page, own)).items.filter(({ taskId }) => taskId !== undefined);
  const missing = DAY.items + DAY.escalations - tasks.length;
  for (let task = 0; task < missing; task += 1) await taskAdded(page, `Rappel ${String(task + 1)}`);
}

/** The day, from the first item of the first queue on, by keys alone. */
export async function workedDay(page: Page): Promise<readonly Decision[]> {
  const keys = new CountedKeys(page);
  const left: Left = { items: DAY.items, bookings: DAY.bookings, escalations: DAY.escalations };
  await decisionShown(page);
  let queue = 1;
  while (queue <= QUEUES_MAX && left.items + left.bookings + left.escalations > 0) {
    const row = await chosenRow(page);
    if (row !== '' && (await decide(page, keys, row, left))) continue;
    if (row !== '' && (await leftForLater(page, keys, row))) continue;
    queue += 1;
    const { search } = new URL(page.url());
    await keys.unit(['l'], () => queueShown(page, search));
    keys.decided(ON, 0);
  }
  return keys.decisions;
}

/** Another queue is shown, and its list was read. */
async function queueShown(page: Page, former: string): Promise<void> {
  await page.waitForFunction((before) => location.search !== before, former);
  await page.waitForFunction(() => document.querySelector('#content [aria-busy="true"]') === null);
  if ((await chosenRow(page)) !== '') await decisionShown(page);
}

/** To the next row, if there is one: that too is decided by reading. */
async function leftForLater(page: Page, keys: CountedKeys, row: string): Promise<boolean> {
  const isLast = await page.evaluate(
    (id) => Array.from(document.querySelectorAll('#content [data-row]')).at(-1)?.getAttribute('data-row') === id,
    row,
  );
  if (isLast) return false;
  const lines = await linesShown(page);
  await keys.unit(['j'], () => nextShown(page, row));
  keys.decided(LEFT, lines);
  return true;
}

type Left = Record<'items' | 'bookings' | 'escalations', number>;

/** Decides the chosen item by what its panel offers and the day still needs; false where that is nothing. */
async function decide(page: Page, keys: CountedKeys, row: string, left: Left): Promise<boolean> {
  const lines = await linesShown(page);
  const gone = (): Promise<void> => nextShown(page, row);
  if (await hasKey(page, 'b')) {
    if (left.bookings === 0) return false;
    await keys.unit(['b'], () => keyButton(page, 'e').or(keyButton(page, '1')).first().waitFor());
    await keys.unit([(await hasKey(page, 'e')) ? 'e' : '1'], gone);
    left.bookings -= 1;
    keys.decided('a visit booked', lines);
    return true;
  }
  if (left.escalations > 0 && (await hasKey(page, 'a'))) {
    await keys.unit(['a'], () => answers(page).first().waitFor());
    await keys.unit(['1'], gone);
    left.escalations -= 1;
    keys.decided('handed to the doctor', lines);
    return true;
  }
  if (left.items === 0 || !(await hasKey(page, 'e'))) return false;
  const kind = await kindShown(page);
  const asked = await answeredBy(page, keys, row);
  if (asked) await keys.unit(['1'], gone);
  left.items -= 1;
  keys.decided(kind, lines);
  return true;
}

/** What `e` is about to settle, by the other keys beside it. */
async function kindShown(page: Page): Promise<string> {
  if ((await hasKey(page, 't')) || (await hasKey(page, 's'))) return 'an alert handled';
  return (await hasKey(page, 'a')) ? 'a task done' : 'results read';
}

const answers = (page: Page) => page.getByRole('dialog').locator('button:has(kbd)');

/** `e` is pressed: whether it asks for an outcome before the item is gone. */
async function answeredBy(page: Page, keys: CountedKeys, row: string): Promise<boolean> {
  let isAsked = false;
  await keys.unit(['e'], async () => {
    const asked = answers(page)
      .first()
      .waitFor()
      .then(() => true);
    const gone = nextShown(page, row).then(() => false);
    isAsked = await Promise.race([asked, gone]);
    // The other one waits in vain and is left to its time.
    asked.catch(() => undefined);
    gone.catch(() => undefined);
  });
  return isAsked;
}
