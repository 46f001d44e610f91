import { fold } from './decider';
import { type DocketCommand, type PathwayDocket, pathwayDocket } from './pathway-docket';

const after = (...commands: DocketCommand[]) =>
  commands.reduce<PathwayDocket | undefined>(
    (state, command) => fold(pathwayDocket, state, pathwayDocket.decide(state, command)),
    undefined,
  );
const close: DocketCommand = { type: 'CloseDocket', at: '2026-04-01T08:00:00Z' };

it('remembers all that entered, to the end of the pathway', () => {
  expect(after({ type: 'EnterDocket', memberId: 'a' }, { type: 'EnterDocket', memberId: 'b' }, close)).toEqual({
    closed: true,
    memberIds: ['a', 'b'],
  });
});
it('takes nothing once the pathway has ended, though nothing had entered before', () => {
  expect(() => pathwayDocket.decide(after(close), { type: 'EnterDocket', memberId: 'a' })).toThrow('PATHWAY_CLOSED');
});
it('ends once', () => {
  expect(pathwayDocket.decide(after(close), close)).toEqual([]);
});
it('takes others again once the end was taken back', () => {
  const reopened = after({ type: 'EnterDocket', memberId: 'a' }, close, { type: 'ReopenDocket' });
  expect(pathwayDocket.decide(reopened, { type: 'EnterDocket', memberId: 'b' })).toHaveLength(1);
  expect(pathwayDocket.decide(reopened, { type: 'ReopenDocket' })).toEqual([]);
});
