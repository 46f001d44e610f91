import { ringsOf } from './doorbell';

const heard = (fact: string, sequence: number, { subject = 'a', causationid = 'enrolment' } = {}) => ({
  envelope: { type: `ariane.pathways.${fact}.v1`, subject, causationid, sequence },
});
const sequences = (facts: Parameters<typeof ringsOf>[0]) =>
  [...ringsOf(facts)].map(([{ envelope }, upTo]) => [envelope.sequence, upTo]);

describe('which facts ring', () => {
  it('rings once for all that one command told of a pathway, up to the last of it', () => {
    const facts = [heard('PathwayEnrolled', 1), heard('CareTeamMemberAdded', 2), heard('CareTeamMemberAdded', 3)];
    expect(sequences(facts)).toEqual([[1, 3]]);
  });

  it('rings for each command, since each has its own trace', () => {
    const facts = [heard('FactRecorded', 4), heard('FactRecorded', 5, { causationid: 'another' })];
    expect(sequences(facts)).toEqual([
      [4, 4],
      [5, 5],
    ]);
  });

  it('rings each pathway that one command concerns', () => {
    expect(sequences([heard('FactRecorded', 6), heard('FactRecorded', 2, { subject: 'b' })])).toEqual([
      [6, 6],
      [2, 2],
    ]);
  });

  it('does not ring for what follows from an advance, not even for the end', () => {
    expect(sequences([heard('StepDue', 7), heard('StepDone', 8), heard('PathwayClosed', 9)])).toEqual([]);
  });
});
