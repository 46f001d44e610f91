import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { given } from '@ariane/testing';
import fc from 'fast-check';
import { followOf, headType } from './ledger.store';
import type { Entry, EntryDraft } from './entry';
import { append, emptyHead, incrementsOf, monthIncrementsOf, periodIncrementsOf } from './ledger';
import { loadContract } from './load-contract';
import { type PathwayAccount, pathwayAccounts, type PathwayCommand, type PathwayEvent } from './pathway-account';
import { verify } from './verify';

const document: unknown = JSON.parse(readFileSync(join(__dirname, '../payment-contracts/onco-pathway-a.json'), 'utf8'));
const contract = loadContract(document);
const pin = { id: 'onco-pathway-a', version: 1, sha256: contract.sha256 };
const protocol = { id: 'breast-cancer', version: 1, sha256: '3'.repeat(64) };
const account = pathwayAccounts({
  active: (_, sha256) => (sha256 === pin.sha256 ? { contract, bookId: 'demo.hospital-a' } : undefined),
});

let counter = 0;
const hearing = () => {
  counter += 1;
  const eventId = `01890a5d-ac96-7000-8000-${counter.toString().padStart(12, '0')}`;
  return { pathwayId: '01890a5d-ac96-7000-8000-ffffffffffff', territory: 'demo', eventId, now: '2027-01-01T00:00:00Z' };
};
const enrol = (change: object = {}): PathwayCommand => ({
  ...hearing(),
  ...{ type: 'Enrol', contract: pin, protocol, enrolledAt: '2026-03-02T08:00:00Z', ...change },
});
const milestone = (id: string, at: string): PathwayCommand => ({
  ...hearing(),
  type: 'HearMilestone',
  milestone: id,
  at,
});
const closed = (status: 'DIED' | 'COMPLETED' | 'REFUSED' | 'TRANSFERRED', at: string): PathwayCommand => ({
  ...hearing(),
  ...{ type: 'HearClosing', status, at },
});
const reopened = (): PathwayCommand => ({ ...hearing(), type: 'HearReopening' });
const visit = (source: string, who: readonly string[], at: string, counts: 'visits' | null = null): PathwayCommand => ({
  ...hearing(),
  ...{ type: 'HearEvidence', source: `appointment:${source}`, kind: 'consultation', practitionerIds: who, at, counts },
});

interface Played {
  readonly state: PathwayAccount | undefined;
  readonly drafts: readonly EntryDraft[];
}
const play = (commands: readonly PathwayCommand[]): Played =>
  commands.reduce<Played>(
    ({ state, drafts }, command) => {
      const events = account.decide(state, command);
      const moved = events.flatMap((event) => (event.type === 'LinesMoved' ? event.data.drafts : []));
      return { state: events.reduce<PathwayAccount | undefined>(account.evolve, state), drafts: [...drafts, ...moved] };
    },
    { state: undefined, drafts: [] },
  );
const post = (drafts: readonly EntryDraft[]): readonly Entry[] =>
  append(
    { timeZone: 'Europe/Paris', head: emptyHead, existing: new Map(), closedThrough: null },
    drafts.map((draft) => [draft]),
    '2027-01-01T00:00:00Z',
  ).entries;
const owed = (drafts: readonly EntryDraft[]): Readonly<Record<string, bigint>> =>
  Object.fromEntries(
    incrementsOf(post(drafts))
      .filter(({ account: name }) => name.startsWith('liabilities:payable:'))
      .map(({ account: name, cr, dr }) => [name.replace('liabilities:payable:prac:', ''), cr - dr] as const)
      .filter(([, cents]) => cents !== 0n),
  );

const day = (date: string) => `${date}T10:00:00Z`;
const diagnosis = milestone('diagnosis', day('2026-03-27'));
const surgery = milestone('surgery', day('2026-05-04'));
const radiologist = visit('imaging', ['radiologist'], day('2026-03-09'));
const surgeon = visit('surgery', ['surgeon'], day('2026-05-04'));
const enrolment = enrol();

describe('a pathway', () => {
  it('is paid at each milestone to those who worked in the phase that ends there', () => {
    const { drafts } = play([enrolment, radiologist, diagnosis, surgeon, surgery]);
    expect(owed(drafts)).toEqual({ radiologist: 108000n, surgeon: 162000n });
    expect(new Set(drafts.map((draft) => draft.eff))).toEqual(new Set([day('2026-03-27'), day('2026-05-04')]));
  });

  it('pays nothing before its first milestone', () => {
    expect(play([enrolment, radiologist]).drafts).toEqual([]);
  });

  it.each([
    ['DIED', 'died'],
    ['REFUSED', 'refused'],
    ['TRANSFERRED', 'transferred'],
    ['COMPLETED', 'completedBenign'],
  ] as const)('that ends %s pays the work since the last milestone by the clause %s', (status, clause) => {
    const { drafts, state } = play([enrolment, radiologist, closed(status, day('2026-03-20'))]);
    expect(owed(drafts)).toEqual({ radiologist: 22950n });
    expect(state?.lines.map((line) => line.name)).toContain(`${clause}.pool`);
  });

  it('loses no work at a milestone that its contract does not pay', () => {
    const unpaid = milestone('second-opinion', day('2026-03-15'));
    expect(owed(play([enrolment, radiologist, unpaid, diagnosis]).drafts)).toEqual({ radiologist: 108000n });
  });

  it('that ends with no work since the last milestone pays nothing more', () => {
    const { drafts } = play([enrolment, radiologist, diagnosis, closed('DIED', day('2026-04-01'))]);
    expect(owed(drafts)).toEqual({ radiologist: 108000n });
  });

  it('is refused when the contract does not pay its protocol, is not active, or does not cover the day', () => {
    given(account)
      .when(enrol({ protocol: { ...protocol, id: 'another' } }))
      .thenRefused('PROTOCOL_NOT_COVERED');
    given(account)
      .when(enrol({ contract: { ...pin, sha256: '0'.repeat(64) } }))
      .thenRefused('CONTRACT_NOT_ACTIVE');
    given(account)
      .when(enrol({ enrolledAt: '2025-12-31T22:59:59Z' }))
      .thenRefused('CONTRACT_OUT_OF_VALIDITY');
    expect(() => account.decide(undefined, enrol({ enrolledAt: '2025-12-31T23:00:00Z' }))).not.toThrow();
  });

  it('is told in the books by a pseudonym, and its entries carry the events that justify them', () => {
    const { drafts } = play([enrolment, radiologist, diagnosis]);
    const text = JSON.stringify(drafts, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
    expect(text).not.toMatch(/breast|cancer|ffffffffffff/);
    expect(drafts[0]?.legs.map((leg) => leg.a).join()).toMatch(/liabilities:pool:onco-pathway-a:ep-[0-9a-f]{16}/);
    const share = drafts.find((draft) => draft.code === 'SHARE_DUE');
    expect(share?.cause.eventIds).toEqual([radiologist.eventId, diagnosis.eventId].sort());
  });
});

describe('an end that was a mistake (H14)', () => {
  const died = closed('DIED', day('2026-03-20'));
  const back = reopened();
  const trial = (drafts: readonly EntryDraft[]) =>
    incrementsOf(post(drafts)).reduce((sum, { dr, cr }) => sum + dr - cr, 0n);

  it('has what was posted for it taken back by adjustments that name what took it back, and the books balance', () => {
    const before = play([enrolment, radiologist, died]);
    expect(owed(before.drafts)).toEqual({ radiologist: 22950n });
    const { drafts, state } = play([enrolment, radiologist, died, back]);
    const taken = drafts.slice(before.drafts.length);
    expect(drafts.slice(0, before.drafts.length)).toEqual(before.drafts);
    expect(taken.map(({ code }) => code)).toEqual(before.drafts.map(() => 'ADJUSTMENT'));
    expect(taken.map(({ cause }) => cause.eventIds)).toEqual(before.drafts.map(() => [back.eventId]));
    expect(owed(drafts)).toEqual({});
    expect(state?.lines.map(({ posted }) => posted)).toEqual(before.drafts.map(() => 0n));
    expect(incrementsOf(post(drafts)).filter(({ dr, cr }) => dr !== cr)).toEqual([]);
    expect([trial(before.drafts), trial(drafts)]).toEqual([0n, 0n]);
  });

  it('leaves the pathway paid as if it had never been: the next milestone, and its true end later', () => {
    const life = [diagnosis, surgeon, surgery];
    const mistaken = play([enrolment, radiologist, died, back, ...life]);
    expect(owed(mistaken.drafts)).toEqual(owed(play([enrolment, radiologist, ...life]).drafts));
    const ended = [closed('COMPLETED', day('2026-06-02'))];
    const late = visit('c', ['gp'], day('2026-06-01'));
    expect(owed(play([enrolment, radiologist, died, back, ...life, late, ...ended]).drafts)).toEqual(
      owed(play([enrolment, radiologist, ...life, late, ...ended]).drafts),
    );
  });

  it('moves nothing where nothing was closed, or when it is heard again', () => {
    const { state } = play([enrolment, radiologist, died, back]);
    for (const before of [state, play([enrolment, radiologist]).state]) {
      expect(account.decide(before, reopened()).map(({ type }) => type)).toEqual(['FactHeard']);
    }
  });
});

describe('a pathway moved to another version of its protocol', () => {
  const second = { ...protocol, version: 2, sha256: '4'.repeat(64) };
  const moved = (to: typeof protocol): PathwayCommand => ({ ...hearing(), type: 'HearMigration', protocol: to });

  it('is paid by the contract it was enrolled under, with nothing posted for the move', () => {
    const { state, drafts } = play([enrolment, radiologist, diagnosis, moved(second)]);
    expect(drafts).toEqual(play([enrolment, radiologist, diagnosis]).drafts);
    expect(state).toMatchObject({ contract: pin, protocol: second });
  });

  it('is refused when the contract does not pay that protocol', () => {
    const { state } = play([enrolment]);
    expect(() => account.decide(state, moved({ ...second, id: 'another' }))).toThrow('PROTOCOL_NOT_COVERED');
  });
});

describe('evidence', () => {
  it('heard late changes the shares of its phase by a difference, and never an entry that stands', () => {
    const before = play([enrolment, radiologist, diagnosis]);
    const late = play([enrolment, radiologist, diagnosis, visit('biopsy', ['pathologist'], day('2026-03-15'))]);
    expect(late.drafts.slice(0, before.drafts.length)).toEqual(before.drafts);
    expect(owed(late.drafts)).toEqual({ radiologist: 54000n, pathologist: 54000n });
    expect(late.drafts.slice(before.drafts.length).map((draft) => draft.code)).toEqual(['SHARE_DUE', 'ADJUSTMENT']);
  });

  it('withdrawn gives its share back; corrected moves it to the other', () => {
    const withdrawn = play([
      enrolment,
      radiologist,
      surgeonAt('2026-03-10'),
      diagnosis,
      visit('imaging', [], day('2026-03-09')),
    ]);
    expect(owed(withdrawn.drafts)).toEqual({ surgeon: 108000n });
    const corrected = play([enrolment, radiologist, diagnosis, visit('imaging', ['deputy'], day('2026-03-09'))]);
    expect(owed(corrected.drafts)).toEqual({ deputy: 108000n });
  });

  it('of two acts of one person in a phase adds up', () => {
    const acts = [radiologist, visit('again', ['radiologist'], day('2026-03-10')), surgeonAt('2026-03-11')];
    expect(owed(play([enrolment, ...acts, diagnosis]).drafts)).toEqual({ radiologist: 72000n, surgeon: 36000n });
  });

  it('at the very instant of a milestone belongs to the phase that ends there', () => {
    expect(owed(play([enrolment, visit('x', ['a'], day('2026-03-27')), diagnosis]).drafts)).toEqual({ a: 108000n });
  });

  it('with nobody entitled leaves the pool undistributed until somebody is', () => {
    const alone = play([enrolment, diagnosis]);
    expect(owed(alone.drafts)).toEqual({});
    expect(owed(play([enrolment, diagnosis, radiologist]).drafts)).toEqual({ radiologist: 108000n });
  });

  it('that pathways knows of and we have not heard yet is waited for, so that the entries do not depend on the order', () => {
    const told: PathwayCommand = { ...hearing(), type: 'HearTold', what: 'visits' };
    const attended: PathwayCommand = {
      ...visit('imaging', ['radiologist'], day('2026-03-09'), 'visits'),
      eventId: radiologist.eventId,
    };
    const causal = play([enrolment, attended, told, diagnosis]);
    const crossed = play([enrolment, told, diagnosis, attended]);
    const content = ({ drafts }: Played) => drafts.map(({ code, eff, legs, cause }) => ({ code, eff, legs, cause }));
    expect(content(crossed)).toEqual(content(causal));
    expect(play([enrolment, told, diagnosis]).drafts).toEqual([]);
    const anyway: PathwayCommand = { ...hearing(), type: 'SettleAnyway' };
    expect(play([enrolment, told, diagnosis, anyway]).drafts).not.toEqual([]);
  });
});

const surgeonAt = (date: string): PathwayCommand => visit(`surgeon-${date}`, ['surgeon'], day(date));

describe('the lines of a pathway', () => {
  const acts = [
    radiologist,
    surgeonAt('2026-03-12'),
    visit('a', ['nurse'], day('2026-03-20')),
    visit('b', ['nurse'], day('2026-04-02')),
    surgeon,
    visit('c', ['gp'], day('2026-06-01')),
  ];
  const life = [enrolment, diagnosis, surgery, closed('DIED', day('2026-06-02')), ...acts];
  const inSomeOrder = fc.shuffledSubarray(life, { minLength: life.length });
  const expected = owed(play(life).drafts);

  it('end at the same amounts whatever the order in which things are heard', () => {
    expect(Object.keys(expected).sort()).toEqual(['gp', 'nurse', 'radiologist', 'surgeon']);
    fc.assert(
      fc.property(inSomeOrder, (commands) => {
        expect(owed(play(commands).drafts)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('do not move when everything is heard again', () => {
    fc.assert(
      fc.property(inSomeOrder, (commands) => {
        const again = commands.filter((command) => command.type !== 'Enrol');
        const { state, drafts } = play(commands);
        const events = again.reduce<readonly PathwayEvent[]>((all, command) => {
          const folded = all.reduce<PathwayAccount | undefined>(account.evolve, state);
          return [...all, ...account.decide(folded, command)];
        }, []);
        expect(events.filter((event) => event.type === 'LinesMoved')).toEqual([]);
        expect(drafts.length).toBeGreaterThan(0);
      }),
      { numRuns: 30 },
    );
  });

  it('keep the books balanced and the chain good at every step, in any order', () => {
    fc.assert(
      fc.property(inSomeOrder, (commands) => {
        const entries = post(play(commands).drafts);
        const head = { seq: BigInt(entries.length), hash: entries.at(-1)!.hash };
        const timeZone = 'Europe/Paris';
        const sums = {
          balances: incrementsOf(entries),
          periods: periodIncrementsOf(entries, timeZone),
          months: monthIncrementsOf(entries),
        };
        const book = { entries, ...sums, lines: [], batches: [], closings: [], head, timeZone };
        expect(verify(book).good).toBe(true);
        expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length);
      }),
      { numRuns: 40 },
    );
  });

  it('stand in the pool at zero once everything is shared', () => {
    const pools = incrementsOf(post(play(life).drafts)).filter((one) => one.account.startsWith('liabilities:pool:'));
    expect(pools.map((pool) => pool.cr - pool.dr)).toEqual([0n]);
  });

  it('are posted through the book’s head with the lines that readers see', () => {
    const events = account.decide(play([enrolment, radiologist]).state, diagnosis);
    const run = events.find((event) => event.type === 'LinesMoved');
    const effects = run?.type === 'LinesMoved' ? followOf(run.data) : [];
    expect(effects[0]).toMatchObject({ id: 'demo.hospital-a', type: headType });
    expect(effects).toHaveLength(4);
  });
});
