import { catalogue, type EventContract } from '@ariane/contracts';
import type { Effect } from '@ariane/store';
import { mapEntry } from './import/map-entry';
import { traitsOf } from './import/map-patient';
import { ckdWoman } from './import/sample.fixture';
import { onParked, OperationsConsumer } from './operations.consumer';
import type { Pathway, StepRecord } from './pathway';
import { pathwayDecider } from './pathway-decider';
import { followPathway } from './pathway-follow';
import { patientTimeline, patientView } from './pathway-view';
import { library, planner } from './protocols.store';

const protocol = library.find('breast-cancer');
if (protocol === undefined) throw new Error('The breast cancer protocol is shipped.');
const { document } = protocol;
const doing = document.steps.filter((step) => step.kind !== 'milestone');
const coordinator = {
  practitionerId: 'coordinator',
  role: 'coordinator',
  ground: 'regulated-team',
  from: '2026-03-02',
};

const stepRecord = (key: string, status: StepRecord['status']): StepRecord => ({
  key,
  kind: document.steps.find(({ id }) => id === key)?.kind ?? 'task',
  role: 'ONC',
  status,
  attempt: 1,
  mandatory: true,
  waitingFor: [],
  reason: { rule: 'start', facts: [] },
  toldDue: 1,
  toldLate: 1,
  ...(status === 'done' ? { doneAt: '2026-03-10T09:00:00Z', doneBy: 'f' } : { latest: '2026-03-20T22:59:59Z' }),
});

const pathwayWith = (changes: Partial<Pathway>): Pathway => ({
  id: '01890a5d-ac96-7000-8000-000000000001',
  patientId: '01890a5d-ac96-7000-8000-000000000002',
  protocol: { id: document.id, version: document.version, sha256: protocol.sha256 },
  contract: { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) },
  enrolledAt: '2026-03-02T08:00:00Z',
  timeZone: 'Europe/Paris',
  holidays: 'FR',
  status: 'ACTIVE',
  disclosure: 'SUSPICION',
  team: [coordinator],
  facts: [],
  steps: [],
  milestones: [],
  asks: [],
  asksSince: null,
  bookings: [],
  wakeAt: null,
  settled: true,
  ...changes,
});

describe('H1: nobody is taken for another', () => {
  const imported = (changes: object, record: string) => {
    const resource = { ...ckdWoman, ...changes, identifier: [{ system: 'urn:example:records', value: record }] };
    const bytes = Buffer.from(JSON.stringify({ resource }));
    const mapped = mapEntry({ status: 'found', position: 0, offset: 0, wrapped: true, bytes })?.mapped;
    if (mapped?.status !== 'taken' || mapped.taken.kind !== 'patient') throw new Error('The person is taken.');
    return mapped.taken.patient;
  };
  const twin = (given: string) => ({ name: [{ use: 'official', family: 'ESSAI', given: [given] }] });

  it('twins of one name and day of birth are two persons, and not even possible duplicates', () => {
    const [one, other] = [imported(twin('Anne'), 'R-10'), imported(twin('Anna'), 'R-11')];
    expect(one.patientId).not.toBe(other.patientId);
    expect(traitsOf(one)).not.toBe(traitsOf(other));
  });

  it('homonyms born on a first of January are two persons, told as possible duplicates', () => {
    const born = { birthDate: '1950-01-01' };
    const [one, other] = [imported(born, 'R-12'), imported(born, 'R-13')];
    expect(one.patientId).not.toBe(other.patientId);
    expect(traitsOf(one)).toBe(traitsOf(other));
  });

  it('a person whose name changed stays the same person under the same number', () => {
    const married = { name: [{ use: 'official', family: 'AUTRE', given: ['Ariane'] }] };
    expect(imported(married, 'R-14').patientId).toBe(imported({}, 'R-14').patientId);
  });
});

describe('H2: the software does not disclose the diagnosis', () => {
  const words = (text: string) => text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  const allowed = new Set(
    document.steps.flatMap(({ labelBefore }) => [...words(labelBefore.fr), ...words(labelBefore.en)]),
  );
  const told = JSON.stringify([
    document.id,
    document.title,
    document.steps.map((step) => ({ ...step, labelBefore: 0 })),
  ]);
  const ours = new Set(['done', 'step', 'under', 'ended', 'come', 'enrolled']);
  const canaries = new Set(words(told).filter((word) => !allowed.has(word) && !ours.has(word)));
  const valuesIn = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(valuesIn);
  const documentOf = (key: string) => document.steps.find(({ id }) => id === key);
  const shown = (disclosure: Pathway['disclosure'], status: StepRecord['status']): string[] => {
    const pathway = pathwayWith({ disclosure, steps: doing.map(({ id }) => stepRecord(id, status)) });
    const views = (['fr', 'en'] as const).flatMap((language) => [
      patientView(pathway, documentOf, language),
      ...patientTimeline(pathway, documentOf, language),
    ]);
    return views.flatMap(valuesIn).flatMap(words);
  };

  it.each(['due', 'late', 'done', 'waiting', 'missed', 'stopped'] as const)(
    'until announced, what the patient reads of every step holds no word of its own: %s',
    (status) => {
      expect(canaries.size).toBeGreaterThan(100);
      expect(shown('SUSPICION', status).filter((word) => canaries.has(word))).toEqual([]);
    },
  );

  it('once announced, the steps are named', () => {
    const named = shown('ANNOUNCED', 'due').filter((word) => canaries.has(word));
    expect(named).toEqual(expect.arrayContaining(['chimiothérapie', 'chemotherapy', 'diagnostic', 'surgery']));
  });
});

describe('H3: no step is lost in silence', () => {
  const decider = pathwayDecider(planner);
  const notice = { eventId: 'e', producer: 'scheduling', consumer: 'capitation', at: '2026-03-03T08:00:00Z' };
  const heard = Object.getOwnPropertyNames(OperationsConsumer.prototype).flatMap((name) => {
    const method = Object.getOwnPropertyDescriptor(OperationsConsumer.prototype, name)?.value as object; // as: a method
    return (Reflect.getMetadata('microservices:pattern', method) ?? []) as string[]; // as: what @Hears wrote there
  });

  it('a key parked by any service is heard, and told of the pathway', () => {
    const facts: readonly Record<string, EventContract | undefined>[] = Object.values(catalogue);
    const others = facts.flatMap(({ KeyParked }) => (KeyParked === undefined ? [] : [KeyParked]));
    const own = 'ariane.pathways.KeyParked.v1';
    expect(heard.sort()).toEqual(others.map(({ type }) => type).filter((type) => type !== own).sort()); // prettier-ignore
  });

  it('a key parked by pathways itself is told of the pathway in the same transaction', () => {
    const envelope = { subject: 'pathway', id: 'e', source: '/ariane/scheduling', time: notice.at };
    const [told]: Effect[] = onParked(envelope as Parameters<typeof onParked>[0]); // as: the rest is not read
    expect(told).toMatchObject({ id: 'pathway', command: { type: 'NoticeParkedKey', consumer: 'pathways' } });
  });

  it('a parked key alerts the coordinator at its own instant, not at the next advance', () => {
    const events = decider.decide(pathwayWith({}), { type: 'NoticeParkedKey', ...notice });
    const follows = events.flatMap((event) => followPathway(planner, event, pathwayWith({})));
    expect(follows).toMatchObject([
      { to: 'alert', command: { type: 'RaiseAlert', ownerId: 'coordinator', raisedAt: notice.at } },
    ]);
  });
});

describe('H4: no alert is without a human', () => {
  const lateAt = (key: string, team: Pathway['team'], plannedAt: string) => {
    const pathway = pathwayWith({ team, plannedAt, steps: [stepRecord(key, 'late')] });
    const data = { pathwayId: pathway.id, patientId: pathway.patientId, stepKey: key, latest: plannedAt };
    return followPathway(planner, { type: 'StepLate', data }, pathway);
  };

  it.each(doing.map(({ id }) => id))('with nobody but a coordinator in the team, a late %s has an owner', (key) => {
    expect(lateAt(key, [coordinator], '2026-03-20T23:00:00Z')).toMatchObject([
      { to: 'alert', command: { type: 'RaiseAlert', ownerId: 'coordinator', ownerRole: 'coordinator' } },
    ]);
  });

  it.each([
    ['the night the clocks go back', '2026-10-25', '2026-10-24T21:59:59Z', '2026-10-24T22:00:00Z'],
    ['the night the clocks go forward', '2026-03-29', '2026-03-28T22:59:59Z', '2026-03-28T23:00:00Z'],
  ])('who leaves is replaced from the first minute of that civil day: %s', (_, until, before, from) => {
    const nurse = { ...coordinator, practitionerId: 'nurse', role: 'IDEC', until };
    const owners = [before, from].map((at) => lateAt('imaging', [coordinator, nurse], at)[0]?.command);
    expect(owners).toMatchObject([{ ownerId: 'nurse' }, { ownerId: 'coordinator' }]);
  });
});

describe('H5: no critical alert is held back', () => {
  const at = '2026-03-13T22:00:00Z';
  const lateAlerts = (attempt: number) => {
    const steps = doing.map(({ id }) => ({ ...stepRecord(id, 'late'), attempt }));
    const pathway = pathwayWith({ plannedAt: at, steps });
    const { id: pathwayId, patientId } = pathway;
    return doing.flatMap(({ id: stepKey }) =>
      followPathway(planner, { type: 'StepLate', data: { pathwayId, patientId, stepKey, latest: at } }, pathway),
    );
  };

  it('steps that are late in one instant raise an alert each, however many', () => {
    const raised = lateAlerts(1);
    expect(raised.every(({ command }) => command.type === 'RaiseAlert')).toBe(true);
    expect(new Set(raised.map(({ id }) => id)).size).toBe(doing.length);
  });

  it('a step late again after it was tried again raises an alert of its own', () => {
    const first = new Set(lateAlerts(1).map(({ id }) => id));
    expect(lateAlerts(2).filter(({ id }) => first.has(id))).toEqual([]);
  });
});
