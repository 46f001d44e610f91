import type { PathwaysEvent } from '@ariane/contracts';
import type { Decider, HolidayTerritory } from '@ariane/kernel';
import type { HeldBackReason } from './alert-budget';
import type { Ladder } from './alert-ladder';
import { decideAlert } from './decide-alert';
import type { Placement } from './duty-cover';
import { evolveAlert } from './evolve-alert';
import type { Stretch } from './working-hours';

/** By what an unanswered alert climbs, in the hours of its pathway's territory. */
export interface AlertClock {
  readonly ladder: Ladder;
  readonly timeZone: string;
  readonly holidays: HolidayTerritory;
}

/** Who had it before, and why no longer. */
interface FormerOwner {
  readonly ownerId?: string;
  readonly ownerRole: string;
  readonly until: string;
  /** A code: `leave`, `off-duty`, `left-team`, `unacknowledged`, `unhandled`, or why somebody handed it over. */
  readonly reason: string;
}

/** A stretch in which nobody is expected to answer. A snoozed alert is out of sight besides. */
export interface Deferral extends Stretch {
  readonly kind: 'pause' | 'snooze';
  readonly by: string;
  readonly reason: string;
}

/** What became of it, each with its instant; what has not happened is absent. */
interface AlertLife {
  /** From when it may be put before its owner: at once when urgent, else in working hours. */
  readonly deliverableAt?: string;
  readonly deliveredAt?: string;
  readonly seenAt?: string;
  readonly seenBy?: string;
  readonly acknowledgedAt?: string;
  readonly acknowledgedBy?: string;
  readonly closedAt?: string;
  readonly closedBy?: string;
  /** Why it closed: its cause is gone, a reason given, or `handled` with its outcome. */
  readonly closedFor?: string;
  readonly outcome?: string;
}

/** Who opened the pathway because they answer for this alert, though they are outside its care team. */
interface Opening {
  readonly by: string;
  readonly at: string;
}

interface NewAlert {
  readonly id: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly tier: number;
  readonly reason: string;
  readonly stepKey?: string;
  readonly ownerId?: string;
  readonly ownerRole: string;
  readonly raisedAt: string;
  readonly text?: string;
}

/** Something that needs a human, who is named. Tier 1 is urgent: outside every cap, bundle and snooze. */
export interface Alert extends NewAlert, AlertLife {
  readonly status: 'open' | 'acknowledged' | 'closed';
  readonly clock?: AlertClock;
  /** Since when nobody answers: when it was raised, raised anew, or came back. */
  readonly waitingSince: string;
  /** The rung it has reached: 0 is its first owner. */
  readonly rung: number;
  /** These two are absent in alerts of before they were kept. */
  readonly formerOwners?: readonly FormerOwner[];
  readonly deferrals?: readonly Deferral[];
  readonly openings?: readonly Opening[];
  /** When it comes back, `YYYY-MM-DDTHH:mm:ss.sssZ`; absent while it is in sight. */
  readonly snoozedUntil?: string;
  /** Why it waits in the list and does not interrupt; absent while it may. */
  readonly heldBack?: HeldBackReason;
  /** The open alert of the same patient and reason that stands for it. */
  readonly bundledInto?: string;
  /** How many signals it stands for, itself included. */
  readonly signals: number;
  /** When something happens to it though nobody acts, `YYYY-MM-DDTHH:mm:ss.sssZ`, or null. */
  readonly dueAt: string | null;
}

/** What raising an alert for a pathway needs besides: its clock, and who could own it. */
export interface AlertWatch {
  readonly clock: AlertClock;
  readonly placement: Placement;
}

interface Act {
  readonly by: string;
  readonly now: string;
}

export type AlertCommand =
  | ({ readonly type: 'RaiseAlert'; readonly watch?: AlertWatch } & NewAlert)
  | ({ readonly type: 'DeliverAlert' | 'SeeAlert' | 'AcknowledgeAlert' } & Act)
  | ({ readonly type: 'ResumeAlert' } & Act)
  /** Its owner opens the pathway from outside the care team. */
  | ({ readonly type: 'OpenForAlert' } & Act)
  | ({ readonly type: 'CloseAlert'; readonly reason: string } & Act)
  | ({ readonly type: 'HandleAlert'; readonly outcome: string } & Act)
  | ({ readonly type: 'HandOverAlert'; readonly to: string; readonly role: string; readonly reason: string } & Act)
  | ({ readonly type: 'SnoozeAlert' | 'PauseAlert'; readonly reason: string; readonly until: string } & Act)
  /** The cause is gone: the plan closes what it had raised. */
  | { readonly type: 'LiftAlert'; readonly reason: string; readonly at: string }
  | {
      readonly type: 'ReownAlert';
      readonly from?: string | undefined;
      readonly to: string;
      readonly role: string;
      readonly reason: string;
      readonly at: string;
    }
  | {
      readonly type: 'ClimbAlert';
      readonly rung: number;
      readonly to?: string;
      readonly role: string;
      readonly now: string;
    }
  /** Its snooze is over. */
  | { readonly type: 'ReturnAlert'; readonly now: string }
  /** The bundle of its patient and reason says whether it stands alone. */
  | { readonly type: 'LeadBundle'; readonly at: string }
  | { readonly type: 'JoinBundle'; readonly into: string }
  | { readonly type: 'CountSignal'; readonly tier: number; readonly at: string }
  /** What its owner's attention allows. */
  | { readonly type: 'Interrupt' }
  | { readonly type: 'HoldBack'; readonly reason: HeldBackReason; readonly at: string };

type AlertFact = Extract<
  PathwaysEvent,
  {
    type:
      | 'AlertRaised'
      | 'AlertAcknowledged'
      | 'AlertReassigned'
      | 'AlertClimbed'
      | 'AlertHeldBack'
      | 'AlertSnoozed'
      | 'AlertReraised'
      | 'AlertClosed';
  }
>;

export type AlertEvent =
  | AlertFact
  | { readonly type: 'AlertWatched'; readonly data: AlertWatch & { readonly deliverableAt: string } }
  | { readonly type: 'AlertDelivered'; readonly data: { readonly at: string } }
  | { readonly type: 'AlertSeen'; readonly data: { readonly by: string; readonly at: string } }
  | { readonly type: 'PathwayOpened'; readonly data: Opening }
  | { readonly type: 'AlertPaused'; readonly data: Deferral }
  | { readonly type: 'AlertResumed' | 'AlertReturned' | 'AlertLed'; readonly data: { readonly at: string } }
  | { readonly type: 'AlertBundled'; readonly data: { readonly into: string } }
  | { readonly type: 'SignalCounted' | 'AlertLetThrough'; readonly data: object };

/**
 * An alert is raised once for its cause, has one owner at a time, and ends when its cause is gone or when a named human
 * handles or closes it. Nobody acknowledging or handling it, it climbs.
 */
export const alert: Decider<Alert, AlertCommand, AlertEvent> = { decide: decideAlert, evolve: evolveAlert };
