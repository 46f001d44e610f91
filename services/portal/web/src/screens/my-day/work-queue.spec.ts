import { type WorkCounters, workReasons, type WorkItem } from '../../api/care';
import { countOf, handOverNote, hold, neighbourOf, queues, reasonsOf, workQuery } from './work-queue';

const item = (id: string, reason: WorkItem['reason'] = 'late', patientId = 'p') =>
  ({ id, reason, patientId, label: id }) as WorkItem; // only what is looked at
const idsOf = (items: readonly WorkItem[]) => items.map(({ id }) => id).join('');
const list = (ids: string) => [...ids].map((id) => item(id));

describe('the queues of a day', () => {
  it('hold every reason once, so that nothing is on no list and nothing on two', () => {
    const all = queues.flatMap((queue) => reasonsOf[queue]);
    expect([...all].sort()).toEqual([...workReasons].sort());
  });

  it('count what their lists hold', () => {
    const reasons = Object.fromEntries(workReasons.map((reason) => [reason, 2])) as WorkCounters['reasons'];
    expect(countOf({ reasons } as WorkCounters, 'decide')).toBe(10); // the others are not looked at
  });

  it('ask for the reasons of the queue, or for the one chosen of them, never for one of another queue', () => {
    expect(workQuery({ owner: 'me' }, 'do')).toBe('owner=me&reason=to-do');
    expect(workQuery({ reason: 'alert' }, 'decide')).toBe('reason=alert');
    expect(workQuery({ reason: 'alert' }, 'watch')).toBe('reason=coming');
  });
});

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

  it('tells of what came into an empty list instead of putting it there unseen', () => {
    expect(idsOf(hold([], list('a')).arrived)).toBe('a');
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

describe('the hand-over note', () => {
  it('names each patient once a queue, with all that is open for them', () => {
    const items = [item('Biopsie', 'late', 'x'), item('Scanner', 'late', 'x'), item('Appel', 'to-do', 'y')];
    const note = handOverNote(items, {
      patient: (id) => id.toUpperCase(),
      title: ({ label = '' }) => label,
      due: ({ id }) => (id === 'Biopsie' ? 'hier' : undefined),
      queue: (queue) => queue,
    });
    expect(note).toBe('decide (2)\n- X\n    Biopsie · hier\n    Scanner\n\ndo (1)\n- Y\n    Appel');
  });
});
