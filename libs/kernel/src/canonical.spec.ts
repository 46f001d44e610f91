import { canonicalJson, sha256Hex } from './canonical';

describe('canonical JSON', () => {
  it('is the same whatever the order of the keys, and leaves out what is undefined', () => {
    const one = { b: [{ d: null, c: 'é' }], a: 1, z: undefined };
    expect(canonicalJson(one)).toBe('{"a":1,"b":[{"c":"é","d":null}]}');
    expect(canonicalJson({ a: 1, b: [{ c: 'é', d: null }] })).toBe(canonicalJson(one));
  });
  it('keeps the order of a list, and tells a bigint from a number', () => {
    expect(canonicalJson([2, 1])).toBe('[2,1]');
    expect(canonicalJson({ cents: 10n })).toBe('{"cents":"10"}');
  });
});

it('SHA-256 is that of the text in UTF-8 (FIPS 180-4, "abc")', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
