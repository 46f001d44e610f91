import { hold, neighbourOf } from './held';

const list = (ids: string) => Array.from(ids, (id) => ({ id }));
const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id).join('');

describe('a list that is read anew', () => {
  it('never moves what is shown: what is new waits', () => {
    const { shown, arrived } = hold(['c', 'a'], list('abc'));
    expect([idsOf(shown), idsOf(arrived)]).toEqual(['ca', 'b']);
  });

  it('loses what is gone and nothing else', () => {
    expect(idsOf(hold(['a', 'b', 'c'], list('ac')).shown)).toBe('ac');
  });

  it('goes on with what was asked for by scrolling', () => {
    const { shown, arrived } = hold(['a', 'b'], list('abcd'));
    expect([idsOf(shown), idsOf(arrived)]).toEqual(['abcd', '']);
  });

  it('shows at once what comes where nothing is left that could move', () => {
    const wholes = [hold([], list('a')), hold(['b'], list('a'))];
    expect(wholes.map(({ shown, arrived }) => [idsOf(shown), idsOf(arrived)])).toEqual([
      ['a', ''],
      ['a', ''],
    ]);
  });
});

describe('the row to go to', () => {
  it('is the next one, at the end the one before, in a list of one none', () => {
    expect([neighbourOf(list('abc'), 'b'), neighbourOf(list('abc'), 'c'), neighbourOf(list('a'), 'a')]).toEqual([
      'c',
      'b',
      undefined,
    ]);
  });
});
