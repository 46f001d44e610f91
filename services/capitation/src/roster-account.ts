import { canonicalJson, type Decider, invariant } from '@ariane/kernel';
import { monthEnd } from './book-time';
import type { Given } from './contract';
import { type MonthParticipants, withParticipants } from './month-participants';
import { type Line, movedBy, recalculate, ruleOf } from './recalculate';
import type { Place } from './roster-buckets';
import { type BucketSum, monthOfParts } from './roster-lines';
import { pseudonymOf, type Run, settle } from './settle';
import { activeContract, type Shelf } from './shelf';
import { type SuspendedDays, withSuspensions } from './suspensions';

/** A month of a roster under a contract: its parts, what was posted for it, and the facts it was last priced on. */
export interface RosterAccount extends Place {
  /** In order of bucket. */
  readonly parts: readonly BucketSum[];
  readonly lines: readonly Line[];
  readonly amountsJson: string;
  /** As canonical JSON text: names of the contract's own may hold dots. */
  readonly givenJson: string;
  /** The list of acts that named who took part; null where the facts or nothing did, absent from accounts of before. */
  readonly acts?: string | null;
  readonly sha256: string;
  /** Null before the first run, and after what the runs posted was taken back. */
  readonly settledAt: string | null;
}

export type RosterAccountCommand =
  | (Place & { readonly type: 'TakePart'; readonly part: BucketSum })
  /** A part was read again and came to what it was: from what it was read is remembered, if nobody took another since. */
  | (Place & { readonly type: 'SeePart' } & Pick<BucketSum, 'bucket' | 'inputsHash' | 'seen'>)
  | (Place & {
      readonly type: 'SettleRoster';
      readonly sha256: string;
      readonly given: Given;
      /** Who took part in the month, where the contract reads it and the facts do not say so themselves. */
      readonly participants: MonthParticipants | null;
      /** The days of the month on which the contract does not pay. */
      readonly suspensions: readonly SuspendedDays[];
      readonly timeZone: string;
      readonly requestId: string;
      readonly territory: string;
      readonly now: string;
    })
  /** Takes back all that the month's runs posted: each line goes to zero by an entry of its own. */
  | {
      readonly type: 'ReverseRoster';
      readonly requestId: string;
      readonly territory: string;
      readonly now: string;
    };

export type RosterAccountEvent =
  | { readonly type: 'PartTaken'; readonly data: Place & { readonly part: BucketSum } }
  | {
      readonly type: 'RosterSettled';
      readonly data: Place &
        Pick<RosterAccount, 'givenJson' | 'sha256' | 'amountsJson'> &
        Pick<RosterAccountCommand & { type: 'SettleRoster' }, 'participants' | 'suspensions' | 'territory' | 'now'>;
    }
  | { readonly type: 'RosterReversed'; readonly data: { readonly now: string } }
  | { readonly type: 'LinesMoved'; readonly data: Run };

/**
 * Posts for a month of a roster what its contract makes of it now, less what was posted. The month of effect is the
 * roster's, whenever it is run; a closed one is booked in the first open month.
 */
export function rosterAccounts(shelf: Shelf): Decider<RosterAccount, RosterAccountCommand, RosterAccountEvent> {
  return {
    decide: (state, command) => {
      switch (command.type) {
        case 'TakePart': {
          const { book, contractId, month, part } = command;
          return [{ type: 'PartTaken', data: { book, contractId, month, part } }];
        }
        case 'SeePart': {
          const { book, contractId, month, bucket, inputsHash, seen } = command;
          const part = state?.parts.find((one) => one.bucket === bucket && one.inputsHash === inputsHash);
          if (!part || seen === undefined || part.seen === seen) return [];
          return [{ type: 'PartTaken', data: { book, contractId, month, part: { ...part, seen } } }];
        }
        case 'SettleRoster':
          return settled(state, command, shelf);
        case 'ReverseRoster':
          return state ? reversed(state, command, shelf) : [];
      }
    },
    evolve: (state, event) => {
      const known = state ?? { parts: [], lines: [], amountsJson: '{}', givenJson: '{}', sha256: '', settledAt: null };
      switch (event.type) {
        case 'PartTaken': {
          const { part, ...place } = event.data;
          const others = known.parts.filter(({ bucket }) => bucket !== part.bucket);
          const parts = [...others, part].sort((a, b) => (a.bucket < b.bucket ? -1 : 1));
          return { ...known, ...place, parts };
        }
        case 'RosterSettled': {
          const { book, contractId, month, givenJson, sha256, amountsJson, participants, now: settledAt } = event.data;
          const data = { book, contractId, month, givenJson, sha256, amountsJson, settledAt };
          return { ...known, ...data, acts: participants?.list ?? null };
        }
        case 'RosterReversed': {
          invariant(state, 'a month is settled before it is taken back');
          return { ...state, settledAt: null };
        }
        case 'LinesMoved': {
          invariant(state, 'a month is settled before its lines move');
          return { ...state, lines: event.data.lines };
        }
      }
    },
  };
}

function settled(
  state: RosterAccount | undefined,
  command: RosterAccountCommand & { type: 'SettleRoster' },
  shelf: Shelf,
): readonly RosterAccountEvent[] {
  const { book, contractId, month, sha256, given, timeZone, requestId, territory, now } = command;
  const { participants, suspensions } = command;
  const { contract, bookId } = activeContract(shelf, territory, sha256);
  invariant(bookId === book, 'a contract posts to its own book');
  const told = monthFacts(given, participants, suspensions);
  const whole = monthOfParts(contract, month, told, state?.parts ?? []);
  const subject = rosterSubjectOf(command);
  const times = { instants: new Map<string, string>(), fallback: monthEnd(month, timeZone) };
  const run = settle(whole.contract, subject, whole.given, state?.lines ?? [], times, [requestId]);
  const amountsJson = JSON.stringify(run.amounts);
  const place = { book, contractId, month };
  const done: RosterAccountEvent = {
    type: 'RosterSettled',
    data: { ...place, givenJson: canonicalJson(given), sha256, amountsJson, participants, suspensions, territory, now },
  };
  if (run.moved.length > 0) return [done, { type: 'LinesMoved', data: { ...run, now, territory } }];
  const isSettled = state !== undefined && state.settledAt !== null && state.amountsJson === amountsJson;
  const isSameActs = (state?.acts ?? null) === (participants?.list ?? null);
  return isSettled && isSameActs && state.sha256 === sha256 ? [] : [done];
}

function reversed(
  state: RosterAccount,
  { requestId, territory, now }: RosterAccountCommand & { type: 'ReverseRoster' },
  shelf: Shelf,
): readonly RosterAccountEvent[] {
  if (state.lines.every(({ posted, pending }) => posted === 0n && !pending)) return [];
  const rule = ruleOf(activeContract(shelf, territory, state.sha256).contract);
  const subject = rosterSubjectOf(state);
  const postings = recalculate(rule, subject, state.lines, [], [requestId]);
  const after = new Map([...state.lines, ...postings.map(({ line }) => line)].map((line) => [line.key, line]));
  const run: Run = {
    ...{ subject, amounts: {}, now, territory },
    drafts: postings.flatMap(({ draft }) => draft ?? []),
    acts: postings.flatMap(({ act }) => act ?? []),
    wakeAt: null,
    lines: [...after.values()],
    moved: movedBy(postings),
    explanations: [],
    run: { contract: rule, inputsHash: 'reversed', targetsHash: requestId },
  };
  return [
    { type: 'RosterReversed', data: { now } },
    { type: 'LinesMoved', data: run },
  ];
}

/** A month's facts with who took part and the days that are not paid, as its contract reads them. */
export const monthFacts = (
  given: Given,
  participants: MonthParticipants | null,
  suspensions: readonly SuspendedDays[],
): Given => withSuspensions(participants ? withParticipants(given, participants.rows) : given, suspensions);

export const rosterSubjectOf = ({ book, contractId, month }: Place) => ({
  book,
  id: pseudonymOf(book, `roster:${contractId}`),
  period: month,
});
