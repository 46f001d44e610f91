import type { Money } from '../../formats';
import { negated } from './amounts';
import type { Entry } from './types';

const PAYABLE = 'liabilities:payable:';

/** What entries add to what each party is owed, party by party in their order. */
export function paidByParty(
  entries: readonly Pick<Entry, 'legs'>[],
): readonly { readonly party: string; readonly amounts: readonly Money[] }[] {
  const legs = entries.flatMap((entry) => entry.legs).filter(({ account }) => account.startsWith(PAYABLE));
  return [...Map.groupBy(legs, ({ account }) => account.slice(PAYABLE.length))].map(([party, own]) => ({
    party,
    amounts: own.map(({ side, amount }) => (side === 'credit' ? amount : negated(amount))),
  }));
}
