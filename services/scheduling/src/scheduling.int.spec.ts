import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startIssuer, type RunningIssuer } from '@ariane/auth';
import { kafkaClient, sealData } from '@ariane/bus';
import { pathwaysEvents } from '@ariane/contracts';
import { type RunningService, startService } from '@ariane/service';
import { FileKeyStore, newId, OUTBOX, type OutboxDocument, Store } from '@ariane/store';
import type { AppointmentView } from './appointment-views.controller';
import { SchedulingModule } from './scheduling.module';

const folder = mkdtempSync(join(tmpdir(), 'scheduling-'));
const territory = `t${randomUUID().slice(0, 8)}`;
const clockFile = join(folder, 'clock.json');
const monday = (time: string) => `2026-03-09T${time}:00Z`;

/** The stepped clock of the demo: replaced at once, so that no reader meets half a file. */
function setClock(now: string): void {
  writeFileSync(`${clockFile}.new`, JSON.stringify({ now }));
  renameSync(`${clockFile}.new`, clockFile);
}

interface Listed {
  readonly items: readonly object[];
}
interface Answer<T = AppointmentView> {
  readonly status: number;
  readonly body: T & { readonly code?: string };
}

describe('scheduling on real servers', () => {
  let issuer: RunningIssuer;
  let service: RunningService;
  let coordinator: string;
  let operator: string;

  beforeAll(async () => {
    setClock(monday('06:00'));
    const serviceSecretFile = join(folder, 'secrets.json');
    issuer = await startIssuer({ port: 0, keysFile: join(folder, 'issuer.json'), serviceSecretFile, mode: 'test' });
    Object.assign(process.env, {
      ARIANE_MODE: 'test',
      ARIANE_ISSUER_URL: issuer.url,
      ARIANE_SERVICE_SECRET_FILE: serviceSecretFile,
      ARIANE_KEYS_DIR: join(folder, 'keys'),
      ARIANE_CLOCK_FILE: clockFile,
      PORT: '0',
    });
    service = await startService({ module: SchedulingModule, name: 'scheduling' });
    coordinator = await token('/demo-token', { role: 'coordinator', territory });
    const secrets = JSON.parse(readFileSync(serviceSecretFile, 'utf8')) as Record<string, string>;
    operator = await token('/service-token', { service: 'operator', secret: secrets.operator, territory });
  }, 60_000);

  afterAll(async () => {
    await service.stop();
    await issuer.stop();
  });

  async function token(path: string, body: object): Promise<string> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${issuer.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = (await response.json()) as Record<string, string>;
    return answer.token!;
  }

  async function callAt<T = AppointmentView>(
    url: string,
    method: string,
    path: string,
    body?: object,
    key: string = newId(),
    as = coordinator,
  ) {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json', 'idempotency-key': key },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer: unknown = text === '' ? {} : JSON.parse(text);
    return { status: response.status, body: answer } as Answer<T>; // this service's own answers
  }
  const call = <T = AppointmentView>(method: string, path: string, body?: object, key?: string, as?: string) =>
    callAt<T>(service.url, method, path, body, key, as);
  const post = (path: string, body: object, key?: string) => call('POST', path, body, key);
  const get = <T = AppointmentView>(path: string) => call<T>('GET', path);

  /** A calendar of its own kind of visit, open Monday to Friday, 09:00 to 12:00 in Paris: 08:00 to 11:00 UTC in winter. */
  async function opened(over: Record<string, unknown> = {}) {
    const calendar = {
      calendarId: newId(),
      practitionerId: newId(),
      resources: [`room-${newId()}`],
      visits: [{ visitKind: `visit-${newId()}`, minutes: 30 }],
      hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '12:00' })),
      timeZone: 'Europe/Paris',
      ...over,
    };
    const answer = await post('/calendars', calendar);
    expect([answer.status, answer.body]).toEqual([201, { id: calendar.calendarId, version: 1 }]);
    return { ...calendar, visitKind: calendar.visits[0]!.visitKind };
  }
  type Opened = Awaited<ReturnType<typeof opened>>;

  const visitFor = ({ visitKind }: { readonly visitKind: string }) => ({
    appointmentId: newId(),
    pathwayId: newId(),
    patientId: newId(),
    stepKey: 'imaging',
    visitKind,
  });
  const booking = (calendar: Opened, startsAt = monday('08:00')) => ({
    ...visitFor(calendar),
    calendarId: calendar.calendarId,
    startsAt,
  });
  const asking = (calendar: Opened, over: Record<string, unknown> = {}) => ({
    ...visitFor(calendar),
    role: 'RAD',
    dueFrom: monday('06:00'),
    latest: '2026-03-13T22:00:00Z',
    booking: 'auto',
    ...over,
  });
  const factsOf = async (pathwayId: string): Promise<string[]> => {
    const { db } = service.app.get(Store, { strict: false }).database;
    const rows = await db
      .collection<OutboxDocument>(OUTBOX)
      .find({ territory, subject: pathwayId })
      .sort({ sequence: 1 })
      .toArray();
    return rows.map((row) => row.type.split('.')[2]!);
  };
  const wake = () => call('POST', '/internal/wake', {}, newId(), operator);
  const statuses = (answers: readonly Answer[]) => answers.map((answer) => answer.status).sort((a, b) => a - b);

  describe('no race double-books', () => {
    it('fifty who book one slot at once: one succeeds, the others are told it is taken', async () => {
      const calendar = await opened();
      const answers = await Promise.all(Array.from({ length: 50 }, () => post('/appointments', booking(calendar))));
      expect(statuses(answers)).toEqual([201, ...Array<number>(49).fill(409)]);
      expect(new Set(answers.filter((one) => one.status === 409).map((one) => one.body.code))).toEqual(
        new Set(['SLOT_TAKEN']),
      );
      const { body } = await get<{ items: unknown[] }>(`/appointments?practitionerId=${calendar.practitionerId}`);
      expect(body.items).toHaveLength(1);
    });

    it('nor when two instances of the service answer', async () => {
      const other = await startService({ module: SchedulingModule, name: 'scheduling' });
      try {
        const calendar = await opened();
        const urls = Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? service.url : other.url));
        const answers = await Promise.all(urls.map((url) => callAt(url, 'POST', '/appointments', booking(calendar))));
        expect(statuses(answers)).toEqual([201, ...Array<number>(29).fill(409)]);
        const asked = await Promise.all(
          urls.map((url) => callAt(url, 'POST', '/appointment-requests', asking(calendar, { latest: undefined }))),
        );
        expect(asked.every((one) => one.status === 201)).toBe(true);
        const starts = asked.flatMap((one) => one.body.slot?.startsAt ?? []);
        expect(new Set(starts).size).toBe(starts.length);
      } finally {
        await other.stop();
      }
    }, 60_000);

    it('one patient with two practitioners at overlapping times: one succeeds', async () => {
      const [a, b] = [await opened(), await opened()];
      const patientId = newId();
      const answers = await Promise.all([
        post('/appointments', { ...booking(a), patientId }),
        post('/appointments', { ...booking(b, monday('08:15')), patientId }),
      ]);
      expect(statuses(answers)).toEqual([201, 409]);
    });

    it('one room with two practitioners: one succeeds', async () => {
      const a = await opened();
      const b = await opened({ resources: a.resources });
      const answers = await Promise.all([post('/appointments', booking(a)), post('/appointments', booking(b))]);
      expect(statuses(answers)).toEqual([201, 409]);
    });

    it('thirty requests at once take thirty different slots, the earliest ones', async () => {
      const calendar = await opened();
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => post('/appointment-requests', asking(calendar))),
      );
      expect(answers.every((one) => one.status === 201 && one.body.status === 'booked')).toBe(true);
      const starts = answers.map((one) => one.body.slot!.startsAt).sort();
      expect(new Set(starts).size).toBe(30);
      expect([starts[0], starts.at(-1)]).toEqual([monday('08:00'), '2026-03-13T10:30:00Z']);
    });

    it('a booking and a move to the same slot: one succeeds', async () => {
      const calendar = await opened();
      const first = booking(calendar);
      await post('/appointments', first);
      const answers = await Promise.all([
        post(`/appointments/${first.appointmentId}/move`, {
          calendarId: calendar.calendarId,
          startsAt: monday('09:00'),
          reason: 'patient-asked',
        }),
        post('/appointments', booking(calendar, monday('09:00'))),
      ]);
      expect(answers.filter((one) => one.status < 300)).toHaveLength(1);
    });
  });

  describe('what a pathway asks for', () => {
    it('is booked once, however often and under whatever key it is asked', async () => {
      const calendar = await opened();
      const asked = asking(calendar);
      const key = newId();
      const first = await post('/appointment-requests', asked, key);
      await post('/appointments', booking(calendar, monday('08:30')));
      const again = await post('/appointment-requests', asked, key);
      const anew = await post('/appointment-requests', asked);
      expect([first, again, anew].map((one) => [one.status, one.body])).toEqual(Array(3).fill([201, first.body]));
      expect(await factsOf(asked.pathwayId)).toEqual(['AppointmentBooked']);
      const other = await post('/appointment-requests', { ...asked, stepKey: 'biopsy' });
      expect([other.status, other.body.code]).toEqual([409, 'ALREADY_EXISTS']);
    });

    it('is held where the step proposes, then confirmed', async () => {
      const asked = asking(await opened(), { booking: 'propose' });
      const held = await post('/appointment-requests', asked);
      expect(held.body).toMatchObject({ status: 'held', heldUntil: monday('08:00') });
      const confirmed = await post(`/appointments/${asked.appointmentId}/confirm`, {});
      expect([confirmed.status, confirmed.body.status]).toEqual([200, 'booked']);
      expect(await factsOf(asked.pathwayId)).toEqual(['AppointmentHeld', 'AppointmentBooked']);
    });

    it('is booked late rather than never', async () => {
      const calendar = await opened();
      await post(`/calendars/${calendar.calendarId}/exceptions`, {
        from: monday('00:00'),
        to: '2026-03-14T00:00:00Z',
        open: false,
        reason: 'leave',
      });
      const { body } = await post('/appointment-requests', asking(calendar));
      expect(body.slot?.startsAt).toBe('2026-03-16T08:00:00Z');
    });

    it('waits where no calendar serves it, and is booked when one opens', async () => {
      const kind = { visitKind: `visit-${newId()}` };
      const asked = { ...asking(kind as Opened), ...kind };
      const waiting = await post('/appointment-requests', asked);
      expect(waiting.body.status).toBe('waiting');
      await opened({ visits: [{ ...kind, minutes: 30 }] });
      await wake();
      expect((await get(`/appointments/${asked.appointmentId}`)).body.status).toBe('booked');
      expect(await factsOf(asked.pathwayId)).toEqual(['AppointmentWaiting', 'AppointmentBooked']);
    });

    it('that waits is booked, without being asked, in the slot another gave back', async () => {
      const calendar = await opened({ hours: [], resources: [] });
      const day = { from: monday('08:00'), to: monday('08:30'), open: true, reason: 'extra' };
      await post(`/calendars/${calendar.calendarId}/exceptions`, day);
      const first = asking(calendar);
      const second = asking(calendar);
      expect((await post('/appointment-requests', first)).body.status).toBe('booked');
      expect((await post('/appointment-requests', second)).body.status).toBe('waiting');
      await post(`/appointments/${first.appointmentId}/cancel`, { reason: 'patient-asked' });
      await eventually(async () => (await get(`/appointments/${second.appointmentId}`)).body.status === 'booked');
    });
  });

  describe('time', () => {
    afterEach(() => {
      setClock(monday('06:00'));
    });

    it('ends a hold, frees its slot, and is what the stepped clock waits for', async () => {
      const calendar = await opened();
      const asked = asking(calendar, { booking: 'propose', dueFrom: '2026-03-12T06:00:00Z' });
      await post('/appointment-requests', asked);
      const due = await call<{ at: string }>('GET', '/internal/next-due', undefined, newId(), operator);
      expect(due.body.at <= '2026-03-11T06:00:00Z').toBe(true);
      setClock('2026-03-11T06:00:00Z');
      await wake();
      const { body } = await get(`/appointments/${asked.appointmentId}`);
      expect(body).toMatchObject({ status: 'cancelled', reason: 'hold-expired', cancelledAt: '2026-03-11T06:00:00Z' });
      expect((await post('/appointments', booking(calendar, '2026-03-12T08:00:00Z'))).status).toBe(201);
    });

    it('decides what may be recorded: attended after the start only, cancelled before it only', async () => {
      const visit = booking(await opened());
      await post('/appointments', visit);
      const path = `/appointments/${visit.appointmentId}`;
      expect((await post(`${path}/attended`, {})).body.code).toBe('APPOINTMENT_NOT_STARTED');
      setClock(monday('08:00'));
      expect((await post(`${path}/cancel`, { reason: 'patient-asked' })).body.code).toBe('APPOINTMENT_STARTED');
      expect((await post(`${path}/attended`, {})).body).toMatchObject({
        status: 'attended',
        attendedAt: monday('08:00'),
      });
      expect((await post(`${path}/missed`, { reason: 'patient-absent' })).body.code).toBe('STATE_CONFLICT');
    });
  });

  it('free slots are shown by page, earliest first, without what is taken', async () => {
    const calendar = await opened();
    await post('/appointments', booking(calendar, monday('08:30')));
    const path = `/slots?visitKind=${calendar.visitKind}&from=${monday('00:00')}&to=${monday('23:00')}&limit=3`;
    const first = await get<{ items: { startsAt: string }[]; next: string }>(path);
    expect(first.body.items.map((slot) => slot.startsAt)).toEqual(['08:00', '09:00', '09:30'].map(monday));
    const second = await get<{ items: { startsAt: string }[]; next?: string }>(
      `${path}&cursor=${encodeURIComponent(first.body.next)}`,
    );
    expect(second.body.items.map((slot) => slot.startsAt)).toEqual(['10:00', '10:30'].map(monday));
    expect(second.body.next).toBeUndefined();
  });

  it('another territory sees neither calendars nor appointments', async () => {
    const visit = booking(await opened());
    await post('/appointments', visit);
    const stranger = await token('/demo-token', { role: 'coordinator', territory: `${territory}-x` });
    const read = await call('GET', `/appointments/${visit.appointmentId}`, undefined, newId(), stranger);
    expect(read.status).toBe(404);
    const list = await call<{ items: unknown[] }>('GET', '/calendars', undefined, newId(), stranger);
    expect(list.body.items).toEqual([]);
  });

  it('a key repeated with another request is refused', async () => {
    const calendar = await opened();
    const key = newId();
    await post('/appointments', booking(calendar), key);
    const other = await post('/appointments', booking(calendar, monday('09:00')), key);
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_CONFLICT']);
  });

  it('a pathway that closes takes its coming visits with it, and may have no more (H14)', async () => {
    const calendar = await opened();
    const booked = asking(calendar);
    const waiting = {
      ...asking({ visitKind: `visit-${newId()}` } as Opened),
      pathwayId: booked.pathwayId,
      patientId: booked.patientId,
    };
    await post('/appointment-requests', booked);
    await post('/appointment-requests', waiting);
    await closePathway(booked.pathwayId, booked.patientId);
    await eventually(async () => {
      const both = await Promise.all([booked, waiting].map((one) => get(`/appointments/${one.appointmentId}`)));
      return both.every((one) => one.body.status === 'cancelled' && one.body.reason === 'pathway-closed');
    });
    const after = await post('/appointment-requests', { ...booked, appointmentId: newId() });
    expect([after.status, after.body.code]).toEqual([409, 'PATHWAY_CLOSED']);
  });

  it('a step that is dropped takes its own visit with it, and no other of its pathway', async () => {
    const calendar = await opened();
    const dropped = asking(calendar);
    const next = { ...asking(calendar), pathwayId: dropped.pathwayId, patientId: dropped.patientId };
    await post('/appointment-requests', dropped);
    await post('/appointment-requests', next);
    await hear(pathwaysEvents.StepDropped, {
      ...{ pathwayId: dropped.pathwayId, patientId: dropped.patientId },
      ...{ stepKey: dropped.stepKey, reason: 'not-applicable', asked: [newId(), dropped.appointmentId] },
    });
    await eventually(async () => {
      const { body } = await get(`/appointments/${dropped.appointmentId}`);
      return body.status === 'cancelled' && body.reason === 'step-dropped';
    });
    expect((await get(`/appointments/${next.appointmentId}`)).body.status).toBe('booked');
  });

  it('tells who is on duty and who is away; who does not coordinate says their own leave only', async () => {
    const [nurse, surgeon] = [newId(), newId()];
    const roster = {
      rosterId: newId(),
      role: 'IDEC',
      practitionerId: nurse,
      from: '2026-03-01',
      timeZone: 'Europe/Paris',
      hours: [{ weekday: 1, from: '08:30', to: '24:00' }],
    };
    expect(await post('/duty-rosters', roster)).toMatchObject({
      status: 201,
      body: { id: roster.rosterId, version: 1 },
    });
    const backwards = { ...roster, hours: [{ weekday: 1, from: '18:30', to: '08:30' }] };
    expect(await post('/duty-rosters', backwards)).toMatchObject({
      status: 422,
      body: { code: 'DUTY_ROSTER_INVALID' },
    });
    expect((await get<Listed>('/duty-rosters?role=IDEC')).body.items).toEqual([roster]);

    const as = await token('/demo-token', { role: 'specialist', territory, practitionerId: surgeon });
    const away = { leaveId: newId(), from: '2026-03-16', until: '2026-03-20', timeZone: 'Europe/Paris' };
    const say = (practitionerId: string) => call('POST', '/leaves', { ...away, practitionerId }, newId(), as);
    expect(await say(nurse)).toMatchObject({ status: 403 });
    expect(await say(surgeon)).toMatchObject({ status: 201 });
    const left = async () => (await get<Listed>(`/leaves?practitionerId=${surgeon}`)).body.items;
    expect(await left()).toMatchObject([{ ...away, practitionerId: surgeon }]);
    expect(await call('POST', `/leaves/${away.leaveId}/withdraw`, {}, newId(), as)).toMatchObject({ status: 200 });
    expect(await left()).toEqual([]);

    const told = service.app.get(Store).database.db.collection<OutboxDocument>(OUTBOX);
    const types = await told.find({ subject: { $in: [roster.rosterId, away.leaveId] } }).toArray();
    expect(types.map(({ type }) => type).sort()).toEqual(
      ['DutyRosterSet', 'LeaveRecorded', 'LeaveWithdrawn'].map((fact) => `ariane.scheduling.${fact}.v1`),
    );
  });

  const closePathway = (pathwayId: string, patientId: string): Promise<void> =>
    hear(pathwaysEvents.PathwayClosed, { pathwayId, patientId, status: 'DIED', closedAt: monday('06:30') });

  /** Publishes the first fact of a pathway as pathways would. */
  async function hear(
    contract: { readonly type: string },
    data: { readonly pathwayId: string; readonly patientId: string } & Record<string, unknown>,
  ): Promise<void> {
    const { pathwayId, patientId } = data;
    const envelope = {
      specversion: '1.0',
      id: newId(),
      source: '/ariane/pathways',
      type: contract.type,
      subject: pathwayId,
      time: monday('06:30'),
      datacontenttype: 'application/json',
      sequence: 1,
      correlationid: newId(),
      causationid: newId(),
      territory,
      keyid: `patient:${patientId}`,
    };
    const sealed = await sealData(new FileKeyStore(join(folder, 'keys')), envelope, data);
    const value = JSON.stringify({ ...envelope, data_base64: sealed.toString('base64') });
    const producer = kafkaClient('test', (process.env.KAFKA_BROKERS ?? '').split(',')).producer();
    await producer.connect();
    await producer.send({ topic: 'ariane.pathways', messages: [{ key: pathwayId, value }] });
    await producer.disconnect();
  }
});

async function eventually(holds: () => Promise<boolean>, patienceMs = 15_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('It did not come about in time.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
