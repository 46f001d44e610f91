import { request } from 'node:http';
import type { Readable } from 'node:stream';
import { newId } from '@ariane/store';

const roles = { preparer: 'finance', approver: 'finance-approver', second: 'finance-approver' } as const;
type Person = keyof typeof roles;

/** Asks a service as one of three people of finance; waits as long as it takes. */
export interface People {
  readonly get: <T>(path: string) => Promise<T>;
  /** @param key of the request: the same again is the same request */
  readonly post: <T>(path: string, body: object | Readable, who?: Person, key?: string) => Promise<T>;
}

export function peopleOf(issuerUrl: string, territory: string, serviceUrl: () => string): People {
  const call = async <T>(method: string, path: string, who: Person, body?: object | Readable, key = newId()) => {
    const headers = { authorization: `Bearer ${await tokenOf(who)}`, 'idempotency-key': key };
    return answerOf<T>(`${serviceUrl()}${path}`, method, headers, body);
  };
  const tokenOf = async (who: Person): Promise<string> => {
    const body = JSON.stringify({ territory, role: roles[who], subject: who });
    const answer = await fetch(`${issuerUrl}/demo-token`, { method: 'POST', body });
    return ((await answer.json()) as { token: string }).token;
  };
  return {
    get: (path) => call('GET', path, 'preparer'),
    post: (path, body, who = 'preparer', key) => call('POST', path, who, body, key),
  };
}

// `fetch` gives up after five minutes without an answer: a month may take longer on a busy machine.
function answerOf<T>(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: object | Readable,
): Promise<T> {
  const isFile = body !== undefined && 'pipe' in body;
  const type = isFile ? 'text/csv' : 'application/json';
  return new Promise<T>((resolve, reject) => {
    const sent = request(url, { method, headers: { ...headers, 'content-type': type } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const isGood = (response.statusCode ?? 500) < 300;
        if (isGood) resolve(JSON.parse(text) as T);
        else if (response.statusCode === 408) reject(Object.assign(new Error('cut off'), { code: 'TIMEOUT' }));
        else reject(new Error(`${method} ${url}: ${response.statusCode ?? ''} ${text.slice(0, 300)}`));
      });
    });
    sent.on('error', reject);
    if (isFile) body.pipe(sent);
    else sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
