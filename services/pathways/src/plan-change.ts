import type { Signed } from './pathway';

/** What somebody may add to a plan: a step asked for like the protocol's own. */
export type AddedStep = {
  /** For professionals, in the words of who added it. */
  readonly label: string;
  readonly role: string;
} & (
  | { readonly kind: 'task' }
  | {
      readonly kind: 'appointment';
      readonly visitKind: string;
      readonly durationMinutes: number;
      readonly booking: 'auto' | 'propose';
      readonly mode?: 'on-site' | 'tele';
    }
  | { readonly kind: 'questionnaire'; readonly questionnaire: string }
  | { readonly kind: 'tele-expertise'; readonly specialty: string; readonly question: string }
  | { readonly kind: 'meeting'; readonly meetingType: string; readonly requiredSpecialties: readonly string[] }
);

/** The kinds of step that a person may add. */
export const addedKinds = ['appointment', 'task', 'questionnaire', 'tele-expertise', 'meeting'] as const;

/** Civil days of the pathway's time zone: not before `from`, best by `target`, at the latest on `latest`. */
export interface WantedDays {
  readonly from?: string;
  readonly target?: string;
  readonly latest: string;
}

/** The same as instants: the first of a day, and the last seconds of days. */
export interface ChangedDates {
  readonly dueFrom?: string;
  readonly target?: string;
  readonly latest: string;
}

/** A step of another of the patient's pathways. */
export interface SharedStep {
  readonly pathwayId: string;
  readonly stepKey: string;
}

/** A change of one patient's plan that a person made, beside the protocol. */
export type PlanChange = Signed & {
  /** Made by the caller. */
  readonly id: string;
  readonly stepKey: string;
  readonly withdrawn?: Signed;
} & (
    | { readonly change: 'added'; readonly step: AddedStep; readonly dates: ChangedDates }
    | { readonly change: 'repeated'; readonly of: string; readonly dates: ChangedDates }
    | { readonly change: 'moved'; readonly dates: ChangedDates }
    | { readonly change: 'skipped' }
    /** The visit of another of the patient's pathways is this step's as well. */
    | { readonly change: 'shared'; readonly with: SharedStep }
  );

/** Who changes the plan; `now` is when. */
interface Acting {
  readonly changeId: string;
  readonly by: string;
  readonly reason: string;
  readonly now: string;
}

export type ChangeCommand =
  | ({ readonly type: 'AddStep'; readonly step: AddedStep; readonly days: WantedDays } & Acting)
  | ({ readonly type: 'RepeatStep'; readonly stepKey: string; readonly days: WantedDays } & Acting)
  | ({ readonly type: 'MoveStep'; readonly stepKey: string; readonly days: WantedDays } & Acting)
  | ({ readonly type: 'SkipStep'; readonly stepKey: string } & Acting)
  | ({ readonly type: 'ShareStep'; readonly stepKey: string; readonly with: SharedStep } & Acting)
  | ({ readonly type: 'WithdrawChange' } & Acting);

/** The changes that nobody has taken back. */
export const standing = (changes: readonly PlanChange[] | undefined): readonly PlanChange[] =>
  (changes ?? []).filter(({ withdrawn }) => withdrawn === undefined);

/** Where the keys of steps that people add begin; a protocol's step would have no such id. */
const ADDED = 'added';

/** The key of the next step that somebody adds: counted, so that two machines give it the same. */
export const nextAddedKey = (changes: readonly PlanChange[] | undefined): string =>
  `${ADDED}#${String((changes ?? []).filter(isAddition).length + 1)}`;

export type Addition = Extract<PlanChange, { change: 'added' | 'repeated' }>;

export const isAddition = (change: PlanChange): change is Addition =>
  change.change === 'added' || change.change === 'repeated';

/** The addition that a key stands for, whether or not it was taken back. */
export const additionOf = (changes: readonly PlanChange[] | undefined, key: string): Addition | undefined =>
  (changes ?? []).filter(isAddition).find(({ stepKey }) => stepKey === key);
