import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { pathwaysEvents } from '@ariane/contracts';
import { type Speaker, TestedService, until } from '@ariane/testing/integration';
import { opinionRequests, practitioners } from './opinion-requests.store';
import { TeleExpertiseModule } from './tele-expertise.module';

/** The fields of the answers that the tests look at one by one. */
interface Told {
  readonly status?: string;
  readonly expertId?: string;
  readonly signedSha256?: string;
  readonly at?: string;
  readonly items?: readonly object[];
}

const service = new TestedService<Told>('tele-expertise', '2026-03-16T08:00:00.000Z');
const { factsOf, get, post, setClock, signIn } = service;
let pathways: Speaker<typeof pathwaysEvents>;

const collection = (name: string) => service.store.database.db.collection(name);
const [requester, expert, colleague, surgeon] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

const asking = (more: object = {}) => ({
  requestId: randomUUID(),
  pathwayId: randomUUID(),
  patientId: randomUUID(),
  stepKey: 'second-reading',
  specialty: 'pathology',
  expertId: expert,
  requesterId: requester,
  question: 'Lésion papillaire ambiguë : maligne ?',
  dueAt: '2026-03-23T08:00:00Z',
  attachments: [{ kind: 'slide', sha256: 'c'.repeat(64), bytes: 1024 }],
  ...more,
});

beforeAll(async () => {
  await service.start({ module: TeleExpertiseModule });
  pathways = await service.speaker('pathways', pathwaysEvents);
  await service.signInService('operator', 'operator');
  await signIn('coordinator', { role: 'coordinator' });
  await signIn('requester', { role: 'requester', practitionerId: requester });
  await signIn('asker', { role: 'specialist', practitionerId: requester });
  await signIn('expert', { role: 'specialist', practitionerId: expert });
  await signIn('stranger', { role: 'specialist', practitionerId: surgeon });
  const doctor = (practitionerId: string, specialty: string): Promise<void> =>
    pathways.say('PractitionerRegistered', practitionerId, {
      practitionerId,
      rpps: '99700000001',
      name: 'Dr Essai',
      exercises: [{ role: 'doctor', specialty, from: '2020-01-01' }],
    });
  for (const one of [expert, colleague]) await doctor(one, 'pathology');
  await doctor(surgeon, 'surgery');
  const { territory } = service;
  const known = () => collection(practitioners.collection).countDocuments({ territory });
  await until(async () => (await known()) === 3, 'the directory was copied');
}, 60_000);

afterAll(() => service.stop());

describe('tele-expertise on real servers', () => {
  it('carries a request from question to signed opinion, whose texts never stand in clear', async () => {
    const body = asking();
    const path = `/opinion-requests/${body.requestId}`;
    const asked = await post('requester', '/opinion-requests', body);
    expect(asked).toMatchObject({ status: 201, body: { id: body.requestId, status: 'asked', expertId: expert } });
    expect((await post('expert', `${path}/accept`)).status).toBe(200);
    const answered = await post('expert', `${path}/answer`, {
      conclusion: 'malignant',
      text: 'Carcinome papillaire.',
    });
    expect(answered).toMatchObject({ status: 200, body: { status: 'given' } });
    const second = await post('expert', `${path}/answer`, { conclusion: 'benign', text: 'Finalement bénin.' });
    expect(second).toMatchObject({ status: 409, body: { code: 'OPINION_SIGNED' } });
    const read = await get('requester', path);
    expect(read.body).toMatchObject({
      conclusion: 'malignant',
      opinion: 'Carcinome papillaire.',
      question: body.question,
    });
    const facts = await factsOf(body.pathwayId);
    expect(facts.map(({ fact }) => fact)).toEqual(['OpinionRequested', 'OpinionAccepted', 'OpinionGiven']);
    expect(facts[2]?.data).toMatchObject({ signedSha256: read.body.signedSha256, stepKey: 'second-reading' });
    const stored = JSON.stringify(await collection(opinionRequests.collection).findOne({ pathwayId: body.pathwayId }));
    expect(stored).not.toMatch(/papillaire|Carcinome/);
  });

  it('answers the same request twice alike, though it would choose another expert the second time', async () => {
    const body = asking({ expertId: undefined });
    const key = randomUUID();
    const first = await post('coordinator', '/opinion-requests', body, { key });
    setClock('2026-03-16T09:00:00.000Z');
    const again = await post('coordinator', '/opinion-requests', body, { key });
    expect(first.status).toBe(201);
    expect(again).toEqual(first);
    const other = await post('coordinator', '/opinion-requests', { ...body, requestId: randomUUID() }, { key });
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_CONFLICT' } });
  });

  it('gives the next request to the colleague who has fewer open ones', async () => {
    const body = asking({ expertId: undefined });
    const first = await post('coordinator', '/opinion-requests', body);
    const second = await post('coordinator', '/opinion-requests', {
      ...body,
      requestId: randomUUID(),
    });
    expect([first.body.expertId, second.body.expertId].sort()).toEqual([expert, colleague].sort());
  });

  it('refuses an expert who has no such exercise in the directory', async () => {
    const refused = await post('coordinator', '/opinion-requests', asking({ expertId: surgeon }));
    expect(refused).toMatchObject({ status: 422, body: { code: 'EXPERT_NOT_QUALIFIED', field: 'expertId' } });
  });

  it('does not exist for who has no part in it, and lets only the expert answer', async () => {
    const body = asking();
    const path = `/opinion-requests/${body.requestId}`;
    await post('requester', '/opinion-requests', body);
    expect((await get('stranger', path)).status).toBe(404);
    expect((await post('stranger', `${path}/accept`)).status).toBe(404);
    expect((await get('stranger', `/opinion-requests?pathwayId=${body.pathwayId}`)).body).toEqual({ items: [] });
    expect(await post('asker', `${path}/answer`, { conclusion: 'benign', text: 'Rien.' })).toMatchObject({
      status: 403,
      body: { code: 'NOT_THE_EXPERT' },
    });
    const line = (await get('asker', `/opinion-requests?pathwayId=${body.pathwayId}&status=asked`)).body.items?.[0];
    expect(line).toMatchObject({ id: body.requestId });
    expect(line).not.toHaveProperty('question');
  });

  it('shows the expert which answers the pathway goes on with, and lists what one has asked oneself', async () => {
    const body = asking({ conclusions: ['malignant', 'benign'] });
    await post('asker', '/opinion-requests', body);
    const read = await get('expert', `/opinion-requests/${body.requestId}`);
    expect(read.body).toMatchObject({ conclusions: ['malignant', 'benign'] });
    const listed = async (who: string, requesterId: string): Promise<readonly object[]> =>
      (await get(who, `/opinion-requests?requesterId=${requesterId}&pathwayId=${body.pathwayId}`)).body.items ?? [];
    expect(await listed('asker', requester)).toMatchObject([{ id: body.requestId }]);
    expect(await listed('asker', expert)).toEqual([]);
    expect(await listed('coordinator', requester)).toHaveLength(1);
  });

  it('refuses a file name, which may tell a diagnosis', async () => {
    const body = asking({ attachments: [{ kind: 'slide', sha256: 'c'.repeat(64), bytes: 1, name: 'cancer.svs' }] });
    const refused = await post('coordinator', '/opinion-requests', body);
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'attachments.0.name' }] } });
  });

  it('cancels what is open when the pathway ends, and takes nothing more for it', async () => {
    const body = asking();
    await post('coordinator', '/opinion-requests', body);
    const { pathwayId, patientId } = body;
    await pathways.say('PathwayClosed', pathwayId, {
      pathwayId,
      patientId,
      status: 'DIED',
      closedAt: '2026-03-17T08:00:00Z',
    });
    const read = async () => (await get('coordinator', `/opinion-requests/${body.requestId}`)).body;
    await until(async () => (await read()).status === 'cancelled', 'the request was cancelled');
    expect((await factsOf(pathwayId)).map(({ fact }) => fact)).toEqual(['OpinionRequested', 'OpinionCancelled']);
    const late = await post('coordinator', '/opinion-requests', { ...body, requestId: randomUUID() });
    expect(late).toMatchObject({ status: 409, body: { code: 'PATHWAY_CLOSED' } });
  });

  it('expires at the deadline of its virtual clock, once, and not before', async () => {
    setClock('2026-03-16T08:00:00.000Z');
    const body = asking({ dueAt: '2026-03-20T08:00:00Z' });
    await post('coordinator', '/opinion-requests', body);
    setClock('2026-03-20T07:59:59.000Z');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await get('coordinator', `/opinion-requests/${body.requestId}`)).body.status).toBe('asked');
    setClock('2026-03-20T08:00:00.000Z');
    const read = async () => (await get('coordinator', `/opinion-requests/${body.requestId}`)).body;
    await until(async () => (await read()).status === 'expired', 'the request expired');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await factsOf(body.pathwayId)).map(({ fact }) => fact)).toEqual(['OpinionRequested', 'OpinionExpired']);
  });

  it('tells the stepped clock what is due next, and expires it when woken', async () => {
    setClock('2026-03-20T08:00:00.000Z');
    const body = asking({ dueAt: '2026-03-20T09:00:00Z' });
    await post('coordinator', '/opinion-requests', body);
    const due = await get('operator', '/internal/next-due');
    expect(Date.parse(due.body.at ?? '')).toBeLessThanOrEqual(Date.parse('2026-03-20T09:00:00Z'));
    setClock('2026-03-20T09:00:00.000Z');
    expect(await post('operator', '/internal/wake')).toMatchObject({ status: 200, body: { woken: ['deadlines'] } });
    expect((await get('operator', `/opinion-requests/${body.requestId}`)).body.status).toBe('expired');
  });

  it('keeps the deadline when a request is redirected', async () => {
    setClock('2026-03-21T08:00:00.000Z');
    const body = asking();
    await post('coordinator', '/opinion-requests', body);
    const redirected = await post('expert', `/opinion-requests/${body.requestId}/redirect`, {
      toExpertId: colleague,
      reason: 'other-network',
    });
    expect(redirected).toMatchObject({ status: 200, body: { expertId: colleague, dueAt: '2026-03-23T08:00:00.000Z' } });
  });
});
