import type { Tone } from '../../ui';

export type OpinionStatus = 'asked' | 'accepted' | 'declined' | 'given' | 'expired' | 'cancelled';

/** A request as a list shows it: without its texts. */
export interface OpinionLine {
  readonly id: string;
  readonly version: number;
  readonly status: OpinionStatus;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly stepKey: string;
  readonly specialty: string;
  readonly urgency: string;
  readonly requesterId: string;
  readonly expertId: string;
  readonly formerExpertIds: readonly string[];
  readonly requestedAt: string;
  readonly dueAt: string;
  readonly reason?: string;
  readonly conclusion?: string;
  readonly givenAt?: string;
  readonly signedSha256?: string;
}

export interface Opinion extends OpinionLine {
  readonly question: string;
  readonly attachments: readonly { readonly kind: string; readonly sha256: string; readonly bytes: number }[];
  /** The answers that the pathway goes on with; none where any will do. */
  readonly conclusions?: readonly string[];
  readonly opinion?: string;
}

export const isOpen = ({ status }: Pick<OpinionLine, 'status'>): boolean => status === 'asked' || status === 'accepted';

export interface Clock {
  /** Of the time given to answer, how much is left: 1 at the beginning, 0 at the deadline and after. */
  readonly left: number;
  readonly tone: Extract<Tone, 'urgent' | 'late' | 'calm'>;
}

const LATE_FROM = 0.33;
const URGENT_FROM = 0.12;

/** How a request stands against its deadline, which no question for more moves (HAS, tele-expertise). Instants. */
export function clockOf({ requestedAt, dueAt }: Pick<OpinionLine, 'requestedAt' | 'dueAt'>, now: string): Clock {
  const whole = Date.parse(dueAt) - Date.parse(requestedAt);
  const left = whole <= 0 ? 0 : Math.min(1, Math.max(0, (Date.parse(dueAt) - Date.parse(now)) / whole));
  return { left, tone: left <= URGENT_FROM ? 'urgent' : left <= LATE_FROM ? 'late' : 'calm' };
}

/** Those that end first come first; ties by id, so that reading again changes no place. */
export const byDeadline = (a: OpinionLine, b: OpinionLine): number =>
  Date.parse(a.dueAt) - Date.parse(b.dueAt) || (a.id < b.id ? -1 : 1);

/** Those answered or ended last come first. */
const byLast = (a: OpinionLine, b: OpinionLine): number =>
  Date.parse(b.givenAt ?? b.requestedAt) - Date.parse(a.givenAt ?? a.requestedAt) || (a.id < b.id ? -1 : 1);

export type OpinionGroup = 'toTake' | 'taken' | 'waiting' | 'given' | 'unanswered';

/** The list of an expert, then that of a requester, each in the order in which one goes through it. */
export function groupsOf(
  lines: readonly OpinionLine[],
  side: 'expert' | 'requester',
): readonly { readonly group: OpinionGroup; readonly lines: readonly OpinionLine[] }[] {
  const of = (...statuses: readonly OpinionStatus[]) => lines.filter(({ status }) => statuses.includes(status));
  const groups =
    side === 'expert'
      ? [
          { group: 'toTake' as const, lines: of('asked').sort(byDeadline) },
          { group: 'taken' as const, lines: of('accepted').sort(byDeadline) },
        ]
      : [
          { group: 'unanswered' as const, lines: of('declined', 'expired').sort(byLast) },
          { group: 'waiting' as const, lines: of('asked', 'accepted').sort(byDeadline) },
          { group: 'given' as const, lines: of('given').sort(byLast) },
        ];
  return groups.filter((one) => one.lines.length > 0);
}

/** Answers that are offered where the pathway waits for none in particular. */
export const usualConclusions = ['favourable', 'with-reservation', 'unfavourable', 'see-patient'] as const;

export const statusTones: Readonly<Record<OpinionStatus, Tone>> = {
  asked: 'waiting',
  accepted: 'waiting',
  given: 'done',
  declined: 'late',
  expired: 'urgent',
  cancelled: 'info',
};
