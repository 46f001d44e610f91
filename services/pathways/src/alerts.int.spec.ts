import 'reflect-metadata';
import { schedulingEvents } from '@ariane/contracts';
import { type Speaker, TestedService, until } from '@ariane/testing/integration';
import { randomUUID } from 'node:crypto';
import { paymentContracts } from './aggregates.store';
import { escalationOf } from './alert-ladder';
import { alerts } from './alerts.store';
import { duties, dutyIdOf } from './duties.store';
import { uncovered } from './duty-cover';
import { PathwaysModule } from './pathways.module';
import { cover, rostersFor } from './rosters.fixture.store';
import { library } from './protocols.store';

interface Told {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly reason: string;
  readonly code: string;
  readonly alertId?: string;
  readonly tier: number;
  readonly stepKey?: string;
  readonly ownerId?: string;
  readonly ownerRole?: string;
  readonly rung?: number;
  readonly dueAt: string | null;
  readonly heldBack?: string;
  readonly bundledInto?: string;
  readonly signals: number;
  readonly formerOwners?: readonly { readonly ownerId: string; readonly reason: string }[];
}
interface Answered extends Told {
  readonly items: readonly Told[];
  readonly at: string;
  readonly total: number;
}

const service = new TestedService<Answered>('pathways');
const { get, post, setClock, territory } = service;

describe('alerts on real servers', () => {
  let scheduling: Speaker<typeof schedulingEvents>;
  const who: Record<string, string> = {};
  const patientId = randomUUID();
  const pathwayId = randomUUID();
  const careTeam = () => [
    { practitionerId: who['nurse'], role: 'IDEC', ground: 'same-establishment' },
    { practitionerId: who['deputy'], role: 'coordinator', ground: 'same-establishment' },
    { practitionerId: who['surgeon'], role: 'SUR', ground: 'same-establishment' },
  ];

  beforeAll(async () => {
    await service.start({ module: PathwaysModule });
    scheduling = await service.speaker('scheduling', schedulingEvents);
    await service.signInService('worker', 'workflows');
    await service.signIn('administrator', { role: 'territory-administrator' });
    for (const [name, rpps] of [
      ['nurse', '99700218896'],
      ['surgeon', '99700218904'],
      ['deputy', '99700218912'],
      ['stranger', '99700000013'],
    ] as const) {
      const made = await post('administrator', '/practitioners', { rpps, name: `Dr ${name}`, exercises: [] });
      who[name] = made.body.id;
      const role = name === 'surgeon' || name === 'stranger' ? 'specialist' : 'coordinator';
      await service.signIn(name, { role, practitionerId: made.body.id });
    }
    const contract = { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) };
    const protocols = ['breast-cancer', 'ckd-4-5', 'colorectal-metastatic', 'rare-disease'];
    const copy = { type: 'CopyPaymentContract', contract, activatedAt: '2026-01-01T00:00:00Z', protocols } as const;
    const since = contextAt('2026-03-01T00:00:00Z');
    await service.store.handle(paymentContracts, contract.id, copy, since);
    await cover(service.store, rostersFor('breast-cancer', who['nurse'] ?? ''), since);
    const traits = { familyName: 'ESSAI', givenNames: ['Anne'], birthDate: '1961-02-03', sex: 'female', language: 'fr' };
    await post('nurse', '/patients', { id: patientId, ...traits, identifiers: [] });
    expect(await enrol(pathwayId, 'breast-cancer')).toMatchObject({ status: 201 });
    await post('worker', `/pathways/${pathwayId}/advance`);
  }); // prettier-ignore
  afterAll(() => service.stop());

  function contextAt(now: string) {
    const id = randomUUID();
    const ids = { messageId: id, correlationId: id, causationId: id };
    return { ...ids, consumer: 'test', territory, actor: 'service:test', now };
  }
  const enrol = (id: string, protocolId: string) => {
    const roles = ['coordinator', ...Object.keys(library.find(protocolId)?.document.roles ?? {})];
    const team = careTeam().filter(({ role }) => roles.includes(role));
    return post('nurse', '/pathways', { id, patientId, protocolId, careTeam: team });
  };
  const listed = async (query: string) =>
    (await get('nurse', `/alerts?pathwayId=${pathwayId}&${query}&limit=200`)).body.items;
  const alertOf = async (id: string) => (await listed('')).find((one) => one.id === id);
  const wake = () => post('worker', '/internal/wake');

  /** An alert as a pathway raises it, of a step of its own unless one is named. */
  async function raise(tier: 1 | 2 | 3, at: string, more: { stepKey?: string; ownerId?: string } = {}) {
    const id = randomUUID();
    const team = careTeam().map(({ practitionerId = '', role }) => ({ practitionerId, role }));
    const { ladder } = escalationOf({ tier });
    const watch = {
      clock: { ladder, timeZone: 'Europe/Paris', holidays: 'FR' },
      placement: { team, roles: ['IDEC'], at },
    } as const;
    const about = { reason: 'step-late', stepKey: `made-up-${id}`, ownerId: who['nurse'] ?? '', ...more };
    const command = { type: 'RaiseAlert', id, pathwayId, patientId, tier, raisedAt: at, ownerRole: 'IDEC', watch, ...about } as const; // prettier-ignore
    await service.store.handle(alerts, id, command, contextAt(at));
    return id;
  }

  it('H4: an alert that nobody acknowledges climbs to somebody else, by the clock, once', async () => {
    setClock('2026-03-04T23:00:00.000Z');
    await post('worker', `/pathways/${pathwayId}/advance`);
    const [late] = await listed('status=open');
    expect(late).toMatchObject({ reason: 'step-late', stepKey: 'entry', ownerId: who['nurse'], tier: 3, rung: 0 });
    const dueAt = late?.dueAt ?? '';
    expect(Date.parse((await get('worker', '/internal/next-due')).body.at)).toBeLessThanOrEqual(Date.parse(dueAt));
    setClock(new Date(Date.parse(dueAt) - 1000).toISOString());
    await wake();
    expect(await alertOf(late?.id ?? '')).toMatchObject({ ownerId: who['nurse'], rung: 0 });
    setClock(dueAt);
    await wake();
    await wake();
    expect(await alertOf(late?.id ?? '')).toMatchObject({
      ownerId: who['deputy'],
      rung: 1,
      formerOwners: [{ ownerId: who['nurse'], reason: 'unacknowledged' }],
    });
    const acknowledged = await post('deputy', `/alerts/${late?.id ?? ''}/acknowledge`);
    expect(acknowledged).toMatchObject({ body: { status: 'acknowledged' } });
    expect(Date.parse(acknowledged.body.dueAt ?? '')).toBeGreaterThan(Date.parse(dueAt));
    expect(await post('deputy', `/alerts/${late?.id ?? ''}/handle`, { outcome: 'patient-called' })).toMatchObject({
      body: { status: 'closed', dueAt: null },
    });
  });

  it('H4: above the last rung is who is on call, who may open the pathway, and then the administrator', async () => {
    const at = '2026-03-09T09:00:00Z';
    setClock(at);
    const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }));
    const about = { rosterId: randomUUID(), role: 'on-call', practitionerId: who['stranger'] ?? '' };
    const roster = { ...about, from: '2026-01-01', timeZone: 'Europe/Paris', hours };
    await cover(service.store, [roster], contextAt(at));
    const id = await raise(1, at);
    const climbTo = async (role: string) => {
      for (let rung = 0; rung < 6; rung += 1) {
        const alert = await alertOf(id);
        if (alert?.ownerRole === role) return alert;
        setClock(alert?.dueAt ?? at);
        await wake();
      }
      throw new Error(`It never came to ${role}.`);
    };
    expect((await get('stranger', `/pathways/${pathwayId}`)).status).toBe(404);
    expect(await climbTo('on-call')).toMatchObject({ ownerId: who['stranger'] });
    expect((await get('stranger', `/pathways/${pathwayId}`)).status).toBe(200);
    expect((await get('stranger', `/pathways/${pathwayId}/timeline`)).status).toBe(200);
    const written = await service.store.database.db.collection('audit').find({ territory }).toArray();
    expect(JSON.stringify(written).match(/PathwayOpened/g)).toHaveLength(1);
    expect(await alertOf(id)).toMatchObject({ openings: [{ by: who['stranger'] }] });
    expect((await get('administrator', '/alerts/unanswered')).body.items).toEqual([]);
    await climbTo('territory-administrator');
    expect((await get('stranger', `/pathways/${pathwayId}`)).status).toBe(404);
    const [seen] = (await get('administrator', '/alerts/unanswered')).body.items;
    expect(seen).toMatchObject({ id, tier: 1, pathwayId });
    expect(seen).not.toHaveProperty('patientId');
    expect((await get('nurse', '/alerts/unanswered')).status).toBe(403);
    await post('nurse', `/alerts/${id}/handle`, { outcome: 'patient-called' });
    expect((await get('administrator', '/alerts/unanswered')).body.items).toEqual([]);
  });

  it('H5: the sixth alert of a day is held back and listed with its reason; an urgent one never is', async () => {
    const at = '2026-03-10T09:00:00Z';
    setClock(at);
    const ids: string[] = [];
    for (let count = 0; count < 6; count += 1) ids.push(await raise(2, at));
    const held = await listed('view=held-back');
    expect(held.map(({ id, heldBack }) => [id, heldBack])).toEqual([[ids[5], 'budget']]);
    const shown = (await get('nurse', '/worklist?reason=alert&limit=200')).body.items;
    expect(shown.map(({ alertId }) => alertId)).toEqual(expect.arrayContaining(ids));
    const urgent = await raise(1, at);
    expect((await listed('view=interrupting')).map(({ id }) => id)).toContain(urgent);
    const later = { reason: 'later', until: '2026-03-10T12:00:00Z' };
    for (const deferral of ['snooze', 'pause']) {
      expect(await post('nurse', `/alerts/${urgent}/${deferral}`, later)).toMatchObject({
        status: 422,
        body: { code: 'ALERT_URGENT' },
      });
    }
    const tomorrow = await raise(2, '2026-03-11T09:00:00Z');
    expect(await alertOf(tomorrow)).not.toHaveProperty('heldBack');
  });

  it('repeats for one reason are one item that counts them, and worse raises it anew', async () => {
    const at = '2026-03-12T09:00:00Z';
    setClock(at);
    const first = await raise(3, at, { stepKey: 'cycle#1' });
    const second = await raise(3, at, { stepKey: 'cycle#2' });
    expect(await alertOf(second)).toMatchObject({ bundledInto: first, dueAt: null });
    expect(await alertOf(first)).toMatchObject({ signals: 2, tier: 3 });
    await post('nurse', `/alerts/${first}/snooze`, { reason: 'patient-called', until: '2026-03-16T09:00:00Z' });
    await raise(2, at, { stepKey: 'cycle#3' });
    expect(await alertOf(first)).toMatchObject({ signals: 3, tier: 2, status: 'open' });
    expect(await alertOf(first)).not.toHaveProperty('snoozedUntil');
    const handled = await post('nurse', `/alerts/${first}/handle`, { outcome: 'appointment-booked' });
    expect(handled).toMatchObject({ body: { status: 'closed' } });
    expect(await alertOf(second)).toMatchObject({ status: 'closed' });
  });

  it('H4: is handed over within the care team and to nobody else, and waits for the other’s answer', async () => {
    const at = '2026-03-12T10:00:00Z';
    setClock(at);
    const id = await raise(2, at);
    await post('nurse', `/alerts/${id}/acknowledge`);
    const give = (to: string | undefined) => post('nurse', `/alerts/${id}/hand-over`, { to, reason: 'better-placed' });
    expect(await give(who['stranger'])).toMatchObject({ status: 422, body: { code: 'RULE_BROKEN' } });
    expect(await give(undefined)).toMatchObject({ status: 400 });
    expect(await alertOf(id)).toMatchObject({ ownerId: who['nurse'], status: 'acknowledged' });
    expect(await give(who['surgeon'])).toMatchObject({ status: 200, body: { status: 'open' } });
    expect(await alertOf(id)).toMatchObject({
      ...{ ownerId: who['surgeon'], ownerRole: 'SUR', rung: 0 },
      formerOwners: [{ ownerId: who['nurse'], reason: 'better-placed' }],
    });
    await post('surgeon', `/alerts/${id}/handle`, { outcome: 'patient-called' });
  });

  it('H4: a colleague’s leave gives their open tasks and alerts to who is there, and keeps who had them', async () => {
    const at = '2026-03-16T09:00:00Z';
    setClock(at);
    const before = await raise(2, at);
    const tasks = async () => (await get('nurse', `/tasks?pathwayId=${pathwayId}&status=open`)).body.items;
    expect((await tasks()).some(({ ownerId }) => ownerId === who['nurse'])).toBe(true);
    const leave = {
      leaveId: randomUUID(),
      practitionerId: who['nurse'] ?? '',
      from: '2026-03-16',
      until: '2026-03-20',
      timeZone: 'Europe/Paris',
      recordedAt: at,
    };
    await scheduling.say('LeaveRecorded', leave.leaveId, leave);
    const isTheirs = ({ ownerId }: Told) => ownerId === who['nurse'];
    const left = async () => [...(await tasks()), ...(await listed('status=open'))].filter(isTheirs);
    await until(async () => (await left()).length === 0, 'all of it is somebody else’s');
    const had = { formerOwners: [{ ownerId: who['nurse'], reason: 'leave' }] };
    expect(await alertOf(before)).toMatchObject({ ownerId: who['deputy'], ...had });
    expect(await tasks()).toContainEqual(expect.objectContaining({ formerOwners: [expect.objectContaining(had.formerOwners[0])] })); // prettier-ignore
    expect(await alertOf(await raise(2, at))).toMatchObject({ ownerId: who['deputy'] });
  });

  it.each(['ckd-4-5', 'colorectal-metastatic', 'rare-disease'])(
    'H4: %s, which must be watched, takes nobody until a roster covers each hour that it asks for',
    async (protocolId) => {
      setClock('2026-03-16T09:00:00Z');
      const document = library.find(protocolId)?.document;
      const store = service.store;
      const known = (await store.read(duties, territory, dutyIdOf(territory)))?.state.rosters ?? [];
      const gaps = document === undefined ? [] : uncovered(document, known, '2026-03-16');
      const refused = await enrol(randomUUID(), protocolId);
      expect(refused).toMatchObject({ status: 422, body: { code: 'PROTOCOL_NOT_WATCHED' } });
      expect(JSON.stringify(refused.body)).toContain(gaps[0]?.role);
      for (const { role, hours } of gaps) {
        const line = { rosterId: randomUUID(), role, practitionerId: who['deputy'] ?? '', from: '2026-03-01' };
        await scheduling.say('DutyRosterSet', line.rosterId, { ...line, timeZone: 'Europe/Paris', hours: [...hours] });
      }
      const id = randomUUID();
      await until(async () => (await enrol(id, protocolId)).status === 201, 'the rosters are heard');
    },
  );

  it('H4: a roster that ends under a running pathway is told to its coordinator, until another goes on', async () => {
    setClock('2026-03-17T09:00:00Z');
    const rosters = rostersFor('breast-cancer', who['nurse'] ?? '');
    await cover(
      service.store,
      rosters.map((roster) => ({ ...roster, until: '2026-03-29' })),
      contextAt('2026-03-17T09:00:00Z'),
    );
    const told = async () => (await listed('status=open')).filter(({ reason }) => reason === 'cover-ends');
    const [ending] = await until(async () => {
      await wake();
      const found = await told();
      return found.length > 0 && found;
    }, 'the end is told');
    expect(ending).toMatchObject({ tier: 2, ownerId: who['deputy'] });
    await wake();
    expect(await told()).toHaveLength(1);
    await cover(service.store, rosters, contextAt('2026-03-17T10:00:00Z'));
    await until(async () => {
      await wake();
      return (await told()).length === 0;
    }, 'it is lifted');
    expect(await alertOf(ending?.id ?? '')).toMatchObject({ status: 'closed' });
  });
});
