import { actorParts, isOneself, shortSubject } from './actor';

describe('who acted', () => {
  it('is an account, perhaps in the name of another, a program, or somebody named in words', () => {
    const account = (subject: string, actingFor?: string) => ({ kind: 'account', subject, actingFor });
    expect(actorParts('person:ada')).toEqual(account('person:ada'));
    expect(actorParts('ada')).toEqual(account('ada'));
    expect(actorParts('person:ada for person:grace')).toEqual(account('person:ada', 'person:grace'));
    expect(actorParts('service:workflows')).toEqual({ kind: 'program', name: 'workflows' });
    expect(actorParts('the board for finance')).toEqual({ kind: 'words', text: 'the board for finance' });
  });

  it('is oneself by one’s whole subject, with or without what services put before it', () => {
    expect(isOneself('ada', 'ada')).toBe(true);
    expect(isOneself('person:ada', 'ada')).toBe(true);
    expect(isOneself('person:0a1b', 'person:0a1b')).toBe(true);
    expect(isOneself('person:adam', 'ada')).toBe(false);
  });

  it('stands under a short form where no name is known', () => {
    expect(shortSubject('person:demo-finance')).toBe('demo-finance');
    expect(shortSubject('0192f0ab-7c2d-7a10-8b3e-1f2a3b4c5d6e')).toBe('0192f0ab…');
    expect(shortSubject('person:person:0192f0ab7c2d7a108b3e1f2a3b4c5d6e')).toBe('0192f0ab…');
  });
});
