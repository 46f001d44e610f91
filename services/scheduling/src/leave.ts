import type { EventOf, schedulingEvents } from '@ariane/contracts';
import { canonicalJson, civilDay, type Decider, DomainError, invariant } from '@ariane/kernel';
import { isTimeZone } from './time-zone';

export type LeaveFact = Extract<
  EventOf<typeof schedulingEvents>,
  { readonly type: 'LeaveRecorded' | 'LeaveWithdrawn' }
>;

type Recorded = Extract<LeaveFact, { readonly type: 'LeaveRecorded' }>['data'];

/** Who is away, from one civil day to another, both included; withdrawn, it does not take place. */
export type Leave = Recorded & { readonly status: 'recorded' | 'withdrawn' };

export type LeaveCommand =
  | ({ readonly type: 'RecordLeave'; readonly now: string } & Words)
  | { readonly type: 'WithdrawLeave'; readonly now: string };

/** @throws DomainError ALREADY_EXISTS, NOT_FOUND, LEAVE_INVALID */
export const leave: Decider<Leave, LeaveCommand, LeaveFact> = { decide, evolve };

function decide(state: Leave | undefined, command: LeaveCommand): readonly LeaveFact[] {
  if (command.type === 'WithdrawLeave') {
    if (state === undefined) throw new DomainError('NOT_FOUND');
    const { leaveId, practitionerId } = state;
    if (state.status === 'withdrawn') return [];
    return [{ type: 'LeaveWithdrawn', data: { leaveId, practitionerId, withdrawnAt: command.now } }];
  }
  const { now: recordedAt } = command;
  const asked = wordsOf(command);
  if (state !== undefined) {
    if (canonicalJson(wordsOf(state)) === canonicalJson(asked)) return [];
    throw new DomainError('ALREADY_EXISTS');
  }
  const { practitionerId, deputyId, from, until, timeZone } = asked;
  if (until < from) throw invalid(`${from} > ${until}`, 'until');
  if (!isTimeZone(timeZone)) throw invalid(timeZone, 'timeZone');
  if (until < civilDay(recordedAt, timeZone)) throw invalid(until, 'until');
  if (deputyId === practitionerId) throw invalid('deputyId = practitionerId', 'deputyId');
  return [{ type: 'LeaveRecorded', data: { ...asked, recordedAt } }];
}

type Words = Omit<Recorded, 'recordedAt'>;

/** What is said of a leave, without when it was said and what became of it. */
const wordsOf = ({ leaveId, practitionerId, from, until, timeZone, deputyId }: Words): Words => ({
  leaveId,
  practitionerId,
  from,
  until,
  timeZone,
  ...(deputyId === undefined ? {} : { deputyId }),
});

function evolve(state: Leave | undefined, event: LeaveFact): Leave {
  if (event.type === 'LeaveRecorded') return { ...event.data, status: 'recorded' };
  invariant(state !== undefined, 'a leave begins with LeaveRecorded');
  return { ...state, status: 'withdrawn' };
}

const invalid = (reason: string, field: string): DomainError => new DomainError('LEAVE_INVALID', { reason }, field);
