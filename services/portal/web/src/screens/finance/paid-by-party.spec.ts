import { sumOf } from './amounts';
import { paidByParty } from './paid-by-party';

const leg = (account: string, side: 'debit' | 'credit', amount: string) => ({
  ...{ account, side },
  amount: { amount, currency: 'EUR' },
});

describe('what an act paid', () => {
  it('is each party’s own, corrections taken off, and nothing of other accounts', () => {
    const entries = [
      {
        legs: [leg('liabilities:pool:c:ep-1', 'debit', '81.00'), leg('liabilities:payable:prac:a', 'credit', '81.00')],
      },
      {
        legs: [leg('liabilities:payable:prac:a', 'debit', '1.00'), leg('liabilities:payable:prac:b', 'credit', '1.00')],
      },
    ];
    const sums = paidByParty(entries).map(({ party, amounts }) => [party, sumOf(amounts, 'EUR').amount]);
    expect(sums).toEqual([
      ['prac:a', '80.00'],
      ['prac:b', '1.00'],
    ]);
  });
});
