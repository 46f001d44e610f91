import type { EntryDraft, Leg } from './entry';
import type { Guard } from './guard';

/** An entry as the model keeps it: what was asked, its number by its place, and the months the model works out itself. */
export interface ModelEntry extends EntryDraft {
  readonly rec: string;
  readonly effPeriod: string;
  readonly period: string;
}

interface Sums {
  dr: bigint;
  cr: bigint;
  pdr: bigint;
  pcr: bigint;
}

const months = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris', year: 'numeric', month: '2-digit' });
/** The month of an instant in Paris, worked out by the platform and not by the service. */
export const modelMonth = (instant: string): string => months.format(new Date(instant)).slice(0, 7);

/**
 * A ledger that a reader checks in a minute: a list of entries, and every figure a sum over the list. It audits the real
 * one, with which it shares the drafts and nothing of the arithmetic.
 */
export class ModelLedger {
  readonly entries: ModelEntry[] = [];
  readonly guards = new Map<string, Guard>();
  /** What a closed month reported when it closed. */
  readonly reported = new Map<string, string>();
  closedThrough = '';

  /** Takes a group whole, or says by which code it is refused and takes nothing. */
  post(group: readonly EntryDraft[], now: string): string | undefined {
    if (!group.every(isBalanced)) return 'ENTRY_UNBALANCED';
    const last = this.entries.at(-1)?.rec ?? now;
    const added = group.map((draft): ModelEntry => {
      const effPeriod = modelMonth(draft.eff);
      const period = effPeriod > this.closedThrough ? effPeriod : monthAfter(this.closedThrough);
      return { ...draft, rec: last > now ? last : now, effPeriod, period };
    });
    const after = sumsOf([...this.entries, ...added]);
    if (added.flatMap(({ legs }) => legs).some(({ a }) => this.isCrossed(a, after))) return 'ACCOUNT_BOUND';
    const isKnown = ({ id, reverses }: EntryDraft): boolean =>
      this.entries.some((one) => one.id === id || (reverses !== null && one.reverses === reverses));
    if (group.some(isKnown)) return 'ALREADY_EXISTS';
    this.entries.push(...added);
    return undefined;
  }

  /** Bounds an account; what is bounded stays as it was first bounded. */
  guard(account: string, guard: Guard): string | undefined {
    if (this.guards.has(account)) return undefined;
    this.guards.set(account, guard);
    if (!this.isCrossed(account, this.balances())) return undefined;
    this.guards.delete(account);
    return 'ACCOUNT_BOUND';
  }

  close(month: string): void {
    this.closedThrough = month;
    this.reported.set(month, this.report(month));
  }

  balances(): ReadonlyMap<string, Sums> {
    return sumsOf(this.entries);
  }

  /** What is posted on an account, of the entries true and recorded by these instants. */
  asOf(account: string, effective: string, known: string): Pick<Sums, 'dr' | 'cr'> {
    const { dr, cr } =
      sumsOf(this.entries.filter(({ eff, rec }) => eff <= effective && rec <= known)).get(account) ?? none;
    return { dr, cr };
  }

  /** Everything booked up to a month: account by account, debited and credited. */
  report(month: string): string {
    const sums = sumsOf(this.entries.filter(({ period }) => period <= month));
    return reportText([...sums].map(([account, { dr, cr }]) => ({ account, dr, cr })));
  }

  private isCrossed(account: string, sums: ReadonlyMap<string, Sums>): boolean {
    const { dr, cr, pdr, pcr } = sums.get(account) ?? none;
    const guard = this.guards.get(account);
    if (guard === undefined) return false;
    return guard === 'NO_DEBIT_BALANCE' ? dr + pdr > cr : cr + pcr > dr;
  }
}

const none: Sums = { dr: 0n, cr: 0n, pdr: 0n, pcr: 0n };

/** A report as text, accounts on which nothing is posted left out. */
export const reportText = (rows: readonly { readonly account: string; readonly dr: bigint; readonly cr: bigint }[]) =>
  rows
    .filter(({ dr, cr }) => dr !== 0n || cr !== 0n)
    .map(({ account, dr, cr }) => `${account} ${dr} ${cr}`)
    .sort()
    .join('\n');

function sumsOf(entries: readonly EntryDraft[]): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  const add = (legs: readonly Leg[], debit: keyof Sums, credit: keyof Sums, sign: bigint): void => {
    for (const { a, d, amt } of legs) {
      const sum = sums.get(a) ?? { ...none };
      sum[d === 1 ? debit : credit] += sign * amt;
      sums.set(a, sum);
    }
  };
  for (const { status = 'POSTED', legs, resolves } of entries) {
    if (status === 'PENDING') add(legs, 'pdr', 'pcr', 1n);
    if (status === 'POSTED' || status === 'POST') add(legs, 'dr', 'cr', 1n);
    if (resolves) add(resolves.legs, 'pdr', 'pcr', -1n);
  }
  return sums;
}

function isBalanced({ legs }: EntryDraft): boolean {
  const side = (d: 1 | -1): bigint => legs.reduce((sum, leg) => (leg.d === d ? sum + leg.amt : sum), 0n);
  return legs.length >= 2 && legs.every(({ amt }) => amt > 0n) && side(1) === side(-1);
}

function monthAfter(month: string): string {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 1)).toISOString().slice(0, 7);
}
