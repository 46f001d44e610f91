import { randomUUID } from 'node:crypto';
import type { SealedEvent } from './message';
import { PassedOver } from './passed-over';

const subject = randomUUID();
const factOf = (sequence: number, of: string = subject): SealedEvent => ({
  envelope: {
    specversion: '1.0',
    id: randomUUID(),
    source: '/ariane/meetings',
    type: 'ariane.meetings.CaseDeferred.v1',
    subject: of,
    time: '2026-03-02T08:00:00Z',
    datacontenttype: 'application/json',
    sequence,
    correlationid: 'correlation',
    causationid: 'causation',
    territory: 'test',
    keyid: 'territory:test',
  },
  data: Buffer.alloc(0),
});
const sequencesIn = (passed: PassedOver): readonly (readonly number[])[] =>
  passed.all().map(({ events }) => events.map(({ envelope }) => envelope.sequence));

describe('facts that a consumer passes over', () => {
  it('are noted together where they follow one another, each subject by itself', () => {
    const passed = new PassedOver();
    for (const fact of [factOf(5), factOf(1, 'another'), factOf(6)]) expect(passed.add(fact)).toBe(true);
    expect(sequencesIn(passed)).toEqual([[5, 6], [1]]);
  });

  it('let the next fact of their subject follow from where the first of them did', () => {
    const passed = new PassedOver();
    for (const fact of [factOf(5), factOf(6)]) passed.add(fact);
    expect(passed.before(factOf(7))).toBe(4);
    expect(passed.before(factOf(7, 'another'))).toBe(6);
  });

  it('are no bridge over a fact that is missing', () => {
    const passed = new PassedOver();
    passed.add(factOf(5));
    expect(passed.add(factOf(7))).toBe(false);
    expect(passed.before(factOf(7))).toBe(6);
    expect(sequencesIn(passed)).toEqual([[5]]);
  });

  it('may come again, and are noted once', () => {
    const passed = new PassedOver();
    for (const fact of [factOf(5), factOf(6), factOf(5), factOf(6)]) expect(passed.add(fact)).toBe(true);
    expect(sequencesIn(passed)).toEqual([[5, 6]]);
  });

  it('are forgotten up to where the cursor has come, and those after it are not', () => {
    const passed = new PassedOver();
    for (const fact of [factOf(5), factOf(6), factOf(7)]) passed.add(fact);
    passed.forget(factOf(6));
    expect(sequencesIn(passed)).toEqual([[7]]);
    expect(passed.before(factOf(8))).toBe(6);
    passed.forget(factOf(8));
    expect(sequencesIn(passed)).toEqual([]);
  });
});
