import { countOf, NOTHING } from './reassigned';

describe('tasks handed over', () => {
  it('are counted over all answers, and those refused apart', () => {
    const first = countOf(NOTHING, { items: [{ id: 'a', result: 'ok' }, { id: 'b', result: 'refused' }], next: 'b' }); // prettier-ignore
    expect(countOf(first, { items: [{ id: 'c', result: 'ok' }] })).toEqual({ moved: 2, refused: 1 });
  });
});
