import 'reflect-metadata';
import { uuidv5 } from '@ariane/kernel';
import { StartWaits } from '@ariane/service';
import { type InboxDocument, INBOXES, newId } from '@ariane/store';
import { TestedService, until } from '@ariane/testing/integration';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { paymentContracts } from './aggregates.store';
import { stepIdFor } from './asks';
import { PathwaysModule } from './pathways.module';
import { cover, rostersFor } from './rosters.fixture.store';
import { type DraftItem, itemOf, tiers, workReasons } from './work-item';
import { owners, type WorkFilter, workOrders } from './worklist-query';
import { Worklist } from './worklist.store';
import { WORK_ITEMS, works } from './works.store';

interface Told {
  readonly id: string;
  readonly reason: string;
  readonly stepKey?: string;
  readonly ownerId?: string;
  readonly factIds?: readonly string[];
  readonly result?: string;
  readonly code?: string;
  readonly key?: string;
  readonly status?: string;
}
interface Answered extends Told {
  readonly items: readonly Told[];
  readonly steps: readonly Told[];
  readonly next?: string;
  readonly total: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly tiers: Readonly<Record<string, number>>;
  readonly owners: Readonly<Record<string, number>>;
}

const service = new TestedService<Answered>('pathways');
const { get, post, setClock, signIn, territory } = service;

describe('the worklist on real servers', () => {
  const who: Record<string, string> = {
    nurse: randomUUID(),
    surgeon: randomUUID(),
    deputy: randomUUID(),
    stranger: randomUUID(),
  };
  const patientId = randomUUID();
  const pathwayId = randomUUID();

  beforeAll(async () => {
    await service.start({ module: PathwaysModule });
    await service.signInService('worker', 'workflows');
    for (const [name, practitionerId] of Object.entries(who)) {
      const role = name === 'surgeon' ? 'specialist' : 'coordinator';
      await signIn(name, { role, practitionerId });
    }
    await signIn('administrator', { role: 'territory-administrator' });
    for (const [name, rpps] of Object.entries({
      nurse: '99700218896',
      surgeon: '99700218904',
      deputy: '99700218912',
    })) {
      const exercises = [{ role: 'doctor', specialty: 'surgery', from: '2020-01-01' }];
      const made = await post('administrator', '/practitioners', { rpps, name: `Dr ${name}`, exercises });
      who[name] = made.body.id;
      const role = name === 'surgeon' ? 'specialist' : 'coordinator';
      await signIn(name, { role, practitionerId: made.body.id });
    }
    const id = randomUUID();
    const contract = { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) };
    await service.store.handle(
      paymentContracts,
      contract.id,
      { type: 'CopyPaymentContract', contract, activatedAt: '2026-01-01T00:00:00Z', protocols: ['breast-cancer'] },
      contextOf(id),
    );
    await cover(service.store, rostersFor('breast-cancer', who['nurse'] ?? ''), contextOf(randomUUID()));
    const traits = {
      familyName: 'ESSAI',
      givenNames: ['Anne-Lise'],
      birthDate: '1961-02-03',
      sex: 'female',
      language: 'fr',
    };
    await post('nurse', '/patients', { id: patientId, ...traits, identifiers: [] });
    const careTeam = [
      { practitionerId: who['nurse'], role: 'IDEC', ground: 'same-establishment' },
      { practitionerId: who['deputy'], role: 'coordinator', ground: 'same-establishment' },
      { practitionerId: who['surgeon'], role: 'SUR', ground: 'same-establishment' },
    ];
    const made = await post('nurse', '/pathways', { id: pathwayId, patientId, protocolId: 'breast-cancer', careTeam });
    expect(made).toMatchObject({ status: 201 });
    await advance();
  });
  afterAll(() => service.stop());

  function contextOf(id: string) {
    const ids = { messageId: id, correlationId: id, causationId: id };
    return { ...ids, consumer: 'test', territory, actor: 'service:test', now: '2026-03-01T00:00:00Z' };
  }
  const advance = () => post('worker', `/pathways/${pathwayId}/advance`);
  const listed = async (name: string, query = '') => (await get(name, `/worklist?${query}`)).body.items;

  it('shows a due step once, with its task and its owner, to the care team and to nobody else', async () => {
    const [item, ...others] = await listed('nurse', 'reason=to-do');
    expect(item).toMatchObject({
      pathwayId,
      stepKey: 'entry',
      taskId: stepIdFor(pathwayId, 'entry', 1),
      ownerId: who['nurse'],
      label: expect.any(String) as string,
    });
    expect(others).toEqual([]);
    expect(await listed('surgeon', 'owner=others')).toMatchObject([{ id: item?.id }]);
    expect(await listed('surgeon', 'owner=me')).toEqual([]);
    expect(await listed('stranger')).toEqual([]);
    expect((await get('stranger', '/worklist/counters')).body.total).toBe(0);
    expect((await get('nurse', '/worklist/counters?owner=me')).body).toMatchObject({
      total: 1,
      reasons: { 'to-do': 1, late: 0 },
    });
    expect((await get('nurse', '/worklist?reason=nothing')).status).toBe(400);
    expect(await listed('nurse', 'reason=late&reason=to-do')).toMatchObject([{ id: item?.id }]);
    expect(await listed('nurse', 'reason=late&reason=alert')).toEqual([]);
  });

  it('hands tasks over in bulk, each by itself, and a repeated request does nothing again', async () => {
    const id = stepIdFor(pathwayId, 'entry', 1);
    const unknown = randomUUID();
    const input = { action: 'hand-over', ids: [id, unknown], to: who['deputy'], reason: 'workload' };
    const key = randomUUID();
    const expected = [
      { id, result: 'ok' },
      { id: unknown, result: 'refused', code: 'NOT_FOUND' },
    ];
    expect((await post('nurse', '/tasks/bulk', input, { key })).body.items).toEqual(expected);
    expect(await listed('deputy', 'owner=me')).toMatchObject([{ taskId: id }]);
    expect((await post('deputy', '/tasks/bulk', { ...input, to: who['nurse'] })).body.items).toMatchObject([
      { result: 'ok' },
      {},
    ]);
    expect((await post('nurse', '/tasks/bulk', input, { key })).body.items).toEqual(expected);
    expect(await listed('deputy', 'owner=me')).toEqual([]);
    const stranger = { action: 'hand-over', ids: [id], to: who['stranger'], reason: 'workload' };
    expect((await post('nurse', '/tasks/bulk', stranger)).body.items).toMatchObject([{ code: 'RULE_BROKEN' }]);
    expect((await post('surgeon', '/tasks/bulk', input)).body.items).toMatchObject([{ code: 'FORBIDDEN' }, {}]);
    expect((await post('surgeon', '/tasks/bulk', { action: 'take', ids: [id] })).body.items).toMatchObject([
      { code: 'STATE_CONFLICT' },
    ]);
    expect((await post('nurse', '/tasks/bulk', { action: 'hand-over', ids: [id] })).status).toBe(400);
    expect((await post('stranger', '/tasks/bulk', input)).body.items).toMatchObject([{ code: 'NOT_FOUND' }, {}]);
  });

  it('gives a colleague’s tasks to another when they are away, in the pathways one cares for', async () => {
    const moved = await post('deputy', '/tasks/reassign', { from: who['nurse'], to: who['deputy'], reason: 'leave' });
    expect(moved.body).toEqual({ items: [{ id: stepIdFor(pathwayId, 'entry', 1), result: 'ok' }] });
    expect(await listed('deputy', 'owner=me')).toHaveLength(1);
    const none = await post('stranger', '/tasks/reassign', { from: who['deputy'], to: who['nurse'], reason: 'leave' });
    expect(none.body).toEqual({ items: [] });
  });

  it('takes a finished task off the list at once, before the plan is read again', async () => {
    const id = stepIdFor(pathwayId, 'entry', 1);
    expect((await post('deputy', '/tasks/bulk', { action: 'done', ids: [id] })).body.items).toEqual([
      { id, result: 'ok' },
    ]);
    expect(await listed('deputy', 'owner=me')).toEqual([]);
    await advance();
    expect(await listed('nurse', 'reason=waiting-for')).toMatchObject([
      { stepKey: 'imaging', waitsOn: ['service:scheduling'] },
    ]);
  });

  it('keeps a result on the list until somebody of the team has said that they saw it', async () => {
    const factId = randomUUID();
    setClock('2026-03-05T10:00:00.000Z');
    const fact = { factId, code: 'imaging.acr', at: '2026-03-04T09:00:00Z', value: 5, stepKey: 'imaging' };
    expect((await post('surgeon', `/pathways/${pathwayId}/facts`, fact)).status).toBe(201);
    await advance();
    expect(await listed('nurse', 'reason=result-unacknowledged')).toMatchObject([
      { stepKey: 'imaging', factIds: [factId], count: 1 },
    ]);
    const path = `/pathways/${pathwayId}/results/acknowledge`;
    expect((await post('stranger', path, { factIds: [factId] })).status).toBe(404);
    expect((await post('nurse', path, { factIds: [randomUUID()] })).status).toBe(404);
    expect((await post('nurse', path, { factIds: [factId] })).status).toBe(200);
    expect(await listed('nurse', 'reason=result-unacknowledged')).toEqual([]);
  });

  it('tells the plan as it was known at any instant before, with the rule, the facts and the version', async () => {
    const imaging = async (asOf?: string) => {
      const { body } = await get(
        'nurse',
        `/pathways/${pathwayId}/timeline${asOf === undefined ? '' : `?asOf=${asOf}`}`,
      );
      return { ...body, step: body.steps.find(({ key }) => key === 'imaging') };
    };
    // Recorded on the 5th of what was true on the 4th: on the 4th in the evening it was not known.
    const before = await imaging('2026-03-04T20:00:00Z');
    expect(before.items.filter(({ code }) => code === 'imaging.acr')).toEqual([]);
    const after = await imaging('2026-03-05T10:00:00Z');
    expect(after.items).toContainEqual(expect.objectContaining({ code: 'imaging.acr', value: 5 }));
    expect(before.step).toMatchObject({ status: 'due' });
    expect(after.step).toMatchObject({
      status: 'done',
      done: { at: '2026-03-04T09:00:00Z', fact: { code: 'imaging.acr', recordedAt: '2026-03-05T10:00:00.000Z' } },
      reason: { rule: expect.any(String) as string, protocol: { id: 'breast-cancer', version: 1 } },
    });
    const atEntry = await imaging('2026-03-02T08:00:00Z');
    expect(atEntry.steps.find(({ key }) => key === 'entry')).toMatchObject({ status: 'done' });
    expect((await get('nurse', `/pathways/${pathwayId}/timeline?asOf=2026-01-01T00:00:00Z`)).status).toBe(404);
    expect((await get('stranger', `/pathways/${pathwayId}/timeline`)).status).toBe(404);
  });

  it('finds a patient by parts of the name in any order, by birth date, and by both', async () => {
    const search = async (body: object) => (await post('nurse', '/patients/search', body)).body.items;
    await until(async () => (await search({ name: 'annelise ess' })).length === 1, 'the name');
    expect(await search({ birthDate: '1961-02-03' })).toMatchObject([{ id: patientId }]);
    expect(await search({ name: 'lise', birthDate: '1961-02-04' })).toEqual([]);
    expect((await post('nurse', '/patients/search', {})).status).toBe(400);
  });

  it('tells a listener what changed in the pathways they care for, and what they missed when they come back', async () => {
    const nurse = await listen('nurse');
    const stranger = await listen('stranger');
    await post('surgeon', `/pathways/${pathwayId}/facts`, {
      factId: randomUUID(),
      code: 'tumour.side',
      at: '2026-03-05T09:00:00Z',
      value: 'left',
    });
    const first = await until(
      () => Promise.resolve(nurse.events.find(({ data }) => data.includes('FactRecorded'))),
      'the event',
    );
    expect(JSON.parse(first.data)).toEqual({
      type: 'FactRecorded',
      pathwayId,
      sequence: expect.any(Number) as number,
    });
    nurse.close();
    await advance();
    const again = await listen('nurse', first.id);
    await until(() => Promise.resolve(again.events.some(({ data }) => data.includes('WorklistChanged'))), 'the rest');
    expect(again.events.some(({ id }) => id === first.id)).toBe(false);
    again.close();
    const lost = await listen('nurse', 'no-such-place');
    expect(lost.events.map(({ event }) => event)).toContain('reset');
    lost.close();
    expect(stranger.events.filter(({ event }) => event === 'change')).toEqual([]);
    stranger.close();
    expect((await get('worker', '/events/stream')).status).toBe(403);
  });

  it('ends a stream with the token that opened it', async () => {
    const { expiresAt } = await signIn('leaving', { role: 'coordinator', practitionerId: who['nurse'] });
    const now = jest.spyOn(Date, 'now');
    const stream = await listen('leaving');
    now.mockReturnValue(Date.parse(expiresAt));
    try {
      await stream.ended;
      expect(stream.events.at(-1)).toMatchObject({ event: 'expired' });
    } finally {
      now.mockRestore();
    }
  });

  it('puts a pathway from before there was a list on it when the service starts', async () => {
    const { db } = service.store.database;
    const before = await listed('nurse');
    expect(before.length).toBeGreaterThan(0);
    await db.collection<{ _id: string }>(works.collection).deleteOne({ _id: pathwayId });
    await db.collection(WORK_ITEMS).deleteMany({ pathwayId });
    const forgotten = { messages: { _id: { $regex: 'worklist' } } };
    await db.collection<InboxDocument>(INBOXES).updateMany({}, { $pull: forgotten });
    expect(await listed('nurse')).toEqual([]);
    const begin = service.app
      .get(StartWaits)
      .all()
      .find(({ name }) => name === 'worklist');
    await begin?.run();
    const shown = (items: readonly Told[]) =>
      items.map(({ reason, stepKey, ownerId }) => [reason, stepKey, ownerId]).sort();
    // What had been acknowledged is not known any more, and is asked again rather than left out.
    const again = (await listed('nurse')).filter(({ reason }) => reason !== 'result-unacknowledged');
    expect(shown(again)).toEqual(shown(before.filter(({ reason }) => reason !== 'result-unacknowledged')));
  });

  interface Heard {
    readonly id: string;
    readonly event: string;
    readonly data: string;
  }
  async function listen(name: string, lastId?: string) {
    const stop = new AbortController();
    const response = await fetch(`${service.url}/events/stream`, {
      headers: {
        authorization: `Bearer ${service.tokenOf(name)}`,
        ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
      },
      signal: stop.signal,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const events: Heard[] = [];
    let text = '';
    const ended = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk as Uint8Array, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const field = (wanted: string) =>
            block
              .split('\n')
              .find((line) => line.startsWith(`${wanted}: `))
              ?.slice(wanted.length + 2) ?? '';
          events.push({ id: field('id'), event: field('event'), data: field('data') });
        }
      }
    })().catch(() => undefined);
    await until(() => Promise.resolve(events.some(({ event }) => event === 'ready')), 'the beginning of the stream');
    return {
      events,
      ended,
      close: () => {
        stop.abort();
      },
    };
  }

  it('counts exactly what its lists hold, whatever is asked and however it is paged', async () => {
    const worklist = service.app.get(Worklist);
    const collection = service.store.database.db.collection<{ _id: string }>(WORK_ITEMS);
    const [me, other] = [newId(), newId()];
    const reader = { territory: `${territory}-p`, practitionerId: me, mine: { readers: me } };
    const choice = <T>(all: readonly T[], seed: number): T => all[seed % all.length] as T; // as: none is empty
    const rows = Array.from({ length: 700 }, (_, index) => {
      const seed = Number.parseInt(uuidv5(me, String(index)).slice(0, 8), 16);
      const owner = choice([me, other, undefined], seed >>> 3);
      const day = new Date(Date.UTC(2026, 2, 1 + (seed % 40))).toISOString();
      const draft: DraftItem = {
        reason: choice(workReasons, seed >>> 5),
        subject: `step-${index % 7}`,
        tier: choice(tiers, seed >>> 8),
        deadline: day,
        since: new Date(Date.UTC(2026, 1, 1 + ((seed >>> 4) % 20))).toISOString(),
        ownerRole: choice(['IDEC', 'SUR'], seed >>> 10),
        phase: choice(['entry', 'decision'], seed >>> 11),
        ...(owner === undefined ? {} : { ownerId: owner }),
      };
      const protocol = { id: choice(['one', 'two'], seed >>> 12), version: 1, sha256: '0' };
      const readers = index % 5 === 0 ? [other] : [me, other];
      const origin = { pathwayId: uuidv5(other, String(index)), patientId: other, protocol, readers };
      const { id, ...item } = itemOf(origin, draft, day);
      return { _id: id, territory: index % 11 === 0 ? 'elsewhere' : reader.territory, ...item };
    });
    await collection.insertMany(rows);
    const maybe = <T>(all: readonly T[]) => fc.option(fc.constantFrom(...all), { nil: undefined });
    const filters = fc.record({
      owner: maybe(owners),
      role: maybe(['IDEC', 'SUR']),
      reason: maybe(workReasons),
      tier: maybe(tiers),
      protocolId: maybe(['one', 'two']),
      phase: maybe(['entry', 'decision']),
      dueBefore: maybe(['2026-03-10T00:00:00.000Z', '2026-03-25T12:00:00.000Z']),
    });
    const given = (filter: object) =>
      Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as WorkFilter;
    const all = async (filter: WorkFilter, order: (typeof workOrders)[number], limit: number) => {
      const ids: string[] = [];
      for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
        const page = await worklist.list(reader, filter, { order, limit, ...(cursor === undefined ? {} : { cursor }) });
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.next;
      }
      expect(new Set(ids).size).toBe(ids.length);
      return ids.length;
    };
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.constantFrom(...workOrders),
        fc.constantFrom(7, 50, 200),
        async (asked, order, limit) => {
          const filter = given(asked);
          const counted = await worklist.counters(reader, filter);
          expect(await all(filter, order, limit)).toBe(counted.total);
          const reason = choice(workReasons, counted.total);
          expect(await all({ ...filter, reasons: [reason] }, order, limit)).toBe(counted.reasons[reason]);
          for (const owner of owners) expect(await all({ ...filter, owner }, order, 200)).toBe(counted.owners[owner]);
          for (const tier of tiers) expect(await all({ ...filter, tier }, order, 200)).toBe(counted.tiers[tier]);
        },
      ),
      { numRuns: 40, seed: 20260302 },
    );
    // A page begins after the item that ended the one before, whatever was put in meanwhile.
    const first = await worklist.list(reader, {}, { order: 'rank', limit: 10 });
    await collection.insertOne({ ...rows[1], _id: newId(), rank: '0', territory: reader.territory } as never);
    const second = await worklist.list(reader, {}, { order: 'rank', limit: 10, cursor: first.next ?? '' });
    const seen = new Set(first.items.map(({ id }) => id));
    expect(second.items.some(({ id }) => seen.has(id))).toBe(false);
  });

  it('reads no more keys for a rare reason than the list has items with it, however long the list is', async () => {
    const { db } = service.store.database;
    const [me, pathway] = [newId(), newId()];
    const protocol = { id: 'one', version: 1, sha256: '0' };
    const rows = Array.from({ length: 500 }, (_, index) => {
      const draft: DraftItem = {
        reason: index % 100 === 0 ? 'member-left' : 'coming',
        subject: `step-${index}`,
        tier: 3,
        ownerRole: 'IDEC',
      };
      const origin = { pathwayId: pathway, patientId: pathway, protocol, readers: [me] };
      const { id, ...item } = itemOf(origin, draft, '2026-03-02T08:00:00.000Z');
      return { _id: id, territory: `p${pathway}`, ...item };
    });
    await db.collection<{ _id: string }>(WORK_ITEMS).insertMany(rows);
    await db.command({ profile: 2 });
    const reader = { territory: `p${pathway}`, practitionerId: me, mine: { readers: me } };
    const { items } = await service.app
      .get(Worklist)
      .list(reader, { reasons: ['member-left'] }, { order: 'rank', limit: 50 });
    await db.command({ profile: 0 });
    const [query] = await db
      .collection('system.profile')
      .find({ op: 'query', 'command.find': WORK_ITEMS, 'command.hint': 'byReason' })
      .sort({ ts: -1 })
      .limit(1)
      .toArray();
    expect(items).toHaveLength(5);
    expect(query).toMatchObject({ nreturned: 5 });
    expect(query?.['keysExamined']).toBeLessThanOrEqual(6);
  });
});
