import { overviewOf } from './month-overview';

const row = (account: string, code: string, dr: bigint, cr: bigint) => ({ account, code, dr, cr });

describe('the overview of a month', () => {
  it('shows beside what is due what the bank has settled of it', () => {
    const rows = [
      row('assets:receivable:org:payer-75', 'BUNDLE_DUE', 120_000n, 0n),
      row('assets:receivable:org:payer-75', 'RECEIPT', 0n, 100_000n),
      row('liabilities:payable:prac:a', 'SHARE_DUE', 0n, 70_000n),
      row('liabilities:payable:prac:a', 'ADJUSTMENT', 5_000n, 0n),
      row('liabilities:payable:prac:a', 'PAYMENT', 60_000n, 0n),
      row('liabilities:payable:prac:a', 'PAYMENT_RETURNED', 0n, 10_000n),
    ];
    expect(overviewOf(rows)).toEqual({
      ...{ expected: 120_000n, received: 100_000n, due: 65_000n, paid: 50_000n },
      ...{ kept: 0n, withheld: 0n, accrued: 0n },
    });
  });

  it('keeps what is estimated and what is withheld apart from what the holder earns', () => {
    const rows = [
      row('income:coordination:a', 'BUNDLE_DUE', 0n, 12_000n),
      row('expenses:outside-care', 'ACCRUAL_OUTSIDE', 3_000n, 0n),
      row('liabilities:accrued:outside-care', 'ACCRUAL_OUTSIDE', 0n, 3_000n),
      row('assets:withheld:org:payer-75:2026', 'WITHHELD', 800n, 0n),
      row('liabilities:pool:a:ep-1', 'BUNDLE_DUE', 0n, 99n),
    ];
    expect(overviewOf(rows)).toMatchObject({ kept: 9_000n, accrued: 3_000n, withheld: 800n, due: 0n, expected: 0n });
  });
});
