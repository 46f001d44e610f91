import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { localIdentifier } from '@ariane/kernel';
import { startStack, type Stack } from '../deploy/stack.ts';
import { actsOf } from './story/acts.ts';
import { Api, keyOf } from './story/api.ts';
import { courses } from './story/courses.ts';
import type { Pathway } from './story/scene.ts';
import { ensureTerritory, type Territory } from './story/territory.ts';
import { type CollectedSpan, Collector } from './trace/collector.ts';

const dir = join(__dirname, '..', '.ariane', 'test', 'trace');
const portBase = Number(process.env.ARIANE_PORT_BASE ?? '5100');
/** Beside the ports of the stack itself. */
const COLLECTOR_PORT = portBase + 80;

/** The first visit is attended after a handful. */
const ROUNDS_MAX = 60;

const coordinator = { role: 'coordinator' } as const;
const canary = { familyName: 'CANARIVERT', givenName: 'Zenobie', birthDate: '1951-11-27', weight: 61.37 };
const pathwayId = keyOf('trace', 'pathway');
const patientId = keyOf('trace', 'patient');
const local = localIdentifier(randomBytes(4).readUInt32BE());

/** Gives each command a trace of its own, as a portal would, and remembers which. */
class TracedApi extends Api {
  private readonly traces: { readonly path: string; readonly traceId: string }[] = [];

  override post<T>(...[who, service, path, body, key]: Parameters<Api['post']>): Promise<T> {
    const traceId = randomBytes(16).toString('hex');
    this.traces.push({ path, traceId });
    const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
    return super.post<T>(who, service, path, body, key, { traceparent });
  }

  /** The trace of the first command to such a path, or undefined before it is given. */
  traceOf(path: RegExp): string | undefined {
    return this.traces.find((one) => path.test(one.path))?.traceId;
  }

  /** Where the command of a trace went, or undefined for a trace that nobody here began. */
  pathOf(traceId: string): string | undefined {
    return this.traces.find((one) => one.traceId === traceId)?.path;
  }
}

describe('one trace per command', () => {
  const collector = new Collector(COLLECTOR_PORT);
  let stack: Stack;
  let api: TracedApi;
  let territory: Territory;

  beforeAll(async () => {
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir, { recursive: true });
    await collector.start();
    stack = await startStack({
      mode: process.env.STACK === 'containers' ? 'containers' : 'processes',
      dir,
      portBase,
      services: true,
      demoClock: '2026-03-02T08:00:00.000Z',
      arianeMode: 'test',
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint },
    });
    api = new TracedApi(stack.urls);
    territory = await ensureTerritory(api);
    await registerPatient();
    // An enrolment needs the contract, of which pathways has to hear first.
    await api.step(await api.now());
  }, 300_000);

  afterAll(async () => {
    await stack.stop();
    await collector.stop();
  }, 60_000);

  async function registerPatient(): Promise<void> {
    const { familyName, givenName, birthDate, weight } = canary;
    const identifiers = [{ system: 'urn:ariane:local', value: local }];
    const patient = { id: patientId, familyName, givenNames: [givenName], birthDate, sex: 'female', language: 'fr' };
    await api.post(coordinator, 'pathways', '/patients', { ...patient, identifiers }, keyOf('trace', 'register'));
    const measurement = {
      id: keyOf('weight'),
      code: '29463-7',
      value: weight,
      unit: 'kg',
      measuredAt: await api.now(),
    };
    await api.post(coordinator, 'pathways', `/patients/${patientId}/measurements`, measurement, keyOf('trace', 'kg'));
  }

  async function enrol(): Promise<void> {
    const careTeam = territory.colleagues
      .filter(({ role }) => role !== 'EXPERT')
      .map(({ practitionerId, role }) => ({ practitionerId, role, ground: 'same-establishment' }));
    const { practitionerId } = territory.of('IDEC');
    careTeam.push({ practitionerId, role: 'coordinator', ground: 'same-establishment' });
    const body = { id: pathwayId, patientId, protocolId: 'breast-cancer', careTeam };
    await api.post(coordinator, 'pathways', '/pathways', body, keyOf('trace', 'enrol'));
  }

  /** Plays people's acts until one of them has gone to such a path; its trace. */
  async function playUntil(path: RegExp): Promise<string> {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      await api.step(await api.now());
      const known = api.traceOf(path);
      if (known !== undefined) return known;
      const pathway = await api.get<Pathway>('coordinator', 'pathways', `/pathways/${pathwayId}`);
      const scene = { api, territory, course: courses.default, pathwayId, patientId, now: await api.now(), pathway };
      const acts = await actsOf({ ...scene, tell: () => undefined, creatinine: undefined });
      const [next] = acts.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
      if (next === undefined || Date.parse(next.at) > Date.parse(scene.now)) await api.step(next?.at);
      else await next.run();
    }
    throw new Error(`nobody came to ${String(path)}`);
  }

  const enrolment = (): string => api.traceOf(/^\/pathways$/) ?? 'none';

  const named = (spans: readonly CollectedSpan[], name: string): CollectedSpan[] =>
    spans.filter((span) => span.name === name);

  it('covers an enrolment: HTTP, commit, Kafka, ring, workflow, activity, and the task that it opens', async () => {
    await enrol();
    const spans = await collector.untilTraceHas(enrolment(), [
      /^pathways: POST/,
      /^pathways: commit pathway/,
      /^pathways: send ariane\.pathways\.PathwayEnrolled\.v1$/,
      /^capitation: hear ariane\.pathways\.PathwayEnrolled\.v1$/,
      /^workflows: ring ariane\.pathways\.PathwayEnrolled\.v1$/,
      /^workflows: SignalWithStartWorkflow:pathwayWorkflow$/,
      /^workflows: HandleSignal:ring$/,
      /^workflows: StartActivity:advance$/,
      /^workflows: RunActivity:advance$/,
      /^workflows: advance$/,
      /^pathways: POST \/pathways\/:id\/advance$/,
      /^pathways: send ariane\.pathways\.TaskOpened\.v1$/,
    ]);
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const parentOf = (span: CollectedSpan | undefined) => byId.get(span?.parentSpanId ?? '')?.name ?? 'none';
    const [ring] = named(spans, 'ring ariane.pathways.PathwayEnrolled.v1');
    const [sent] = named(spans, 'send ariane.pathways.PathwayEnrolled.v1');
    expect(parentOf(ring)).toBe(sent?.name);
    expect(parentOf(sent)).toMatch(/^commit /);
    expect(parentOf(named(spans, 'advance')[0])).toBe('RunActivity:advance');
  });

  it('covers what a person finds or does: what the plan then asks of another service, and its answer', async () => {
    await playUntil(/^\/tasks\/.*\/done$/);
    // A fact recorded or the task done, whichever let the plan go on.
    const { traceId } = await collector.untilSpan(
      /^scheduling: send ariane\.scheduling\.Appointment(Held|Booked)\.v1$/,
    );
    expect(api.pathOf(traceId)).toMatch(/\/(facts|done)$/);
    await collector.untilTraceHas(traceId, [
      /^pathways: POST \/(tasks|pathways)\/:id\/(done|facts)$/,
      /^workflows: ring ariane\.pathways\.FactRecorded\.v1$/,
      /^workflows: RunActivity:advance$/,
      /^workflows: POST$/,
      /^scheduling: POST \/appointment-requests$/,
      /^scheduling: commit appointment/,
      /^pathways: hear ariane\.scheduling\.Appointment(Held|Booked)\.v1$/,
    ]);
  });

  it('is another one for a visit attended later, whose advance is linked to the enrolment', async () => {
    const spans = await collector.untilTraceHas(await playUntil(/\/attended$/), [
      /^scheduling: POST/,
      /^scheduling: commit appointment/,
      /^scheduling: send ariane\.scheduling\.AppointmentAttended\.v1$/,
      /^pathways: hear ariane\.scheduling\.AppointmentAttended\.v1$/,
      /^capitation: hear ariane\.scheduling\.AppointmentAttended\.v1$/,
      /^workflows: ring ariane\.pathways\.FactRecorded\.v1$/,
      /^workflows: HandleSignal:ring$/,
      /^workflows: RunActivity:advance$/,
      /^workflows: advance$/,
      /^pathways: POST/,
    ]);
    const advances = named(spans, 'advance');
    expect(advances.flatMap(({ linkedTraces }) => linkedTraces)).toContain(enrolment());
  });

  it('tells nobody who the patient is or what was found: no span holds a name, an identifier, an id or a value', async () => {
    // Whatever is still on its way out of the processes is looked at too.
    await api.step(await api.now());
    await stack.stop();
    const everything = collector.exports.join('\n');
    expect(collector.spans.length).toBeGreaterThan(50);
    for (const secret of [...Object.values(canary), local, patientId, pathwayId]) {
      expect(everything.toLowerCase()).not.toContain(String(secret).toLowerCase());
    }
  });
});
