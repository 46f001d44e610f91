import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatMoney } from '@ariane/kernel';
import type { ContractDocument, TableRow } from './contract';
import { loadContract } from './load-contract';
import { checkExamples, price } from './price';
import { recompute } from './recompute';
import { showValue } from './value';
import { camel } from './facts';
import type { Explanation } from './explanation';

const root = join(__dirname, '..');
const readContract = (file: string): ContractDocument =>
  JSON.parse(readFileSync(join(root, file), 'utf8')) as ContractDocument; // as: our own files
const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.json'))
    .map((file) => `${folder}/${file}`);
const shipped = filesIn('payment-contracts');
const fixtures = filesIn('fixtures');

const tariffs = (
  JSON.parse(readFileSync(join(__dirname, 'tariffs.json'), 'utf8')) as { rows: readonly TableRow[] }
) // as: our file
.rows;

/** The column that names the tariff is the contract's own: what is compared is the rest and the value of that one. */
const values = (row: TableRow): string => JSON.stringify(Object.values(row).map(String).sort());
const known = new Set(tariffs.map(values));

interface Protocol {
  readonly steps: readonly { readonly milestone?: string }[];
}

describe('every shipped contract', () => {
  it.each([...shipped, ...fixtures])('%s loads and keeps its own examples', (file) => {
    expect(() => {
      checkExamples(loadContract(readContract(file)));
    }).not.toThrow();
  });

  it.each(shipped)('%s names its law and its sources, and has three examples or more', (file) => {
    const { legalBasis, sources, examples } = readContract(file);
    expect(legalBasis).toMatch(/[A-Z]/);
    expect(sources!.length).toBeGreaterThan(0);
    expect(examples.length).toBeGreaterThanOrEqual(3);
  });

  it.each(shipped)('%s has each dated tariff from the one place, or says that its amounts are illustrative', (file) => {
    const { tables = {}, illustrative } = readContract(file);
    for (const row of Object.values(tables).flat()) {
      const isInvented = String((row as TableRow).source).startsWith('illustrative');
      expect(isInvented ? illustrative : known.has(values(row))).toBe(true);
    }
  });

  it.each(shipped)('%s pays milestones that its protocol has, and all of them', (file) => {
    const { protocols = [], components } = readContract(file);
    for (const { id } of protocols) {
      const path = join(__dirname, '../../pathways/protocols', `${id}.json`);
      const { steps } = JSON.parse(readFileSync(path, 'utf8')) as Protocol; // as: pathways' own protocol
      const milestones = steps.flatMap(({ milestone }) => (milestone === undefined ? [] : [camel(milestone)]));
      const paid = components.flatMap((one) =>
        one.kind === 'bundle' ? [/^milestone\.(\w+)$/.exec(one.trigger ?? '')?.[1]] : [],
      );
      expect(new Set(paid.filter((name) => name !== undefined))).toEqual(new Set(milestones));
    }
  });

  it.each([...shipped, ...fixtures])('%s explains each amount of its examples by a tree that comes to it', (file) => {
    const contract = loadContract(readContract(file));
    for (const { given } of contract.document.examples) {
      const { amounts, explain, transfers } = price(contract, given);
      const check = (text: string | undefined, tree: Explanation) => {
        expect(showValue(recompute(tree, 'HALF_UP'), 'EUR')).toBe(text);
      };
      for (const [name, tree] of Object.entries(explain)) {
        const amount = amounts[name]!;
        if (typeof amount === 'string')
          check(amount, tree as Explanation); // as: an explanation has its amount's form
        else for (const [id, one] of Object.entries(tree)) check(amount[id], one as Explanation); // as: see above
      }
      for (const { because, cents } of transfers) check(formatMoney({ cents, currency: 'EUR' }), because);
    }
  });

  it('names no disease, patient or protocol in accounts and lines', () => {
    for (const contract of shipped.map((file) => loadContract(readContract(file)))) {
      const { protocols = [], examples } = contract.document;
      const words = new RegExp(
        ['cancer', 'renal', 'ckd', 'colorectal', ...protocols.map(({ id }) => id)].join('|'),
        'i',
      );
      for (const { debit, credit, line } of examples.flatMap(({ given }) => price(contract, given).transfers)) {
        expect(`${debit} ${credit} ${protocols.length > 0 ? line : ''}`).not.toMatch(words);
      }
    }
  });
});
