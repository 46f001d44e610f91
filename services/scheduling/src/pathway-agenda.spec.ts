import { fold } from '@ariane/kernel';
import { pathwayAgenda, type PathwayAgendaCommand, type PathwayAgendaEvent } from './pathway-agenda';

const join = (appointmentId: string): PathwayAgendaCommand => ({ type: 'JoinAgenda', appointmentId });
const leave = (appointmentId: string): PathwayAgendaCommand => ({ type: 'LeaveAgenda', appointmentId });
const reopen: PathwayAgendaCommand = { type: 'ReopenAgenda' };
const close: PathwayAgendaCommand = { type: 'CloseAgenda', closedAt: '2026-03-09T09:00:00Z' };

const eventsOf = (...commands: PathwayAgendaCommand[]): readonly PathwayAgendaEvent[] => {
  const before = commands.slice(0, -1);
  const state = before.reduce<Parameters<typeof pathwayAgenda.decide>[0]>(
    (at, command) => fold(pathwayAgenda, at, pathwayAgenda.decide(at, command)),
    undefined,
  );
  return pathwayAgenda.decide(state, commands.at(-1)!);
};

describe('the agenda of a pathway', () => {
  it('closes with every appointment that is still ahead', () => {
    const [closed] = eventsOf(join('a'), join('b'), leave('a'), join('c'), close);
    expect(closed?.data).toEqual({ closedAt: '2026-03-09T09:00:00Z', appointmentIds: ['b', 'c'] });
  });

  it('takes no appointment once closed, whether or not it had one before', () => {
    expect(() => eventsOf(join('a'), close, join('b'))).toThrow('PATHWAY_CLOSED');
    expect(() => eventsOf(close, join('b'))).toThrow('PATHWAY_CLOSED');
  });

  it('takes appointments again once its end was taken back, and none of those that were cancelled', () => {
    expect(eventsOf(join('a'), close, reopen, join('b'))).toEqual([
      { type: 'AgendaJoined', data: { appointmentId: 'b' } },
    ]);
    const [closed] = eventsOf(join('a'), close, reopen, join('b'), close);
    expect(closed?.data).toMatchObject({ appointmentIds: ['b'] });
    expect(eventsOf(join('a'), reopen)).toEqual([]);
  });

  it('hears the same twice without effect', () => {
    expect(eventsOf(join('a'), join('a'))).toEqual([]);
    expect(eventsOf(join('a'), leave('b'))).toEqual([]);
    expect(eventsOf(close, close)).toEqual([]);
    expect(eventsOf(close, leave('a'))).toEqual([]);
  });
});
