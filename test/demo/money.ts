import { type Api, keyOf } from '../story/api.ts';
import { people } from './people.ts';
import type { World } from './taking-over.ts';

const SEED = 'demo-money';
const FIRST_MONTH = '2024-02';
/** The last month that is closed; the one after it waits for its second approval. */
const CLOSED_THROUGH = '2026-01';
const TO_APPROVE = '2026-02';

interface List<T> {
  readonly items: readonly T[];
}

const finance = { role: 'finance', subject: people.finance.subject } as const;
const approver = { role: 'finance-approver', subject: people.financeApprover.subject } as const;
const second = { role: 'finance-approver', subject: people.secondApprover.subject } as const;

/** Two years of books: the months closed by three persons, one to approve, statements, payments, and a dispute. */
export async function keepBooks({ api }: World): Promise<void> {
  const { items } = await api.get<List<{ readonly id: string }>>('finance', 'capitation', '/books');
  for (const { id } of items) await keepBook(api, id);
}

async function keepBook(api: Api, book: string): Promise<void> {
  for (const month of months(FIRST_MONTH, CLOSED_THROUGH)) {
    await prepare(api, book, month);
    for (const by of [approver, second]) await approve(api, book, month, by);
  }
  for (const kind of ['PAYER', 'PROFESSIONAL', 'HOLDER', 'PATHWAY']) {
    const path = `/books/${book}/periods/${CLOSED_THROUGH}/statements`;
    await api.post(finance, 'capitation', path, { kind }, keyOf(SEED, book, 'statements', kind));
  }
  const payees = await payeesOf(api, book);
  for (const [index, party] of payees.entries()) await knowAccount(api, book, party, index);
  if (payees.length > 0) await pay(api, book);
  await contest(api, book, payees);
  await prepare(api, book, TO_APPROVE);
  await approve(api, book, TO_APPROVE, second);
}

/** Every month from one to another, both included. */
function months(from: string, to: string): readonly string[] {
  const count = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  return Array.from({ length: count(to) - count(from) + 1 }, (_, index) => {
    const month = count(from) + index;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
}

async function prepare(api: Api, book: string, month: string): Promise<void> {
  const path = `/books/${book}/periods/${month}`;
  const left = await api.get<Readonly<Record<string, number>>>('finance', 'capitation', `${path}/checklist`);
  const reason = 'Démonstration : repris au mois suivant.';
  const waivers = Object.entries(left)
    .filter(([, count]) => count > 0)
    .map(([item]) => ({ item, reason }));
  await api.post(
    finance,
    'capitation',
    `${path}/closing`,
    { waivers },
    keyOf(SEED, book, 'prepare', month, ...waivers.map(({ item }) => item)),
  );
}

async function approve(api: Api, book: string, month: string, by: typeof approver | typeof second): Promise<void> {
  const path = `/books/${book}/periods/${month}/approvals`;
  await api.post(by, 'capitation', path, {}, keyOf(SEED, book, 'approve', month, by.subject));
}

/** The professionals who are owed something, in the order of their accounts: a batch pays all, so all have bank details. */
async function payeesOf(api: Api, book: string): Promise<readonly string[]> {
  const path = `/books/${book}/trial-balance`;
  const { accounts } = await api.get<{ accounts: readonly { readonly account: string }[] }>(
    'finance',
    'capitation',
    path,
  );
  const parties = accounts.flatMap(({ account }) => /^liabilities:payable:(prac:.+)$/.exec(account)?.[1] ?? []);
  return parties.sort();
}

/** An account of a bank that does not exist, with the check digits that make it well formed. */
function ibanOf(index: number): string {
  const account = `30006000${String(index).padStart(13, '0')}`;
  const key =
    97n -
    ((89n * BigInt(account.slice(0, 5)) + 15n * BigInt(account.slice(5, 10)) + 3n * BigInt(account.slice(10, 21))) %
      97n);
  const rest = `${account}${String(key).padStart(2, '0')}`;
  const check = 98n - (BigInt(`${rest}152700`) % 97n);
  return `FR${String(check).padStart(2, '0')}${rest}`;
}

async function knowAccount(api: Api, book: string, party: string, index: number): Promise<void> {
  const path = `/books/${book}/bank-details/${encodeURIComponent(party)}`;
  const details = { iban: ibanOf(index + 1), name: 'DEMO' };
  await api.put(finance, 'capitation', path, details, keyOf(SEED, path, 'propose'));
  await api.post(second, 'capitation', `${path}/confirmations`, {}, keyOf(SEED, path, 'confirm'));
}

/** One approval of two is there: the other is for whoever signs in. */
async function pay(api: Api, book: string): Promise<void> {
  const id = keyOf(SEED, book, 'batch');
  const batch = { id, executionDate: '2026-03-05' };
  await api.post(finance, 'capitation', `/books/${book}/payment-batches`, batch, keyOf(SEED, id, 'prepare'));
  await api.post(
    second,
    'capitation',
    `/books/${book}/payment-batches/${id}/approvals`,
    {},
    keyOf(SEED, id, 'approve'),
  );
}

/** A line is contested, of the last month that is closed or of the one after it; nobody has answered yet. */
async function contest(api: Api, book: string, payees: readonly string[]): Promise<void> {
  const owed = [CLOSED_THROUGH, TO_APPROVE].flatMap((month) => payees.map((party) => [month, party] as const));
  for (const [month, party] of owed) {
    const path = `/books/${book}/periods/${month}`;
    const account = encodeURIComponent(`liabilities:payable:${party}`);
    const reasons = `${path}/reasons?account=${account}`;
    const [reason] = (await api.get<List<{ readonly code: string }>>('finance', 'capitation', reasons)).items;
    if (reason === undefined) continue;
    const lines = `${path}/entries?account=${account}&code=${encodeURIComponent(reason.code)}&limit=1`;
    const [entry] = (await api.get<List<{ readonly id: string }>>('finance', 'capitation', lines)).items;
    if (entry === undefined) continue;
    const id = keyOf(SEED, book, 'dispute');
    const dispute = { id, entryId: entry.id, party, reason: 'Démonstration : une visite manque.' };
    await api.post(finance, 'capitation', '/disputes', dispute, keyOf(SEED, book, 'contest'));
    return;
  }
}
