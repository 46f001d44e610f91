import type { CapitationEvent, Pin } from '@ariane/contracts';
import { type Decider, DomainError } from '@ariane/kernel';
import type { DryRun } from './dry-run';

/** Civil days of the contract's time zone; `to` is exclusive, null is open. */
export interface Days {
  readonly from: string;
  readonly to: string | null;
}

/**
 * One version of a payment contract: DRAFT and REVIEWED may be replaced; ACTIVE never changes, nor does ENDED, which
 * goes on paying what was true before its end. A version that is active was seen by two persons.
 */
export interface PaymentContract {
  readonly status: 'DRAFT' | 'REVIEWED' | 'ACTIVE' | 'ENDED';
  readonly pin: Pin;
  /** The document as canonical JSON text, since its keys are names of the contract's own language. */
  readonly json: string;
  readonly validity: Days;
  readonly protocols: readonly string[];
  readonly draftedBy?: string;
  /** Who read it beside its author. */
  readonly reviewedBy: string | null;
  /** The last trial on real inputs, whose report an approver reads before activation. */
  readonly dryRun?: {
    readonly sha256: string;
    readonly month: string | null;
    readonly by: string;
    readonly at: string;
  };
  /** Set at activation: the book it posts to, who approved it, when. */
  readonly bookId: string | null;
  readonly approvedBy: string | null;
  readonly activatedAt: string | null;
  /** The first day it no longer pays, where it ends before its validity does. */
  readonly endsOn: string | null;
  /** Days it does not pay, in the order they were told. */
  readonly suspensions?: readonly Days[];
}

type Drafted = Pick<PaymentContract, 'pin' | 'json' | 'validity' | 'protocols' | 'draftedBy'>;

export type PaymentContractCommand =
  | (Drafted & { readonly type: 'DraftPaymentContract' })
  | { readonly type: 'ReviewPaymentContract'; readonly by: string; readonly now: string }
  | {
      readonly type: 'RecordDryRun';
      readonly report: DryRun;
      readonly sha256: string;
      readonly month: string | null;
      readonly by: string;
      readonly now: string;
    }
  | {
      readonly type: 'ActivatePaymentContract';
      /** The hash of the dry run's report that the approver has read. */
      readonly dryRun: string | undefined;
      readonly bookId: string;
      readonly approvedBy: string;
      /** Who is signed in: in a draft they are its second reader. */
      readonly by: string;
      readonly now: string;
    }
  | { readonly type: 'SuspendPaymentContract'; readonly from: string; readonly to: string | null; readonly now: string }
  | {
      readonly type: 'EndPaymentContract';
      readonly endsOn: string;
      /** When that day begins in the contract's zone, an instant. */
      readonly endsAt: string;
      readonly by: string;
      readonly now: string;
    };

export type PaymentContractEvent =
  | { readonly type: 'PaymentContractDrafted'; readonly data: Drafted }
  | { readonly type: 'PaymentContractReviewed'; readonly data: { by: string; at: string } }
  | {
      readonly type: 'DryRunRecorded';
      readonly data: { report: DryRun; sha256: string; month: string | null; by: string; at: string };
    }
  | { readonly type: 'PaymentContractApproved'; readonly data: { bookId: string; approvedBy: string; at: string } }
  | { readonly type: 'PaymentContractSuspended'; readonly data: Days & { readonly at: string } }
  | { readonly type: 'EndDecided'; readonly data: { endsOn: string; by: string; at: string } }
  | Extract<CapitationEvent, { type: 'PaymentContractActivated' | 'PaymentContractEnded' }>;

/**
 * The life of a contract's version. Saying a thing twice says nothing twice.
 *
 * @throws NOT_FOUND, CONTRACT_IMMUTABLE when a version that was active is drafted or ended otherwise,
 *   CONTRACT_SECOND_PERSON when the author reviews their own, DRY_RUN_NOT_READ, CONTRACT_NOT_ACTIVE,
 *   CONTRACT_OUT_OF_VALIDITY
 */
export const paymentContracts: Decider<PaymentContract, PaymentContractCommand, PaymentContractEvent> = {
  decide: (state, command) => {
    if (command.type === 'DraftPaymentContract') return draft(state, command);
    if (!state) throw new DomainError('NOT_FOUND');
    switch (command.type) {
      case 'ReviewPaymentContract':
        return state.status === 'DRAFT' ? [review(state, command.by, command.now)] : [];
      case 'RecordDryRun': {
        const { report, sha256, month, by, now: at } = command;
        // What was read before activation stays what was read.
        if (wasActivated(state) || state.dryRun?.sha256 === sha256) return [];
        return [{ type: 'DryRunRecorded', data: { report, sha256, month, by, at } }];
      }
      case 'ActivatePaymentContract':
        return activate(state, command);
      case 'SuspendPaymentContract':
        return suspend(state, command);
      case 'EndPaymentContract':
        return end(state, command);
    }
  },
  evolve,
};

function draft(
  state: PaymentContract | undefined,
  { pin, json, validity, protocols, draftedBy }: Drafted,
): readonly PaymentContractEvent[] {
  if (state?.pin.sha256 === pin.sha256) return [];
  if (state && wasActivated(state)) throw new DomainError('CONTRACT_IMMUTABLE');
  const author = draftedBy === undefined ? {} : { draftedBy };
  return [{ type: 'PaymentContractDrafted', data: { pin, json, validity, protocols, ...author } }];
}

function review({ draftedBy }: PaymentContract, by: string, at: string): PaymentContractEvent {
  if (personIn(by) === personIn(draftedBy ?? '')) throw new DomainError('CONTRACT_SECOND_PERSON');
  return { type: 'PaymentContractReviewed', data: { by, at } };
}

/** The person of an actor, whomever they act for. */
const personIn = (actor: string): string => actor.split(' for ')[0] ?? '';

function activate(
  state: PaymentContract,
  { dryRun, bookId, approvedBy, by, now }: Extract<PaymentContractCommand, { type: 'ActivatePaymentContract' }>,
): readonly PaymentContractEvent[] {
  if (state.status === 'ACTIVE') return [];
  if (state.status === 'ENDED') throw new DomainError('CONTRACT_IMMUTABLE');
  const second = state.status === 'DRAFT' ? [review(state, by, now)] : [];
  const allowed = state.dryRun?.sha256;
  if (allowed === undefined || dryRun !== allowed) {
    throw new DomainError('DRY_RUN_NOT_READ', { allowed: allowed ?? '–' }, 'dryRun');
  }
  return [
    ...second,
    { type: 'PaymentContractApproved', data: { bookId, approvedBy, at: now } },
    {
      type: 'PaymentContractActivated',
      data: { contract: state.pin, activatedAt: now, protocols: [...state.protocols] },
    },
  ];
}

function suspend(
  { status, suspensions = [] }: PaymentContract,
  { from, to, now }: Extract<PaymentContractCommand, { type: 'SuspendPaymentContract' }>,
): readonly PaymentContractEvent[] {
  if (status !== 'ACTIVE') throw new DomainError('CONTRACT_NOT_ACTIVE');
  const standing = suspensions.find((one) => one.from === from);
  if (standing?.to === to) return [];
  if (to !== null && to < from) throw new DomainError('CONTRACT_OUT_OF_VALIDITY', { date: to });
  return [{ type: 'PaymentContractSuspended', data: { from, to, at: now } }];
}

function end(
  { status, validity, pin, endsOn: standing }: PaymentContract,
  { endsOn, endsAt, by, now }: Extract<PaymentContractCommand, { type: 'EndPaymentContract' }>,
): readonly PaymentContractEvent[] {
  if (status === 'ENDED' && standing === endsOn) return [];
  if (status === 'ENDED') throw new DomainError('CONTRACT_IMMUTABLE');
  if (status !== 'ACTIVE') throw new DomainError('CONTRACT_NOT_ACTIVE');
  if (endsOn <= validity.from || (validity.to !== null && endsOn > validity.to))
    throw new DomainError('CONTRACT_OUT_OF_VALIDITY', { date: endsOn });
  return [
    { type: 'EndDecided', data: { endsOn, by, at: now } },
    { type: 'PaymentContractEnded', data: { contract: pin, endsOn, endsAt } },
  ];
}

function evolve(state: PaymentContract | undefined, event: PaymentContractEvent): PaymentContract {
  if (event.type === 'PaymentContractDrafted') {
    const before = { reviewedBy: null, bookId: null, approvedBy: null, activatedAt: null, endsOn: null };
    return { ...event.data, status: 'DRAFT', ...before };
  }
  if (!state) throw new Error('only a drafted contract goes on');
  switch (event.type) {
    case 'PaymentContractReviewed':
      return { ...state, status: 'REVIEWED', reviewedBy: event.data.by };
    case 'DryRunRecorded': {
      const { sha256, month, by, at } = event.data;
      return { ...state, dryRun: { sha256, month, by, at } };
    }
    case 'PaymentContractApproved': {
      const { bookId, approvedBy, at } = event.data;
      return { ...state, status: 'ACTIVE', bookId, approvedBy, activatedAt: at };
    }
    case 'PaymentContractActivated':
    case 'PaymentContractEnded':
      return state;
    case 'PaymentContractSuspended': {
      const { from, to } = event.data;
      const others = (state.suspensions ?? []).filter((one) => one.from !== from);
      return { ...state, suspensions: to === from ? others : [...others, { from, to }] };
    }
    case 'EndDecided':
      return { ...state, status: 'ENDED', endsOn: event.data.endsOn };
  }
}

/** Whether a version was ever active: it pays what was true on its days, whatever became of it. */
export const wasActivated = ({ status }: PaymentContract): boolean => status === 'ACTIVE' || status === 'ENDED';

const holds = ({ from, to }: Days, day: string): boolean => from <= day && (to === null || day < to);

/** Whether a version covers a civil day: activated, within its validity and before its end. */
export const covers = (contract: PaymentContract, day: string): boolean =>
  wasActivated(contract) && holds(contract.validity, day) && (contract.endsOn === null || day < contract.endsOn);

export const isSuspendedOn = ({ suspensions = [] }: PaymentContract, day: string): boolean =>
  suspensions.some((one) => holds(one, day));
