import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningIssuer, startIssuer } from '@ariane/auth';
import { busSettings, kafkaClient, messageByHand } from '@ariane/bus';
import {
  type EventContract,
  meetingsEvents,
  pathwaysEvents,
  schedulingEvents,
  teleExpertiseEvents,
  topicOf,
} from '@ariane/contracts';
import { arianeNamespace, uuidv5 } from '@ariane/kernel';
import { type RunningService, startService } from '@ariane/service';
import { FileKeyStore, newId, Store } from '@ariane/store';
import { activateReading } from './activation.fixture.store';
import { CapitationModule } from './capitation.module';
import type { ShownDryRun } from './dry-runs.store';
import { Participations } from './participations.store';
import type { entryView, statementView, trialBalanceView, verifiedView } from './views';

const folder = mkdtempSync(join(tmpdir(), 'capitation-'));
const territory = `t${randomUUID().slice(0, 8)}`;
const read = (file: string) => JSON.parse(readFileSync(join(__dirname, '..', file), 'utf8')) as Record<string, unknown>;
const bundle = read('fixtures/1-bundle.json');
const pathwayContract = read('payment-contracts/onco-pathway-a.json');

type EntryView = ReturnType<typeof entryView>;
type Statement = ReturnType<typeof statementView>;
interface Settled {
  readonly subject: string;
  readonly book: string;
  readonly amounts: Record<string, string | Record<string, string>>;
  readonly entries: readonly EntryView[];
}

describe('capitation on real servers', () => {
  let issuer: RunningIssuer;
  let service: RunningService;
  const tokens: Record<string, string> = {};
  const kafka = kafkaClient('test', (process.env.KAFKA_BROKERS ?? '').split(','));
  const producer = kafka.producer();
  const keys = new FileKeyStore(busSettings(process.env).keysFolder);

  beforeAll(async () => {
    const serviceSecretFile = join(folder, 'secrets.json');
    issuer = await startIssuer({ port: 0, keysFile: join(folder, 'issuer.json'), serviceSecretFile, mode: 'test' });
    Object.assign(process.env, {
      ARIANE_MODE: 'test',
      ARIANE_ISSUER_URL: issuer.url,
      ARIANE_SERVICE_SECRET_FILE: serviceSecretFile,
      PORT: '0',
    });
    service = await startService({
      module: CapitationModule,
      name: 'capitation',
      documentPaths: ['/payment-contracts'],
    });
    await signIn(territory);
    await producer.connect();
  }, 60_000);

  async function signIn(where: string, practitionerId?: string): Promise<void> {
    for (const role of ['finance', 'finance-approver', 'specialist']) {
      // Those of finance are persons of their own: one alone may not draft and activate.
      const body = JSON.stringify({ role, territory: where, ...(role === 'specialist' ? { practitionerId } : {}) });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${issuer.url}/demo-token`, { method: 'POST', headers, body });
      tokens[role] = ((await response.json()) as { token: string }).token; // the issuer's own answer
    }
  }

  afterAll(async () => {
    await producer.disconnect();
    await service.stop();
    await issuer.stop();
  });

  // The caller names the answer it expects of this service.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- see above
  async function call<T>(method: string, path: string, body?: unknown, key: string = newId(), role = 'finance') {
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokens[role] ?? ''}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T & { code?: string } }; // this service's answers
  }
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- see above
  const get = <T>(path: string, role?: string) => call<T>('GET', path, undefined, newId(), role);
  const activate = (id: string) =>
    activateReading(
      (path, body) => call<{ status: string }>('POST', path, body, newId(), 'finance-approver'),
      ...([id, 1, { approvedBy: 'Ada' }] as const),
    );
  const balance = async () => (await get<ReturnType<typeof trialBalanceView>>('/books/hospital-a/trial-balance')).body;
  const verified = async () => (await get<ReturnType<typeof verifiedView>>('/books/hospital-a/verify')).body;

  describe('a contract posted as it is', () => {
    const given = (bundle.examples as { given: object }[])[0]!.given;
    const settle = (subject: string, key?: string, facts: object = given) =>
      call<Settled>('POST', '/payment-contracts/hip-pathway/settlements', { subject, given: facts }, key);

    it('is accepted, activated by a named approver, and refused for pay before that', async () => {
      expect((await call('POST', '/payment-contracts', bundle)).status).toBe(201);
      expect((await settle('early')).body.code).toBe('CONTRACT_NOT_ACTIVE');
      expect((await activate('hip-pathway')).status).toBe(200);
      expect((await call('POST', '/payment-contracts', { ...bundle, title: 'Other' })).body.code).toBe(
        'CONTRACT_IMMUTABLE',
      );
    });

    it('pays example 1b to the cent, and the trial balance is zero', async () => {
      const { status, body } = await settle('patient-one');
      expect(status).toBe(201);
      expect(body.amounts).toMatchObject({
        'forfait.pool': '1111.11 EUR',
        'forfait.retained': '123.46 EUR',
        share: {
          'prac:nurse-coord-002': '416.30 EUR',
          'prac:oncologist-118': '495.46 EUR',
          'prac:gp-204': '199.35 EUR',
        },
      });
      expect(body.entries).toHaveLength(5);
      const trial = await balance();
      expect(trial.difference).toEqual({ amount: '0.00', currency: 'EUR' });
      const pool = trial.accounts.find(({ account }) => account === `liabilities:pool:hip-pathway:${body.subject}`);
      expect(pool).toMatchObject({ debit: { amount: '1111.11' }, credit: { amount: '1111.11' } });
      expect(await verified()).toMatchObject({ good: true });
    });

    it('answers the same request with the same entries, refuses another under its key, and posts a change as a difference', async () => {
      const key = newId();
      const first = await settle('patient-two', key);
      expect((await settle('patient-two', key)).body).toEqual(first.body);
      expect((await settle('patient-two')).body.entries).toHaveLength(5);
      const other = { ...given, participants: [{ id: 'prac:gp-204', points: '1' }] };
      expect((await settle('patient-two', key, other)).body.code).toBe('IDEMPOTENCY_CONFLICT');
      const changed = (await settle('patient-two', newId(), other)).body.entries;
      expect(changed.slice(0, 5)).toEqual(first.body.entries);
      expect(changed.slice(5).map((entry) => [entry.code, entry.legs[0]?.amount.amount])).toEqual([
        ['ADJUSTMENT', '911.76'],
        ['ADJUSTMENT', '416.30'],
        ['ADJUSTMENT', '495.46'],
      ]);
      expect(await verified()).toMatchObject({ good: true });
    });

    it('gives one set of entries however many callers post the same facts at once', async () => {
      const before = (await get<{ items: EntryView[] }>('/books/hospital-a/entries?limit=200')).body.items.length;
      const answers = await Promise.all(Array.from({ length: 12 }, () => settle('patient-three')));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
      const items = (await get<{ items: EntryView[] }>('/books/hospital-a/entries?limit=200')).body.items;
      expect(items).toHaveLength(before + 5);
      expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => index + 1));
    });

    it('explains an entry down to the parameter and the fact, and pages through the book', async () => {
      const { body } = await settle('patient-one');
      const share = body.entries.find((entry) => entry.legs.some((leg) => leg.account.endsWith('prac:gp-204')));
      const explained = await get<{ explanation: unknown }>(`/entries/${share?.id ?? ''}/explanation`);
      expect(JSON.stringify(explained.body.explanation)).toContain('"name":"price","value":"1234.57 EUR"');
      expect(JSON.stringify(explained.body.explanation)).toContain('"name":"prac:gp-204.points","value":"17"');
      const page = (await get<{ items: EntryView[]; next: string }>('/books/hospital-a/entries?limit=2')).body;
      expect(page.items).toHaveLength(2);
      const next = await get<{ items: EntryView[] }>(`/books/hospital-a/entries?limit=2&cursor=${page.next}`);
      expect(next.body.items[0]?.seq).toBe(3);
    });

    it('of another territory under the same name pays from that territory’s book', async () => {
      const mine = tokens.finance;
      const other = `${territory}b`;
      await signIn(other);
      await call('POST', '/payment-contracts', bundle);
      await activate('hip-pathway');
      expect((await settle('patient-one')).body.book).toBe(`${other}.hospital-a`);
      expect((await balance()).accounts).toHaveLength(6);
      await signIn(territory);
      expect(tokens.finance).not.toBe(mine);
      expect((await settle('patient-one')).body.book).toBe(`${territory}.hospital-a`);
    });

    it('is refused with its place when it has a fault, and one that pays by outcome is activated like any other', async () => {
      const faulty = { ...bundle, contract: 'faulty', currency: 'USD' };
      expect(await call('POST', '/payment-contracts', faulty)).toMatchObject({
        status: 422,
        body: { code: 'CONTRACT_INVALID' },
      });
      expect((await call('POST', '/payment-contracts', read('fixtures/4-outcome.json'))).status).toBe(201);
      expect((await activate('cart-outcome')).status).toBe(200);
    });

    it('is seen by two persons, pays nothing on suspended days, and after its end only the days before it', async () => {
      const seed = read('fixtures/1a-seed.json');
      const step = (verb: string, body: object, role = 'finance-approver') =>
        call<{ status: string }>('POST', `/payment-contracts/seed-90-10/versions/1/${verb}`, body, newId(), role);
      expect((await call('POST', '/payment-contracts', seed, newId(), 'finance-approver')).status).toBe(201);
      expect((await step('activate', { approvedBy: 'Ada' })).body.code).toBe('CONTRACT_SECOND_PERSON');
      expect((await step('review', {}, 'finance')).body.status).toBe('REVIEWED');
      expect((await activate('seed-90-10')).body.status).toBe('ACTIVE');
      const facts = (seed.examples as { given: object }[])[0]!.given;
      const on = async (effectiveAt: string) => {
        const body = { subject: effectiveAt, given: facts, effectiveAt };
        const { status, body: answer } = await call('POST', '/payment-contracts/seed-90-10/settlements', body);
        return answer.code ?? status;
      };
      await step('suspend', { from: '2026-03-01', to: '2026-03-11' });
      // Local midnight, not UTC's: the 10th ends at 23:00 UTC.
      expect(await on('2026-03-10T22:59:00Z')).toBe('CONTRACT_SUSPENDED');
      expect(await on('2026-03-10T23:00:00Z')).toBe(201);
      expect((await step('end', { endsOn: '2026-06-01' })).body.status).toBe('ENDED');
      expect(await on('2026-05-31T21:00:00Z')).toBe(201);
      expect(await on('2026-05-31T22:00:00Z')).toBe('CONTRACT_OUT_OF_VALIDITY');
    });

    it('shows a professional their own statement only', async () => {
      const all = await get<{ parties: { party: string }[] }>('/statements?book=hospital-a');
      expect(all.body.parties.map(({ party }) => party)).toContain('prac:gp-204');
      const mine = await get<Statement>('/statements?book=hospital-a&party=prac:gp-204');
      expect(mine.body.lines.length).toBeGreaterThan(0);
      expect((await get('/statements?book=hospital-a&party=prac:gp-204', 'specialist')).status).toBe(404);
      expect((await get('/statements?book=hospital-a', 'specialist')).status).toBe(404);
      await signIn(territory, 'gp-204');
      const own = await get<Statement>('/statements?book=hospital-a&party=prac:gp-204', 'specialist');
      expect(own.body).toEqual(mine.body);
      expect((await get('/statements?book=hospital-a&party=prac:oncologist-118', 'specialist')).status).toBe(404);
    });
  });

  describe('a pathway that other services tell of', () => {
    const pathwayId = newId();
    const [radiologist, surgeon, expert, nurse] = [newId(), newId(), newId(), newId()];
    const sequences = new Map<string, number>();
    const sent: { topic: string; message: { key: string; value: string } }[] = [];

    async function tell(contract: EventContract, data: object, time: string): Promise<string> {
      const id = newId();
      const sequence = (sequences.get(contract.service) ?? 0) + 1;
      sequences.set(contract.service, sequence);
      const fact = { id, territory, subject: pathwayId, sequence, time };
      const message = await messageByHand(keys, contract, fact, { ...contract.example, ...data, pathwayId });
      const one = { topic: topicOf(contract.service), message };
      sent.push(one);
      await producer.send({ topic: one.topic, messages: [one.message] });
      return id;
    }

    const owed = async () => {
      const found = await get<{ parties: { party: string; total: { amount: string } }[] }>(
        `/statements?book=hospital-a&pathway=${pathwayId}`,
      );
      return Object.fromEntries(found.body.parties.map(({ party, total }) => [party, total.amount]));
    };

    async function settles(expected: Record<string, string>): Promise<void> {
      const deadline = Date.now() + 20_000;
      while (JSON.stringify(await owed()) !== JSON.stringify(expected) && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(await owed()).toEqual(expected);
    }

    const sorted = (amounts: Record<string, string>) =>
      Object.fromEntries(Object.entries(amounts).sort(([a], [b]) => (a < b ? -1 : 1)));

    it('is paid at its milestone to those who took part, told by all services in any order', async () => {
      expect(await call('POST', '/payment-contracts', pathwayContract)).toMatchObject({ status: 201 });
      const activated = await activate('onco-pathway-a');
      expect(activated).toMatchObject({ status: 200 });
      const { sha256 } = activated.body as unknown as { sha256: string };
      const pin = { id: 'onco-pathway-a', version: 1, sha256 };
      const visit = { appointmentId: newId(), practitionerId: radiologist, attendedAt: '2026-03-09T09:00:00Z' };
      await tell(schedulingEvents.AppointmentAttended, visit, '2026-03-09T09:00:00Z');
      await tell(pathwaysEvents.PathwayEnrolled, { contract: pin }, '2026-03-02T08:00:00Z');
      const opinion = { requestId: newId(), expertId: expert, givenAt: '2026-03-19T15:00:00Z' };
      await tell(teleExpertiseEvents.OpinionGiven, opinion, '2026-03-19T15:00:00Z');
      const told = { code: 'opinion.given', factId: uuidv5(arianeNamespace, opinion.requestId) };
      const byHand = { code: 'appointment.attended', factId: newId() };
      await tell(pathwaysEvents.FactRecorded, byHand, '2026-03-19T15:00:00Z');
      await tell(pathwaysEvents.FactRecorded, told, '2026-03-19T15:00:00Z');
      const task = { taskId: newId(), doneBy: nurse, doneAt: '2026-03-20T10:00:00Z' };
      await tell(pathwaysEvents.TaskDone, task, '2026-03-20T10:00:00Z');
      const milestone = { milestone: 'diagnosis', reachedAt: '2026-03-27T14:00:00Z' };
      await tell(pathwaysEvents.MilestoneReached, milestone, '2026-03-27T14:00:00Z');
      await settles(
        sorted({ [`prac:${radiologist}`]: '540.00', [`prac:${expert}`]: '360.00', [`prac:${nurse}`]: '180.00' }),
      );
    });

    it('is corrected by late evidence as a difference, and pays an exit for the work since', async () => {
      const participants = [{ practitionerId: surgeon, specialty: 'surgery', mode: 'present' as const }];
      const late = { participants, decidedAt: '2026-03-26T12:00:00Z' };
      await tell(meetingsEvents.CaseDecided, late, '2026-03-28T12:00:00Z');
      const shares = { [`prac:${radiologist}`]: '462.86', [`prac:${expert}`]: '308.57', [`prac:${nurse}`]: '154.28' };
      // Surgeon and nurse tie for the last cent: the lower id has it, and the surgeon's was made first.
      await settles(sorted({ ...shares, [`prac:${surgeon}`]: '154.29' }));
      const after = { appointmentId: newId(), practitionerId: surgeon, attendedAt: '2026-04-02T09:00:00Z' };
      await tell(schedulingEvents.AppointmentAttended, after, '2026-04-02T09:00:00Z');
      const end = { status: 'DIED', closedAt: '2026-04-10T09:00:00Z' };
      await tell(pathwaysEvents.PathwayClosed, end, '2026-04-10T09:00:00Z');
      await settles(sorted({ ...shares, [`prac:${surgeon}`]: '383.79' }));
      expect(await verified()).toMatchObject({ good: true });
    });

    it('changes nothing when every event is delivered again', async () => {
      const before = await balance();
      for (const { topic, message } of sent) await producer.send({ topic, messages: [message] });
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      expect(await balance()).toEqual(before);
      expect(before.difference.amount).toBe('0.00');
    });

    it('has each act counted once to its month, for the contracts that share by what was done in it', async () => {
      const acts = service.app.get(Participations);
      const counted = async (month: string) =>
        (await acts.sums(territory, `${territory}.hospital-a`, month)).map(
          ({ practitioner, kind, day, n }) => `${day} ${kind} ${practitioner} ${n}`,
        );
      const [march, april] = [await counted('2026-03'), await counted('2026-04')];
      expect(march.sort()).toEqual([
        `2026-03-09 consultation ${radiologist} 1`,
        `2026-03-19 opinion ${expert} 1`,
        `2026-03-20 coordination ${nurse} 1`,
        `2026-03-26 meeting ${surgeon} 1`,
      ]);
      expect(april).toEqual([`2026-04-02 consultation ${surgeon} 1`]);
    });

    it('names no patient, protocol or pathway in the books, and shows the events behind each entry', async () => {
      const { items } = (await get<{ items: EntryView[] }>('/books/hospital-a/entries?limit=200')).body;
      expect(JSON.stringify(items)).not.toMatch(
        new RegExp(`breast|cancer|${pathwayId}|${pathwaysEvents.PathwayEnrolled.example.patientId}`),
      );
      const ours = items.filter((entry) => entry.contract?.id === 'onco-pathway-a');
      expect(ours.every((entry) => entry.causeEventIds.length > 0)).toBe(true);
      const share = ours.find((entry) => entry.code === 'SHARE_DUE');
      const found = await get<{ events: { what: string }[] }>(`/entries/${share?.id ?? ''}`);
      expect(found.body.events.map(({ what }) => what)).toEqual(
        expect.arrayContaining(['consultation', 'opinion', 'coordination', 'milestone']),
      );
    });

    it('is what the next version of its contract is tried on, by pseudonym', async () => {
      const { items } = (await get<{ items: { id: string; sha256: string }[] }>('/payment-contracts')).body;
      const first = items.find(({ id }) => id === 'onco-pathway-a');
      const supersedes = { version: 1, sha256: first?.sha256 };
      expect((await call('POST', '/payment-contracts', { ...pathwayContract, version: 2, supersedes })).status).toBe(
        201,
      );
      const path = '/payment-contracts/onco-pathway-a/versions/2/dry-runs';
      const { report } = (await call<ShownDryRun>('POST', path, {})).body;
      expect(report).toMatchObject({ month: '2026-04', against: [1], subjects: 1, changedLines: 0, errors: [] });
      expect(report.parties.find(({ party }) => party === `prac:${surgeon}`)?.after.amount).toBe('383.79');
      expect(JSON.stringify(report)).not.toContain(pathwayId);
    });

    it('says by its chain when somebody changed a stored amount', async () => {
      const { db } = service.app.get(Store).database;
      const book = `${territory}.hospital-a`;
      const third = await db.collection('entries').findOne({ book, seq: 3n });
      const put = (code: unknown) => db.collection('entries').updateOne({ book, seq: 3n }, { $set: { code } });
      await put('OTHER');
      expect(await verified()).toMatchObject({ good: false, firstBadSeq: 3 });
      await put(third?.code);
      expect(await verified()).toMatchObject({ good: true });
    });
  });
});
