import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { pathwaysEvents } from '@ariane/contracts';
import { type Answer, type Speaker, TestedService, until } from '@ariane/testing/integration';
import { MeetingsModule } from './meetings.module';
import { cases, practitioners } from './meetings.store';

/** The fields of the answers that the tests look at one by one. */
interface Told {
  readonly id?: string;
  readonly version?: number;
  readonly status?: string;
  readonly meetingId?: string;
  readonly signedSha256?: string;
  readonly detail?: string;
  readonly next?: string;
  readonly agenda?: readonly { readonly id: string }[];
}

const service = new TestedService<Told>('meetings', '2026-04-01T08:00:00.000Z');
const { factsOf, get, post, setClock, signIn } = service;
let pathways: Speaker<typeof pathwaysEvents>;

const collection = (name: string) => service.store.database.db.collection(name);
const [surgeon, oncologist, radiotherapist, nurse, retired] = [
  randomUUID(),
  randomUUID(),
  randomUUID(),
  randomUUID(),
  randomUUID(),
];
const required = ['surgery', 'oncology', 'radiotherapy'];
let types = 0;
/** A type of meeting of its own for each test, so that none meets another's cases. */
const newType = (): string => `rcp-test-${(types += 1)}`;

const asking = (meetingType: string, more: object = {}) => ({
  caseId: randomUUID(),
  pathwayId: randomUUID(),
  patientId: randomUUID(),
  stepKey: 'meeting-1',
  meetingType,
  question: 'Chirurgie première ?',
  earliest: '2026-04-01T08:00:00Z',
  ...more,
});

async function schedule(meetingType: string, startsAt = '2026-04-07T12:00:00Z'): Promise<string> {
  const body = { meetingId: randomUUID(), meetingType, startsAt, requiredSpecialties: required };
  expect((await post('secretary', '/meetings', body)).status).toBe(201);
  return body.meetingId;
}

function attend(caseId: string, ...ids: string[]): Promise<Answer<Told>> {
  const attendees = ids.map((practitionerId) => ({ practitionerId, mode: 'present' }));
  return post('secretary', `/cases/${caseId}/attendance`, { attendees });
}

/** A case on an agenda, with those who took part; the meeting has begun. */
async function discussed(more: object, ...ids: string[]) {
  setClock('2026-04-01T08:00:00.000Z');
  const meetingType = newType();
  await schedule(meetingType);
  const body = asking(meetingType, more);
  expect((await post('coordinator', '/cases', body)).body.status).toBe('planned');
  const attended = await attend(body.caseId, ...ids);
  expect(attended).toMatchObject({ status: 200, body: { version: 2 } });
  setClock('2026-04-07T12:10:00.000Z');
  return body;
}

const proposal = { decision: 'THERAPEUTIC_PROPOSAL', orientation: 'SURGERY_FIRST', text: 'Tumorectomie.' };

beforeAll(async () => {
  await service.start({ module: MeetingsModule });
  pathways = await service.speaker('pathways', pathwaysEvents);
  await signIn('coordinator', { role: 'coordinator' });
  await signIn('secretary', { role: 'meeting-secretary' });
  await signIn('surgeon', { role: 'chair', practitionerId: surgeon });
  await signIn('oncologist', { role: 'chair', practitionerId: oncologist });
  const register = (practitionerId: string, role: string, specialty: string, to?: string): Promise<void> =>
    pathways.say('PractitionerRegistered', practitionerId, {
      practitionerId,
      rpps: '99700000001',
      name: 'Dr Essai',
      exercises: [{ role, specialty, from: '2020-01-01', ...(to === undefined ? {} : { to }) }],
    });
  await register(surgeon, 'doctor', 'surgery');
  await register(oncologist, 'doctor', 'oncology');
  await register(radiotherapist, 'doctor', 'radiotherapy');
  await register(nurse, 'nurse', 'radiotherapy');
  await register(retired, 'doctor', 'radiotherapy', '2026-04-06');
  const { territory } = service;
  const known = () => collection(practitioners.collection).countDocuments({ territory });
  await until(async () => (await known()) === 5, 'the directory was copied');
}, 60_000);

afterAll(() => service.stop());

describe('meetings on real servers', () => {
  it('puts a case on the first meeting of its type from its earliest instant', async () => {
    setClock('2026-04-01T08:00:00.000Z');
    const meetingType = newType();
    const second = await schedule(meetingType, '2026-04-14T12:00:00Z');
    await schedule(meetingType, '2026-04-07T12:00:00Z');
    const body = asking(meetingType, { earliest: '2026-04-08T08:00:00Z' });
    const asked = await post('coordinator', '/cases', body);
    expect(asked).toMatchObject({ status: 201, body: { version: 1, status: 'planned', meetingId: second } });
    expect((await factsOf(body.pathwayId)).map(({ data }) => data)).toMatchObject([{ meetingId: second }]);
  });

  it('places waiting cases in the transaction that schedules their meeting', async () => {
    setClock('2026-04-01T08:00:00.000Z');
    const meetingType = newType();
    const bodies = [asking(meetingType), asking(meetingType)];
    for (const body of bodies) {
      const asked = await post('coordinator', '/cases', body);
      expect(asked.body).toMatchObject({ version: 1, status: 'waiting' });
    }
    const meetingId = await schedule(meetingType);
    const { body } = await get('coordinator', `/meetings/${meetingId}`);
    expect(body.agenda?.map(({ id }) => id).sort()).toEqual(bodies.map(({ caseId }) => caseId).sort());
    const facts = await factsOf(bodies[0]?.pathwayId ?? '');
    expect(facts.map(({ fact, data }) => [fact, (data as { meetingId?: string }).meetingId])).toEqual([
      ['CaseRegistered', undefined],
      ['CaseRegistered', meetingId],
    ]);
  });

  it('leaves no case waiting when cases and their meeting come at the same moment', async () => {
    setClock('2026-04-01T08:00:00.000Z');
    const meetingType = newType();
    const bodies = Array.from({ length: 12 }, () => asking(meetingType));
    const asks = bodies.map((body) => post('coordinator', '/cases', body));
    const [meetingId, ...asked] = await Promise.all([schedule(meetingType), ...asks]);
    expect(asked.map(({ status }) => status)).toEqual(bodies.map(() => 201));
    const { body } = await get('coordinator', `/meetings/${meetingId}`);
    expect(body.agenda).toHaveLength(bodies.length);
  });

  it('decides with quorum, signs, and never changes the decision', async () => {
    const { caseId, pathwayId } = await discussed({ side: 'left' }, surgeon, oncologist, radiotherapist, nurse);
    const path = `/cases/${caseId}/decision`;
    expect((await post('oncologist', path, { ...proposal, side: 'left' })).status).toBe(428);
    const sideless = await post('oncologist', path, proposal, { version: 2 });
    expect(sideless).toMatchObject({ status: 422, body: { code: 'SIDE_REQUIRED', field: 'side' } });
    const decided = await post('oncologist', path, { ...proposal, side: 'left' }, { version: 2 });
    expect(decided).toMatchObject({ status: 200, body: { version: 3, status: 'decided' } });
    const again = await post(
      'oncologist',
      path,
      { ...proposal, side: 'left', orientation: 'NEOADJUVANT' },
      { version: 3 },
    );
    expect(again).toMatchObject({ status: 409, body: { code: 'DECISION_SIGNED' } });
    const facts = await factsOf(pathwayId);
    expect(facts.map(({ fact }) => fact)).toEqual(['CaseRegistered', 'AttendanceRecorded', 'CaseDecided']);
    expect(facts[2]?.data).toMatchObject({
      orientation: 'SURGERY_FIRST',
      signedBy: oncologist,
      meetingDay: '2026-04-07',
      signedSha256: decided.body.signedSha256,
      participants: [
        { practitionerId: surgeon, specialty: 'surgery' },
        { practitionerId: oncologist, specialty: 'oncology' },
        { practitionerId: radiotherapist, specialty: 'radiotherapy' },
        { practitionerId: nurse, specialty: 'nurse' },
      ],
    });
    const stored = JSON.stringify(await collection(cases.collection).findOne({ pathwayId }));
    expect(stored).not.toMatch(/Tumorectomie|Chirurgie première/);
    expect((await get('oncologist', `/cases/${caseId}`)).body).toMatchObject({ text: 'Tumorectomie.', version: 3 });
  });

  it('refuses without quorum, naming what is missing: a specialty that ended, a person named twice (H12)', async () => {
    const { caseId, pathwayId } = await discussed({}, surgeon, oncologist, retired, surgeon);
    const refused = await post('surgeon', `/cases/${caseId}/decision`, proposal, { version: 2 });
    expect(refused).toMatchObject({ status: 422, body: { code: 'QUORUM_MISSING' } });
    expect(refused.body.detail).toContain('radiotherapy');
    const shown = await get('coordinator', `/cases/${caseId}`);
    expect(shown.body).toMatchObject({ quorum: { met: false, missing: ['radiotherapy'] } });
    const deferred = await post('secretary', `/cases/${caseId}/defer`, { reason: 'DEFERRED_NO_QUORUM' });
    expect(deferred).toMatchObject({ status: 200, body: { status: 'deferred' } });
    const facts = await factsOf(pathwayId);
    expect(facts.at(-1)).toMatchObject({
      fact: 'CaseDeferred',
      data: { reason: 'DEFERRED_NO_QUORUM', missing: ['radiotherapy'] },
    });
  });

  it('lets one of two who sign the same case at once decide it (H11)', async () => {
    const { caseId, pathwayId } = await discussed({}, surgeon, oncologist, radiotherapist);
    const path = `/cases/${caseId}/decision`;
    const outcomes = await Promise.all([
      post('surgeon', path, proposal, { version: 2 }),
      post('oncologist', path, { ...proposal, orientation: 'NEOADJUVANT' }, { version: 2 }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await factsOf(pathwayId)).filter(({ fact }) => fact === 'CaseDecided')).toHaveLength(1);
  });

  it('refuses a decision on a version read before attendance changed (H11)', async () => {
    const { caseId } = await discussed({}, surgeon, oncologist, radiotherapist);
    await attend(caseId, surgeon, oncologist, radiotherapist, nurse);
    const stale = await post('surgeon', `/cases/${caseId}/decision`, proposal, { version: 2 });
    expect(stale).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
  });

  it('takes no signature from a secretary', async () => {
    const { caseId } = await discussed({}, surgeon, oncologist, radiotherapist);
    const refused = await post('secretary', `/cases/${caseId}/decision`, proposal, { version: 2 });
    expect(refused.status).toBe(403);
  });

  it('keeps the deviation of a treatment begun before the meeting with its decision', async () => {
    const deviation = 'STARTED_BEFORE_MEETING';
    const { caseId, pathwayId } = await discussed({ deviation }, surgeon, oncologist, radiotherapist);
    await post('surgeon', `/cases/${caseId}/decision`, proposal, { version: 2 });
    const decided = (await factsOf(pathwayId)).find(({ fact }) => fact === 'CaseDecided');
    expect(decided?.data).toMatchObject({ deviation });
  });

  it('withdraws open cases when the pathway ends, planned or waiting, and takes no more', async () => {
    setClock('2026-04-01T08:00:00.000Z');
    const meetingType = newType();
    const body = asking(meetingType);
    await post('coordinator', '/cases', body);
    const { pathwayId, patientId } = body;
    const closed = { pathwayId, patientId, status: 'REFUSED', closedAt: '2026-04-02T08:00:00Z' } as const;
    await pathways.say('PathwayClosed', pathwayId, closed);
    const read = async () => (await get('coordinator', `/cases/${body.caseId}`)).body;
    await until(async () => (await read()).status === 'withdrawn', 'the case was withdrawn');
    const meetingId = await schedule(meetingType);
    expect((await get('coordinator', `/meetings/${meetingId}`)).body.agenda).toEqual([]);
    const late = await post('coordinator', '/cases', { ...body, caseId: randomUUID() });
    expect(late).toMatchObject({ status: 409, body: { code: 'PATHWAY_CLOSED' } });
  });

  it('lists meetings by type and start, and cases by pathway', async () => {
    setClock('2026-04-01T08:00:00.000Z');
    const meetingType = newType();
    const [late, early] = [await schedule(meetingType, '2026-04-21T12:00:00Z'), await schedule(meetingType)];
    const first = await get('coordinator', `/meetings?type=${meetingType}&limit=1`);
    expect(first.body).toMatchObject({ items: [{ id: early }] });
    const rest = await get('coordinator', `/meetings?type=${meetingType}&cursor=${first.body.next ?? ''}`);
    expect(rest.body).toMatchObject({ items: [{ id: late }] });
    const body = asking(meetingType);
    await post('coordinator', '/cases', body);
    const listed = await get('coordinator', `/cases?pathwayId=${body.pathwayId}&status=planned`);
    expect(listed.body).toMatchObject({ items: [{ id: body.caseId, meetingId: early }] });
  });
});
