import type { Money } from '../../formats';

/** What capitation answers, as the finance screens read it. */
interface Moved {
  readonly debit: Money;
  readonly credit: Money;
  readonly balance: Money;
}

export interface Book {
  readonly id: string;
  readonly currency: string;
  readonly holder: string;
}

export type PeriodState = 'OPEN' | 'CLOSING' | 'CLOSED';

export interface MonthRow {
  readonly month: string;
  readonly state: PeriodState;
  readonly expected: Money;
  readonly received: Money;
}

export type FigureName =
  'expected' | 'received' | 'toReceive' | 'due' | 'paid' | 'toPay' | 'kept' | 'withheld' | 'accrued';

export interface Overview {
  readonly month: string;
  readonly state: PeriodState;
  readonly figures: Readonly<Record<FigureName, Money>>;
  readonly pending: { readonly count: number; readonly amount: Money };
  readonly openDisputes: number;
}

export interface AccountRow extends Moved {
  readonly account: string;
}

export interface ReasonRow extends Moved {
  readonly code: string;
  readonly legs: number;
}

export interface FileRow extends Moved {
  readonly file: string | null;
  readonly entries: number;
}

export interface Leg {
  readonly account: string;
  readonly side: 'debit' | 'credit';
  readonly amount: Money;
  readonly pathway?: string;
}

export interface Pin {
  readonly id: string;
  readonly version: number;
}

export interface Entry {
  readonly id: string;
  readonly book: string;
  readonly seq: number;
  readonly code: string;
  readonly status: string;
  readonly effectiveAt: string;
  readonly recordedAt: string;
  readonly period: string;
  readonly effectivePeriod: string;
  readonly prior: boolean;
  readonly contract: Pin | null;
  readonly line: { readonly key: string; readonly rev: number } | null;
  readonly reverses: string | null;
  readonly prev: string;
  readonly hash: string;
  readonly legs: readonly Leg[];
}

export interface EntryEvent {
  readonly eventId: string;
  readonly what: string;
  readonly at: string;
  readonly parties: readonly string[];
}

export type EntryWithEvents = Entry & { readonly events: readonly EntryEvent[] };

export interface Line {
  readonly key: string;
  readonly name: string;
  readonly target: Money;
  readonly posted: Money;
  readonly revisions: readonly Entry[];
}

export interface Proof {
  readonly hash: string;
  readonly batch: number;
  readonly root: string;
  readonly steps: readonly { readonly side: 'left' | 'right'; readonly hash: string }[];
}

export const closingItems = ['MISSING_EVIDENCE', 'PENDING_ENTRIES', 'OPEN_DISPUTES', 'UNPOSTED_DELTAS'] as const;
export type ClosingItem = (typeof closingItems)[number];
export type Checklist = Readonly<Record<ClosingItem, number>>;

interface Waiver {
  readonly item: ClosingItem;
  readonly reason: string;
}

export interface Period {
  readonly state: PeriodState;
  readonly month: string;
  readonly preparedBy: string | null;
  readonly preparedAt: string | null;
  readonly waivers: readonly Waiver[];
  readonly approvals: readonly { readonly by: string; readonly at: string }[];
  readonly closedSeq: number | null;
  readonly hash: string | null;
  readonly root: string | null;
  readonly closedAt: string | null;
}

export const statementKinds = ['PAYER', 'HOLDER', 'PROFESSIONAL', 'PATHWAY'] as const;
export type StatementKind = (typeof statementKinds)[number];

export interface Statement {
  readonly book: string;
  readonly kind: StatementKind;
  readonly number: number;
  readonly party: string;
  readonly month: string;
  readonly final: boolean;
  readonly supersedes: number | null;
  readonly issuedAt: string;
  readonly lines: number;
  readonly sha256: string;
  readonly opening: Money;
  readonly due: Money;
  readonly withheld: Money;
  readonly paid: Money;
  readonly priorPeriod: Money;
  readonly closing: Money;
}

interface Reason {
  readonly fr: string;
  readonly en: string;
}

export interface StatementLine {
  readonly entryId: string;
  readonly seq: number;
  readonly section: string;
  readonly code: string;
  readonly account: string;
  readonly reason: Reason;
  readonly effectiveAt: string;
  readonly effectivePeriod: string;
  readonly subject: string | null;
  readonly amount: Money;
}

export type DisputeState = 'OPEN' | 'ANSWERED' | 'UPHELD' | 'REJECTED';

export interface Dispute {
  readonly id: string;
  readonly state: DisputeState;
  readonly book: string;
  readonly entryId: string;
  readonly period: string;
  readonly party: string;
  readonly raisedBy: string;
  readonly raisedAt: string;
  readonly reason: string;
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly deltaEntryId: string | null;
}

export type BatchState = 'DRAFT' | 'APPROVED' | 'WITHDRAWN';

export interface BatchHead {
  readonly id: string;
  readonly state: BatchState;
  readonly executionDate: string;
  readonly preparedBy: string;
  readonly approvals: readonly { readonly by: string; readonly at: string }[];
  readonly total: Money;
}

interface BatchItem {
  readonly party: string;
  readonly amount: Money;
  readonly endToEndId: string;
  readonly state: 'OPEN' | 'PAID' | 'RETURNED';
}

export type Batch = BatchHead & { readonly items: readonly BatchItem[] };

export interface BankAccount {
  readonly party: string;
  readonly proposedBy: string | null;
  readonly confirmedBy: string | null;
  readonly currentEnd: string | null;
  readonly proposedEnd: string | null;
}

interface Flows {
  readonly received: Money;
  readonly paidOut: Money;
  readonly accrued: Money;
  readonly margin: Money;
}

interface Compared extends Flows {
  readonly equivalent: {
    readonly amount: Money;
    readonly acts: number;
    readonly notPriced: readonly { readonly act: string; readonly acts: number; readonly reason: string }[];
  };
  readonly difference: Money;
  readonly ratio: string | null;
}

export type ComparedPathway = Compared & { readonly subject: string };

export interface Comparison {
  readonly month: string;
  readonly holder: Flows;
  readonly pathways: Compared & { readonly count: number };
  readonly leakage: { readonly amount: Money; readonly shareOfReceived: string | null };
}

export interface Leak {
  readonly key: string;
  readonly bills: number;
  readonly amount: Money;
  readonly share: string | null;
}

export interface Indicator extends Reason {
  readonly id: string;
  readonly version: number;
  readonly unit: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly source: string;
  readonly state: 'MEASURED' | 'NOT_ASSESSED';
  readonly value: string | null;
  readonly reason?: string;
  readonly inputs?: { readonly numerator: string; readonly denominator: string };
}

export interface Variance {
  readonly before: Money;
  readonly after: Money;
  readonly effects: readonly { readonly effect: string; readonly amount: Money }[];
}
