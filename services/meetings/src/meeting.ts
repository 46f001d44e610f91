import type { EventOf, meetingsEvents } from '@ariane/contracts';
import type { Decider } from '@ariane/kernel';
import { civilDay, DomainError, epochOf } from '@ariane/kernel';

export const places = ['on-site', 'video', 'hybrid'] as const;
export type Place = (typeof places)[number];

/** A multidisciplinary meeting. Its cases hold its id; attendance and quorum are each case's own. */
export interface Meeting {
  readonly meetingId: string;
  /** The list of meetings of this type in this territory. */
  readonly calendarId: string;
  readonly meetingType: string;
  readonly startsAt: string;
  /** The civil day in the meeting's time zone, on which specialties are looked up. */
  readonly day: string;
  readonly timeZone: string;
  readonly place: Place;
  readonly requiredSpecialties: readonly string[];
}

export interface ScheduleMeeting {
  readonly type: 'ScheduleMeeting';
  readonly meeting: Omit<Meeting, 'day'>;
  readonly now: string;
}

export type MeetingEvent =
  | Extract<EventOf<typeof meetingsEvents>, { type: 'MeetingScheduled' }>
  | { readonly type: 'MeetingPlanned'; readonly data: { readonly meeting: Meeting; readonly now: string } };

export const meeting: Decider<Meeting, ScheduleMeeting, MeetingEvent> = {
  decide(state, { meeting: asked, now }) {
    if (state !== undefined) throw new DomainError('ALREADY_EXISTS', {}, 'meetingId');
    if (epochOf(asked.startsAt) < epochOf(now)) throw new DomainError('MEETING_IN_PAST', {}, 'startsAt');
    const { meetingId, meetingType, startsAt } = asked;
    const requiredSpecialties = [...new Set(asked.requiredSpecialties)].sort();
    const planned = { ...asked, requiredSpecialties, day: civilDay(startsAt, asked.timeZone) };
    return [
      { type: 'MeetingPlanned', data: { meeting: planned, now } },
      { type: 'MeetingScheduled', data: { meetingId, meetingType, startsAt, requiredSpecialties } },
    ];
  },
  evolve(state, event) {
    if (event.type === 'MeetingPlanned') return event.data.meeting;
    if (state === undefined) throw new Error('A meeting is planned before it is told.');
    return state;
  },
};
