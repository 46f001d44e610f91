import { centsOf, formatMoney, rational } from '@ariane/kernel';
import type { ContractDocument } from './contract';
import type { Known } from './expression';
import { malformed } from './malformed';
import type { Amount } from './kind';
import { readValue } from './value';

/** A component's amount rounded to cents by the contract's mode: the one place where rounding is allowed. */
export function inCents(
  known: Known,
  document: Pick<ContractDocument, 'currency'> & { readonly rounding: Pick<ContractDocument['rounding'], 'mode'> },
): Amount {
  if (known.value.type !== 'money') throw malformed([known], 'not money', 'amount');
  const { mode } = document.rounding;
  const cents = centsOf(known.value.amount, mode);
  const value = formatMoney({ cents, currency: document.currency });
  return { cents, because: { of: 'operation', operator: `cents ${mode}`, value, from: [known.because] } };
}

/** An amount as an operand of what follows. */
export const known = ({ cents, because }: Amount): Known => ({
  value: { type: 'money', amount: rational(cents, 100n) },
  because,
});

/** A constant of the contract, as it writes it. */
export const constant = (text: string): Known => ({
  value: readValue(text === 'true' ? true : text),
  because: { of: 'constant', value: text },
});
