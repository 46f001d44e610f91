import { checkExamples, type Given, loadContract, price, type Priced } from '@ariane/capitation';
import { formatMoney } from '@ariane/kernel';
import { type Command, operandOf, valueOf } from './command';
import { BadInput } from './failure';
import { readDocument } from './read-document';

export const contractCommands: readonly Command[] = [
  {
    name: 'contract check',
    usage: 'FILE',
    about: 'checks a payment contract: shape, names, types, shares of 100 %; plays its examples to the cent',
    operands: ['FILE'],
    run: (invocation) => {
      const contract = loadContract(readDocument(invocation.folder, operandOf(invocation, 0)).document);
      checkExamples(contract);
      const { document, sha256 } = contract;
      const { contract: id, version, components, examples } = document;
      return {
        value: { valid: true, id, version, sha256, components: components.length, examples: examples.length },
        lines: [`${id}, version ${version}: examples passed to the cent ${examples.length}; sha256 ${sha256}`],
      };
    },
  },
  {
    name: 'contract price',
    usage: 'FILE --given FILE',
    about: 'prices facts, written as in the contract’s examples, and says why each amount is what it is',
    operands: ['FILE'],
    options: { given: 'value' },
    needed: ['given'],
    run: (invocation) => {
      const contract = loadContract(readDocument(invocation.folder, operandOf(invocation, 0)).document);
      const given = readDocument(invocation.folder, valueOf(invocation, 'given')).document;
      if (!isGiven(given)) {
        throw new BadInput(`${valueOf(invocation, 'given')} must hold an object of facts, as an example's "given".`);
      }
      const priced = price(contract, given);
      const { currency } = contract.document;
      const transfers = priced.transfers.map((transfer) => {
        const { cents, ...rest } = transfer;
        return { ...rest, amount: formatMoney({ cents, currency }) };
      });
      return { value: { ...priced, transfers }, lines: amountLines(priced.amounts) };
    },
  },
];

function isGiven(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One line per amount, and one more for each person it is shared among. */
function amountLines(amounts: Priced['amounts']): readonly string[] {
  if (Object.keys(amounts).length === 0) return ['Nothing is due.'];
  return Object.entries(amounts).flatMap(([name, amount]) =>
    typeof amount === 'string'
      ? [row(name, amount)]
      : [`${name}:`, ...Object.entries(amount).map(([id, share]) => row(`  ${id}`, share))],
  );
}

const row = (name: string, amount: string): string => `${name.padEnd(40)}${amount.padStart(16)}`;
