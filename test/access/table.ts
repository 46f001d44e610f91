import type { PersonRole } from '@ariane/auth';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who calls, each under one role alone; `service` is one of our own processes. */
export const callers = [
  'coordinator',
  'requester',
  'specialist',
  'meeting-secretary',
  'chair',
  'finance',
  'finance-approver',
  'protocol-editor',
  'territory-administrator',
  'patient',
  'trusted-person',
  'auditor',
  'service',
] as const;
export type Caller = (typeof callers)[number];

/** Under which role a caller is signed in; a service has a token of its own kind. */
export const roleOf = (caller: Exclude<Caller, 'service'>): PersonRole =>
  caller === 'trusted-person' ? 'patient' : caller;

const cells = ['-', '+', 'r', 'f', 'l', '0', 'h', 'x', 'o'] as const;
type Cell = (typeof cells)[number];
const elsewhere = ['h', 'e', 'n'] as const;

/** A line of `matrix.txt`, which says what its signs mean. */
export interface Line {
  /** The service, `every`, `storing` or `auditing`. */
  readonly service: string;
  /** `GET /pathways/:id`. */
  readonly route: string;
  readonly cells: Readonly<Record<Caller, Cell>>;
  readonly elsewhere: (typeof elsewhere)[number];
}

/** The table. Throws an Error for a line that is not as wide as the others or has a sign of its own. */
export function readTable(): readonly Line[] {
  let service = '';
  return readFileSync(join(__dirname, 'matrix.txt'), 'utf8')
    .split('\n')
    .flatMap((text): Line[] => {
      const section = /^# ([a-z-]+)$/.exec(text)?.[1];
      if (section !== undefined) service = section;
      if (text === '' || text.startsWith('#')) return [];
      const [verb, path, ...signs] = text.split(/ +/);
      const last = elsewhere.find((one) => one === signs.at(-1));
      const known = signs.slice(0, -1).flatMap((sign) => cells.filter((one) => one === sign));
      if (last === undefined || known.length !== callers.length || signs.length !== callers.length + 1) {
        throw new Error(`Not a line of the table: ${text}`);
      }
      const given = Object.fromEntries(callers.map((caller, index) => [caller, known[index]]));
      // `as`: each caller has been given a sign.
      return [{ service, route: `${verb ?? ''} ${path ?? ''}`, cells: given as Line['cells'], elsewhere: last }];
    });
}
