import type { Page, Route } from 'playwright-core';

/** Who one is, what is told live, and the names: without them there is no screen whose state could be looked at. */
const always = /\/api\/(?:session|stream|names)\b/;

const away = { type: 'about:blank', title: 'Away', status: 503, code: 'NOT_READY' };

/** Reads that carry what they look for in their body. */
const reading = /\/search$/;

type Mode = 'pass' | 'hold' | 'fail' | 'empty' | 'as-is';

/** What the services answer to a page, so that it can be looked at while it waits, when they fail and when they have nothing. */
export class Answers {
  private mode: Mode = 'pass';
  private held: Route[] = [];

  static async of(page: Page): Promise<Answers> {
    const answers = new Answers();
    await page.route('**/api/**', (route) => answers.answer(route));
    return answers;
  }

  /** From now on reads are answered and commands are not: nothing changes. */
  keepAsIs(): void {
    this.mode = 'as-is';
  }

  /** From now on nothing is answered. */
  hold(): void {
    this.mode = 'hold';
  }

  /** From now on, and for what waits, the services are away. */
  async fail(): Promise<void> {
    this.mode = 'fail';
    const held = this.held;
    this.held = [];
    // The page may have gone on meanwhile.
    await Promise.all(held.map((route) => failed(route).catch(() => undefined)));
  }

  /** From now on every list is empty. */
  empty(): void {
    this.mode = 'empty';
  }

  private async answer(route: Route): Promise<void> {
    const url = route.request().url();
    const isRead = route.request().method() === 'GET' || reading.test(url);
    if (this.mode === 'pass' || always.test(url) || (this.mode === 'as-is' && isRead)) return route.continue();
    if (this.mode === 'fail') return failed(route);
    if (this.mode === 'empty') return emptied(route);
    this.held.push(route);
  }
}

const failed = (route: Route): Promise<void> =>
  route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(away) });

/** The service's own answer without the items of its lists. */
async function emptied(route: Route): Promise<void> {
  const response = await route.fetch();
  const isJson = response.headers()['content-type']?.includes('application/json') === true;
  const body: unknown = isJson ? await response.json() : undefined;
  return route.fulfill({ response, ...(body === undefined ? {} : { body: JSON.stringify(withoutItems(body)) }) });
}

/** A list, or a file whose parts are lists. */
function withoutItems(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  if (isList(body)) return { ...body, items: [], next: undefined };
  return Object.fromEntries(
    Object.entries(body).map(([name, part]) => [name, isList(part) ? withoutItems(part) : part]),
  );
}

const isList = (part: unknown): part is object => typeof part === 'object' && part !== null && 'items' in part;
