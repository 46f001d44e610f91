import type { Pin } from '@ariane/contracts';
import { canonicalJson, type Decider, DomainError, invariant } from '@ariane/kernel';
import { dayOf } from './book-time';
import type { Contract, Given } from './contract';
import { dayNumber } from './member-months';
import type { Amounts } from './price';
import { type Line, resolvedByHand } from './recalculate';
import { pseudonymOf, type Run, settle } from './settle';
import { activeContract, type Shelf } from './shelf';

/** What a contract has made of the facts somebody posted by hand for one subject. */
export interface Settlement {
  readonly subject: string;
  readonly lines: readonly Line[];
  /** Of the last run, as canonical JSON: names of the contract's own may hold dots. */
  readonly amountsJson: string;
  /** The contract and the instant of the last run; absent from settlements of before they were kept. */
  readonly recorded?: { readonly contract: Pin; readonly book: string; readonly effectiveAt: string };
  /** The facts of the last run as canonical JSON; sealed, for a person wrote them. */
  readonly givenJson?: string;
  /** When a due day or a hold passes that may move lines by itself, an instant; null when none does. */
  readonly wakeAt?: string | null;
  /** The code of the refusal, where time made demands on the facts that they do not meet. */
  readonly lacking?: string | null;
}

interface SettleByHand {
  readonly type: 'SettleByHand';
  readonly sha256: string;
  readonly subject: string;
  readonly given: Given;
  readonly effectiveAt: string;
  /** The id of the request: what justifies the facts, since no event does. */
  readonly requestId: string;
  readonly now: string;
  readonly territory: string;
}

export type SettlementCommand =
  | SettleByHand
  /** A due day or a hold has passed: the same facts, priced on the day it is. */
  | { readonly type: 'PassTime'; readonly messageId: string; readonly now: string; readonly territory: string }
  /** A person resolved what one of its lines held. */
  | { readonly type: 'HearResolution'; readonly pendingId: string; readonly postedCents: bigint };

export type SettlementEvent =
  | {
      readonly type: 'LinesMoved';
      readonly data: Run & Required<Pick<Settlement, 'recorded' | 'givenJson'>>;
    }
  | { readonly type: 'LinesResolved'; readonly data: { readonly lines: readonly Line[]; readonly resolved: Line } }
  | { readonly type: 'EvidenceLacking'; readonly data: { readonly code: string } };

/**
 * Posting the same facts again moves nothing; other facts move the lines by the difference, and so does time where a
 * contract says so.
 *
 * @throws CONTRACT_NOT_ACTIVE, NOT_FOUND and what `price` throws
 */
export function settlements(shelf: Shelf): Decider<Settlement, SettlementCommand, SettlementEvent> {
  return {
    decide: (state, command) => {
      if (command.type === 'SettleByHand') return byHand(state, command, shelf);
      if (!state) throw new DomainError('NOT_FOUND');
      return command.type === 'PassTime' ? passed(state, command, shelf) : resolved(state, command);
    },
    evolve: (state, event) => {
      if (event.type === 'LinesMoved') {
        const { subject, lines, amounts, recorded, givenJson, wakeAt } = event.data;
        const amountsJson = JSON.stringify(amounts);
        return { subject: subject.id, lines, amountsJson, recorded, givenJson, wakeAt, lacking: null };
      }
      invariant(state, 'facts are posted before anything else');
      if (event.type === 'LinesResolved') return { ...state, lines: event.data.lines };
      return { ...state, wakeAt: null, lacking: event.data.code };
    },
  };
}

function byHand(state: Settlement | undefined, command: SettleByHand, shelf: Shelf): readonly SettlementEvent[] {
  const { sha256, subject, given, effectiveAt, requestId, now, territory } = command;
  const { contract, bookId } = activeContract(shelf, territory, sha256);
  const place = { id: pseudonymOf(bookId, subject), book: bookId };
  return moved(state, { contract, place, given, effectiveAt, causes: [requestId], now, territory });
}

/** A refusal is a fact of the settlement: time does not come again, people see that something is lacking. */
function passed(
  state: Settlement,
  { messageId, now, territory }: SettlementCommand & { type: 'PassTime' },
  shelf: Shelf,
): readonly SettlementEvent[] {
  const { recorded, givenJson, wakeAt, subject: id } = state;
  if (!recorded || givenJson === undefined || !wakeAt || Date.parse(wakeAt) > Date.parse(now)) return [];
  const { contract } = activeContract(shelf, territory, recorded.contract.sha256);
  const given = onDay(JSON.parse(givenJson) as Given, dayOf(now, contract.document.timezone)); // as: written below
  const { book, effectiveAt } = recorded;
  try {
    return moved(state, { contract, place: { id, book }, given, effectiveAt, causes: [messageId], now, territory });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [{ type: 'EvidenceLacking', data: { code: error.code } }];
  }
}

interface Pricing {
  readonly contract: Contract;
  readonly place: { readonly id: string; readonly book: string };
  readonly given: Given;
  readonly effectiveAt: string;
  readonly causes: readonly string[];
  readonly now: string;
  readonly territory: string;
}

function moved(state: Settlement | undefined, pricing: Pricing): readonly SettlementEvent[] {
  const { contract, place, given, effectiveAt, causes, now, territory } = pricing;
  const times = { instants: new Map<string, string>(), fallback: effectiveAt };
  const run = settle(contract, { ...place, period: 'once' }, given, state?.lines ?? [], times, causes);
  const recorded = { contract: run.run.contract, book: place.book, effectiveAt };
  const givenJson = canonicalJson(given);
  // Facts that move nothing are kept all the same: another day, or another version, may make something of them.
  const isSame = state?.givenJson === givenJson && canonicalJson(state.recorded) === canonicalJson(recorded);
  if (isSame && run.moved.length === 0) return [];
  return [{ type: 'LinesMoved', data: { ...run, now, territory, recorded, givenJson } }];
}

function resolved(
  { lines }: Settlement,
  { pendingId, postedCents }: SettlementCommand & { type: 'HearResolution' },
): readonly SettlementEvent[] {
  const held = lines.find(({ pending }) => pending?.id === pendingId);
  if (!held) return [];
  const after = resolvedByHand(lines, pendingId, postedCents);
  const line = after.find(({ key }) => key === held.key);
  invariant(line, 'a line that is resolved stays');
  return [{ type: 'LinesResolved', data: { lines: after, resolved: line } }];
}

/** Facts as they are on a civil day; a day that was told and lies ahead stays. */
function onDay(given: Given, today: string): Given {
  const { timing } = given;
  if (typeof timing !== 'object' || timing === null || !('start' in timing) || !('day' in timing)) return given;
  const since = dayNumber(today) - dayNumber(String(timing.start));
  return { ...given, timing: { ...timing, day: String(Math.max(since, Number(timing.day))) } };
}

/** The amounts of the last run. */
export function amountsOf(settlement: Settlement): Amounts {
  const parsed: unknown = JSON.parse(settlement.amountsJson);
  invariant(typeof parsed === 'object' && parsed !== null, 'amounts are an object');
  return parsed as Amounts; // as: written by `evolve` above
}
