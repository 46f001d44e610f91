import fc from 'fast-check';
import { EntryScanner, type RawEntry } from './entry-scanner';

function scan(text: string, options: { lines?: boolean; chunkBytes?: number } = {}): RawEntry[] {
  const scanner = new EntryScanner(options.lines ?? false);
  const bytes = Buffer.from(text);
  const step = options.chunkBytes ?? bytes.length + 1;
  const entries: RawEntry[] = [];
  for (let at = 0; at < bytes.length; at += step) entries.push(...scanner.push(bytes.subarray(at, at + step)));
  return [...entries, ...scanner.end()];
}
const told = (entries: RawEntry[]): unknown[] =>
  entries.map((one) => (one.status === 'found' ? one.bytes.toString() : one.reason));

describe('cutting a stream into resources', () => {
  const patient = '{"resource":{"resourceType":"Patient","name":"a \\"}] \\\\"}}';

  it('gives the entries of a Bundle, wherever resourceType stands', () => {
    expect(told(scan(`{"resourceType":"Bundle","entry":[${patient}, {"a":[1,{}]}],"total":2}`))).toEqual([
      patient,
      '{"a":[1,{}]}',
    ]);
    expect(told(scan(`{"entry":[${patient}],"resourceType":"Bundle"}`))).toEqual([patient]);
    expect(told(scan('{"resourceType":"Bundle","link":[{"entry":[1]}],"entry":[]}'))).toEqual([]);
  });

  it('gives resources that stand alone, in lines, in an array, and several Bundles in a row', () => {
    const one = '{"resourceType":"Patient"}';
    expect(told(scan(`\ufeff${one}\n${one}\n`))).toEqual([one, one]);
    expect(told(scan(`[${one},${one}]`))).toEqual([one, one]);
    expect(told(scan(`{"entry":[${patient}]}\n{"entry":[${patient}]}${one}`))).toEqual([patient, patient, one]);
  });

  it('does not take the entries of a List for those of a Bundle', () => {
    const list = '{"resourceType":"List","entry":[{"item":{}}]}';
    expect(told(scan(list))).toEqual([list]);
  });

  it('tells elements that are no object, each alone', () => {
    expect(told(scan('{"resourceType":"Bundle","entry":[null,"a,b",{"x":1},12]}'))).toEqual([
      'null',
      '"a,b"',
      '{"x":1}',
      '12',
    ]);
  });

  it('says at which byte a truncated file breaks off, and keeps what came before', () => {
    const [first, second] = scan('{"entry":[{"x":1},{"y":"tr');
    expect(first).toMatchObject({ status: 'found', offset: 10 });
    expect(second).toEqual({ status: 'broken', position: 1, offset: 18, reason: 'TRUNCATED' });
  });

  it('says that a Bundle has no end even when its last entry has', () => {
    expect(told(scan('{"entry":[{"x":1}'))).toEqual(['{"x":1}', 'TRUNCATED']);
  });

  it('lets a broken line spoil no other line', () => {
    expect(told(scan('{"a":1}\n{"b":"x\n{"c":3}\nhello\n{"d":4}', { lines: true }))).toEqual([
      '{"a":1}',
      'TRUNCATED',
      '{"c":3}',
      'NOT_JSON',
      '{"d":4}',
    ]);
  });

  it('refuses a resource beyond 8 MB and goes on', () => {
    const large = `{"text":"${'x'.repeat(8_000_001)}"}`;
    expect(told(scan(`{"entry":[${large},{"x":1}]}`, { chunkBytes: 65_536 }))).toEqual(['TOO_LARGE', '{"x":1}']);
  });

  it('finds the same resources however the stream is cut into chunks', () => {
    const resource = fc.record({
      resourceType: fc.constant('X'),
      t: fc.string({ unit: 'grapheme' }),
      n: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), (resources, chunkBytes) => {
        const text = JSON.stringify(
          { resourceType: 'Bundle', entry: resources.map((one) => ({ resource: one })) },
          null,
          1,
        );
        const found = scan(text, { chunkBytes });
        expect(
          found.map((one) => (one.status === 'found' ? (JSON.parse(one.bytes.toString()) as unknown) : one)),
        ).toEqual(JSON.parse(JSON.stringify(resources.map((one) => ({ resource: one })))));
      }),
    );
  });
});
