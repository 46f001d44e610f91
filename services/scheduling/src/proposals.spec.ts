import { proposalsOf, proposalWindow } from './proposals';
import type { Slot } from './slot';

const slot = (startsAt: string, practitionerId = 'x1'): Slot => ({
  ...{ calendarId: 'c1', practitionerId, resources: [], startsAt, endsAt: startsAt, mode: 'on-site' },
});
const booked = slot('2026-11-24T09:00:00Z');

describe('a patient who moves an appointment', () => {
  it('is offered the first time of each of three days, with the same professional', () => {
    const free = [
      slot('2026-11-25T08:00:00Z', 'x2'),
      slot('2026-11-25T09:00:00Z'),
      slot('2026-11-25T10:00:00Z'),
      slot('2026-11-26T09:00:00Z'),
      slot('2026-11-27T09:00:00Z'),
      slot('2026-11-28T09:00:00Z'),
    ];
    expect(proposalsOf(free, booked).map(({ startsAt }) => startsAt)).toEqual([
      '2026-11-25T09:00:00Z',
      '2026-11-26T09:00:00Z',
      '2026-11-27T09:00:00Z',
    ]);
  });

  it('is not offered the time that it has', () => {
    expect(proposalsOf([booked], booked)).toEqual([]);
  });

  it('chooses from a day ahead to seven days after the time that it has', () => {
    expect(proposalWindow(booked, '2026-11-20T09:00:00Z')).toEqual({
      from: Date.parse('2026-11-21T09:00:00Z'),
      to: Date.parse('2026-12-01T09:00:00Z'),
    });
  });

  it('moves nothing by themselves within the last day', () => {
    const { from, to } = proposalWindow(booked, '2026-11-23T09:00:01Z');
    expect(to).toBe(from);
  });
});
