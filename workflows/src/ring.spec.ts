import * as fc from 'fast-check';
import { hear, type Heard, type Ring } from './ring';

const ring = (sequence: number, source = 'pathways'): Ring => ({ eventId: `${source}-${sequence}`, source, sequence });

describe('the doorbell', () => {
  it('is heard once per event, however often it is rung', () => {
    const once = hear({}, ring(3));
    expect(once).toEqual({ heard: { pathways: 3 }, isNew: true });
    expect(hear(once.heard, ring(3)).isNew).toBe(false);
    expect(hear(once.heard, ring(2)).isNew).toBe(false);
  });

  it('keeps sources apart', () => {
    expect(hear({ pathways: 9 }, ring(1, 'clock')).isNew).toBe(true);
  });

  it('remembers the highest sequence of every source, in any order of rings', () => {
    const rings = fc.array(fc.record({ source: fc.constantFrom('a', 'b'), sequence: fc.integer({ min: 1, max: 50 }) }));
    fc.assert(
      fc.property(rings, (all) => {
        const heard = all.reduce<Heard>((before, one) => hear(before, { ...one, eventId: 'x' }).heard, {});
        for (const source of ['a', 'b']) {
          const sequences = all.filter((one) => one.source === source).map((one) => one.sequence);
          expect(heard[source] ?? 0).toBe(Math.max(0, ...sequences));
        }
      }),
    );
  });
});
