import { createHash } from 'node:crypto';
import { canonicalJson } from '@ariane/kernel';
import { normalSide, payee } from './accounts';
import type { Entry } from './entry';

export const statementKinds = ['PAYER', 'PROFESSIONAL', 'HOLDER', 'PATHWAY'] as const;
export type StatementKind = (typeof statementKinds)[number];

/** Where a line stands on a statement: of this month, or of an earlier one that was closed when it came. */
type Section = 'DUE' | 'WITHHELD' | 'PAID' | 'PRIOR_PERIOD';

/** One movement of a statement's accounts, in cents: positive where it adds to what is told. */
export interface StatementLine {
  readonly entryId: string;
  readonly seq: bigint;
  readonly section: Section;
  readonly code: string;
  readonly account: string;
  readonly cents: bigint;
  readonly eff: string;
  readonly effPeriod: string;
  readonly rev: number | null;
  readonly subject: string | null;
}

/** Sums in cents; `closing` is `opening` and all sections. */
interface StatementTotals {
  readonly opening: bigint;
  readonly due: bigint;
  readonly withheld: bigint;
  readonly paid: bigint;
  readonly priorPeriod: bigint;
  readonly closing: bigint;
}

const withheldCodes = new Set(['WITHHELD', 'RELEASED', 'FORFEITED']);
const paidCodes = new Set(['PAYMENT', 'PAYMENT_RETURNED', 'RECEIPT']);
/** Codes of what the bank moved: it settles what was earned and owed, and is neither. */
export const bankCodes: ReadonlySet<string> = new Set([...paidCodes, 'BANK']);

/** Payments are payments whatever month they settle; what belongs to a closed month stands apart; the rest is due. */
function sectionOf({ code, prior }: Pick<Entry, 'code' | 'prior'>): Section {
  if (paidCodes.has(code)) return 'PAID';
  if (prior) return 'PRIOR_PERIOD';
  return withheldCodes.has(code) ? 'WITHHELD' : 'DUE';
}

/** The lines that an entry makes on accounts. What is only pending, or voided, is no line. */
export function linesOn(entry: Entry, isOwn: (account: string) => boolean): readonly StatementLine[] {
  if (entry.status !== 'POSTED' && entry.status !== 'POST') return [];
  const own = entry.legs.filter(({ a }) => isOwn(a));
  return own.map(({ a: account, d, amt, sub }) => ({
    ...{ entryId: entry.id, seq: entry.seq, section: sectionOf(entry), code: entry.code, account },
    cents: (normalSide(account) === 'D') === (d === 1) ? amt : -amt,
    ...{ eff: entry.eff, effPeriod: entry.effPeriod, rev: entry.line?.rev ?? null, subject: sub?.pathway ?? null },
  }));
}

/** A statement that is being made, line by line: it may have a million. */
export interface StatementFold {
  readonly take: (line: StatementLine) => void;
  readonly end: () => Pick<StatementDraft, 'lines' | 'sha256' | 'totals'>;
}

/**
 * Folds lines, in order of number, into totals and the seal of all they say. It foots by construction: the closing is
 * the opening and the sections, and the sections are the lines.
 */
export function beginStatement(opening: bigint): StatementFold {
  const sums: Record<Section, bigint> = { DUE: 0n, WITHHELD: 0n, PAID: 0n, PRIOR_PERIOD: 0n };
  const seal = createHash('sha256').update(canonicalJson({ opening }));
  let lines = 0;
  return {
    take: (line) => {
      sums[line.section] += line.cents;
      seal.update(canonicalJson(line));
      lines += 1;
    },
    end: () => {
      const { DUE: due, WITHHELD: withheld, PAID: paid, PRIOR_PERIOD: priorPeriod } = sums;
      const closing = opening + due + withheld + paid + priorPeriod;
      return { lines, sha256: seal.digest('hex'), totals: { opening, due, withheld, paid, priorPeriod, closing } };
    },
  };
}

/** Whose statement an account belongs to; every account may be told to several. */
export function partiesOf(account: string, holder: string): readonly { kind: StatementKind; party: string }[] {
  const payer = /^assets:receivable:(.+)$/.exec(account)?.[1];
  if (payer !== undefined) return [{ kind: 'PAYER', party: payer }];
  const professional = payee(account);
  if (professional !== undefined) return [{ kind: 'PROFESSIONAL', party: professional }];
  const pathway = /^liabilities:pool:[^:]+:(ep-[0-9a-f]+)/.exec(account)?.[1];
  if (pathway !== undefined) return [{ kind: 'PATHWAY', party: pathway }];
  return /^(income|expenses):/.test(account) ? [{ kind: 'HOLDER', party: holder }] : [];
}

/** Whether an account is told on a party's statement of a kind. */
export const isToldTo =
  (kind: StatementKind, party: string, holder: string) =>
  (account: string): boolean =>
    partiesOf(account, holder).some((one) => one.kind === kind && one.party === party);

/** What is to be issued: an account of a party's month, up to a number of the book. */
export interface StatementDraft {
  readonly party: string;
  readonly month: string;
  readonly isFinal: boolean;
  readonly throughSeq: bigint;
  readonly lines: number;
  readonly sha256: string;
  readonly totals: StatementTotals;
}

/** An issued statement: never edited; a later one of the same party and month supersedes it. */
export interface Statement extends StatementDraft {
  readonly book: string;
  readonly kind: StatementKind;
  /** Without gap in its book and kind. */
  readonly number: number;
  readonly supersedes: number | null;
  readonly issuedAt: string;
}

/** The numbers of a book's statements of one kind. */
export interface StatementSeries {
  readonly book: string;
  readonly kind: StatementKind;
  readonly last: number;
}

export interface IssueStatements {
  readonly type: 'IssueStatements';
  readonly book: string;
  readonly kind: StatementKind;
  readonly drafts: readonly StatementDraft[];
  /** The latest statement of each party and month among the drafts, by `party|month`. */
  readonly latest: ReadonlyMap<string, Pick<Statement, 'number' | 'sha256' | 'isFinal'>>;
  /** The last number when `latest` was read: nothing may have been issued since. */
  readonly asOf: number;
  readonly now: string;
}

export interface StatementsIssued {
  readonly type: 'StatementsIssued';
  readonly data: StatementSeries & { readonly statements: readonly Statement[] };
}
