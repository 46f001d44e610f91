import { canonicalJson, type Decider, sha256Hex, startOfDay } from '@ariane/kernel';
import { nextCoverLook } from './cover-end';
import { type Cover, type Leave, noCover, ownerOnDuty, type Placement, type Roster } from './duty-cover';
import { sortable } from './pathway-time';

/** Whether a leave that has begun has had the open work of who is away reassigned. */
interface KnownLeave extends Leave {
  readonly reassigned: boolean;
}

/** Who is on duty in a territory: its own copy of what scheduling tells. */
export interface Duty extends Cover {
  readonly leaves: readonly KnownLeave[];
  /** When the rosters are to be looked at next for an end of their cover, as below; null when none of them ends. */
  readonly coverAt: string | null;
  /** When the next leave begins whose work is not yet reassigned, `YYYY-MM-DDTHH:mm:ss.sssZ`, or null. */
  readonly leaveAt: string | null;
}

/** Something that has just been given to an owner, who may not be there. */
interface Work {
  readonly kind: 'task' | 'alert';
  readonly id: string;
  readonly ownerId?: string;
}

export type DutyCommand =
  | { readonly type: 'SetRoster'; readonly roster: Roster }
  | { readonly type: 'RecordLeave'; readonly leave: Leave; readonly at: string }
  | { readonly type: 'WithdrawLeave'; readonly leaveId: string }
  /** Everything open that who is away owned has been reassigned. */
  | { readonly type: 'FinishLeave'; readonly leaveId: string }
  /** The rosters were looked at: those who read them have been told where cover ends soon. */
  | { readonly type: 'FinishCoverLook'; readonly seen: string; readonly now: string }
  | { readonly type: 'PlaceWork'; readonly work: Work; readonly placement: Placement };

export type DutyEvent =
  | { readonly type: 'RosterKept'; readonly data: Roster }
  | { readonly type: 'CoverLooked'; readonly data: { readonly coverAt: string | null } }
  | { readonly type: 'LeaveKept'; readonly data: Leave & { readonly at: string } }
  | { readonly type: 'LeaveDropped' | 'LeaveFinished'; readonly data: { readonly leaveId: string } }
  | {
      readonly type: 'WorkPlaced';
      readonly data: Work & { readonly to: string; readonly role: string; readonly at: string };
    };

/** What scheduling tells is kept; what falls to somebody who is away goes to who is there, in the same transaction. */
export const duty: Decider<Duty, DutyCommand, DutyEvent> = { decide, evolve };

function decide(state: Duty | undefined, command: DutyCommand): readonly DutyEvent[] {
  switch (command.type) {
    case 'SetRoster': {
      const known = state?.rosters.find(({ rosterId }) => rosterId === command.roster.rosterId);
      const isSame = known !== undefined && canonicalJson(known) === canonicalJson(command.roster);
      return isSame ? [] : [{ type: 'RosterKept', data: command.roster }];
    }
    case 'FinishCoverLook': {
      if (state === undefined || state.coverAt === null || rostersSeen(state) !== command.seen) return [];
      return [{ type: 'CoverLooked', data: { coverAt: nextCoverLook(state.rosters, command.now) } }];
    }
    case 'RecordLeave': {
      const { leave, at } = command;
      const isKnown = state?.leaves.some(({ leaveId }) => leaveId === leave.leaveId) === true;
      return isKnown ? [] : [{ type: 'LeaveKept', data: { ...leave, at } }];
    }
    case 'WithdrawLeave':
    case 'FinishLeave': {
      const { leaveId, type } = command;
      const leave = state?.leaves.find((one) => one.leaveId === leaveId);
      if (leave === undefined || (type === 'FinishLeave' && leave.reassigned)) return [];
      return [{ type: type === 'FinishLeave' ? 'LeaveFinished' : 'LeaveDropped', data: { leaveId } }];
    }
    case 'PlaceWork': {
      const { work, placement } = command;
      const owner = ownerOnDuty(state ?? noCover, placement);
      if (state === undefined || owner === undefined || owner.practitionerId === work.ownerId) return [];
      const { practitionerId: to, role } = owner;
      return [{ type: 'WorkPlaced', data: { ...work, to, role, at: placement.at } }];
    }
  }
}

function evolve(state: Duty | undefined, event: DutyEvent): Duty {
  const { rosters, leaves, coverAt }: Pick<Duty, 'rosters' | 'leaves' | 'coverAt'> = state ?? noDuty;
  switch (event.type) {
    case 'RosterKept': {
      const others = rosters.filter(({ rosterId }) => rosterId !== event.data.rosterId);
      return dutyOf([...others, event.data], leaves, AT_ONCE);
    }
    case 'CoverLooked':
      return dutyOf(rosters, leaves, event.data.coverAt);
    case 'LeaveKept': {
      const { at, ...leave } = event.data;
      // What is over, and was seen to, serves no more.
      const current = leaves.filter(({ reassigned, until }) => !reassigned || until >= at.slice(0, 10));
      return dutyOf(rosters, [...current, { ...leave, reassigned: false }], coverAt);
    }
    case 'LeaveDropped':
      return dutyOf(
        rosters,
        leaves.filter(({ leaveId }) => leaveId !== event.data.leaveId),
        coverAt,
      );
    case 'LeaveFinished':
      return dutyOf(
        rosters,
        leaves.map((leave) => (leave.leaveId === event.data.leaveId ? { ...leave, reassigned: true } : leave)),
        coverAt,
      );
    case 'WorkPlaced':
      return dutyOf(rosters, leaves, coverAt);
  }
}

const noDuty = { rosters: [], leaves: [], coverAt: null } as const;

/** Every change of a roster is looked at when it is heard. */
const AT_ONCE = '1970-01-01T00:00:00.000Z';

/** What tells one set of rosters from another: a look at those of before does not count for what has changed since. */
export const rostersSeen = ({ rosters }: Pick<Duty, 'rosters'>): string => sha256Hex(canonicalJson(rosters));

function dutyOf(rosters: readonly Roster[], leaves: readonly KnownLeave[], coverAt: string | null): Duty {
  const begins = leaves.filter(({ reassigned }) => !reassigned).map(beginOf);
  return { rosters, leaves, coverAt, leaveAt: begins.sort()[0] ?? null };
}

const beginOf = ({ from, timeZone }: Leave): string => sortable(startOfDay(from, timeZone));

/** The leaves that have begun by an instant and whose work is not yet reassigned. */
export const leavesBegun = ({ leaves }: Duty, now: string): readonly Leave[] =>
  leaves.filter((leave) => !leave.reassigned && beginOf(leave) <= sortable(now));
