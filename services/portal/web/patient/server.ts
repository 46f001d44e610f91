import type { Language } from './words';

/** Which of the two pages of links this is; the portal keeps a session of each. */
export type Entry = 'patient' | 'shared';

export const entry: Entry = window.location.pathname.startsWith('/shared') ? 'shared' : 'patient';

/** What the server refused, in the reader's language; status 0 where it was not reached. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    text: string,
  ) {
    super(text);
  }
}

let language: Language = 'fr';

export function answerIn(chosen: Language): void {
  language = chosen;
}

interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly body?: object;
  /** Makes a command safe to send again. */
  readonly key?: string;
  /** Sent as the page is left: it goes out all the same. */
  readonly isLast?: boolean;
}

/** A slow phone in a lift: the answer may be long in coming. */
const WAIT_MS = 20_000;

/** Calls the portal. @throws Refusal */
export async function call<T>(path: string, { method = 'GET', body, key, isLast = false }: Asked = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      keepalive: isLast,
      signal: AbortSignal.timeout(WAIT_MS),
      headers: {
        ...{ accept: 'application/json', 'accept-language': language, 'x-ariane-entry': entry },
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refusal(0, 'UNREACHED', '');
  }
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : parsed(text);
  if (response.ok) return answer as T; // the contract of the route called
  const { code = 'UNKNOWN', detail, title = '' } = (answer ?? {}) as Record<string, string | undefined>; // a problem
  throw new Refusal(response.status, code, detail ?? title);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
