import { type Decider, DomainError } from '@ariane/kernel';

/** Where a party is paid. Both are sealed: they are nobody's business but the bank's. */
export interface BankDetails {
  readonly iban: string;
  readonly name: string;
}

/** A party's bank details in a book: what is paid to, and what somebody proposed and nobody has confirmed yet. */
export interface BankAccount {
  readonly book: string;
  readonly party: string;
  readonly current: BankDetails | null;
  readonly proposed: BankDetails | null;
  readonly proposedBy: string | null;
  readonly confirmedBy: string | null;
}

export type BankAccountCommand =
  | {
      readonly type: 'ProposeDetails';
      readonly book: string;
      readonly party: string;
      readonly details: BankDetails;
      readonly by: string;
    }
  | { readonly type: 'ConfirmDetails'; readonly by: string };

export type BankAccountEvent =
  | {
      readonly type: 'DetailsProposed';
      readonly data: { readonly book: string; readonly party: string; details: BankDetails; by: string };
    }
  | { readonly type: 'DetailsConfirmed'; readonly data: { readonly by: string } };

/**
 * Bank details change by two persons: who proposes does not confirm, and until it is confirmed the former account is
 * paid. Fraud begins with a changed IBAN.
 *
 * @throws IBAN_INVALID, APPROVAL_SECOND_PERSON, NOT_FOUND
 */
export const bankAccounts: Decider<BankAccount, BankAccountCommand, BankAccountEvent> = {
  decide: (state, command) => {
    if (command.type === 'ProposeDetails') {
      const { book, party, by } = command;
      const iban = command.details.iban.replace(/\s/g, '').toUpperCase();
      if (!isIban(iban)) throw new DomainError('IBAN_INVALID', {}, 'iban');
      const details = { iban, name: command.details.name };
      const isSame = (known: BankDetails | null | undefined): boolean =>
        known?.iban === iban && known.name === details.name;
      if (isSame(state?.proposed) || (isSame(state?.current) && state?.proposed === null)) return [];
      return [{ type: 'DetailsProposed', data: { book, party, details, by } }];
    }
    if (!state) throw new DomainError('NOT_FOUND');
    if (state.proposed === null) return [];
    if (state.proposedBy === command.by) throw new DomainError('APPROVAL_SECOND_PERSON');
    return [{ type: 'DetailsConfirmed', data: { by: command.by } }];
  },
  evolve: (state, event) => {
    if (event.type === 'DetailsProposed') {
      const { book, party, details: proposed, by: proposedBy } = event.data;
      return { book, party, current: state?.current ?? null, proposed, proposedBy, confirmedBy: null };
    }
    if (!state) throw new Error('details are proposed before they are confirmed');
    return { ...state, current: state.proposed, proposed: null, confirmedBy: event.data.by };
  },
};

/** Length and check digits (ISO 13616, modulo 97): what a typing error breaks. */
function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}
