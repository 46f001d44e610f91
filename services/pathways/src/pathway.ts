import type { PathwaysEvent, Pin } from '@ariane/contracts';
import type { Fact, Kind, Plan, Reason, StepDocument, StepStatus } from '@ariane/protocol';
import type { Member } from './care-team';
import type { Sex } from './patient';
import type { ChangeCommand, PlanChange } from './plan-change';
import type { Guest } from './shared-visit';

type PathwayStatus = 'ACTIVE' | 'COMPLETED' | 'DIED' | 'REFUSED' | 'TRANSFERRED' | 'EXCLUDED';

/** What the plan needs to know of the person; sealed in the stored state. */
interface Person {
  readonly birthDate: string;
  readonly sex: Sex;
}

/** How a step ended for the plan that was told last. */
export type StepEnd = Extract<StepStatus, 'done' | 'missed' | 'not-applicable' | 'stopped'>;

/** A step as last planned, with what others have been told of it, so that each thing is told once. */
export interface StepRecord {
  readonly key: string;
  readonly kind: Kind;
  readonly role: string;
  readonly status: StepStatus;
  readonly attempt: number;
  readonly mandatory: boolean;
  readonly dueFrom?: string;
  readonly target?: string;
  readonly latest?: string;
  readonly doneAt?: string;
  readonly doneBy?: string;
  readonly waitingFor: readonly string[];
  readonly reason: Reason;
  /** The greatest attempt told as due, and as late; 0 for none. */
  readonly toldDue: number;
  readonly toldLate: number;
  readonly toldEnd?: StepEnd;
  /** How often its dates have been moved; each time its lateness is a new one. Absent while never. */
  readonly moves?: number;
}

/** `pathways` itself is asked for a sub-protocol: the patient's pathway in another protocol. */
type AskedService = 'scheduling' | 'tele-expertise' | 'meetings' | 'pathways';

/** Something another service is asked for; outstanding until the answer is heard as an event. */
export interface Ask {
  /** The id of what will be made: uuidv5(pathway, `step/attempt`), so that asking again makes nothing twice. */
  readonly id: string;
  readonly service: AskedService;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly idempotencyKey: string;
  readonly stepKey: string;
  readonly attempt: number;
  /** Machine time, to find asks whose answer is slow to come. */
  readonly askedAt: string;
}

/** What is known of the visit that was asked for. */
export interface Booking {
  readonly stepKey: string;
  readonly appointmentId: string;
  readonly status: 'held' | 'booked' | 'waiting';
  readonly startsAt?: string;
  readonly practitionerId?: string;
}

/** A person who changed something of the record, why, and when. */
export interface Signed {
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** A fact that was recorded by mistake, and who took it back. */
export interface WithdrawnFact extends Signed {
  readonly fact: Fact;
}

/** From one version of a protocol to another, by whom and why. */
export interface Migration extends Signed {
  readonly from: Pin;
  readonly to: Pin;
}

/** A step of kind `sub-protocol`, and the pathway it belongs to. */
interface ParentStep {
  readonly pathwayId: string;
  readonly stepKey: string;
}

/** One patient in one protocol: the facts that happened, and the plan that follows from them. */
export interface Pathway {
  readonly id: string;
  readonly patientId: string;
  readonly protocol: Pin;
  readonly contract: Pin;
  readonly enrolledAt: string;
  readonly timeZone: string;
  readonly holidays: string;
  /** The step of another pathway that asked for this one; absent where a person enrolled the patient. */
  readonly parent?: ParentStep;
  readonly status: PathwayStatus;
  readonly closedAt?: string;
  readonly disclosure: 'SUSPICION' | 'ANNOUNCED';
  readonly announcedAt?: string;
  readonly team: readonly Member[];
  /** Absent only between enrolment and the copy from the register, in one transaction. */
  readonly person?: Person;
  readonly facts: readonly Fact[];
  readonly steps: readonly StepRecord[];
  readonly milestones: readonly string[];
  readonly asks: readonly Ask[];
  /** Machine time of the oldest outstanding ask, or null: what the reconciler looks for. */
  readonly asksSince: string | null;
  readonly bookings: readonly Booking[];
  /** When the plan changes though nothing is recorded, `YYYY-MM-DDTHH:mm:ss.sssZ` so that it sorts as text. */
  readonly wakeAt: string | null;
  readonly plannedAt?: string;
  /** False from any new fact until the plan has been read again. */
  readonly settled: boolean;
  /** What people changed of this plan, oldest first, with their reasons; sealed. Absent while nobody has. */
  readonly changes?: readonly PlanChange[];
  /** Facts taken back, which are not folded again whoever repeats them; sealed. Absent while there is none. */
  readonly withdrawn?: readonly WithdrawnFact[];
  /** Former versions, oldest first; sealed for their reasons. Absent while it is as it was enrolled. */
  readonly migrations?: readonly Migration[];
  /** Steps of the patient's other pathways that follow a visit of this one. Absent while there is none. */
  readonly guests?: readonly Guest[];
  /** By step, how often it was dropped, or stopped by an end that was taken back: each time it is asked for anew. */
  readonly resumed?: Readonly<Record<string, number>>;
}

/** A fact before the pathway has given it its place. */
export type NewFact = Omit<Fact, 'seq'>;

/** Care time, which a demo may step, and the machine's, which measures waiting for other machines. */
export interface Now {
  readonly care: string;
  readonly machine: string;
}

export type PathwayCommand =
  | {
      readonly type: 'Enrol';
      readonly pathwayId: string;
      readonly patientId: string;
      readonly protocol: Pin;
      readonly reviewBy: string;
      readonly contract: Pin;
      readonly timeZone: string;
      readonly holidays: string;
      readonly team: readonly Pick<Member, 'practitionerId' | 'role' | 'ground'>[];
      readonly parent?: ParentStep;
      /** When care began, for a patient who is taken over from before; `now` unless said. */
      readonly begunAt?: string;
      /** What was done before, with its dates. */
      readonly history?: readonly NewFact[];
      readonly now: string;
    }
  | { readonly type: 'FoldPatient'; readonly person: Person; readonly facts: readonly NewFact[] }
  | { readonly type: 'FoldFacts'; readonly facts: readonly NewFact[] }
  | {
      readonly type: 'RecordFact';
      readonly fact: NewFact;
      readonly now: string;
    }
  | { readonly type: 'Advance'; readonly now: Now }
  | { readonly type: 'RefuseAsk'; readonly askId: string; readonly code: string; readonly now: string }
  | {
      readonly type: 'AnswerAsk';
      readonly askId: string;
      readonly booking?: Booking;
      /** The step it was asked for, by which an answer that comes too late is known. */
      readonly stepKey?: string;
    }
  /** The step of the parent that asked for this pathway will not be done. */
  | { readonly type: 'EndWithParent'; readonly stepKey: string; readonly reason: string; readonly now: string }
  | { readonly type: 'HostStep'; readonly guest: Guest }
  | { readonly type: 'ReleaseGuest'; readonly changeId: string }
  /** The visit that a step followed will not take place. */
  | { readonly type: 'EndShare'; readonly changeId: string; readonly reason: string; readonly now: string }
  | {
      readonly type: 'JoinTeam';
      readonly member: Pick<Member, 'practitionerId' | 'role' | 'ground'>;
      readonly now: string;
    }
  | { readonly type: 'LeaveTeam'; readonly practitionerId: string; readonly role: string; readonly now: string }
  | ({ readonly type: 'NoticeParkedKey' } & ParkedKey)
  | ChangeCommand
  | {
      readonly type: 'WithdrawFact';
      readonly factId: string;
      readonly by: string;
      readonly reason: string;
      readonly now: string;
    }
  | {
      readonly type: 'Migrate';
      readonly to: Pin;
      readonly reviewBy: string;
      /** The protocols that the pinned payment contract may pay. */
      readonly paid: readonly string[];
      readonly by: string;
      readonly reason: string;
      readonly now: string;
    };

type Published = Extract<
  PathwaysEvent,
  {
    type:
      | 'PathwayEnrolled'
      | 'FactRecorded'
      | 'StepDue'
      | 'StepDone'
      | 'StepLate'
      | 'StepDropped'
      | 'DisclosureAnnounced'
      | 'MilestoneReached'
      | 'PathwayClosed'
      | 'CareTeamMemberAdded'
      | 'CareTeamMemberLeft'
      | 'PlanChanged'
      | 'PlanChangeWithdrawn'
      | 'FactWithdrawn'
      | 'PathwayReopened'
      | 'PathwayMigrated';
  }
>;

/** A fact of this pathway that some service could not apply: what comes after it waits for a human. */
interface ParkedKey {
  readonly eventId: string;
  readonly producer: string;
  readonly consumer: string;
  readonly at: string;
}

/** What another service would not do: the step stays due, and a human must see to it. */
interface RefusedAsk {
  readonly askId: string;
  readonly service: AskedService;
  readonly stepKey: string;
  /** The refusal's code. */
  readonly code: string;
  readonly at: string;
}

/** Why a step no longer follows the visit of another pathway. */
interface EndedShare {
  readonly changeId: string;
  readonly stepKey: string;
  readonly reason: string;
  readonly at: string;
}

/** The plan as it stands after an advance. */
interface KeptPlan {
  readonly steps: readonly StepRecord[];
  readonly asks: readonly Ask[];
  readonly wakeAt: string | null;
  /** Care time at which the plan was read. */
  readonly plannedAt: string;
}

export type PathwayEvent =
  | Published
  | { readonly type: 'PersonKept'; readonly data: Person }
  | { readonly type: 'FactFolded'; readonly data: Fact }
  | { readonly type: 'PlanKept'; readonly data: KeptPlan }
  | { readonly type: 'PlanChangeKept'; readonly data: PlanChange }
  | { readonly type: 'AskAnswered'; readonly data: { readonly askId: string; readonly booking?: Booking } }
  | { readonly type: 'StepHosted'; readonly data: Guest }
  | { readonly type: 'StepReleased'; readonly data: { readonly changeId: string } }
  | { readonly type: 'ShareEnded'; readonly data: EndedShare }
  | { readonly type: 'AskRefused'; readonly data: RefusedAsk }
  | { readonly type: 'ParkedKeyNoticed'; readonly data: ParkedKey };

/** Where a pathway's steps come from. */
export type Stepped = Pick<Pathway, 'protocol' | 'changes' | 'migrations'>;

/** Who says a fact: a person now, or the record of a patient who is taken over, which holds what services tell too. */
type FactOrigin = 'person' | 'taken-over';

/** What deciding needs of the pinned protocols: made once from the loaded documents, pure afterwards. */
export interface Planner {
  /** The plan of a pathway at an instant, from its facts, its person and the clinical rules. */
  readonly plan: (pathway: Pathway, now: string) => Plan;
  /** What is said of a step: by who added it, by the pinned version, or by the former one it was done under. */
  readonly step: (pathway: Stepped, key: string) => StepDocument | undefined;
  /** Whether a booked slot changes the plan of who follows this protocol; true as well for one that is not loaded. */
  readonly readsSlots: (protocol: Pin) => boolean;
  /** What the calendar has to record by an instant in a protocol that asks for it. */
  readonly calendar: (pathway: Pathway, now: string) => readonly NewFact[];
  /** The roles that a step of this protocol may be given to. */
  readonly roles: (protocol: Pin) => readonly string[];
  /** Throws FACT_NOT_ALLOWED or FACT_MALFORMED unless this may be said of a patient in this protocol, by a person unless told. */
  readonly checkFact: (protocol: Pin, fact: NewFact, origin?: FactOrigin) => void;
}
