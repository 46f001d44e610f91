import { ChangeLog, expiryOf } from './change-log';

const change = (id: string) => ({ id });

describe('the log of changes', () => {
  it('gives what came after a place, and nothing to whoever is up to date', () => {
    const log = new ChangeLog('begin');
    expect(log.position).toBe('begin');
    log.add(change('a'));
    log.add(change('b'));
    expect(log.since('begin')?.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(log.since('a')?.map(({ id }) => id)).toEqual(['b']);
    expect(log.since(log.position)).toEqual([]);
  });

  it('says that it does not know a place rather than leave changes out', () => {
    const log = new ChangeLog('begin', 2);
    for (const id of ['a', 'b', 'c', 'd']) log.add(change(id));
    expect(log.since('elsewhere')).toBeUndefined();
    expect(log.since('begin')).toBeUndefined();
    expect(log.since('a')).toBeUndefined();
    expect(log.since('b')?.map(({ id }) => id)).toEqual(['c', 'd']);
    log.add(change('e'));
    expect(log.since('c')?.map(({ id }) => id)).toEqual(['d', 'e']);
  });
});

describe('the end of a token', () => {
  it('is what it says, and at once where it does not say when', () => {
    const token = (claims: object) => `Bearer x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;
    expect(expiryOf(token({ exp: 1_800_000_000 }))).toBe(1_800_000_000_000);
    expect(expiryOf(token({}))).toBe(0);
    expect(expiryOf(undefined)).toBe(0);
  });
});
