import { type Change, eventText } from './change';

const change = (id: string): Change => ({
  id,
  type: 'StepDone',
  pathwayId: 'pathway',
  sequence: 7,
  territory: 'here',
  readers: ['nurse'],
});

describe('an event of the stream', () => {
  it('says what kind of thing changed in which pathway, and nothing more', () => {
    expect(eventText(change('a'))).toBe(
      'id: a\nevent: change\ndata: {"type":"StepDone","pathwayId":"pathway","sequence":7}\n\n',
    );
  });
});
