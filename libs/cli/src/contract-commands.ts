import { checkExamples, type Contract, type Given, loadContract, price, type Priced } from '@ariane/capitation';
import { DomainError, formatMoney } from '@ariane/kernel';
import { type Command, type Invocation, operandOf, valueOf } from './command';
import { printedExplanations } from './contract-explain';
import { BadInput } from './failure';
import { readDocument } from './read-document';

export const contractCommands: readonly Command[] = [
  {
    name: 'price',
    usage: 'CONTRACT FACTS',
    about: 'prices facts, written as the "given" of an example, from files alone: {"amounts", "explain"} as JSON',
    operands: ['CONTRACT', 'FACTS'],
    run: (invocation) => {
      const contract = contractIn(invocation, operandOf(invocation, 0));
      const { amounts, explain } = pricedIn(invocation, contract, operandOf(invocation, 1));
      const value = { amounts, explain: printedExplanations(explain) };
      return { value, lines: [JSON.stringify(value, null, 2)] };
    },
  },
  {
    name: 'contract check',
    usage: 'FILE',
    about: 'checks a payment contract: shape, names, types, shares of 100 %; plays its examples to the cent',
    operands: ['FILE'],
    run: (invocation) => {
      const file = operandOf(invocation, 0);
      const contract = contractIn(invocation, file);
      inFile(file, () => {
        checkExamples(contract);
      });
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
    about: 'the same as a table for the eyes; with --json also the money that moves between accounts',
    operands: ['FILE'],
    options: { given: 'value' },
    needed: ['given'],
    run: (invocation) => {
      const contract = contractIn(invocation, operandOf(invocation, 0));
      const priced = pricedIn(invocation, contract, valueOf(invocation, 'given'));
      const { currency } = contract.document;
      const transfers = priced.transfers.map((transfer) => {
        const { cents, ...rest } = transfer;
        return { ...rest, amount: formatMoney({ cents, currency }) };
      });
      const { amounts, explain } = priced;
      return { value: { amounts, transfers, explain }, lines: amountLines(amounts) };
    },
  },
];

/** The contract in a file, JSON or YAML without anchors. Throws BadInput or DomainError with the file's name. */
export const contractIn = ({ folder }: Pick<Invocation, 'folder'>, file: string): Contract =>
  inFile(file, () => loadContract(readDocument(folder, file, { anchors: false }).document));

function pricedIn({ folder }: Invocation, contract: Contract, file: string): Priced {
  const { document } = readDocument(folder, file, { anchors: false });
  if (isGiven(document)) return inFile(file, () => price(contract, document));
  throw new BadInput(`${file} must hold an object of facts, as an example's "given".`);
}

/** A fault of a document, told with the file it is in and, where the rules list several, all of them. */
function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const faults = (error.faults ?? []).map(({ field, message }) => `  ${field}: ${message}`);
    const { code, message, field } = error;
    const place = field === undefined || message.includes(field) ? file : `${file}, ${field}`;
    throw new BadInput([`${place}: ${message}`, ...faults].join('\n'), {
      code,
      detail: message,
      ...(field === undefined ? {} : { field }),
      ...(error.faults ? { faults: error.faults } : {}),
    });
  }
}

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
