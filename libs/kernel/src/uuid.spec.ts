import { uuidv5, uuidv7 } from './uuid';

describe('ids', () => {
  it('of version 5 are the published vector', () => {
    expect(uuidv5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('of version 7 sort in the order of their milliseconds', () => {
    const random = new Uint8Array(10).fill(255);
    const made = [1, 255, 256, 1_700_000_000_000].map((now) => uuidv7(now, random));
    expect([...made].sort()).toEqual(made);
    expect(made[3]).toMatch(/^018bcfe5-6800-7fff-bfff-ffffffffffff$/);
  });
});
