import { canonicalText, type Raw, type Stores } from './canonical-text.ts';

const fact = { type: 'ariane.scheduling.AppointmentAttended.v1', time: '2026-03-03T08:00:00.000Z', subject: 'p1' };
const entry = (change: Raw = {}): Raw => ({
  _id: 'line-1',
  book: 'demo.hospital-a',
  code: 'SHARE_DUE',
  eff: new Date('2026-03-06T08:15:00Z'),
  seq: 1n,
  legs: [
    { a: 'liabilities:pool', d: 1n, amt: 8308n },
    { a: 'liabilities:payable:prac:x', d: -1n, amt: 8308n },
  ],
  cause: { eventIds: ['e1'] },
  ...change,
});
const stores = (change: Partial<Stores> = {}): Stores => ({
  pathways: [{ id: 'p1', status: 'DIED', steps: [{ key: 'entry', status: 'done', attempt: 1 }], version: 7 }],
  tasks: [],
  alerts: [],
  appointments: [
    { pathwayId: 'p1', stepKey: 'imaging', status: 'attended', slot: { startsAt: '2026-03-03T07:30:00Z' } },
  ],
  opinions: [],
  cases: [],
  entries: [entry()],
  facts: new Map([['e1', fact]]),
  ...change,
});
const text = (change: Partial<Stores> = {}): string => canonicalText(stores(change));

describe('the canonical text of a run', () => {
  it('is the same for other event ids, versions and numbers in the book', () => {
    const other = entry({ seq: 9n, cause: { eventIds: ['e9'] }, hash: 'other' });
    expect(text({ entries: [other], facts: new Map([['e9', fact]]) })).toBe(text());
  });

  it('is another for another amount, date, account, code or cause of an entry', () => {
    const legs = [
      { a: 'liabilities:pool', d: 1n, amt: 8309n },
      { a: 'liabilities:payable:prac:x', d: -1n, amt: 8309n },
    ];
    const others = [
      entry({ legs }),
      entry({ eff: new Date('2026-03-07T08:15:00Z') }),
      entry({ code: 'BUNDLE_DUE' }),
      entry({ cause: { eventIds: ['e1', 'e2'] } }),
    ];
    const facts = new Map([
      ['e1', fact],
      ['e2', { ...fact, time: '2026-03-04T08:00:00.000Z' }],
    ]);
    const texts = others.map((one) => text({ entries: [one], facts }));
    expect(new Set([text(), ...texts]).size).toBe(5);
  });

  it('shows an entry that was posted twice', () => {
    expect(text({ entries: [entry(), entry({ _id: 'line-2' })] })).not.toBe(text());
  });

  it('is another for another state of a step or an appointment', () => {
    const late = { id: 'p1', status: 'DIED', steps: [{ key: 'entry', status: 'done', attempt: 2 }] };
    const moved = {
      pathwayId: 'p1',
      stepKey: 'imaging',
      status: 'attended',
      slot: { startsAt: '2026-03-03T08:30:00Z' },
    };
    expect(new Set([text(), text({ pathways: [late] }), text({ appointments: [moved] })]).size).toBe(3);
  });

  it('refuses an entry whose cause no outbox holds', () => {
    expect(() => text({ facts: new Map() })).toThrow('its cause e1 is in no outbox');
  });
});
