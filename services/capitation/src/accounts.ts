import type { ContractDocument } from './contract';

/** Stands for the subject's pseudonym in an account's name until the transfer is posted. */
export const subjectPlace = '{subject}';

/**
 * The chart of accounts. Redistributed money is never the holder's income: the holder receives it as an agent, so it
 * waits in a liability, the subject's pool, until it is owed to those who took part.
 */
export const receivable = (party: string): string => `assets:receivable:${party}`;
export const payable = (participant: string): string => `liabilities:payable:${participant}`;
/** Who is owed what stands on an account; undefined for an account of another kind. */
export const payee = (account: string): string | undefined => /^liabilities:payable:(.+)$/.exec(account)?.[1];

/** Who an account is kept for, where it names somebody: a payer, or whom something is owed to. */
export const partyOn = (account: string): string | undefined =>
  /^(?:liabilities:(?:payable|refund-due)|assets:receivable):(.+)$/.exec(account)?.[1];

/** The account a part of a price goes to, by the name the contract gives the part. */
export function accountOfPart(document: ContractDocument, to: string): string {
  const { contract } = document;
  if (to === 'pool') return `liabilities:pool:${contract}:${subjectPlace}`;
  if (to === 'retained') return `income:coordination:${contract}`;
  if (to === 'reserve') return `liabilities:reserve:${contract}`;
  if (/^[a-z]+:[A-Za-z0-9-]+$/.test(to)) return payable(to);
  return `liabilities:pool:${contract}:${subjectPlace}:${to}`;
}

export const capitationIncome = ({ contract }: ContractDocument): string => `income:capitation:${contract}`;
export const sharedSavingsIncome = ({ contract }: ContractDocument): string => `income:shared-savings:${contract}`;
export const sharedLoss = ({ contract }: ContractDocument): string => `expenses:shared-loss:${contract}`;
export const refundDue = (party: string): string => `liabilities:refund-due:${party}`;
/** Who an outcome's instalments go to: the manufacturer, for whom the holder collects; without one, the holder. */
export const drugPayee = ({ parties, contract }: ContractDocument): string =>
  parties.manufacturer === undefined ? `income:outcome:${contract}` : payable(parties.manufacturer);
/** Who gives a refund back to the payer. */
export const refundFrom = (document: ContractDocument): string =>
  document.parties.manufacturer === undefined ? drugPayee(document) : receivable(document.parties.manufacturer);
export const forfeitedExpense = 'expenses:withhold-forfeited';
/** By the year the contract's version begins in: a withhold is settled by year. */
export const withheld = ({ parties, validity }: ContractDocument): string =>
  `assets:withheld:${parties.payer}:${validity.from.slice(0, 4)}`;

/** Care of members outside the team: what it is estimated to cost, and what is owed for it and not yet billed. */
export const outsideCareExpense = 'expenses:outside-care';
export const outsideCareAccrued = 'liabilities:accrued:outside-care';

/** The side on which an account grows: debit for assets and expenses, credit for the others. */
export function normalSide(account: string): 'D' | 'C' {
  return account.startsWith('assets:') || account.startsWith('expenses:') ? 'D' : 'C';
}
