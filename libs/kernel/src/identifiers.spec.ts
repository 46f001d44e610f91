import fc from 'fast-check';
import {
  checkFictiveIns,
  checkFiness,
  checkImportedIns,
  checkIns,
  checkLocalIdentifier,
  checkRpps,
  directoryId,
  insSystems,
  localIdentifier,
  nirKey,
  rppsSystem,
} from './identifiers';

describe('the national health identifier', () => {
  it.each([
    ['2951099126111', '93'],
    ['1370476243484', '15'],
    ['2840319123456', '97'],
    ['2701299999001', '05'],
    ['185072A123456', '65'],
    ['185072B123456', '92'],
    ['1990199999999', '79'],
  ])('has the key of %s equal to %s, Corsica and the edges included', (number, key) => {
    expect(nirKey(number)).toBe(key);
    expect(checkIns(number + key)).toEqual({ ok: number + key });
  });

  it('is refused in our forms when the key is wrong, and only warned on import', () => {
    expect(checkIns('295109912611199')).toEqual({ problem: 'key' });
    expect(checkImportedIns('295109912611199')).toEqual({ ok: '295109912611199', warning: 'wrong-key' });
    expect(checkImportedIns('12')).toEqual({ problem: 'shape' });
  });

  it('is accepted by our forms in the TEST and DEMO spaces only', () => {
    expect(checkFictiveIns(insSystems.test, '1 99 01 99 999 999 79')).toEqual({ ok: '199019999999979' });
    expect(checkFictiveIns(insSystems.nir, '199019999999979')).toEqual({ problem: 'real-ins-space' });
    expect(checkFictiveIns('urn:oid:1.2.3', '199019999999979')).toEqual({ problem: 'unknown-space' });
  });

  it('never lets one changed digit pass', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 1, max: 9 }), (position, shift) => {
        const digits = Array.from('199019999999979');
        digits[position] = String((Number(digits[position]) + shift) % 10);
        expect(checkIns(digits.join(''))).toEqual({ problem: 'key' });
      }),
    );
  });
});

describe('registry numbers', () => {
  it.each(['99700218896', '99700245667', '99700519392', '10000000009', '10199999995'])('takes RPPS %s', (rpps) => {
    expect(checkRpps(rpps)).toEqual({ ok: rpps });
  });
  it('refuses an RPPS whose Luhn digit is wrong or that is too short', () => {
    expect(checkRpps('10003456782')).toEqual({ problem: 'key' });
    expect(checkRpps('9970021889')).toEqual({ problem: 'shape' });
  });
  it.each(['999999998', '990000010', '750712184', '940000664', '2A0000014', '2B0000020'])('takes FINESS %s', (it9) => {
    expect(checkFiness(it9)).toEqual({ ok: it9 });
  });
  it('refuses a FINESS whose Luhn digit is wrong, and any other letter', () => {
    expect(checkFiness('990000011')).toEqual({ problem: 'key' });
    expect(checkFiness('2C0000014')).toEqual({ problem: 'shape' });
  });
  it('gives a local number its key and refuses another', () => {
    expect(localIdentifier(1)).toBe('A-0001-96');
    expect(checkLocalIdentifier('a-0001-96')).toEqual({ ok: 'A-0001-96' });
    expect(checkLocalIdentifier('A-0002-96')).toEqual({ problem: 'key' });
    expect(checkLocalIdentifier('A-0001')).toEqual({ problem: 'shape' });
  });

  it('gives one number one id in the directory, and the same number in another registry another id', () => {
    expect(directoryId(rppsSystem, '99700218896')).toBe(directoryId(rppsSystem, '99700218896'));
    expect(directoryId('urn:other', '99700218896')).not.toBe(directoryId(rppsSystem, '99700218896'));
  });
});
