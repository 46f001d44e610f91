import { fold } from '@ariane/kernel';
import { byCommands } from '@ariane/testing';
import { meeting } from './meeting';
import { type CalendarCommand, meetingCalendar, type MeetingOnAgenda } from './meeting-calendar';

const now = '2026-04-01T08:00:00.000Z';
const on = (day: string, meetingId = `on-${day}`): MeetingOnAgenda => ({
  meetingId,
  startsAt: `${day}T12:00:00.000Z`,
  day,
  requiredSpecialties: [],
});
const add = (one: MeetingOnAgenda, at = now): CalendarCommand => ({ type: 'AddMeeting', meeting: one, now: at });
const place = (caseId: string, earliest = now, at = now): CalendarCommand => ({
  type: 'PlaceCase',
  waiting: { caseId, earliest },
  now: at,
});
const { after } = byCommands(meetingCalendar);
const placed = (before: CalendarCommand[], command: CalendarCommand) =>
  meetingCalendar
    .decide(after(...before), command)
    .flatMap((event) => (event.type === 'CasePlaced' ? [[event.data.caseId, event.data.meeting.meetingId]] : []));

describe('the agenda of a type of meeting', () => {
  const both = [add(on('2026-04-14')), add(on('2026-04-07'))];
  it('puts a case on the first meeting from its earliest instant', () => {
    expect(placed(both, place('case'))).toEqual([['case', 'on-2026-04-07']]);
    expect(placed(both, place('case', '2026-04-07T12:00:00Z'))).toEqual([['case', 'on-2026-04-07']]);
    expect(placed(both, place('case', '2026-04-07T12:00:00.001Z'))).toEqual([['case', 'on-2026-04-14']]);
  });
  it('never uses a meeting that has begun, whatever the case’s earliest instant', () => {
    expect(placed(both, place('case', now, '2026-04-08T08:00:00Z'))).toEqual([['case', 'on-2026-04-14']]);
  });
  it('keeps a case that finds no meeting, and places it when one is scheduled late enough', () => {
    const waiting = [place('case', '2026-04-10T08:00:00Z')];
    expect(after(...waiting)?.waiting).toHaveLength(1);
    expect(placed(waiting, add(on('2026-04-07')))).toEqual([]);
    expect(placed(waiting, add(on('2026-04-14')))).toEqual([['case', 'on-2026-04-14']]);
    expect(after(...waiting, add(on('2026-04-14')))?.waiting).toEqual([]);
  });
  it('forgets a case that was withdrawn', () => {
    expect(placed([place('case'), { type: 'ForgetCase', caseId: 'case' }], add(on('2026-04-07')))).toEqual([]);
    expect(meetingCalendar.decide(after(...both), { type: 'ForgetCase', caseId: 'case' })).toEqual([]);
  });
  it('forgets meetings once they are over, so that it does not grow', () => {
    expect(after(...both, add(on('2026-04-21'), '2026-04-20T08:00:00Z'))?.meetings).toHaveLength(1);
  });
});

describe('scheduling a meeting', () => {
  const asked = {
    meetingId: 'm',
    calendarId: 'c',
    meetingType: 'rcp-senology',
    startsAt: '2026-04-07T22:30:00.000Z',
    timeZone: 'Europe/Paris',
    place: 'hybrid' as const,
    requiredSpecialties: ['surgery', 'oncology', 'surgery'],
  };
  it('takes the civil day of its own time zone, and each required specialty once', () => {
    const events = meeting.decide(undefined, { type: 'ScheduleMeeting', meeting: asked, now });
    expect(fold(meeting, undefined, events)).toMatchObject({
      day: '2026-04-08',
      requiredSpecialties: ['oncology', 'surgery'],
    });
  });
  it('is refused in the past', () => {
    expect(() =>
      meeting.decide(undefined, { type: 'ScheduleMeeting', meeting: asked, now: '2026-05-01T08:00:00Z' }),
    ).toThrow('MEETING_IN_PAST');
  });
});
