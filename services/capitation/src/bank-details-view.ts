import type { BankAccount } from './bank-details';

/** Only that there are details, and their last four signs: enough to tell two accounts apart. */
export const detailsView = ({ party, current, proposed, proposedBy, confirmedBy }: BankAccount) => ({
  ...{ party, proposedBy, confirmedBy },
  currentEnd: current?.iban.slice(-4) ?? null,
  proposedEnd: proposed?.iban.slice(-4) ?? null,
});
