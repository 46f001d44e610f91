import { type WorkCounters, workReasons, type WorkItem } from '../../api/care';
import { countOf, handOverNote, queues, reasonsOf, workQuery } from './work-queue';

const item = (id: string, reason: WorkItem['reason'] = 'late', patientId = 'p') =>
  ({ id, reason, patientId, label: id }) as WorkItem; // only what is looked at

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
