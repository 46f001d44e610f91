import { byCommands } from '@ariane/testing';
import { type DecideCase, signedDecisionOf } from './case-decision';
import type { Listed } from './case-state';
import type { MeetingOnAgenda } from './meeting-calendar';
import { type CaseCommand, meetingCase } from './meeting-case';
import type { AttendanceMode } from './quorum';
import { decisionSha256 } from './signed-decision';

const id = (n: number): string => `01890a5d-ac96-7000-8000-${n.toString().padStart(12, '0')}`;
const [surgeon, oncologist, radiotherapist, nurse, pathologist] = [id(1), id(2), id(3), id(4), id(5)];
const listed = (practitionerId: string, specialty: string, more: object = {}): Listed => ({
  practitionerId,
  exercises: [{ role: 'doctor', specialty, from: '2020-01-01', ...more }],
});
const directory = [
  listed(surgeon, 'surgery'),
  listed(oncologist, 'oncology'),
  listed(radiotherapist, 'radiotherapy'),
  listed(nurse, 'oncology', { role: 'nurse' }),
  listed(pathologist, 'pathology'),
];
const known = { directory };
const started = '2026-04-07T12:10:00.000Z';

const meeting: MeetingOnAgenda = {
  meetingId: id(20),
  startsAt: '2026-04-07T12:00:00.000Z',
  day: '2026-04-07',
  requiredSpecialties: ['oncology', 'radiotherapy', 'surgery'],
};
const ask = (more: object = {}): CaseCommand => ({
  type: 'AskCase',
  dossier: {
    caseId: id(10),
    pathwayId: id(11),
    patientId: id(12),
    stepKey: 'meeting-1',
    meetingType: 'rcp-senology',
    calendarId: id(13),
    question: null,
    earliest: '2026-04-01T08:00:00.000Z',
    ...more,
  },
  now: '2026-04-01T08:00:00.000Z',
});
const place: CaseCommand = { type: 'PutOnAgenda', meeting };
const wait: CaseCommand = { type: 'LeaveWaiting' };
const attend = (...attendees: [string, AttendanceMode?][]): CaseCommand => ({
  type: 'RecordAttendance',
  attendees: attendees.map(([practitionerId, mode = 'present']) => ({ practitionerId, mode })),
  now: started,
  known,
});
const all = attend([surgeon], [oncologist, 'video'], [radiotherapist, 'written'], [nurse]);
const sign = (more: Partial<DecideCase> = {}): DecideCase => ({
  type: 'DecideCase',
  expectedVersion: 2,
  decision: 'THERAPEUTIC_PROPOSAL',
  orientation: 'SURGERY_FIRST',
  signedBy: surgeon,
  now: started,
  known,
  ...more,
});
const defer = (reason: 'DEFERRED_NO_QUORUM' | 'DEFERRED_MISSING_DATA'): CaseCommand => ({
  type: 'DeferCase',
  reason,
  now: started,
  known,
});
const withdraw: CaseCommand = { type: 'WithdrawCase', reason: 'pathway-closed', now: started };

const { after, given } = byCommands(meetingCase);

describe('a case', () => {
  it('waits for a meeting, then is on its agenda', () => {
    given(ask()).when(wait).then('CaseRegistered');
    expect(after(ask(), wait)).toMatchObject({ status: 'waiting', revision: 1 });
    given(ask(), wait).when(place).then('MeetingFound', 'CaseRegistered');
    expect(after(ask(), wait, place)).toMatchObject({ status: 'planned', revision: 2, meetingId: meeting.meetingId });
  });
  it('cannot be discussed or decided while it waits', () => {
    given(ask(), wait).when(all).thenRefused('CASE_WITHOUT_MEETING');
    given(ask(), wait).when(sign()).thenRefused('CASE_WITHOUT_MEETING');
  });
  it('is asked for once', () => {
    given(ask()).when(ask()).thenRefused('ALREADY_EXISTS');
  });
  it('is withdrawn with its pathway while it is open, and stays decided afterwards', () => {
    given(ask(), place).when(withdraw).then('CaseWithdrawn');
    given(ask(), wait).when(withdraw).then('CaseWithdrawn');
    given(ask(), place, all, sign()).when(withdraw).then();
    given(ask(), place, withdraw).when(withdraw).then();
    given().when(withdraw).then();
  });
});

describe('attendance', () => {
  const participants = (command: CaseCommand) => {
    const [event] = meetingCase.decide(after(ask(), place), command);
    if (event?.type !== 'AttendanceRecorded') throw new Error('attendance was recorded');
    return event.data.participants;
  };
  it('tells the specialty of the directory, and the role of who does not count', () => {
    expect(participants(all)).toEqual([
      { practitionerId: surgeon, specialty: 'surgery', mode: 'present' },
      { practitionerId: oncologist, specialty: 'oncology', mode: 'video' },
      { practitionerId: radiotherapist, specialty: 'radiotherapy', mode: 'written' },
      { practitionerId: nurse, specialty: 'nurse', mode: 'present' },
    ]);
  });
  it('names the same person once', () => {
    expect(participants(attend([surgeon], [surgeon, 'video']))).toHaveLength(1);
  });
  it('refuses somebody the directory does not know', () => {
    given(ask(), place)
      .when(attend([id(99)]))
      .thenRefused('PRACTITIONER_UNKNOWN');
  });
  it('replaces the attendance recorded before', () => {
    given(ask(), place, all, attend([surgeon]))
      .when(sign({ expectedVersion: 3 }))
      .thenRefused('QUORUM_MISSING');
  });
});

describe('a decision', () => {
  it('is taken with quorum and signed by a doctor who took part, presenting the case or not', () => {
    given(ask(), place, all).when(sign()).then('CaseDecided', 'DecisionWritten');
    given(ask(), place, all)
      .when(sign({ signedBy: oncologist }))
      .then('CaseDecided', 'DecisionWritten');
  });
  it('is refused without quorum, saying which specialties are missing', () => {
    const refusal = () => meetingCase.decide(after(ask(), place, attend([surgeon], [pathologist], [nurse])), sign());
    expect(refusal).toThrow('QUORUM_MISSING');
    expect(refusal).toThrow('oncology, radiotherapy');
  });
  it('is refused when a specialty ended before the meeting’s day, though attendance was recorded (H12)', () => {
    const ended = directory.map((one) =>
      one.practitionerId === radiotherapist ? listed(radiotherapist, 'radiotherapy', { to: '2026-04-06' }) : one,
    );
    given(ask(), place, all)
      .when(sign({ known: { directory: ended } }))
      .thenRefused('QUORUM_MISSING');
  });
  it.each([
    ['gave only a written opinion', radiotherapist],
    ['is no doctor', nurse],
    ['was not there', pathologist],
  ])('cannot be signed by who %s', (_, signedBy) => {
    given(ask(), place, all).when(sign({ signedBy })).thenRefused('SIGNER_NOT_COMPETENT');
  });
  it('is refused on a version that has changed since it was read (H11)', () => {
    given(ask(), place, all)
      .when(sign({ expectedVersion: 1 }))
      .thenRefused('VERSION_CONFLICT');
  });
  it('is not taken before the meeting begins', () => {
    given(ask(), place, all)
      .when(sign({ now: '2026-04-07T11:59:59Z' }))
      .thenRefused('MEETING_NOT_STARTED');
  });
  it.each([
    ['GENETIC_TEST', ['GENOME', 'PANEL', 'OTHER_TEST', 'NOT_INDICATED'], 'CAUSAL'],
    ['GENETIC_RESULT', ['CAUSAL', 'UNCERTAIN', 'NEGATIVE'], 'GENOME'],
  ] as const)(
    'on a rare disease is %s with what was indicated or found, never the other meeting’s',
    (decision, own, other) => {
      for (const orientation of own) {
        given(ask(), place, all).when(sign({ decision, orientation })).then('CaseDecided', 'DecisionWritten');
      }
      given(ask(), place, all)
        .when(sign({ decision, orientation: other }))
        .thenRefused('ORIENTATION_NOT_OF_DECISION');
    },
  );
  it('has an orientation that goes with it', () => {
    given(ask(), place, all)
      .when(sign({ orientation: 'MORE_EXAMS' }))
      .thenRefused('ORIENTATION_NOT_OF_DECISION');
    const exams = sign({ decision: 'MORE_EXAMS_NEEDED', orientation: 'MORE_EXAMS' });
    given(ask(), place, all).when(exams).then('CaseDecided', 'DecisionWritten');
  });
  it('says the side of the tumour again, and the case’s own (H11)', () => {
    given(ask({ side: 'left' }), place, all)
      .when(sign())
      .thenRefused('SIDE_REQUIRED');
    given(ask({ side: 'left' }), place, all)
      .when(sign({ side: 'right' }))
      .thenRefused('SIDE_MISMATCH');
    given(ask({ side: 'left' }), place, all)
      .when(sign({ side: 'left' }))
      .then('CaseDecided', 'DecisionWritten');
  });
  it('says why it departs from the reference', () => {
    const conformity = { reference: 'senology', version: '2026', conforms: false };
    given(ask(), place, all).when(sign({ conformity })).thenRefused('JUSTIFICATION_REQUIRED');
    const justified = sign({ conformity: { ...conformity, justification: 'Choix de la patiente.' } });
    given(ask(), place, all).when(justified).then('CaseDecided', 'DecisionWritten');
  });
  it('does not change once signed', () => {
    const decided = [ask(), place, all, sign()] as const;
    for (const command of [sign({ expectedVersion: 3 }), all, defer('DEFERRED_MISSING_DATA')]) {
      given(...decided)
        .when(command)
        .thenRefused('DECISION_SIGNED');
    }
  });
  it('matches its SHA-256, and no longer when anything signed is altered', () => {
    const conformity = { reference: 'senology', version: '2026', conforms: true };
    const signing = sign({ text: 'Chirurgie première.', side: 'left', conformity });
    const state = after(ask({ side: 'left', deviation: 'STARTED_BEFORE_MEETING' }), place, all, signing);
    if (state?.status !== 'decided') throw new Error('the case was decided');
    const signed = signedDecisionOf(state);
    expect(decisionSha256(signed)).toBe(state.signedSha256);
    const altered = [
      { ...signed, text: 'Chirurgie.' },
      { ...signed, side: 'right' },
      { ...signed, participants: signed.participants.slice(1) },
      { ...signed, conformity: { ...conformity, version: '2025' } },
      { ...signed, deviation: undefined },
    ];
    for (const one of altered) expect(decisionSha256(one)).not.toBe(state.signedSha256);
  });
  it('leaves the service without its text', () => {
    const [fact] = meetingCase.decide(after(ask(), place, all), sign({ text: 'Chirurgie première.' }));
    expect(JSON.stringify(fact)).not.toContain('première');
  });
});

describe('a registration without discussion', () => {
  const conformity = { reference: 'senology', version: '2026', conforms: true };
  const register = sign({ decision: 'REGISTERED_STANDARD', expectedVersion: 1, conformity });
  it('needs no quorum, but the reference it conforms to', () => {
    given(ask(), place).when(register).then('CaseDecided', 'DecisionWritten');
    given(ask(), place)
      .when({ ...register, conformity: undefined })
      .thenRefused('REFERENCE_REQUIRED');
    const departs = { ...conformity, conforms: false, justification: 'Choix de la patiente.' };
    given(ask(), place)
      .when({ ...register, conformity: departs })
      .thenRefused('REFERENCE_REQUIRED');
  });
  it('is signed by a practising doctor', () => {
    given(ask(), place)
      .when({ ...register, signedBy: nurse })
      .thenRefused('SIGNER_NOT_COMPETENT');
    given(ask(), place)
      .when({ ...register, signedBy: id(99) })
      .thenRefused('SIGNER_NOT_COMPETENT');
  });
});

describe('a case whose treatment has begun before the meeting', () => {
  it('carries the deviation in every fact that presents or decides it, and still needs the quorum', () => {
    const deviation = 'STARTED_BEFORE_MEETING';
    const begun = [ask({ deviation }), place] as const;
    expect(meetingCase.decide(after(ask({ deviation })), place)[1]?.data).toMatchObject({ deviation });
    given(...begun)
      .when(sign({ expectedVersion: 1 }))
      .thenRefused('QUORUM_MISSING');
    expect(meetingCase.decide(after(...begun, all), sign())[0]?.data).toMatchObject({ deviation });
  });
});

describe('deferring', () => {
  it('names what the quorum lacks', () => {
    const [event] = meetingCase.decide(
      after(ask(), place, attend([surgeon], [oncologist])),
      defer('DEFERRED_NO_QUORUM'),
    );
    expect(event).toMatchObject({ type: 'CaseDeferred', data: { missing: ['radiotherapy'] } });
  });
  it('cannot plead a missing quorum that is there', () => {
    given(ask(), place, all).when(defer('DEFERRED_NO_QUORUM')).thenRefused('QUORUM_PRESENT');
    given(ask(), place, all).when(defer('DEFERRED_MISSING_DATA')).then('CaseDeferred');
  });
  it('ends this presentation: the pathway asks again with another case', () => {
    given(ask(), place, defer('DEFERRED_MISSING_DATA')).when(all).thenRefused('STATE_CONFLICT');
  });
});
