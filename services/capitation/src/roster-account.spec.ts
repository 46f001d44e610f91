import { given } from '@ariane/testing';
import { rosterAccounts } from './roster-account';

const place = { book: 'b1', contractId: 'a-contract', month: '2026-06' };
const accounts = rosterAccounts({ active: () => undefined });
const part = { bucket: 'a0', inputsHash: 'new', cents: { cap: 100n }, members: 1, days: 30, seen: 'revision 2' };
const taken = { type: 'PartTaken' as const, data: { ...place, part } };
const see = (inputsHash: string, seen: string) => ({
  type: 'SeePart' as const,
  ...place,
  bucket: 'a0',
  inputsHash,
  seen,
});

describe('a part of a roster that was read again and came to what it was', () => {
  it('is remembered as read from what is there now', () => {
    given(accounts, taken)
      .when(see('new', 'revision 3'))
      .then({ type: 'PartTaken', data: { ...place, part: { ...part, seen: 'revision 3' } } });
    given(accounts, taken).when(see('new', 'revision 2')).thenNothing();
  });

  it('never takes the place of one that another run has taken since', () => {
    given(accounts, taken).when(see('old', 'revision 3')).thenNothing();
    given(accounts).when(see('new', 'revision 3')).thenNothing();
  });
});
