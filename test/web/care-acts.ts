import type { Page } from 'playwright-core';

/** What who is signed in sends or asks, as their page does. @throws where the portal refuses */
export async function asTheirPage<T>(page: Page, path: string, body?: object): Promise<T> {
  const answer = await page.evaluate(
    async ([to, sent]) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
      const response = await fetch(
        to,
        sent === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(sent) },
      );
      return { isOk: response.ok, text: await response.text() };
    },
    [path, body] as const,
  );
  if (!answer.isOk) throw new Error(`${path}: ${answer.text}`);
  return JSON.parse(answer.text) as T; // the route's own answer
}

interface Listed {
  readonly items: readonly {
    readonly id: string;
    readonly patientId: string;
    readonly protocol: { readonly id: string };
    readonly enrolledAt: string;
  }[];
}

/** As many as the list of pathways shows before one asks for more. */
const SHOWN = 40;

/** A pathway of the demo under that protocol, in the care of who is signed in; none that a spec enrolled today. */
export async function aPathway(page: Page, protocolId: string): Promise<Listed['items'][number]> {
  const { now } = await asTheirPage<{ now: string }>(page, '/api/session');
  const { items } = await asTheirPage<Listed>(page, `/api/pathways/pathways?status=ACTIVE&limit=${String(SHOWN)}`);
  const found = items.find(({ protocol, enrolledAt }) => protocol.id === protocolId && enrolledAt < now);
  if (found === undefined) throw new Error(`The demo has no pathway of ${protocolId}.`);
  return found;
}

/** Somebody of the demo's directory, by a part of their name. */
export async function aColleague(page: Page, name: string): Promise<string> {
  const path = '/api/pathways/practitioners?limit=200';
  const { items } = await asTheirPage<{ items: readonly { id: string; name: string }[] }>(page, path);
  const found = items.find((one) => one.name.includes(name));
  if (found === undefined) throw new Error(`The directory has nobody named ${name}.`);
  return found.id;
}
