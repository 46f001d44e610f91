import { sharedPlanOf, type ToldPathway, type ToldTask } from './shared-plan';

const pathway: ToldPathway = {
  steps: [
    { key: 'a', label: 'Bilan', status: 'done', doneAt: '2026-11-20T08:00:00Z', latest: '2026-11-21' },
    { key: 'b', label: 'Visite', status: 'late', latest: '2026-11-22', booking: { startsAt: '2026-11-25T08:00:00Z' } },
    { key: 'c', label: 'Plus tard', status: 'waiting' },
    { key: 'd', label: '', status: 'due' },
  ],
};
const task = (id: string, ownerId: string, status = 'open'): ToldTask => ({
  ...{ id, pathwayId: 'w1', title: 'Pansement', ownerId, status, outcomes: [] },
});

describe('a plan that is shared', () => {
  const nurse = { kind: 'practitioner', practitionerId: 'x1' } as const;

  it('holds what is under way and what is done, and no step without a label', () => {
    expect(sharedPlanOf(pathway, [], nurse).steps).toEqual([
      { ref: 'a', label: 'Bilan', status: 'done', doneAt: '2026-11-20T08:00:00Z' },
      { ref: 'b', label: 'Visite', status: 'to-come', latest: '2026-11-22', appointmentAt: '2026-11-25T08:00:00Z' },
    ]);
  });

  it('asks of a professional what is open and theirs, and of a carer nothing', () => {
    const tasks = [task('t1', 'x1'), task('t2', 'x2'), task('t3', 'x1', 'done')];
    expect(sharedPlanOf(pathway, tasks, nurse).tasks.map(({ id }) => id)).toEqual(['t1']);
    const asked = [
      { taskId: 't1', text: 'Puis-je marcher ?' },
      { taskId: 't2', text: 'Autre chose' },
    ];
    expect(sharedPlanOf(pathway, tasks, nurse, asked).tasks).toMatchObject([{ id: 't1', asked: 'Puis-je marcher ?' }]);
    expect(sharedPlanOf(pathway, tasks, { kind: 'carer', name: 'Démo Ada' }).tasks).toEqual([]);
  });
});
