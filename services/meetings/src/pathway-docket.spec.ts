import { fold } from '@ariane/kernel';
import { type DocketCommand, type PathwayDocket, pathwayDocket } from './pathway-docket';

const after = (...commands: DocketCommand[]) =>
  commands.reduce<PathwayDocket | undefined>(
    (state, command) => fold(pathwayDocket, state, pathwayDocket.decide(state, command)),
    undefined,
  );
const close: DocketCommand = { type: 'CloseDocket', at: '2026-04-01T08:00:00Z' };

it('remembers every case of the pathway to its end', () => {
  expect(after({ type: 'EnterCase', caseId: 'a' }, { type: 'EnterCase', caseId: 'b' }, close)).toEqual({
    closed: true,
    caseIds: ['a', 'b'],
  });
});
it('takes no case once the pathway has ended, though none was asked before', () => {
  expect(() => pathwayDocket.decide(after(close), { type: 'EnterCase', caseId: 'a' })).toThrow('PATHWAY_CLOSED');
});
it('ends once', () => {
  expect(pathwayDocket.decide(after(close), close)).toEqual([]);
});
