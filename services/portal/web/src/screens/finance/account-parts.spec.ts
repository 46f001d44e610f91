import { kindOf, partsOf } from './account-parts';

describe('an account’s name', () => {
  it.each([
    ['assets:receivable:org:payer-75', { kind: 'receivable', party: 'org:payer-75' }],
    ['liabilities:payable:prac:a1', { kind: 'payable', party: 'prac:a1' }],
    ['liabilities:pool:care-pathway-b:ep-12', { kind: 'pool', contract: 'care-pathway-b', file: 'ep-12' }],
    ['liabilities:pool:c:ep-12:team', { kind: 'pool', contract: 'c', file: 'ep-12', rest: 'team' }],
    ['income:coordination:care-pathway-b', { kind: 'income-coordination', contract: 'care-pathway-b' }],
    ['expenses:outside-care', { kind: 'expenses-outside-care' }],
    ['assets:withheld:org:payer-75:2026', { kind: 'withheld', party: 'org:payer-75', rest: '2026' }],
    ['assets:bank-transit', { kind: 'bank-transit' }],
    ['memo:something', { kind: 'memo:something' }],
  ])('of %s says for whom it is kept', (account, parts) => {
    expect(partsOf(account)).toEqual(parts);
  });

  it('puts each account into one group, an unknown one among the others', () => {
    expect(kindOf('expenses:shared-loss:a')).toBe('expenses');
    expect(kindOf('assets:bank-transit')).toBe('bank');
    expect(kindOf('memo:something')).toBe('other');
  });
});
