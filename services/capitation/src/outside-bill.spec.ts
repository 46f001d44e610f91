import fc from 'fast-check';
import { fold } from '@ariane/kernel';
import { type OutsideBill, outsideBills, readBill, type TellBill } from './outside-bill';

const today = '2026-12-31';
const tell = (receivedDate: string, care: TellBill['care']): TellBill => ({
  ...{
    type: 'TellBill',
    book: 'b',
    reference: 'r',
    receivedDate,
    care,
    source: 'hand',
    today,
    now: `${today}T08:00:00Z`,
  },
});
const care = { member: 'm', careDate: '2026-03-10', act: 'imaging', provider: 'p', cents: 1_250n };

function tellAll(commands: readonly TellBill[]) {
  const cells = new Map<string, bigint>();
  let state: OutsideBill | undefined;
  for (const command of commands) {
    const events = outsideBills.decide(state, command);
    for (const { data } of events) {
      for (const { careMonth, receivedMonth, cents } of data.moves) {
        const key = `${careMonth}|${receivedMonth}`;
        cells.set(key, (cells.get(key) ?? 0n) + cents);
      }
    }
    state = fold(outsideBills, state, events);
  }
  return { state, cells: new Map([...cells].filter(([, cents]) => cents !== 0n).sort()) };
}

describe('a bill of care outside the team', () => {
  const revision = fc.record({
    receivedDate: fc
      .integer({ min: 1, max: 28 })
      .map((day) => `2026-0${5 + (day % 3)}-${String(day).padStart(2, '0')}`),
    care: fc.option(
      fc.record({ cents: fc.bigInt(0n, 100_000n), careDate: fc.constantFrom('2026-03-10', '2026-04-02') }),
      { nil: null },
    ),
  });
  const revisions = fc.uniqueArray(revision, {
    selector: ({ receivedDate }) => receivedDate,
    minLength: 1,
    maxLength: 6,
  });

  it('comes to the same whatever the order in which its revisions are told', () => {
    fc.assert(
      fc.property(revisions, fc.infiniteStream(fc.nat()), (told, chance) => {
        const commands = told.map((one) => tell(one.receivedDate, one.care && { ...care, ...one.care }));
        const mixed = commands
          .map((command) => ({ command, at: chance.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ command }) => command);
        expect(tellAll(mixed)).toEqual(tellAll(commands));
      }),
    );
  });

  it('adds to its months of care exactly what stands, whatever was corrected or withdrawn', () => {
    fc.assert(
      fc.property(revisions, (told) => {
        const { state, cells } = tellAll(
          told.map((one) => tell(one.receivedDate, one.care && { ...care, ...one.care })),
        );
        const total = [...cells.values()].reduce((sum, cents) => sum + cents, 0n);
        expect(total).toBe(state?.care?.cents ?? 0n);
      }),
    );
  });

  it('says nothing when it is told again as it is', () => {
    const { state } = tellAll([tell('2026-05-02', care)]);
    expect(outsideBills.decide(state, tell('2026-05-02', care))).toEqual([]);
  });

  it('moves with its care when the day of care is corrected', () => {
    const moved = tellAll([tell('2026-05-02', care), tell('2026-06-02', { ...care, careDate: '2026-04-01' })]);
    const cells: [string, bigint][] = [
      ['2026-03|2026-05', 1_250n],
      ['2026-03|2026-06', -1_250n],
      ['2026-04|2026-06', 1_250n],
    ];
    expect([...moved.cells]).toEqual(cells);
  });

  it('is not received before the care, nor after today', () => {
    expect(() => outsideBills.decide(undefined, tell('2026-03-09', care))).toThrow('BILL_DAY_INVALID');
    expect(() => outsideBills.decide(undefined, tell('2027-01-01', care))).toThrow('BILL_DAY_INVALID');
  });
});

describe('a row of a file of bills', () => {
  const row = { bill: '1', member: 'A', care: '2026-03-10', received: '2026-05-02', act: 'imaging', provider: 'X' };
  const good = { ...row, amount: '12.50' };

  it('is read by the names of its columns', () => {
    expect(readBill(good, 2, today)).toEqual({
      ...{ bill: '1', receivedDate: '2026-05-02', care: { ...care, member: 'A', provider: 'X' } },
    });
    expect(readBill({ bill: '1', received: '2026-05-02', withdrawn: 'yes' }, 2, today)).toEqual({
      ...{ bill: '1', receivedDate: '2026-05-02', care: null },
    });
  });

  it.each([
    [{ bill: '' }, 'bill', 'MISSING'],
    [{ member: 'A'.repeat(65) }, 'member', 'TOO_LONG'],
    [{ care: '2026-02-30' }, 'care', 'NOT_A_DAY'],
    [{ received: '2026-03-09' }, 'received', 'BEFORE_CARE'],
    [{ received: '2027-01-01' }, 'received', 'AFTER_TODAY'],
    [{ act: 'a b' }, 'act', 'NOT_A_CODE'],
    [{ withdrawn: 'Yes' }, 'withdrawn', 'NOT_A_CODE'],
    [{ amount: '12.5' }, 'amount', 'NOT_AN_AMOUNT'],
    [{ amount: '-12.50' }, 'amount', 'NOT_AN_AMOUNT'],
  ])('is refused with its line, its column and why, never with what stood there: %j', (fault, column, reason) => {
    expect(readBill({ ...good, ...fault }, 7, today)).toEqual({ line: 7, column, reason });
  });
});
