import 'reflect-metadata';
import { capitationEvents, meetingsEvents, schedulingEvents, teleExpertiseEvents } from '@ariane/contracts';
import type { Effect } from '@ariane/store';
import { received } from '@ariane/testing';
import { CapitationConsumer } from './capitation.consumer';
import { dutyIdOf } from './duties.store';
import { MeetingsConsumer } from './meetings.consumer';
import { onParked, OperationsConsumer } from './operations.consumer';
import { SchedulingConsumer } from './scheduling.consumer';
import { TeleExpertiseConsumer } from './tele-expertise.consumer';

const scheduling = new SchedulingConsumer();
const opinions = new TeleExpertiseConsumer();
const meetings = new MeetingsConsumer();
const addressed = (effects: readonly Effect[]) => effects.map(({ type, id, command }) => [type.name, id, command]);
const { pathwayId, appointmentId } = schedulingEvents.AppointmentBooked.example;

describe('what pathways hears', () => {
  it('of rosters and leave: they go to the one who knows who is on duty in that territory', () => {
    const { DutyRosterSet, LeaveRecorded, LeaveWithdrawn } = schedulingEvents;
    const { recordedAt: at, ...leave } = LeaveRecorded.example;
    const { leaveId } = LeaveWithdrawn.example;
    const told = [
      [scheduling.rosterSet(received(DutyRosterSet)), { type: 'SetRoster', roster: DutyRosterSet.example }],
      [scheduling.leaveRecorded(received(LeaveRecorded)), { type: 'RecordLeave', leave, at }],
      [scheduling.leaveWithdrawn(received(LeaveWithdrawn)), { type: 'WithdrawLeave', leaveId }],
    ] as const;
    const id = dutyIdOf(received(DutyRosterSet).envelope.territory);
    for (const [effects, command] of told) expect(addressed(effects)).toEqual([['duty', id, command]]);
  });

  it('of a visit asked for: booked, held, waiting or moved, each answers the ask by the visit’s id', () => {
    const { AppointmentBooked, AppointmentHeld, AppointmentWaiting, AppointmentMoved } = schedulingEvents;
    const startsAt = AppointmentBooked.example.startsAt;
    const answers = [
      [scheduling.booked(received(AppointmentBooked)), { status: 'booked', startsAt }],
      [scheduling.held(received(AppointmentHeld)), { status: 'held', startsAt }],
      [scheduling.moved(received(AppointmentMoved)), { status: 'booked', startsAt }],
      [scheduling.waiting(received(AppointmentWaiting)), { status: 'waiting' }],
    ] as const;
    for (const [effects, booking] of answers) {
      expect(addressed(effects)[0]).toMatchObject([
        'pathway',
        pathwayId,
        { type: 'AnswerAsk', askId: appointmentId, booking },
      ]);
    }
  });

  it('of a visit booked or moved: the start of its slot, as a fact of its step; of one held or waiting, none', () => {
    const { AppointmentBooked, AppointmentHeld, AppointmentWaiting, AppointmentMoved } = schedulingEvents;
    const { stepKey, startsAt: value } = AppointmentBooked.example;
    const booked = { type: 'FoldFacts', facts: [{ code: 'appointment.booked', stepKey, value }] };
    expect(addressed(scheduling.booked(received(AppointmentBooked)))[1]).toMatchObject(['pathway', pathwayId, booked]);
    expect(addressed(scheduling.moved(received(AppointmentMoved)))[1]).toMatchObject(['pathway', pathwayId, booked]);
    expect(scheduling.held(received(AppointmentHeld))).toHaveLength(1);
    expect(scheduling.waiting(received(AppointmentWaiting))).toHaveLength(1);
  });

  it.each([
    ['appointment.attended', scheduling.attended(received(schedulingEvents.AppointmentAttended)), undefined],
    ['appointment.missed', scheduling.missed(received(schedulingEvents.AppointmentMissed)), 'patient-absent'],
    [
      'appointment.cancelled',
      scheduling.cancelled(received(schedulingEvents.AppointmentCancelled)),
      'practitioner-away',
    ],
    ['opinion.given', opinions.given(received(teleExpertiseEvents.OpinionGiven)), 'malignant'],
    ['opinion.declined', opinions.declined(received(teleExpertiseEvents.OpinionDeclined)), 'not-my-field'],
    ['opinion.expired', opinions.expired(received(teleExpertiseEvents.OpinionExpired)), undefined],
    ['case.deferred', meetings.deferred(received(meetingsEvents.CaseDeferred)), 'DEFERRED_NO_QUORUM'],
  ])('folds %s as a fact of its step', (code, effects, value) => {
    const [first] = addressed(effects);
    expect(first?.slice(0, 2)).toEqual(['pathway', pathwayId]);
    const { facts } = first?.[2] as { facts: { code: string; value?: unknown; stepKey: string }[] };
    expect(facts).toHaveLength(1);
    expect(facts[0]?.code).toBe(code);
    expect(facts[0]?.value).toBe(value);
    expect(facts[0]?.stepKey).not.toBe('');
  });

  it('folds a decision twice over: that the case is decided, and what was decided', () => {
    const [first] = addressed(meetings.decided(received(meetingsEvents.CaseDecided)));
    expect(first?.[2]).toMatchObject({
      facts: [{ code: 'case.decided' }, { code: 'meeting.decision', value: 'SURGERY_FIRST' }],
    });
  });

  it('folds what a meeting on a rare disease signed as the decision that its protocol waits for', () => {
    const signed = received(meetingsEvents.CaseDecided, { decision: 'GENETIC_TEST', orientation: 'GENOME' });
    expect(addressed(meetings.decided(signed))[0]?.[2]).toMatchObject({
      facts: [{ code: 'case.decided' }, { code: 'meeting.decision', value: 'GENOME' }],
    });
  });

  it('gives a fact the same id whenever the event comes, and another id to another event', () => {
    const heard = (id: string) =>
      scheduling.attended(received(schedulingEvents.AppointmentAttended, {}, { id }))[0]?.command;
    expect(heard('e1')).toEqual(heard('e1'));
    expect(heard('e1')).not.toEqual(heard('e2'));
  });

  it('takes the request and the case as answers to what was asked', () => {
    expect(addressed(opinions.requested(received(teleExpertiseEvents.OpinionRequested)))).toMatchObject([
      ['pathway', pathwayId, { type: 'AnswerAsk', askId: teleExpertiseEvents.OpinionRequested.example.requestId }],
    ]);
    expect(addressed(meetings.registered(received(meetingsEvents.CaseRegistered)))).toMatchObject([
      ['pathway', pathwayId, { type: 'AnswerAsk', askId: meetingsEvents.CaseRegistered.example.caseId }],
    ]);
  });

  it('copies an activated contract of each territory apart', () => {
    const copied = (territory: string) =>
      new CapitationConsumer().activated(received(capitationEvents.PaymentContractActivated, {}, { territory }))[0];
    expect(copied('a')).toMatchObject({ command: { type: 'CopyPaymentContract', protocols: ['breast-cancer'] } });
    expect(copied('a')?.id).not.toBe(copied('b')?.id);
  });

  it('ends the copy of the territory whose contract ends', () => {
    const consumer = new CapitationConsumer();
    const territory = 'a';
    const [copied] = consumer.activated(received(capitationEvents.PaymentContractActivated, {}, { territory }));
    const [ended] = consumer.ended(received(capitationEvents.PaymentContractEnded, {}, { territory }));
    expect(ended).toMatchObject({ id: copied?.id, command: { type: 'EndPaymentContract' } });
  });

  it('tells the pathway of a key parked anywhere, here included', () => {
    const event = received(schedulingEvents.KeyParked);
    const command = { type: 'NoticeParkedKey', producer: 'scheduling', consumer: 'scheduling' };
    expect(addressed(new OperationsConsumer().inScheduling(event))).toMatchObject([
      ['pathway', event.data.parkedSubject, command],
    ]);
    expect(addressed(onParked(event.envelope))).toMatchObject([
      ['pathway', event.envelope.subject, { ...command, consumer: 'pathways' }],
    ]);
  });
});
