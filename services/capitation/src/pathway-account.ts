import type { Pin } from '@ariane/contracts';
import { type Decider, DomainError, invariant } from '@ariane/kernel';
import { dayOf } from './book-time';
import { type ClosingStatus, type ContributionKind, type Delivery, givenOf, instantsOf } from './pathway-facts';
import type { Line } from './recalculate';
import { pseudonymOf, type Run, settle, type Settled } from './settle';
import { activeContract, type Shelf } from './shelf';

/** Kinds of events that pathways says it has folded and that we hear from their own service. */
export type Awaited = 'visits' | 'opinions' | 'cases';

/** What capitation knows of one pathway, whatever the order in which it heard it, and what it has paid for it. */
export interface PathwayAccount extends Delivery {
  readonly contract: Pin | null;
  /** The care protocol of today, and so what the milestones are those of; absent from accounts of before it was kept. */
  readonly protocol?: Pin;
  readonly enrolledAt: string | null;
  readonly lines: readonly Line[];
  /** How many events pathways had folded when it last spoke, and how many we have heard ourselves. */
  readonly told: Readonly<Record<Awaited, number>>;
  readonly heard: Readonly<Record<Awaited, number>>;
  /** True while pathways knows of an act that we have not heard of: paying would pay the wrong people first. */
  readonly waiting: boolean;
}

interface Hearing {
  readonly pathwayId: string;
  readonly territory: string;
  readonly eventId: string;
  readonly now: string;
}

export type PathwayCommand =
  | (Hearing & {
      readonly type: 'Enrol';
      readonly contract: Pin;
      readonly protocol: Pin;
      readonly enrolledAt: string;
    })
  | (Hearing & { readonly type: 'HearMilestone'; readonly milestone: string; readonly at: string })
  | (Hearing & { readonly type: 'HearClosing'; readonly status: ClosingStatus; readonly at: string })
  /** The end was a mistake: what was paid for it is given back, by entries of their own. */
  | (Hearing & { readonly type: 'HearReopening' })
  | (Hearing & { readonly type: 'HearMigration'; readonly protocol: Pin })
  | (Hearing & {
      readonly type: 'HearEvidence';
      readonly source: string;
      readonly kind: ContributionKind;
      /** Who took part; nobody withdraws what was heard of the source before. */
      readonly practitionerIds: readonly string[];
      readonly at: string;
      readonly counts: Awaited | null;
    })
  | (Hearing & { readonly type: 'HearTold'; readonly what: Awaited })
  | (Hearing & { readonly type: 'SettleAnyway' });

export type PathwayEvent =
  { readonly type: 'FactHeard'; readonly data: PathwayCommand } | { readonly type: 'LinesMoved'; readonly data: Run };

const nothing: PathwayAccount = {
  contract: null,
  enrolledAt: null,
  milestones: [],
  closing: null,
  evidence: [],
  lines: [],
  told: { visits: 0, opinions: 0, cases: 0 },
  heard: { visits: 0, opinions: 0, cases: 0 },
  waiting: false,
};

/**
 * A pathway's account: folds what it hears from all services and, once it has heard what pathways had folded, moves its
 * lines to what the pinned contract makes of it. So the entries do not depend on which topic came first.
 */
export function pathwayAccounts(shelf: Shelf): Decider<PathwayAccount, PathwayCommand, PathwayEvent> {
  return {
    decide: (state, command) => {
      if (command.type === 'Enrol') checkEnrolment(state, command, shelf);
      if (command.type === 'HearMigration') checkMigration(state, command, shelf);
      const heard: PathwayEvent = { type: 'FactHeard', data: command };
      const settled = settledNow(evolve(state, heard), command, shelf);
      return settled
        ? [heard, { type: 'LinesMoved', data: { ...settled, now: command.now, territory: command.territory } }]
        : [heard];
    },
    evolve,
  };
}

function checkEnrolment(
  state: PathwayAccount | undefined,
  command: PathwayCommand & { type: 'Enrol' },
  shelf: Shelf,
): void {
  if (state?.contract) throw new DomainError('ALREADY_EXISTS');
  const { contract } = activeContract(shelf, command.territory, command.contract.sha256);
  const { validity, timezone, protocols = [] } = contract.document;
  const day = dayOf(command.enrolledAt, timezone);
  if (day < validity.from || (validity.to !== null && day >= validity.to)) {
    throw new DomainError('CONTRACT_OUT_OF_VALIDITY', { date: day });
  }
  if (!protocols.some(({ id }) => id === command.protocol.id)) throw new DomainError('PROTOCOL_NOT_COVERED');
}

/** The pinned contract goes on paying, whatever the version, as long as it pays that protocol at all. */
function checkMigration(
  { contract: pin }: PathwayAccount = nothing,
  { territory, protocol }: PathwayCommand & { type: 'HearMigration' },
  shelf: Shelf,
): void {
  if (pin === null) return;
  const { protocols = [] } = shelf.active(territory, pin.sha256)?.contract.document ?? {};
  if (!protocols.some(({ id }) => id === protocol.id)) throw new DomainError('PROTOCOL_NOT_COVERED');
}

function settledNow(state: PathwayAccount, command: PathwayCommand, shelf: Shelf): Settled | undefined {
  if (!state.contract || (state.waiting && command.type !== 'SettleAnyway')) return undefined;
  const found = shelf.active(command.territory, state.contract.sha256);
  invariant(found, 'a pinned contract was active');
  const { contract, bookId } = found;
  const subject = { book: bookId, id: pseudonymOf(bookId, command.pathwayId), period: 'once' };
  const times = { instants: instantsOf(state), fallback: state.closing?.at ?? state.enrolledAt ?? command.now };
  const run = settle(contract, subject, givenOf(state, contract), state.lines, times, [command.eventId]);
  return run.moved.length > 0 ? run : undefined;
}

function evolve(before: PathwayAccount | undefined, event: PathwayEvent): PathwayAccount {
  const state = before ?? nothing;
  if (event.type === 'LinesMoved') return { ...state, lines: event.data.lines };
  const after = heardOf(state, event.data);
  const kinds = Object.keys(after.told) as Awaited[]; // as: the record's own keys
  return { ...after, waiting: kinds.some((kind) => after.heard[kind] < after.told[kind]) };
}

function heardOf(state: PathwayAccount, command: PathwayCommand): PathwayAccount {
  switch (command.type) {
    case 'Enrol':
      return {
        ...state,
        contract: command.contract,
        protocol: command.protocol,
        enrolledAt: command.enrolledAt,
      };
    case 'HearMilestone': {
      const milestone = { id: command.milestone, at: command.at, eventId: command.eventId };
      const others = state.milestones.filter(({ id }) => id !== command.milestone);
      return { ...state, milestones: [...others, milestone] };
    }
    case 'HearClosing':
      return { ...state, closing: { status: command.status, at: command.at, eventId: command.eventId } };
    case 'HearReopening':
      return { ...state, closing: null };
    case 'HearMigration':
      return { ...state, protocol: command.protocol };
    case 'HearEvidence': {
      const { source, kind, at, eventId, counts } = command;
      const acts = command.practitionerIds.map((practitionerId) => ({ source, kind, practitionerId, at, eventId }));
      const others = state.evidence.filter((one) => one.source !== source);
      const heard = counts ? { ...state.heard, [counts]: state.heard[counts] + 1 } : state.heard;
      return { ...state, heard, evidence: [...others, ...acts] };
    }
    case 'HearTold':
      return { ...state, told: { ...state.told, [command.what]: state.told[command.what] + 1 } };
    case 'SettleAnyway':
      return state;
  }
}
