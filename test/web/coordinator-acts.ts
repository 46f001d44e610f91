import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { aPathway, asTheirPage } from './care-acts.ts';

/** What a day needs is made for it, so that a spec may run again on the same stack. */

interface Items<T> {
  readonly items: readonly T[];
}
interface WorkLine {
  readonly id: string;
  readonly taskId?: string;
}
interface TaskLine {
  readonly id: string;
  readonly title: string;
}
interface AlertLine {
  readonly id: string;
  readonly ownerId?: string;
  readonly status: string;
  readonly tier: number;
  readonly pathwayId: string;
}
interface AppointmentLine {
  readonly id: string;
  readonly stepKey: string;
  readonly status: string;
}
interface Session {
  readonly now: string;
  readonly practitionerId: string;
}

const WITHIN_MS = 60_000;
const EVERY_MS = 500;

/** Asks again until there is something: what one service does is heard by another a moment later. */
async function once<T>(page: Page, what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const until = Date.now() + WITHIN_MS;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`It has not come: ${what}.`);
    await page.waitForTimeout(EVERY_MS);
  }
}

const sessionOf = (page: Page): Promise<Session> => asTheirPage<Session>(page, '/api/session');

/** A step of the coordinator's own in a patient's plan, due today; answers with the id of the pathway. */
async function stepAdded(page: Page, step: Readonly<Record<string, unknown>>): Promise<string> {
  const { now } = await sessionOf(page);
  const { id } = await aPathway(page, 'breast-cancer');
  const common = { changeId: randomUUID(), latest: now.slice(0, 10), reason: 'Démonstration' };
  await asTheirPage(page, `/api/pathways/pathways/${id}/steps`, { ...common, ...step });
  return id;
}

/** A task that falls to who is signed in; answers once it is on their list, with the item's id. */
export async function taskAdded(page: Page, label: string): Promise<string> {
  const pathwayId = await stepAdded(page, { kind: 'task', label, role: 'coordinator' });
  const tasks = `/api/pathways/tasks?pathwayId=${pathwayId}&status=open&limit=200`;
  const work = '/api/pathways/worklist?owner=me&reason=to-do&limit=200';
  return once(page, label, async () => {
    const task = (await asTheirPage<Items<TaskLine>>(page, tasks)).items.find(({ title }) => title === label);
    const { items } = await asTheirPage<Items<WorkLine>>(page, work);
    return items.find(({ taskId }) => taskId !== undefined && taskId === task?.id)?.id;
  });
}

/** A visit that a pathway asks for; answers once a slot is held for it, with the appointment's id. */
export async function visitAsked(page: Page, label: string): Promise<string> {
  const visit = { kind: 'appointment', visitKind: 'gp-visit', durationMinutes: 20, booking: 'propose' };
  const known = new Set((await held(page)).map(({ id }) => id));
  const pathwayId = await stepAdded(page, { ...visit, label, role: 'coordinator' });
  return once(page, label, async () => {
    const { items } = await asTheirPage<Items<AppointmentLine>>(
      page,
      `/api/scheduling/appointments?pathwayId=${pathwayId}&status=held&limit=200`,
    );
    return items.find(({ id }) => !known.has(id))?.id;
  });
}

const held = async (page: Page): Promise<readonly AppointmentLine[]> =>
  (await asTheirPage<Items<AppointmentLine>>(page, '/api/scheduling/appointments?status=held&limit=200')).items;

/** An open alert that may be put off, on the list of who is signed in: one of theirs, or one that they are given. */
export async function anAlertOfMine(page: Page): Promise<string> {
  const { practitionerId } = await sessionOf(page);
  const mine = async (): Promise<readonly string[]> => {
    const path = `/api/pathways/alerts?ownerId=${practitionerId}&view=interrupting&status=open&limit=50`;
    const { items } = await asTheirPage<Items<AlertLine>>(page, path);
    return items.filter(({ tier }) => tier > 1).map(({ id }) => id);
  };
  const [own] = await mine();
  if (own !== undefined) return own;
  const lines = '/api/pathways/pathways?status=ACTIVE&limit=200';
  const { items } = await asTheirPage<Items<{ readonly id: string; readonly late?: number }>>(page, lines);
  for (const { id: pathwayId } of items.filter(({ late = 0 }) => late > 0)) {
    const path = `/api/pathways/alerts?pathwayId=${pathwayId}&limit=50`;
    const open = (await asTheirPage<Items<AlertLine>>(page, path)).items.find(({ status }) => status !== 'closed');
    if (open === undefined) continue;
    const give = `/api/pathways/alerts/${open.id}/hand-over`;
    await asTheirPage(page, give, { to: practitionerId, reason: 'workload' });
    // The day's budget may hold back what one is given.
    if ((await mine()).includes(open.id)) return open.id;
  }
  throw new Error('No pathway of the demo has an alert that could be the coordinator’s.');
}
