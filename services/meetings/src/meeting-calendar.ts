import type { Decider } from '@ariane/kernel';
import { epochOf } from '@ariane/kernel';

/** What a case needs to know of its meeting. */
export interface MeetingOnAgenda {
  readonly meetingId: string;
  readonly startsAt: string;
  /** Civil day of the meeting. */
  readonly day: string;
  readonly requiredSpecialties: readonly string[];
}

interface WaitingCase {
  readonly caseId: string;
  /** The meeting starts at this instant or later. */
  readonly earliest: string;
}

/**
 * The meetings to come of one type, and the cases that wait for one. Cases and meetings meet in this one document, so
 * that a case asked for while a meeting is being scheduled cannot be left waiting.
 */
export interface MeetingCalendar {
  readonly meetings: readonly MeetingOnAgenda[];
  readonly waiting: readonly WaitingCase[];
}

export type CalendarCommand =
  | { readonly type: 'AddMeeting'; readonly meeting: MeetingOnAgenda; readonly now: string }
  | { readonly type: 'PlaceCase'; readonly waiting: WaitingCase; readonly now: string }
  | { readonly type: 'ForgetCase'; readonly caseId: string };

export type CalendarEvent =
  | { readonly type: 'MeetingAdded'; readonly data: { readonly meeting: MeetingOnAgenda; readonly now: string } }
  | { readonly type: 'CasePlaced'; readonly data: { readonly caseId: string; readonly meeting: MeetingOnAgenda } }
  | { readonly type: 'CaseLeftWaiting'; readonly data: WaitingCase }
  | { readonly type: 'CaseForgotten'; readonly data: { readonly caseId: string } };

export const meetingCalendar: Decider<MeetingCalendar, CalendarCommand, CalendarEvent> = {
  decide(state, command) {
    switch (command.type) {
      case 'AddMeeting': {
        const { meeting, now } = command;
        const placed = (state?.waiting ?? []).filter(({ earliest }) => takes(meeting, earliest, now));
        return [
          { type: 'MeetingAdded', data: { meeting, now } },
          ...placed.map(({ caseId }) => ({ type: 'CasePlaced' as const, data: { caseId, meeting } })),
        ];
      }
      case 'PlaceCase': {
        const { waiting, now } = command;
        const meeting = state?.meetings.find((one) => takes(one, waiting.earliest, now));
        if (meeting === undefined) return [{ type: 'CaseLeftWaiting', data: waiting }];
        return [{ type: 'CasePlaced', data: { caseId: waiting.caseId, meeting } }];
      }
      case 'ForgetCase': {
        const waits = state?.waiting.some(({ caseId }) => caseId === command.caseId) === true;
        return waits ? [{ type: 'CaseForgotten', data: { caseId: command.caseId } }] : [];
      }
    }
  },
  evolve(state, event) {
    const { meetings, waiting } = state ?? { meetings: [], waiting: [] };
    switch (event.type) {
      case 'MeetingAdded': {
        const { meeting, now } = event.data;
        const toCome = meetings.filter(({ startsAt }) => epochOf(startsAt) >= epochOf(now));
        return { meetings: [...toCome, meeting].sort(inOrder), waiting };
      }
      case 'CaseLeftWaiting':
        return { meetings, waiting: [...waiting, event.data] };
      case 'CasePlaced':
      case 'CaseForgotten':
        return { meetings, waiting: waiting.filter(({ caseId }) => caseId !== event.data.caseId) };
    }
  },
};

/** A meeting that has begun takes no more cases. */
const takes = ({ startsAt }: MeetingOnAgenda, earliest: string, now: string): boolean =>
  epochOf(startsAt) >= epochOf(earliest) && epochOf(startsAt) >= epochOf(now);

const inOrder = (a: MeetingOnAgenda, b: MeetingOnAgenda): number =>
  epochOf(a.startsAt) - epochOf(b.startsAt) || (a.meetingId < b.meetingId ? -1 : 1);
