import { given } from '@ariane/testing';
import fc from 'fast-check';
import { daysIn } from './book-time';
import { type Member, type MemberCommand, memberMonth, members, moves } from './roster';
import { differencesOf, type FileRow, readRow } from './roster-file';

const told = { book: 'b1', bucket: 'a0', reference: '1', source: 'file', now: '2026-07-02T08:00:00Z' };
const attribute = (from: string, to: string | null = null, raw?: string): MemberCommand => ({
  ...{ ...told, type: 'Attribute', span: { from, to } },
  values: raw === undefined ? [] : [{ name: 'raw', from, value: raw, version: 'v1' }],
});
const leave = (on: string, reason: 'DIED' | 'MOVED' = 'MOVED'): MemberCommand => ({
  ...told,
  type: 'Leave',
  on,
  reason,
});
const play = (...commands: readonly MemberCommand[]): Member | undefined =>
  commands.reduce<Member | undefined>(
    (state, command) => members.decide(state, command).reduce<Member | undefined>(members.evolve, state),
    undefined,
  );
const daysOf = (month: string, ...commands: readonly MemberCommand[]) => memberMonth(play(...commands)!, month)?.days;

describe('a member of a roster', () => {
  it('counts the civil days of a month on which they were attributed', () => {
    expect(daysOf('2026-06', attribute('2026-06-12'))).toBe(19);
    expect(daysOf('2026-06', attribute('2026-01-01', '2026-06-21'))).toBe(20);
    expect(daysOf('2026-04', attribute('2026-01-01'))).toBe(30);
    expect(daysOf('2026-02', attribute('2026-01-01', '2026-02-01'))).toBeUndefined();
    expect(daysOf('2026-06', attribute('2026-06-01', '2026-06-11'), attribute('2026-06-21'))).toBe(20);
  });

  it('told to have begun earlier has one attribution, not two that overlap', () => {
    expect(play(attribute('2026-06-12'), attribute('2026-06-05'))?.spans).toEqual([{ from: '2026-06-05', to: null }]);
    expect(daysOf('2026-06', attribute('2026-06-12'), attribute('2026-06-05'))).toBe(26);
  });

  it('never has more days than the month, whatever was told in whatever order', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((one) => `2026-06-${String(one).padStart(2, '0')}`);
    const anyTold = fc.oneof(
      fc.tuple(day, day).map(([a, b]) => attribute(a < b ? a : b, a === b ? null : a < b ? b : a)),
      day.map((on) => leave(on)),
      day.map((on) => leave(on, 'DIED')),
    );
    fc.assert(
      fc.property(fc.array(anyTold, { maxLength: 12 }), (all) => {
        const state = play(attribute('2026-06-01'), ...all);
        expect(memberMonth(state!, '2026-06')?.days ?? 0).toBeLessThanOrEqual(daysIn('2026-06'));
        const spans = state!.spans;
        expect(spans.every(({ to }, index) => index === spans.length - 1 || to! < spans[index + 1]!.from)).toBe(true);
        expect(spans.every(({ from, to }) => to === null || from < to)).toBe(true);
      }),
    );
  });

  it('who died is attributed to nobody afterwards, also by what is told later (late death)', () => {
    expect(daysOf('2026-06', attribute('2026-01-01'), leave('2026-06-16', 'DIED'))).toBe(15);
    expect(daysOf('2026-06', attribute('2026-01-01'), leave('2026-06-16', 'DIED'), attribute('2026-06-01'))).toBe(15);
    expect(
      daysOf('2026-07', attribute('2026-01-01'), leave('2026-06-16', 'DIED'), attribute('2026-07-01')),
    ).toBeUndefined();
  });

  it('whose death was told by mistake is attributed again once it is taken back', () => {
    const back: MemberCommand = { ...told, type: 'TakeBackDeath' };
    expect(daysOf('2026-06', attribute('2026-01-01'), leave('2026-06-16', 'DIED'), back)).toBe(15);
    expect(daysOf('2026-06', attribute('2026-01-01'), leave('2026-06-16', 'DIED'), back, attribute('2026-01-01'))).toBe(
      30,
    );
    given(members).when(back).thenRefused('NOT_FOUND');
  });

  it('keeps what was known when, and telling the same again says nothing', () => {
    const state = play(attribute('2026-06-12'), attribute('2026-06-05'));
    expect(state?.history.map(({ spans }) => spans[0]?.from)).toEqual(['2026-06-12', '2026-06-05']);
    given(members, ...members.decide(undefined, attribute('2026-06-12')))
      .when(attribute('2026-06-12'))
      .thenNothing();
    given(members).when(attribute('2026-06-12', '2026-06-12')).thenRefused('SPAN_INVALID');
    given(members).when(leave('2026-06-12')).thenRefused('NOT_FOUND');
  });

  it('has the score in force on the first day of their month', () => {
    const value = (from: string, raw: string): MemberCommand => ({
      ...{ ...told, type: 'Value', values: [{ name: 'raw', from, value: raw, version: 'v2' }] },
    });
    const member = play(attribute('2026-01-01', null, '1.000'), value('2026-06-01', '1.100'), value('2026-06-02', '9'));
    expect(memberMonth(member!, '2026-05')?.values).toEqual({ raw: '1.000' });
    expect(memberMonth(member!, '2026-06')?.values).toEqual({ raw: '1.100' });
  });

  it('comes and goes once: joiners and leavers are the list, and the list is what is counted (counter equals list)', () => {
    const roster = [
      { id: 'a', ...play(attribute('2026-01-01'))! },
      { id: 'b', ...play(attribute('2026-06-30'))! },
      { id: 'c', ...play(attribute('2026-01-01', '2026-06-01'))! },
    ];
    const { joiners, leavers } = moves(roster, '2026-05', '2026-06');
    expect({ joiners, leavers }).toEqual({ joiners: ['b'], leavers: ['c'] });
    const count = (month: string) => roster.filter((one) => memberMonth(one, month) !== undefined).length;
    expect(count('2026-06')).toBe(count('2026-05') + joiners.length - leavers.length);
  });
});

describe('a roster file', () => {
  it.each([
    [{ member: '', from: '2026-01-01' }, 'member', 'MISSING'],
    [{ member: '1', from: '' }, 'from', 'MISSING'],
    [{ member: '1', from: '2026-02-30' }, 'from', 'NOT_A_DAY'],
    [{ member: '1', from: '2026-02-02', to: 'soon' }, 'to', 'NOT_A_DAY'],
    [{ member: '1', from: '2026-02-02', to: '2026-02-02' }, 'to', 'ENDS_BEFORE_IT_BEGINS'],
    [{ member: '1', from: '2026-02-02', score: '1,5' }, 'score', 'NOT_A_NUMBER'],
  ])('refuses %j by its column, without repeating what stood there', (columns, column, reason) => {
    expect(readRow(columns, 7)).toEqual({ line: 7, column, reason });
  });

  it('differs from ours by what the month comes to, not by how it is written', () => {
    const row = (from: string, to: string | null, value: string): FileRow => ({
      ...{ line: 2, member: 'm', span: { from, to } },
      values: [{ name: 'raw', from, value, version: '' }],
    });
    const ours = play(attribute('2026-01-01', null, '1.000'));
    const kinds = (...rows: FileRow[]) => differencesOf('m', ours, rows, '2026-06').map(({ kind }) => kind);
    expect(kinds(row('2026-06-01', '2026-07-01', '1.000'))).toEqual([]);
    expect(kinds(row('2026-06-05', null, '1.000'))).toEqual(['DATES']);
    expect(kinds(row('2026-01-01', null, '1.001'))).toEqual(['SCORE']);
    expect(kinds()).toEqual(['MISSING']);
    expect(differencesOf('m', undefined, [row('2026-06-05', null, '1')], '2026-06').map(({ kind }) => kind)).toEqual([
      'EXTRA',
    ]);
    expect(differencesOf('m', undefined, [row('2026-05-05', '2026-05-06', '1')], '2026-06')).toEqual([]);
  });
});
