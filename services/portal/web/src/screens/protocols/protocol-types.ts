/** What the pathways service tells of protocols; the document's own language is described in libs/protocol/README.md. */

interface Label {
  readonly fr: string;
  readonly en: string;
}

export interface ProtocolVersion {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
  readonly status: string;
  readonly title: string;
  readonly notice: string;
  readonly reviewBy: string;
  readonly roles: Readonly<Record<string, string>>;
  readonly publishedBy?: string;
  readonly publishedAt?: string;
  readonly activatedBy?: string;
  readonly activatedAt?: string;
}

interface Source {
  readonly rule: string;
  readonly text: string;
  readonly tag: string;
}

type Start =
  | { readonly after: string; readonly required?: boolean; readonly offset?: string }
  | { readonly fact: string; readonly of?: string };

export interface ProtocolStep {
  readonly id: string;
  readonly phase: string;
  readonly kind: string;
  readonly label: Label;
  readonly labelBefore: Label;
  readonly role?: string;
  readonly deputies?: readonly string[];
  readonly start?: { readonly all?: readonly Start[]; readonly any?: readonly Start[]; readonly when?: string };
  readonly when?: string;
  readonly window?: {
    readonly earliest?: string;
    readonly target?: string;
    readonly latest?: string;
    readonly from?: string;
  };
  readonly late?: {
    readonly title: Label;
    readonly owner: string;
    readonly tier: number;
    readonly ladder?: readonly { readonly role: string; readonly after: string }[];
  };
  readonly patient?: { readonly before?: PatientWords; readonly after?: PatientWords };
  readonly records?: readonly string[];
  readonly sources?: readonly Source[];
}

type PatientWords = Readonly<Partial<Record<'fr' | 'en', { readonly plain?: string; readonly simple?: string }>>>;

export interface ProtocolDocument {
  readonly id: string;
  readonly version: number;
  readonly phases: readonly { readonly id: string; readonly label: Label }[];
  readonly steps: readonly ProtocolStep[];
  readonly roles: Readonly<Record<string, Label>>;
}

export interface ProtocolRead extends ProtocolVersion {
  readonly document: ProtocolDocument;
}

export interface Difference {
  readonly from: number;
  readonly to: number;
  readonly words: { readonly fr: readonly string[]; readonly en: readonly string[] };
}

export interface AffectedPathway {
  readonly pathwayId: string;
  readonly patientId?: string;
  /** The version the patient follows now. */
  readonly pinned: number;
  readonly difference: Readonly<Record<'added' | 'removed' | 'redated' | 'newlyLate' | 'restated', readonly unknown[]>>;
}

export interface Affected {
  readonly items: readonly AffectedPathway[];
  readonly next?: string;
  readonly total: number;
}

/** The steps after which a step begins. */
export const begunAfter = ({ start }: Pick<ProtocolStep, 'start'>): readonly string[] =>
  [...(start?.all ?? []), ...(start?.any ?? [])].flatMap((one) =>
    'after' in one ? [one.after] : one.of === undefined ? [] : [one.of],
  );
