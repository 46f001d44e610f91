import fc from 'fast-check';
import { FreshFacts } from './fresh-facts';

const fact = (subject: string, sequence: number) => ({ _id: `${subject}-${sequence}`, subject, sequence });
type Fact = ReturnType<typeof fact>;
const names = (facts: readonly Fact[]) => facts.map(({ _id }) => _id);

/** One that has just read an empty outbox. */
function sure(): FreshFacts<Fact> {
  const fresh = new FreshFacts<Fact>();
  fresh.read([], true);
  return fresh;
}

describe('facts that a commit hands to the relay', () => {
  it('are not trusted before the outbox has been read to its end', () => {
    const fresh = new FreshFacts<Fact>();
    expect(fresh.needRead).toBe(true);
    fresh.read([fact('a', 1)], false);
    expect(fresh.needRead).toBe(true);
    fresh.read([fact('a', 2)], true);
    expect(fresh.needRead).toBe(false);
  });

  it('are given in the order of their commits, a batch at a time', () => {
    const fresh = sure();
    fresh.add([fact('a', 1), fact('b', 1), fact('a', 2)]);
    expect(names(fresh.take(2).next)).toEqual(['a-1', 'b-1']);
    fresh.sent([fact('a', 1), fact('b', 1)]);
    expect(names(fresh.take(2).next)).toEqual(['a-2']);
    expect(fresh.needRead).toBe(false);
  });

  it('wait for a read when another process has committed the one before', () => {
    const fresh = sure();
    fresh.add([fact('b', 1), fact('a', 2)]);
    expect(names(fresh.take(10).next)).toEqual(['b-1']);
    expect(fresh.needRead).toBe(true);
    const found = [fact('a', 1), fact('a', 2)];
    fresh.read(found, true);
    fresh.sent(found);
    expect(fresh.take(10).next).toEqual([]);
    expect(fresh.needRead).toBe(false);
  });

  it('are not given when a read has found and sent them already', () => {
    const fresh = sure();
    fresh.read([fact('a', 1)], true);
    fresh.sent([fact('a', 1)]);
    fresh.add([fact('a', 1), fact('a', 2)]);
    const { next, sentBefore } = fresh.take(10);
    expect(names(next)).toEqual(['a-2']);
    expect(names(sentBefore)).toEqual(['a-1']);
  });

  it('are let go of when more wait than memory should hold, and found by a read', () => {
    const fresh = sure();
    fresh.add(Array.from({ length: 5_001 }, (_, index) => fact(`s${index}`, 1)));
    expect(fresh.take(10).next).toEqual([]);
    expect(fresh.needRead).toBe(true);
  });

  it('never leave a hole or turn a subject round, whoever commits, reads or forgets in between', () => {
    const move = fc.record({
      subject: fc.constantFrom('a', 'b', 'c'),
      what: fc.constantFrom('ours', 'ours', 'theirs', 'late', 'relay', 'relay', 'forget'),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        const outbox: Fact[] = [];
        const published = new Set<string>();
        const late: Fact[] = [];
        const out: Fact[] = [];
        const fresh = new FreshFacts<Fact>();
        const send = (facts: readonly Fact[]) => {
          out.push(...facts);
          fresh.sent(facts);
          for (const { _id } of facts) published.add(_id);
        };
        const commit = (subject: string) => {
          const next = fact(subject, outbox.filter((one) => one.subject === subject).length + 1);
          outbox.push(next);
          return next;
        };
        const relay = () => {
          const { next } = fresh.take(3);
          if (next.length > 0 || !fresh.needRead) {
            send(next);
            return;
          }
          const found = outbox.filter(({ _id }) => !published.has(_id)).slice(0, 3);
          fresh.read(found, found.length < 3);
          send(found);
        };
        for (const { subject, what } of moves) {
          if (what === 'ours') fresh.add([commit(subject)]);
          else if (what === 'theirs') commit(subject);
          else if (what === 'late') {
            // Its own word comes after the next move.
            late.push(commit(subject));
            continue;
          } else if (what === 'relay') relay();
          else fresh.forget();
          fresh.add(late.splice(0));
        }
        for (const subject of ['a', 'b', 'c']) {
          const sent = out.filter((one) => one.subject === subject).map(({ sequence }) => sequence);
          expect(sent).toEqual(sent.map((_, index) => index + 1));
        }
      }),
      { numRuns: 500 },
    );
  });
});
