import { keyOf } from '../api/queries';
import { isConcerned } from './concerned';

const changed = { service: 'pathways', type: 'TaskDone', pathwayId: 'p1' };
const is = (path: string): boolean => isConcerned(keyOf(path), changed);

describe('what a change has read again', () => {
  it('is every list of the service, which may hold the pathway', () => {
    expect(is('/api/pathways/worklist?owner=me&limit=100')).toBe(true);
    expect(is('/api/pathways/alerts?ownerId=d1&status=open')).toBe(true);
    expect(is('/api/pathways/pathways?status=ACTIVE')).toBe(true);
    expect(isConcerned([...keyOf('/api/pathways/pathways'), 'pages'], changed)).toBe(true);
    expect(is('/api/pathways/patients/x1/plan')).toBe(true);
  });

  it('is the pathway itself, and nothing of another one', () => {
    expect(is('/api/pathways/pathways/p1/timeline')).toBe(true);
    expect(is('/api/pathways/tasks?pathwayId=p1&status=open')).toBe(true);
    expect(is('/api/pathways/pathways/p2')).toBe(false);
    expect(is('/api/pathways/alerts?pathwayId=p2&limit=200')).toBe(false);
  });

  it('is one thing that says which pathway it is of, with that pathway alone', () => {
    const told = { service: 'tele-expertise', type: 'OpinionAccepted', pathwayId: 'p1' };
    const opinion = keyOf('/api/tele-expertise/opinion-requests/o1');
    expect(isConcerned(opinion, told, { id: 'o1', pathwayId: 'p1' })).toBe(true);
    expect(isConcerned(opinion, told, { id: 'o1', pathwayId: 'p2' })).toBe(false);
    expect(isConcerned(opinion, told, undefined)).toBe(true);
  });

  it('is all of a service that names no pathway, and nothing of another service', () => {
    expect(isConcerned(keyOf('/api/pathways/pathways/p2'), { service: 'pathways', type: 'RosterSet' })).toBe(true);
    expect(is('/api/meetings/cases?limit=5')).toBe(false);
  });
});
