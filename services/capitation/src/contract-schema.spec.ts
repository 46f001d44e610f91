import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractOf } from './contract.fixture';
import { contractSchema } from './contract-schema';
import { kindFields } from './kind-fields';
import { loadContract } from './load-contract';

const published = join(__dirname, '../../../docs/payment-contract-1.schema.json');
const given = { price: '1.00 EUR' };
const bundle = { id: 'flat', kind: 'bundle', price: 'price', split: [{ to: 'pool', share: '100%' }] };
const changed = (change: object) => () => loadContract(contractOf([bundle], given, change));

describe('the schema of payment contracts', () => {
  it('is published as the service reads it (UPDATE_CONTRACTS=1 writes it anew)', () => {
    const text = JSON.stringify(contractSchema, null, 2);
    if (process.env.UPDATE_CONTRACTS === '1') writeFileSync(published, `${text}\n`);
    expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(JSON.parse(text));
  });

  it('lets a component carry the author’s own remarks, and nothing else of the document', () => {
    expect(() => loadContract(contractOf([{ ...bundle, remark: 'paid in June' }], given))).not.toThrow();
    expect(changed({ remark: 'paid in June' })).toThrow('additional properties. Take "remark" away.');
  });

  it('names the words it knows where it refuses one', () => {
    const lottery = contractOf([{ ...bundle, kind: 'lottery' }], given);
    expect(() => loadContract(lottery)).toThrow(/components\.0\.kind: .*Write one of bundle, redistribute, pmpm/);
  });

  it.each(Object.keys(kindFields))('asks a component of kind %s for its fields, and says at which place', (kind) => {
    expect(() => loadContract(contractOf([bundle, { id: 'other', kind }], given))).toThrow(
      'Contract refused, components.1: must have required property',
    );
  });

  it.each([
    ['a version of zero', { version: 0 }, 'version'],
    ['a currency in small letters', { currency: 'eur' }, 'currency'],
    ['a payer without a kind', { parties: { payer: 'payer', holder: 'org:a' } }, 'parties.payer'],
    [
      'a rounding nobody knows',
      { rounding: { mode: 'UP', allocation: 'CUMULATIVE', tieBreak: 'ID' } },
      'rounding.mode',
    ],
    ['no example', { examples: [] }, 'examples'],
    ['an amount with one decimal', { params: { price: '1.0 EUR' } }, 'params.price'],
    ['a parameter that is a word', { params: { price: 'cheap' } }, 'params.price'],
    ['a hash that is none', { supersedes: { version: 1, sha256: 'abc' } }, 'supersedes.sha256'],
    ['a validity of no days', { validity: { from: '2026-01-01', to: '2026-01-01' } }, 'validity'],
    [
      'an expression of 401 characters',
      { components: [{ ...bundle, price: `price${' '.repeat(396)}` }] },
      'components.0.price',
    ],
    ['an empty law', { legalBasis: '' }, 'legalBasis'],
  ])('refuses %s at its place', (_name, change, place) => {
    expect(changed(change)).toThrow(`Contract refused, ${place}`);
  });

  it('takes every rounding, allocation and tie, an open validity, and the first form’s optional fields', () => {
    for (const mode of ['HALF_UP', 'HALF_EVEN', 'DOWN']) {
      for (const allocation of ['LARGEST_REMAINDER', 'FIRST_DECLARED', 'CUMULATIVE']) {
        for (const tieBreak of ['ID', 'DECLARED']) {
          expect(changed({ rounding: { mode, allocation, tieBreak } })).not.toThrow();
        }
      }
    }
    const sha256 = '0'.repeat(64);
    expect(
      changed({ supersedes: { version: 1, sha256 }, tables: { mine: [{ any: 'thing' }], empty: [] } }),
    ).not.toThrow();
    expect(changed({ parties: { payer: 'org:a', holder: 'org:b', manufacturer: 'org:c' } })).not.toThrow();
  });
});
