import type { Tone } from '../../ui';
import type { Mode } from './decision-codes';

export interface MeetingLine {
  readonly id: string;
  readonly version: number;
  readonly meetingType: string;
  readonly startsAt: string;
  readonly day: string;
  readonly place: string;
  readonly requiredSpecialties: readonly string[];
}

interface Participant {
  readonly practitionerId: string;
  readonly specialty: string;
  readonly mode: Mode;
}

export interface Quorum {
  readonly met: boolean;
  readonly missing: readonly string[];
  readonly participants: readonly Participant[];
}

export type CaseStatus = 'waiting' | 'planned' | 'decided' | 'deferred' | 'withdrawn';

export interface MeetingCase {
  readonly id: string;
  /** For If-Match. */
  readonly version: number;
  readonly status: CaseStatus;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly stepKey: string;
  readonly meetingType: string;
  readonly question: string | null;
  readonly earliest: string;
  readonly latest?: string;
  readonly requestedAt: string;
  readonly side?: string;
  readonly deviation?: string;
  readonly attendance?: readonly { readonly practitionerId: string; readonly mode: Mode }[];
  readonly quorum?: Quorum;
  readonly decision?: string;
  readonly orientation?: string;
  readonly decidedSide?: string;
  readonly text?: string | null;
  readonly conformity?: {
    readonly reference: string;
    readonly version: string;
    readonly conforms: boolean;
    readonly justification?: string;
  } | null;
  readonly signedBy?: string;
  readonly decidedAt?: string;
  readonly signedSha256?: string;
  readonly reason?: string;
}

export interface Meeting extends MeetingLine {
  readonly agenda: readonly MeetingCase[];
}

export type Attendance = NonNullable<MeetingCase['attendance']>;

export const caseTones: Readonly<Record<CaseStatus, Tone>> = {
  waiting: 'waiting',
  planned: 'calm',
  decided: 'done',
  deferred: 'late',
  withdrawn: 'info',
};

export const isHandled = ({ status }: MeetingCase): boolean => status !== 'planned' && status !== 'waiting';

/** The next case that the meeting has not dealt with, after this one and then from the beginning. */
export function nextOpen(agenda: readonly MeetingCase[], id: string): string | undefined {
  const at = agenda.findIndex((one) => one.id === id);
  const rest = [...agenda.slice(at + 1), ...agenda.slice(0, Math.max(at, 0))];
  return rest.find((one) => !isHandled(one))?.id;
}

export type MeetingGroup = 'today' | 'coming' | 'past';

/** Meetings of today, those to come, the nearest first, and those that were, the last first. Civil days. */
export function groupsOf(
  meetings: readonly MeetingLine[],
  today: string,
): readonly { readonly group: MeetingGroup; readonly meetings: readonly MeetingLine[] }[] {
  const of = (is: (day: string) => boolean) => meetings.filter(({ day }) => is(day));
  return [
    { group: 'today' as const, meetings: of((day) => day === today) },
    { group: 'coming' as const, meetings: of((day) => day > today) },
    { group: 'past' as const, meetings: of((day) => day < today).reverse() },
  ].filter((one) => one.meetings.length > 0);
}

export interface Seat {
  readonly specialty: string;
  readonly isTaken: boolean;
}

/** Different specialties that make a collegial discussion (D. 6124-131 CSP). */
const SPECIALTIES_MIN = 3;

/** The seats of a discussion: the required specialties, then others that are there, then those that still lack. */
export function seatsOf(required: readonly string[], { participants, missing }: Quorum): readonly Seat[] {
  const counted = new Set(
    participants.map(({ specialty }) => specialty).filter((specialty) => !missing.includes(specialty)),
  );
  const wanted = required.map((specialty) => ({ specialty, isTaken: !missing.includes(specialty) }));
  const others = [...counted]
    .filter((specialty) => !required.includes(specialty))
    .map((specialty) => ({ specialty, isTaken: true }));
  const empty = missing
    .filter((specialty) => !required.includes(specialty))
    .map((specialty) => ({ specialty, isTaken: false }));
  return [...wanted, ...others, ...empty].slice(
    0,
    Math.max(SPECIALTIES_MIN, wanted.length + empty.length) + others.length,
  );
}

/** Everybody who has been in the room for some case of the meeting, each once, in the order in which they came. */
export const everPresent = (agenda: readonly MeetingCase[]): readonly string[] => [
  ...new Set(agenda.flatMap(({ attendance = [] }) => attendance.map(({ practitionerId }) => practitionerId))),
];

/** The attendance with somebody's mode changed; without a mode they are not there. */
export function withMode(attendance: Attendance, practitionerId: string, mode: Mode | undefined): Attendance {
  const others = attendance.filter((one) => one.practitionerId !== practitionerId);
  if (mode === undefined) return others;
  const at = attendance.findIndex((one) => one.practitionerId === practitionerId);
  const place = at === -1 ? others.length : at;
  return [...others.slice(0, place), { practitionerId, mode }, ...others.slice(place)];
}

export interface DecisionWords {
  readonly text: string;
  readonly delay: string;
  readonly responsible: string;
  readonly reserve: string;
}

/** What is signed beside the codes: the reasons, and the delay, the person and the reserve each on a line of its own. */
export function decisionText(words: DecisionWords, titles: Omit<DecisionWords, 'text'>): string | undefined {
  const lines = (['delay', 'responsible', 'reserve'] as const)
    .filter((name) => words[name].trim() !== '')
    .map((name) => `${titles[name]} : ${words[name].trim()}`);
  const all = [words.text.trim(), ...lines].filter((line) => line !== '').join('\n');
  return all === '' ? undefined : all;
}
