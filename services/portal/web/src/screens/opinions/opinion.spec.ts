import { byDeadline, clockOf, groupsOf, type OpinionLine } from './opinion';

const line = (changes: Partial<OpinionLine>): OpinionLine => ({
  id: 'a',
  version: 1,
  status: 'asked',
  pathwayId: 'p',
  patientId: 'q',
  stepKey: 's',
  specialty: 'pathology',
  urgency: 'routine',
  requesterId: 'r',
  expertId: 'e',
  formerExpertIds: [],
  requestedAt: '2026-03-02T08:00:00.000Z',
  dueAt: '2026-03-09T08:00:00.000Z',
  ...changes,
});

describe('the time left to answer', () => {
  it('is whole when the request comes and nothing from the deadline on', () => {
    expect(clockOf(line({}), '2026-03-02T08:00:00.000Z')).toEqual({ left: 1, tone: 'calm' });
    expect(clockOf(line({}), '2026-03-09T08:00:00.000Z')).toEqual({ left: 0, tone: 'urgent' });
    expect(clockOf(line({}), '2026-03-20T08:00:00.000Z').left).toBe(0);
  });

  it('warns in its last third and presses in its last eighth', () => {
    expect(clockOf(line({}), '2026-03-06T08:00:00.000Z').tone).toBe('calm');
    expect(clockOf(line({}), '2026-03-07T08:00:00.000Z').tone).toBe('late');
    expect(clockOf(line({}), '2026-03-08T20:00:00.000Z').tone).toBe('urgent');
  });
});

describe('the lists', () => {
  it('put what ends first before the rest, whatever the order in which it was read', () => {
    const lines = [line({ id: 'b' }), line({ id: 'a' }), line({ id: 'c', dueAt: '2026-03-03T08:00:00.000Z' })];
    expect(lines.sort(byDeadline).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });

  it('show who asks first what nobody will answer, since it must be asked again', () => {
    const lines = [line({ id: 'g', status: 'given' }), line({ id: 'd', status: 'declined' }), line({ id: 'w' })];
    expect(groupsOf(lines, 'requester').map(({ group }) => group)).toEqual(['unanswered', 'waiting', 'given']);
  });

  it('show an expert only what is still theirs to answer', () => {
    const lines = [line({ id: 'g', status: 'given' }), line({ id: 'x', status: 'cancelled' }), line({ id: 'w' })];
    expect(groupsOf(lines, 'expert').flatMap((one) => one.lines.map(({ id }) => id))).toEqual(['w']);
  });
});
