import fc from 'fast-check';
import { contractOf } from './contract.fixture';
import { newTrial, reportOf } from './dry-run';
import { loadContract } from './load-contract';
import { checkActivation, overlaps } from './contract-activation';
import {
  covers,
  isSuspendedOn,
  type PaymentContract,
  type PaymentContractCommand,
  paymentContracts,
} from './payment-contract';

const now = '2026-01-05T08:00:00Z';
const pin = { id: 'a-contract', version: 1, sha256: '1'.repeat(64) };
const validity = { from: '2026-01-01', to: '2027-01-01' };
const drafting = {
  type: 'DraftPaymentContract',
  pin,
  json: '{}',
  validity,
  protocols: ['one'],
  draftedBy: 'person:ada',
} as const;
const reviewing = (by: string) => ({ type: 'ReviewPaymentContract', by, now }) as const;
const bundle = { id: 'b', kind: 'bundle', price: '1.00 EUR', split: [{ to: 'pool', share: '100%' }], trigger: 'true' };
const read = '7'.repeat(64);
const activating = (by: string, dryRun: string | null = read): PaymentContractCommand => ({
  ...{ type: 'ActivatePaymentContract', bookId: 'demo.a', approvedBy: 'Grace', by, now },
  dryRun: dryRun ?? undefined,
});
const report = reportOf(newTrial(loadContract(contractOf([bundle], {}))), null).report;
const tried = { type: 'RecordDryRun', report, sha256: read, month: null, by: 'person:ada', now } as const;
const ending = (endsOn: string) =>
  ({ type: 'EndPaymentContract', endsOn, endsAt: `${endsOn}T00:00:00Z`, by: 'person:grace', now }) as const;
const suspending = (from: string, to: string | null) => ({ type: 'SuspendPaymentContract', from, to, now }) as const;

/** The state after commands, and what the last one said. */
function after(...commands: readonly PaymentContractCommand[]) {
  let state: PaymentContract | undefined;
  let said: readonly string[] = [];
  for (const command of commands) {
    const events = paymentContracts.decide(state, command);
    for (const event of events) state = paymentContracts.evolve(state, event);
    said = events.map(({ type }) => type);
  }
  return { state: state!, said };
}

describe('the life of a contract’s version', () => {
  it('goes from draft to reviewed by another person, to active, to ended', () => {
    expect(after(drafting).state.status).toBe('DRAFT');
    expect(after(drafting, reviewing('person:grace')).state).toMatchObject({
      status: 'REVIEWED',
      reviewedBy: 'person:grace',
    });
    const active = after(drafting, reviewing('person:grace'), tried, activating('person:ada'));
    expect(active.state).toMatchObject({ status: 'ACTIVE', approvedBy: 'Grace', bookId: 'demo.a', activatedAt: now });
    expect(active.said).toEqual(['PaymentContractApproved', 'PaymentContractActivated']);
    expect(after(drafting, tried, activating('person:grace'), ending('2026-10-01')).state).toMatchObject({
      status: 'ENDED',
      endsOn: '2026-10-01',
    });
  });

  it('is told to others when it ends, by the day and the instant it begins', () => {
    expect(after(drafting, tried, activating('person:grace'), ending('2026-10-01')).said).toEqual([
      'EndDecided',
      'PaymentContractEnded',
    ]);
  });

  it('is active only once an approver names the report of its last dry run, one of this very document', () => {
    expect(() => after(drafting, activating('person:grace'))).toThrow('DRY_RUN_NOT_READ');
    expect(() => after(drafting, tried, activating('person:grace', null))).toThrow('DRY_RUN_NOT_READ');
    expect(() => after(drafting, tried, activating('person:grace', '8'.repeat(64)))).toThrow('DRY_RUN_NOT_READ');
    const other = { ...drafting, pin: { ...pin, sha256: '2'.repeat(64) } };
    expect(() => after(drafting, tried, other, activating('person:grace'))).toThrow('DRY_RUN_NOT_READ');
    const { state } = after(drafting, tried, activating('person:grace'), { ...tried, sha256: '9'.repeat(64) });
    expect(state).toMatchObject({ status: 'ACTIVE', dryRun: { sha256: read, by: 'person:ada' } });
  });

  it('is never active without two persons: its author neither reviews nor activates a draft, also for somebody else', () => {
    expect(() => after(drafting, reviewing('person:ada'))).toThrow('CONTRACT_SECOND_PERSON');
    expect(() => after(drafting, tried, activating('person:ada'))).toThrow('CONTRACT_SECOND_PERSON');
    expect(() => after(drafting, tried, activating('person:ada for person:grace'))).toThrow('CONTRACT_SECOND_PERSON');
    expect(after(drafting, tried, activating('person:grace')).said).toEqual([
      'PaymentContractReviewed',
      'PaymentContractApproved',
      'PaymentContractActivated',
    ]);
  });

  it('is immutable once active; a reviewed one that is drafted otherwise is a draft again', () => {
    const other = { ...drafting, pin: { ...pin, sha256: '2'.repeat(64) } };
    expect(after(drafting, reviewing('person:grace'), other).state).toMatchObject({
      status: 'DRAFT',
      reviewedBy: null,
    });
    expect(() => after(drafting, tried, activating('person:grace'), other)).toThrow('CONTRACT_IMMUTABLE');
    expect(() => after(drafting, tried, activating('person:grace'), ending('2026-10-01'), other)).toThrow(
      'CONTRACT_IMMUTABLE',
    );
    expect(() =>
      after(drafting, tried, activating('person:grace'), ending('2026-10-01'), activating('person:x')),
    ).toThrow('CONTRACT_IMMUTABLE');
  });

  it('says nothing twice', () => {
    const active = [drafting, tried, activating('person:grace')];
    expect(after(...active, drafting).said).toEqual([]);
    expect(after(...active, reviewing('person:x')).said).toEqual([]);
    expect(after(...active, activating('person:x')).said).toEqual([]);
    expect(after(...active, ending('2026-10-01'), ending('2026-10-01')).said).toEqual([]);
    expect(after(...active, suspending('2026-03-01', null), suspending('2026-03-01', null)).said).toEqual([]);
  });

  it.each(['2026-01-01', '2025-12-31', '2027-01-02'])('does not end on %s, outside its validity', (day) => {
    expect(() => after(drafting, tried, activating('person:grace'), ending(day))).toThrow('CONTRACT_OUT_OF_VALIDITY');
  });

  it('neither ends nor is suspended before it is active, and is nothing before it is drafted', () => {
    expect(() => after(drafting, ending('2026-10-01'))).toThrow('CONTRACT_NOT_ACTIVE');
    expect(() => after(drafting, suspending('2026-10-01', null))).toThrow('CONTRACT_NOT_ACTIVE');
    expect(() => after(reviewing('person:x'))).toThrow('NOT_FOUND');
  });

  it('covers the days from its first to the one before its end, and goes on covering them once ended', () => {
    const { state } = after(drafting, tried, activating('person:grace'), ending('2026-10-01'));
    expect(['2025-12-31', '2026-01-01', '2026-09-30', '2026-10-01'].map((day) => covers(state, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(covers(after(drafting).state, '2026-05-01')).toBe(false);
    expect(covers(after(drafting, tried, activating('person:grace')).state, '2027-01-01')).toBe(false);
  });

  it('does not pay while it is suspended; a suspension is closed by its last day and lifted by its first', () => {
    const at = (...commands: readonly PaymentContractCommand[]) => {
      const { state } = after(drafting, tried, activating('person:grace'), ...commands);
      return ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'].map((day) => isSuspendedOn(state, day));
    };
    expect(at(suspending('2026-03-01', null))).toEqual([false, true, true, true]);
    expect(at(suspending('2026-03-01', null), suspending('2026-03-01', '2026-04-01'))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(at(suspending('2026-03-01', null), suspending('2026-03-01', '2026-03-01'))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(() => at(suspending('2026-03-01', '2026-02-01'))).toThrow('CONTRACT_OUT_OF_VALIDITY');
  });
});

describe('activation', () => {
  const { state: active } = after(drafting, tried, activating('person:grace'));
  const { state: ended } = after(drafting, tried, activating('person:grace'), ending('2026-07-01'));
  const second = { version: 2, validity: { from: '2026-07-01', to: null }, legalBasis: 'L. 162-31-1 CSS' };

  it('is refused while another active version covers a day, and allowed after its end or in its place', () => {
    expect(() => {
      checkActivation(second, [active], true);
    }).toThrow('CONTRACT_OVERLAPS');
    expect(() => {
      checkActivation(second, [ended], true);
    }).not.toThrow();
    expect(() => {
      checkActivation({ ...second, supersedes: { version: 1, sha256: pin.sha256 } }, [active], true);
    }).not.toThrow();
    expect(() => {
      checkActivation(second, [after(drafting).state], true);
    }).not.toThrow();
  });

  it('of a version that supersedes is refused when what it names is another document', () => {
    expect(() => {
      checkActivation({ ...second, supersedes: { version: 1, sha256: '9'.repeat(64) } }, [active], true);
    }).toThrow('NOT_FOUND');
  });

  it('without a law, or with illustrative amounts, is for a demo only', () => {
    const lawless = { version: 2, validity: second.validity };
    expect(() => {
      checkActivation(lawless, [], true);
    }).toThrow('LEGAL_BASIS_REQUIRED');
    expect(() => {
      checkActivation({ ...second, illustrative: true }, [], true);
    }).toThrow('CONTRACT_ILLUSTRATIVE');
    expect(() => {
      checkActivation({ ...lawless, illustrative: true }, [], false);
    }).not.toThrow();
  });

  it('sees an overlap exactly when a day belongs to both validities', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((one) => `2026-02-${String(one).padStart(2, '0')}`);
    const days = fc
      .tuple(day, fc.option(day))
      .filter(([from, to]) => to === null || from < to)
      .map(([from, to]) => ({ from, to }));
    const all = Array.from({ length: 28 }, (_day, index) => `2026-02-${String(index + 1).padStart(2, '0')}`);
    const within = (one: { from: string; to: string | null }, at: string) =>
      one.from <= at && (one.to === null || at < one.to);
    fc.assert(
      fc.property(days, days, (a, b) => {
        expect(overlaps(a, b)).toBe(all.some((at) => within(a, at) && within(b, at)));
      }),
    );
  });
});
