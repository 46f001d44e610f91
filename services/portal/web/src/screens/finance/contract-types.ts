import type { Money } from '../../formats';
import type { Pin } from './types';

export type ContractStatus = 'DRAFT' | 'REVIEWED' | 'ACTIVE' | 'ENDED';

export interface ContractHead extends Pin {
  readonly sha256: string;
  readonly status: ContractStatus;
  readonly validity: { readonly from: string; readonly to: string | null };
  readonly reviewedBy: string | null;
  readonly dryRun: {
    readonly sha256: string;
    readonly month: string | null;
    readonly by: string;
    readonly at: string;
  } | null;
  readonly bookId: string | null;
  readonly approvedBy: string | null;
  readonly activatedAt: string | null;
  readonly endsOn: string | null;
}

export interface ContractDocument {
  readonly title: string;
  readonly currency: string;
  readonly parties: Readonly<Record<string, string>>;
  readonly legalBasis?: string;
  readonly sources?: readonly string[];
  readonly illustrative?: boolean;
  readonly params?: Readonly<Record<string, string>>;
  readonly components: readonly (Readonly<Record<string, unknown>> & { readonly id: string; readonly kind: string })[];
  readonly keys?: Readonly<Record<string, { readonly by: string; readonly voters: readonly string[] }>>;
}

export type Contract = ContractHead & { readonly document: ContractDocument };

interface Difference {
  readonly before: Money;
  readonly after: Money;
  readonly difference: Money;
}

export interface DryRun {
  readonly contract: Pin;
  readonly against: readonly number[];
  readonly month: string | null;
  readonly subjects: number;
  readonly lines: number;
  readonly changedLines: number;
  readonly parties: readonly ({ readonly party: string; readonly account: string } & Difference)[];
  readonly changes: readonly ({ readonly subject: string; readonly line: string } & Difference)[];
  readonly failedSubjects: number;
  readonly errors: readonly { readonly subject: string; readonly place: string | null; readonly message: string }[];
}

export interface ShownDryRun {
  readonly sha256: string;
  readonly report: DryRun;
}
