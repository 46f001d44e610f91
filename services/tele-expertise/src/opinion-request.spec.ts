import { byCommands } from '@ariane/testing';
import type { Candidate } from './expert-choice';
import { type AskOpinion, type Author, type OpinionCommand } from './opinion-request';
import { opinionRequest, signedOpinionOf } from './opinion-request';
import { opinionSha256 } from './signed-opinion';

const id = (n: number): string => `01890a5d-ac96-7000-8000-${n.toString().padStart(12, '0')}`;
const [requester, expert, other, outsider] = [id(1), id(2), id(3), id(4)];
const doctor = (practitionerId: string, specialty: string, openRequests = 0, to?: string): Candidate => ({
  practitionerId,
  openRequests,
  exercises: [{ role: 'doctor', specialty, from: '2020-01-01', ...(to === undefined ? {} : { to }) }],
});
const candidates = [doctor(expert, 'pathology'), doctor(other, 'pathology', 3), doctor(outsider, 'surgery')];

const ask = (asked: Partial<AskOpinion['asked']> = {}, known: Partial<AskOpinion['known']> = {}): AskOpinion => ({
  type: 'AskOpinion',
  asked: {
    requestId: id(10),
    pathwayId: id(11),
    patientId: id(12),
    stepKey: 'second-reading',
    specialty: 'pathology',
    requesterId: requester,
    urgency: 'routine',
    question: 'Lésion papillaire : maligne ?',
    attachments: [{ kind: 'slide', sha256: 'c'.repeat(64), bytes: 1024 }],
    dueAt: '2026-03-23T08:00:00.000Z',
    ...asked,
  },
  now: '2026-03-16T08:00:00.000Z',
  known: { day: '2026-03-16', candidates, ...known },
});

const by = (practitionerId: string): Author => ({ practitionerId, coordinates: false });
const inTime = '2026-03-19T15:00:00.000Z';
const accept: OpinionCommand = { type: 'AcceptRequest', by: by(expert), now: inTime };
const answer: OpinionCommand = {
  type: 'AnswerRequest',
  by: by(expert),
  conclusion: 'malignant',
  opinion: 'Carcinome papillaire.',
  now: inTime,
};
const redirect: OpinionCommand = {
  type: 'RedirectRequest',
  by: by(expert),
  toExpertId: other,
  reason: 'other-network',
  now: '2026-03-22T08:00:00.000Z',
  known: { day: '2026-03-22', candidates },
};
const cancel = (author: Author): OpinionCommand => ({
  type: 'CancelRequest',
  by: author,
  reason: 'no-need',
  now: inTime,
});
const expire = (now: string): OpinionCommand => ({ type: 'ExpireRequest', now });

const { after, given } = byCommands(opinionRequest);

describe('asking', () => {
  it('tells the request, and keeps the question inside the service', () => {
    const events = opinionRequest.decide(undefined, ask());
    expect(events.map(({ type }) => type)).toEqual(['QuestionWritten', 'OpinionRequested']);
    expect(JSON.stringify(events[1])).not.toContain('papillaire');
  });
  it('chooses the least busy doctor of the specialty, ties by id', () => {
    expect(after(ask())?.expertId).toBe(expert);
    const busy = [doctor(expert, 'pathology', 4), doctor(other, 'pathology', 3)];
    expect(after(ask({}, { candidates: busy }))?.expertId).toBe(other);
    const tied = [doctor(other, 'pathology'), doctor(expert, 'pathology')];
    expect(after(ask({}, { candidates: tied }))?.expertId).toBe(expert);
  });
  it('never asks the requester their own opinion', () => {
    given()
      .when(ask({ requesterId: expert }, { candidates: [doctor(expert, 'pathology')] }))
      .thenRefused('EXPERT_NOT_FOUND');
  });
  it('refuses a named expert of another specialty', () => {
    given()
      .when(ask({ expertId: outsider }))
      .thenRefused('EXPERT_NOT_QUALIFIED');
  });
  it('refuses an expert whose exercise has ended, and takes one on its last day', () => {
    const ended = [doctor(expert, 'pathology', 0, '2026-03-15')];
    given()
      .when(ask({ expertId: expert }, { candidates: ended }))
      .thenRefused('EXPERT_NOT_QUALIFIED');
    const lastDay = [doctor(expert, 'pathology', 0, '2026-03-16')];
    expect(after(ask({ expertId: expert }, { candidates: lastDay }))?.expertId).toBe(expert);
  });
  it('refuses an expert who holds the specialty in another role than doctor', () => {
    const technician = {
      ...doctor(expert, 'pathology'),
      exercises: [{ role: 'technician', specialty: 'pathology', from: '2020-01-01' }],
    };
    given()
      .when(ask({}, { candidates: [technician] }))
      .thenRefused('EXPERT_NOT_FOUND');
  });
  it('refuses what threatens life, which waits for no opinion (H15)', () => {
    given()
      .when(ask({ urgency: 'life-threatening' }))
      .thenRefused('URGENCY_LIFE_THREATENING');
    given()
      .when(ask({ urgency: 'urgent' }))
      .then('QuestionWritten', 'OpinionRequested');
  });
  it('refuses the same request twice', () => {
    given(ask()).when(ask()).thenRefused('ALREADY_EXISTS');
  });
});

describe('the expert', () => {
  it('accepts, once', () => {
    given(ask()).when(accept).then('OpinionAccepted');
    given(ask(), accept).when(accept).then();
  });
  it.each<[string, OpinionCommand]>([
    ['accept', { ...accept, by: by(other) }],
    ['answer', { ...answer, by: by(other) }],
    ['decline', { type: 'DeclineRequest', by: by(requester), reason: 'busy', now: inTime }],
    ['answer as a coordinator', { ...answer, by: { coordinates: true } }],
    ['redirect', { ...redirect, by: by(requester) }],
  ])('alone may %s', (_, command) => {
    given(ask()).when(command).thenRefused('NOT_THE_EXPERT');
  });
  it('declines for a reason, which ends the request', () => {
    const decline: OpinionCommand = { type: 'DeclineRequest', by: by(expert), reason: 'not-my-field', now: inTime };
    given(ask()).when(decline).then('OpinionDeclined');
    given(ask(), decline).when(answer).thenRefused('STATE_CONFLICT');
  });
  it('answers without accepting first', () => {
    given(ask()).when(answer).then('OpinionGiven', 'OpinionWritten');
  });
});

describe('redirecting', () => {
  it('hands the question on without starting the clock again', () => {
    const state = after(ask(), accept, redirect);
    expect(state).toMatchObject({
      status: 'asked',
      expertId: other,
      formerExpertIds: [expert],
      dueAt: '2026-03-23T08:00:00.000Z',
    });
    given(ask(), redirect).when(expire('2026-03-23T08:00:00.000Z')).then('OpinionExpired');
  });
  it('takes the right to answer from the first expert', () => {
    given(ask(), redirect).when(answer).thenRefused('NOT_THE_EXPERT');
  });
  it('goes only to somebody of the specialty, who is not asked already', () => {
    given(ask())
      .when({ ...redirect, toExpertId: outsider })
      .thenRefused('EXPERT_NOT_QUALIFIED');
    given(ask())
      .when({ ...redirect, toExpertId: expert })
      .thenRefused('REDIRECTED_TO_SELF');
  });
  it('may be done by a coordinator where the expert keeps silent', () => {
    given(ask())
      .when({ ...redirect, by: { coordinates: true } })
      .then('OpinionRedirected');
  });
});

describe('a signed opinion', () => {
  it('cannot be answered, declined, redirected, cancelled or expired any more', () => {
    for (const command of [answer, accept, redirect, cancel(by(requester))]) {
      given(ask(), answer).when(command).thenRefused('OPINION_SIGNED');
    }
    given(ask(), answer).when(expire('2027-01-01T00:00:00.000Z')).then();
    given(ask(), answer).when({ type: 'EndWithPathway', now: inTime }).then();
  });
  it('matches its SHA-256, and no longer when a word, a conclusion or a document is altered', () => {
    const state = after(ask(), accept, answer);
    if (state?.status !== 'given') throw new Error('an opinion was given');
    const signed = signedOpinionOf(state)!;
    expect(opinionSha256(signed)).toBe(state.signedSha256);
    const altered = [
      { ...signed, text: 'Carcinome papillaire' },
      { ...signed, conclusion: 'benign' },
      { ...signed, attachments: [] },
      { ...signed, expertId: other },
    ];
    for (const one of altered) expect(opinionSha256(one)).not.toBe(state.signedSha256);
  });
  it('leaves the service without its text', () => {
    const fact = opinionRequest.decide(after(ask()), answer).find(({ type }) => type === 'OpinionGiven');
    expect(JSON.stringify(fact)).not.toContain('papillaire');
  });
});

describe('the deadline', () => {
  const dueAt = '2026-03-23T08:00:00.000Z';
  it('expires what is open, at the deadline itself, whenever the sweep passes', () => {
    given(ask()).when(expire('2026-03-23T07:59:59.999Z')).then();
    given(ask()).when(expire(dueAt)).then('OpinionExpired');
    expect(after(ask(), accept, expire('2026-03-25T00:00:00.000Z'))).toMatchObject({
      status: 'expired',
      expiredAt: dueAt,
    });
  });
  it('expires once', () => {
    given(ask(), expire(dueAt)).when(expire(dueAt)).then();
  });
  it('refuses an answer from then on, swept or not, so that no race decides', () => {
    given(ask())
      .when({ ...answer, now: dueAt })
      .thenRefused('OPINION_OVERDUE');
    given(ask(), expire(dueAt))
      .when({ ...answer, now: dueAt })
      .thenRefused('STATE_CONFLICT');
    given(ask())
      .when({ ...answer, now: '2026-03-23T07:59:59Z' })
      .then('OpinionGiven', 'OpinionWritten');
  });
});

describe('cancelling', () => {
  it('is the requester’s, or a coordinator’s', () => {
    given(ask())
      .when(cancel(by(requester)))
      .then('OpinionCancelled');
    given(ask())
      .when(cancel({ coordinates: true }))
      .then('OpinionCancelled');
    given(ask())
      .when(cancel(by(expert)))
      .thenRefused('NOT_THE_REQUESTER');
  });
  it('follows the end of the pathway for what is open, and only once', () => {
    given(ask(), accept).when({ type: 'EndWithPathway', now: inTime }).then('OpinionCancelled');
    given(ask(), { type: 'EndWithPathway', now: inTime }).when({ type: 'EndWithPathway', now: inTime }).then();
  });
});

describe('a request whose step is dropped', () => {
  it('is withdrawn while nobody has answered, and only once', () => {
    const dropped = { type: 'EndWithStep', now: inTime } as const;
    given(ask(), accept).when(dropped).then('OpinionCancelled');
    expect(after(ask(), accept, dropped)).toMatchObject({ status: 'cancelled', reason: 'step-dropped' });
    given(ask(), dropped).when(dropped).then();
    given(ask(), answer).when(dropped).then();
    given().when(dropped).then();
  });
});
