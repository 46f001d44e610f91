import { meetingsEvents } from '@ariane/contracts';
import {
  uuidv5,
  type CopyPractitioner,
  type DocketCommand,
  type DocketEvent,
  type PathwayDocket,
  pathwayDocket,
  type PractitionerCopied,
  type PractitionerCopy,
  practitionerCopy,
} from '@ariane/kernel';
import { type Aggregate, effect, type Effect, type Store } from '@ariane/store';
import type { Listed, MeetingCase } from './case-state';
import { meeting, type Meeting, type MeetingEvent, type ScheduleMeeting } from './meeting';
import { type CalendarCommand, type CalendarEvent, type MeetingCalendar, meetingCalendar } from './meeting-calendar';
import { type CaseCommand, type CaseEvent, meetingCase } from './meeting-case';

/** Namespace of the ids below: a UUID of ours that is nobody else's. */
const CALENDARS = '6d1d7a58-1c1c-5a4e-9a63-7a1f3b0c2e51';

/** The id of a territory's list of meetings of one type. */
export const calendarIdOf = (territory: string, meetingType: string): string =>
  uuidv5(CALENDARS, `${territory}/${meetingType}`);

export const meetings: Aggregate<Meeting, ScheduleMeeting, MeetingEvent> = {
  ...meeting,
  name: 'meeting',
  collection: 'meetings',
  facts: meetingsEvents,
  subject: (_state, _event, id) => id,
  follow: ({ type, data }, { meetingId, startsAt, day, requiredSpecialties, calendarId }) => {
    if (type !== 'MeetingPlanned') return [];
    const onAgenda = { meetingId, startsAt, day, requiredSpecialties };
    return [effect(calendars, calendarId, { type: 'AddMeeting', meeting: onAgenda, now: data.now })];
  },
  indexes: [{ keys: { startsAt: 1, meetingType: 1 } }],
};

/** Where cases and meetings find each other; what it decides is told by the cases. */
export const calendars: Aggregate<MeetingCalendar, CalendarCommand, CalendarEvent> = {
  ...meetingCalendar,
  name: 'meeting-calendar',
  collection: 'meeting_calendars',
  facts: {},
  subject: (_state, _event, id) => id,
  follow: ({ type, data }) => {
    switch (type) {
      case 'CasePlaced':
        return [effect(cases, data.caseId, { type: 'PutOnAgenda', meeting: data.meeting })];
      case 'CaseLeftWaiting':
        return [effect(cases, data.caseId, { type: 'LeaveWaiting' })];
      case 'MeetingAdded':
      case 'CaseForgotten':
        return [];
    }
  },
};

export const cases: Aggregate<MeetingCase, CaseCommand, CaseEvent> = {
  ...meetingCase,
  name: 'meeting-case',
  collection: 'meeting_cases',
  facts: meetingsEvents,
  subject: ({ pathwayId }) => pathwayId,
  patient: ({ patientId }) => patientId,
  sealed: ['question', 'text', 'conformity'] as unknown as ['question'], // keyof a union: what all share
  follow: ({ type, data }, { calendarId, earliest }): Effect[] => {
    switch (type) {
      case 'CaseAsked': {
        const { caseId, pathwayId, requestedAt: now } = data;
        return [
          effect(pathwayDockets, pathwayId, { type: 'EnterDocket', memberId: caseId }),
          effect(calendars, calendarId, { type: 'PlaceCase', waiting: { caseId, earliest }, now }),
        ];
      }
      case 'CaseWithdrawn':
        return [effect(calendars, calendarId, { type: 'ForgetCase', caseId: data.caseId })];
      default:
        return [];
    }
  },
  indexes: [{ keys: { meetingId: 1, status: 1 } }, { keys: { pathwayId: 1 } }, { keys: { status: 1 } }],
};

/** Its end withdraws every open case of the pathway, in the same transaction. */
export const pathwayDockets: Aggregate<PathwayDocket, DocketCommand, DocketEvent> = {
  ...pathwayDocket,
  name: 'pathway-docket',
  collection: 'pathway_dockets',
  facts: {},
  subject: (_state, _event, id) => id,
  follow: ({ type, data }, { memberIds }) =>
    type === 'DocketClosed'
      ? memberIds.map((id) => effect(cases, id, { type: 'WithdrawCase', reason: 'pathway-closed', now: data.at }))
      : [],
};

export const practitioners: Aggregate<PractitionerCopy, CopyPractitioner, PractitionerCopied> = {
  ...practitionerCopy,
  name: 'practitioner',
  collection: 'practitioners',
  facts: {},
  subject: (_state, _event, id) => id,
};

/** The directory's entries of some practitioners; who is unknown is left out. */
export async function listedAmong(store: Store, territory: string, ids: readonly string[]): Promise<Listed[]> {
  if (ids.length === 0) return [];
  const found = await store.find(practitioners, territory, { _id: { $in: [...ids] } }, { limit: ids.length });
  return found.map(({ id, state }) => ({ practitionerId: id, exercises: state.exercises }));
}
