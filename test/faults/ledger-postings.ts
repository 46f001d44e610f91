import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyOf } from '../story/api.ts';
import type { Posting, PostingPeople } from './posting-people.ts';

const folder = join(import.meta.dirname, '../../services/capitation');

/** A contract's document as it is in the repository. */
export const readContract = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>; // as: a contract is an object

/** Drafted by one person and activated by another, who has read its dry run; the pin. */
export async function activate(people: PostingPeople, document: Record<string, unknown>) {
  const id = String(document['contract']);
  const version = `/payment-contracts/${id}/versions/1`;
  await people.surely('POST', '/payment-contracts', document, keyOf(id, 'draft'));
  const step = async (name: string, body: object): Promise<{ readonly sha256: string }> => {
    const text = await people.surely('POST', `${version}/${name}`, body, keyOf(id, name), 'finance-approver');
    return JSON.parse(text) as { sha256: string }; // as: the routes' own answers
  };
  const { sha256: dryRun } = await step('dry-runs', {});
  const { sha256 } = await step('activate', { approvedBy: 'drill finance approver', dryRun });
  return { id, version: 1, sha256 };
}

/** What people do: mostly settle a contract for somebody (five entries), else promise an amount and, then, fulfil it. */
export function postingOf(number: number, chance: () => number): Posting {
  return chance() < 0.7 ? settlement(number) : promise(number, chance() < 0.7);
}

function settlement(number: number): Posting {
  const subject = `subject-${number}`;
  const points = (of: number): string => `${1 + ((number * of) % 40)}.25`;
  const participants = ['nurse-1', 'gp-2', 'surgeon-3'].map((id, at) => ({ id: `prac:${id}`, points: points(at + 1) }));
  return {
    key: keyOf('ledger-drill', subject),
    path: '/payment-contracts/hip-pathway/settlements',
    body: { subject, given: { pathway: { status: 'COMPLETED' }, participants } },
    // Pool and retained, then a share for each of three.
    entries: { filter: { 'cause.eventIds': keyOf('ledger-drill', subject) }, count: 5 },
  };
}

function promise(number: number, isFulfilled: boolean): Posting {
  const [id, at] = [keyOf('ledger-drill', `promise-${number}`), '2026-03-27T14:00:00Z'];
  const fulfilKey = keyOf('ledger-drill', id, 'fulfil');
  const then: Posting = {
    key: fulfilKey,
    path: `/pendings/pending-${id}/fulfilments`,
    body: { effectiveAt: at },
    entries: { filter: { _id: `pending-${id}-resolved` }, count: 1 },
  };
  const accounts = { debit: 'expenses:instalment', credit: `liabilities:payable:prac:${number % 50}` };
  const when = { effectiveAt: at, dueAt: at, expiresAt: '2027-01-01T00:00:00Z' };
  return {
    key: keyOf('ledger-drill', id),
    path: '/pendings',
    body: { id, book: 'hospital-a', code: 'INSTALMENT_DUE', ...accounts, amount: `${1 + (number % 900)}.37`, ...when },
    entries: { filter: { _id: `pending-${id}` }, count: 1 },
    ...(isFulfilled ? { then } : {}),
  };
}
