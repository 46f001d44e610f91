import { amountOf, centsOf, csvOf, grown, shareOf, sumOf } from './amounts';

const euros = (amount: string) => ({ amount, currency: 'EUR' });

describe('amounts on a screen', () => {
  it.each([
    ['12.50', 1250n],
    ['-0.05', -5n],
    ['7', 700n],
    ['12345678901234567.89', 1234567890123456789n],
  ])('reads %s to the cent, however large', (amount, cents) => {
    expect(centsOf({ amount })).toBe(cents);
    expect(centsOf({ amount: amountOf(cents) })).toBe(cents);
  });

  it('adds up without a float: 0.10 and 0.20 are 0.30', () => {
    expect(sumOf([euros('0.10'), euros('0.20')], 'EUR')).toEqual(euros('0.30'));
    expect(sumOf([], 'EUR')).toEqual(euros('0.00'));
  });

  it('tells what is owed and earned as it adds, and what one holds as it is', () => {
    expect(grown('liabilities:payable:prac:a', euros('-81.00'))).toEqual(euros('81.00'));
    expect(grown('assets:receivable:org:payer', euros('3000.00'))).toEqual(euros('3000.00'));
  });

  it('never draws a bar beyond its place', () => {
    expect(shareOf(euros('50.00'), euros('200.00'))).toBe(25);
    expect(shareOf(euros('300.00'), euros('200.00'))).toBe(100);
    expect(shareOf(euros('1.00'), euros('0.00'))).toBe(0);
  });

  it('quotes a cell of a file that holds the separator', () => {
    expect(
      csvOf([
        ['a;b', 'say "c"'],
        ['1.00', 'd'],
      ]),
    ).toBe('"a;b";"say ""c"""\r\n1.00;d\r\n');
  });
});
