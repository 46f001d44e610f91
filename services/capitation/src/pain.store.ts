import { DomainError } from '@ariane/kernel';
import { Document } from 'sepa';
import type { BankDetails } from './bank-details';
import { decimal } from './export-table';
import type { PaymentItem } from './payment-batch';

/** A SEPA library counts in doubles: above this many cents the last one would not be sure. */
const LARGEST_EXACT_CENTS = 10n ** 12n;

/** What a batch's file is made from. */
export interface PainInput {
  readonly id: string;
  readonly createdAt: string;
  readonly executionDate: string;
  readonly debtor: BankDetails;
  readonly items: readonly (PaymentItem & { readonly details: BankDetails; readonly info: string })[];
}

/**
 * A payment batch as pain.001.001.09, by the library `sepa`. The label says which statement is paid and nothing of a
 * patient, a protocol or a diagnosis.
 *
 * @throws PAYMENT_NOT_OWED for a batch without items, MONEY_MALFORMED for an amount the library cannot hold
 */
export function painOf({ id, createdAt, executionDate, debtor, items }: PainInput): string {
  if (items.length === 0) throw new DomainError('PAYMENT_NOT_OWED', { party: '' });
  const document = new Document('pain.001.001.09');
  document.grpHdr.id = id;
  document.grpHdr.created = new Date(createdAt);
  document.grpHdr.initiatorName = debtor.name;
  const info = document.createPaymentInfo();
  info.requestedExecutionDate = new Date(`${executionDate}T00:00:00Z`);
  info.debtorIBAN = debtor.iban;
  info.debtorName = debtor.name;
  document.addPaymentInfo(info);
  for (const item of items) {
    if (item.amountCents > LARGEST_EXACT_CENTS)
      throw new DomainError('MONEY_MALFORMED', { text: decimal(item.amountCents) });
    const transaction = info.createTransaction();
    transaction.creditorName = item.details.name;
    transaction.creditorIBAN = item.details.iban;
    transaction.end2endId = item.endToEndId;
    transaction.amount = Number(decimal(item.amountCents));
    transaction.remittanceInfo = item.info;
    info.addTransaction(transaction);
  }
  return document.toString();
}
