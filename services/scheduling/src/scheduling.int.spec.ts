import 'reflect-metadata';
import { pathwaysEvents } from '@ariane/contracts';
import { startService } from '@ariane/service';
import { newId } from '@ariane/store';
import { type Answer, type Speaker, TestedService, until } from '@ariane/testing/integration';
import type { AppointmentView } from './appointment-views.controller';
import { SchedulingModule } from './scheduling.module';

const monday = (time: string) => `2026-03-09T${time}:00Z`;

/** What the answers hold, of which each test reads what its route gives. */
interface Told extends AppointmentView {
  readonly code?: string;
  readonly items: readonly { readonly startsAt: string }[];
  readonly next?: string;
  readonly at: string;
}

const service = new TestedService<Told>('scheduling', monday('06:00'));
const { setClock } = service;

describe('scheduling on real servers', () => {
  let pathways: Speaker<typeof pathwaysEvents>;

  beforeAll(async () => {
    await service.start({ module: SchedulingModule });
    pathways = await service.speaker('pathways', pathwaysEvents);
    await service.signIn('coordinator', { role: 'coordinator' });
    await service.signInService('operator', 'operator');
  }, 60_000);

  afterAll(() => service.stop());

  const post = (path: string, body: object, key?: string, url?: string) =>
    service.post('coordinator', path, body, { key, url });
  const get = (path: string) => service.get('coordinator', path);

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
  const factsOf = async (subject: string) => (await service.factsOf(subject)).map(({ fact }) => fact);
  const wake = () => service.post('operator', '/internal/wake');
  const statuses = (answers: readonly Answer<Told>[]) => answers.map((answer) => answer.status).sort((a, b) => a - b);

  describe('no race double-books', () => {
    it('fifty who book one slot at once: one succeeds, the others are told it is taken', async () => {
      const calendar = await opened();
      const answers = await Promise.all(Array.from({ length: 50 }, () => post('/appointments', booking(calendar))));
      expect(statuses(answers)).toEqual([201, ...Array<number>(49).fill(409)]);
      expect(new Set(answers.filter((one) => one.status === 409).map((one) => one.body.code))).toEqual(
        new Set(['SLOT_TAKEN']),
      );
      const { body } = await get(`/appointments?practitionerId=${calendar.practitionerId}`);
      expect(body.items).toHaveLength(1);
    });

    it('nor when two instances of the service answer', async () => {
      const other = await startService({ module: SchedulingModule, name: 'scheduling' });
      try {
        const calendar = await opened();
        const urls = Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? service.url : other.url));
        const answers = await Promise.all(urls.map((url) => post('/appointments', booking(calendar), newId(), url)));
        expect(statuses(answers)).toEqual([201, ...Array<number>(29).fill(409)]);
        const asked = await Promise.all(
          urls.map((url) => post('/appointment-requests', asking(calendar, { latest: undefined }), newId(), url)),
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
      const read = async () => (await get(`/appointments/${second.appointmentId}`)).body;
      await until(async () => (await read()).status === 'booked', 'the slot given back is taken');
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
      const due = await service.get('operator', '/internal/next-due');
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
    const first = await get(path);
    expect(first.body.items.map((slot) => slot.startsAt)).toEqual(['08:00', '09:00', '09:30'].map(monday));
    const second = await get(`${path}&cursor=${encodeURIComponent(first.body.next ?? '')}`);
    expect(second.body.items.map((slot) => slot.startsAt)).toEqual(['10:00', '10:30'].map(monday));
    expect(second.body.next).toBeUndefined();
  });

  it('another territory sees neither calendars nor appointments', async () => {
    const visit = booking(await opened());
    await post('/appointments', visit);
    await service.signIn('stranger', { role: 'coordinator', territory: `${service.territory}-x` });
    const read = await service.get('stranger', `/appointments/${visit.appointmentId}`);
    expect(read.status).toBe(404);
    const list = await service.get('stranger', '/calendars');
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
    const { pathwayId, patientId } = booked;
    const end = { status: 'DIED', closedAt: monday('06:30') } as const;
    await pathways.say('PathwayClosed', pathwayId, { pathwayId, patientId, ...end });
    await until(async () => {
      const both = await Promise.all([booked, waiting].map((one) => get(`/appointments/${one.appointmentId}`)));
      return both.every((one) => one.body.status === 'cancelled' && one.body.reason === 'pathway-closed');
    }, 'the visits of the pathway are cancelled');
    const after = await post('/appointment-requests', { ...booked, appointmentId: newId() });
    expect([after.status, after.body.code]).toEqual([409, 'PATHWAY_CLOSED']);
  });

  it('a step that is dropped takes its own visit with it, and no other of its pathway', async () => {
    const calendar = await opened();
    const dropped = asking(calendar);
    const next = { ...asking(calendar), pathwayId: dropped.pathwayId, patientId: dropped.patientId };
    await post('/appointment-requests', dropped);
    await post('/appointment-requests', next);
    const { pathwayId, patientId, stepKey } = dropped;
    const about = { stepKey, reason: 'not-applicable', asked: [newId(), dropped.appointmentId] };
    await pathways.say('StepDropped', pathwayId, { pathwayId, patientId, ...about });
    await until(async () => {
      const { body } = await get(`/appointments/${dropped.appointmentId}`);
      return body.status === 'cancelled' && body.reason === 'step-dropped';
    }, 'the visit of the step is cancelled');
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
    expect((await get('/duty-rosters?role=IDEC')).body.items).toEqual([roster]);

    await service.signIn('surgeon', { role: 'specialist', practitionerId: surgeon });
    const away = { leaveId: newId(), from: '2026-03-16', until: '2026-03-20', timeZone: 'Europe/Paris' };
    const say = (practitionerId: string) => service.post('surgeon', '/leaves', { ...away, practitionerId });
    expect(await say(nurse)).toMatchObject({ status: 403 });
    expect(await say(surgeon)).toMatchObject({ status: 201 });
    const left = async () => (await get(`/leaves?practitionerId=${surgeon}`)).body.items;
    expect(await left()).toMatchObject([{ ...away, practitionerId: surgeon }]);
    expect(await service.post('surgeon', `/leaves/${away.leaveId}/withdraw`)).toMatchObject({ status: 200 });
    expect(await left()).toEqual([]);

    const facts = [...(await service.factsOf(roster.rosterId)), ...(await service.factsOf(away.leaveId))];
    expect(facts.map(({ envelope }) => envelope.type).sort()).toEqual(
      ['DutyRosterSet', 'LeaveRecorded', 'LeaveWithdrawn'].map((fact) => `ariane.scheduling.${fact}.v1`),
    );
  });
});
