import { type Decider, DomainError } from '@ariane/kernel';
import type { Increment } from './ledger';

/** What may never stand on an account, pending amounts counted as if they were posted. */
export type Guard = 'NO_DEBIT_BALANCE' | 'NO_CREDIT_BALANCE';

/** A guarded account's sums in cents, kept in step with its book by the same transaction. */
export interface GuardedAccount {
  readonly guard: Guard;
  readonly account: string;
  readonly dr: bigint;
  readonly cr: bigint;
  readonly pdr: bigint;
  readonly pcr: bigint;
}

type Sums = Pick<Increment, 'dr' | 'cr' | 'pdr' | 'pcr'>;

export type GuardCommand =
  | { readonly type: 'BeginGuard'; readonly account: string; readonly guard: Guard; readonly balance: Sums }
  | { readonly type: 'MoveGuarded'; readonly by: Sums };

export type GuardEvent =
  | { readonly type: 'GuardBegun'; readonly data: GuardedAccount }
  | { readonly type: 'GuardedMoved'; readonly data: Sums };

/**
 * An account with a bound. A batch that would cross it is refused whole, with everything that was to commit with it;
 * other batches are not touched. What only pending amounts would take back does not help: they may be voided.
 *
 * @throws ACCOUNT_BOUND
 */
export const guards: Decider<GuardedAccount, GuardCommand, GuardEvent> = {
  decide: (state, command) => {
    if (command.type === 'BeginGuard') {
      if (state) return [];
      const { account, guard, balance } = command;
      return [{ type: 'GuardBegun', data: within({ account, guard, ...balance }) }];
    }
    if (!state) throw new DomainError('NOT_FOUND');
    within(moved(state, command.by));
    return [{ type: 'GuardedMoved', data: command.by }];
  },
  evolve: (state, event) => {
    if (event.type === 'GuardBegun') return event.data;
    if (!state) throw new Error('a guard begins before it is moved');
    return moved(state, event.data);
  },
};

const moved = (state: GuardedAccount, by: Sums): GuardedAccount => ({
  ...state,
  dr: state.dr + by.dr,
  cr: state.cr + by.cr,
  pdr: state.pdr + by.pdr,
  pcr: state.pcr + by.pcr,
});

function within(state: GuardedAccount): GuardedAccount {
  const { guard, account, dr, cr, pdr, pcr } = state;
  const isCrossed = guard === 'NO_DEBIT_BALANCE' ? dr + pdr > cr : cr + pcr > dr;
  if (isCrossed) throw new DomainError('ACCOUNT_BOUND', { account });
  return state;
}
