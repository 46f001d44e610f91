import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContractDocument, Given } from './contract';
import { loadContract } from './load-contract';
import { price } from './price';
import { withoutNames } from './recorded-line';

const read = (file: string): ContractDocument =>
  JSON.parse(readFileSync(join(__dirname, '..', file), 'utf8')) as ContractDocument; // as: our own files

describe('recorded inputs as they leave the service', () => {
  it.each([
    'fixtures/1-bundle.json',
    'fixtures/2-pmpm.json',
    'fixtures/3-savings.json',
    'fixtures/4-outcome.json',
    'payment-contracts/onco-pathway-a.json',
    'payment-contracts/tele-expertise-fees.json',
    'payment-contracts/forfait-mrc.json',
    'payment-contracts/remote-monitoring.json',
    'payment-contracts/surgical-episode.json',
  ])('of %s come to the same money', (file) => {
    const contract = loadContract(read(file));
    const totals = (given: Given) =>
      Object.entries(price(contract, given).amounts).filter(([, one]) => typeof one === 'string');
    for (const { given } of contract.document.examples)
      expect(totals(withoutNames(given, 'book', contract.document))).toEqual(totals(given));
  });

  it('name no patient and bring nothing that the contract does not read, and keep who is paid', () => {
    const { document } = loadContract(read('fixtures/3-savings.json'));
    const given = {
      remark: 'Mrs Dupont',
      outliers: [{ id: 'dupont', cost: '1.00 EUR', illness: 'cancer', evidence: ['e'] }],
      groups: [{ id: 'grp:north', personMonths: '1' }],
    };
    const hidden = withoutNames(given, 'book', document);
    expect(JSON.stringify(hidden)).not.toMatch(/dupont|cancer|evidence|remark/i);
    expect(hidden).toMatchObject({ groups: given.groups, outliers: [{ cost: '1.00 EUR' }] });
  });

  it('keep rows of one patient together, by one pseudonym', () => {
    const { document } = loadContract(read('payment-contracts/tele-expertise-fees.json'));
    const acts = document.examples.flatMap(({ given }) => (Array.isArray(given.acts) ? (given.acts as object[]) : [])); // as: rows
    const hidden = withoutNames({ acts }, 'book', document).acts as Record<string, string>[]; // as: rows again
    expect(hidden).toHaveLength(acts.length);
    expect(hidden.every(({ id = '' }) => id.startsWith('ep-'))).toBe(true);
  });
});
