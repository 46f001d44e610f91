import type { Pin } from '@ariane/contracts';
import { canonicalJson, type Decider, invariant } from '@ariane/kernel';
import type { Given } from './contract';
import type { Amounts } from './price';
import type { Line } from './recalculate';
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
}

export interface SettleByHand {
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

export interface SettledByHand {
  readonly type: 'LinesMoved';
  readonly data: Run & Required<Pick<Settlement, 'recorded' | 'givenJson'>>;
}

/** Posting the same facts again moves nothing; other facts move the lines by the difference. */
export function settlements(shelf: Shelf): Decider<Settlement, SettleByHand, SettledByHand> {
  return {
    decide: (state, command) => {
      const { now, territory, effectiveAt } = command;
      const { contract, bookId } = activeContract(shelf, territory, command.sha256);
      const subject = { book: bookId, id: pseudonymOf(bookId, command.subject), period: 'once' };
      const times = { instants: new Map<string, string>(), fallback: effectiveAt };
      const run = settle(contract, subject, command.given, state?.lines ?? [], times, [command.requestId]);
      const recorded = { contract: run.run.contract, book: bookId, effectiveAt };
      const givenJson = canonicalJson(command.given);
      // Facts that move nothing are kept all the same: another day, or another version, may make something of them.
      const isSame = state?.givenJson === givenJson && canonicalJson(state.recorded) === canonicalJson(recorded);
      if (isSame && run.drafts.length === 0) return [];
      return [{ type: 'LinesMoved', data: { ...run, now, territory, recorded, givenJson } }];
    },
    evolve: (_, { data }) => ({
      subject: data.subject.id,
      lines: data.lines,
      amountsJson: JSON.stringify(data.amounts),
      recorded: data.recorded,
      givenJson: data.givenJson,
    }),
  };
}

/** The amounts of the last run. */
export function amountsOf(settlement: Settlement): Amounts {
  const parsed: unknown = JSON.parse(settlement.amountsJson);
  invariant(typeof parsed === 'object' && parsed !== null, 'amounts are an object');
  return parsed as Amounts; // as: written by `evolve` above
}
