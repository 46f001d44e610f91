import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from '@ariane/contracts';
import { TestedService } from '@ariane/testing/integration';
import { type Caller, callers, type Line, readTable, roleOf } from './table.ts';
import { loadFile, type Sample, type Signed, type Told, type World } from './making.ts';
import { worlds } from './worlds.ts';

/** Signed in in the service's territory and related to what is there, or not; or the same person in another one. */
type Standing = 'related' | 'stranger' | 'elsewhere';

interface Answer {
  readonly status: number;
  readonly text: string;
}

const table = readTable();
const money: readonly Caller[] = ['finance', 'finance-approver', 'auditor'];

/** What answers with 404 is not met where the table says what is asked for is there. */
const isMet = (status: number): boolean => status !== 401 && status !== 403 && status < 500;

it('has a section for every service', () => {
  const folders = readdirSync(join(__dirname, '..', '..', 'services'));
  expect(worlds.filter(({ storing }) => storing).map(({ name }) => name).sort()).toEqual(folders.sort()); // prettier-ignore
});

describe.each(worlds)('$name', ({ name, module, storing, auditing = storing, documentPaths = [], make }) => {
  const service = new TestedService<Told>(name as Service); // names a database, which workflows does without
  const lines = table.filter(
    ({ service: whose }) =>
      [name, 'every'].includes(whose) || (storing && whose === 'storing') || (auditing && whose === 'auditing'),
  );
  const told: { readonly route: string; readonly caller: Caller; readonly text: string }[] = [];
  const cookies = new Map<string, Readonly<Record<string, string>>>();
  let world: World;

  beforeAll(async () => {
    await service.start({ module: await module(), documentPaths });
    world = await make({ service, load: loadFile });
    for (const caller of callers) await signInAs(caller);
  });
  afterAll(() => service.stop());

  async function signInAs(caller: Caller): Promise<void> {
    if (caller === 'service') {
      await service.signInService('related service', 'workflows');
      return;
    }
    const idsOf = (practitionerId: string, patientId: string) => {
      if (caller === 'patient') return { patientId };
      return caller === 'trusted-person' ? { trustedBy: patientId } : { practitionerId };
    };
    const person = { role: roleOf(caller), ...idsOf(world.practitionerId, world.patientId) };
    await standAs(`related ${caller}`, person);
    await standAs(`stranger ${caller}`, { ...person, ...idsOf(randomUUID(), randomUUID()) });
    await standAs(`elsewhere ${caller}`, { ...person, territory: 'elsewhere' });
  }

  async function standAs(who: string, person: Signed): Promise<void> {
    await service.signIn(who, person);
    cookies.set(who, (await world.headersOf?.(who, person)) ?? {});
  }

  /** Whose accesses are asked for is the same in every service. */
  const sampleOf = ({ route }: Line): Sample =>
    route.endsWith('/audit/patients/:id/accesses')
      ? { path: route.replace('GET ', '').replace(':id', world.patientId) }
      : (world.samples[route] ?? {});

  /** The path with ids of nobody's where the world has none of its own. */
  function pathOf(line: Line): string {
    const [, template = ''] = line.route.split(' ');
    const filled = template.replaceAll(/:(version|other|number)/g, '1').replaceAll(':month', '2026-03');
    return sampleOf(line).path ?? filled.replaceAll(':kind', 'PAYER').replaceAll(/:\w+/g, randomUUID());
  }

  async function ask(line: Line, path: string, body: object | undefined, who?: string): Promise<Answer> {
    const [verb = ''] = line.route.split(' ');
    const method = verb === 'ALL' ? 'GET' : verb;
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        'idempotency-key': randomUUID(),
        'if-match': '"1"',
        ...world.headers,
        ...(who === undefined ? {} : { authorization: `Bearer ${service.tokenOf(who)}`, ...cookies.get(who) }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { status, headers } = response;
    if (headers.get('content-type')?.startsWith('text/event-stream') !== true)
      return { status, text: await response.text() };
    await response.body?.cancel();
    return { status, text: '' };
  }

  /** @param isValid with the sample's body, which would be obeyed; else with an empty one, which a command refuses */
  async function answerTo(line: Line, caller: Caller, standing: Standing, isValid = true): Promise<Answer> {
    const { body } = sampleOf(line);
    const sent = isBodiless(line) ? undefined : isValid || isRead(line) ? body : {};
    const answer = await ask(line, pathOf(line), sent, `${standing} ${caller}`);
    told.push({ route: line.route, caller, text: answer.text });
    return answer;
  }

  /** What is wrong with the answers to one caller; nothing where the table is met. */
  async function faultsOf(line: Line, caller: Caller): Promise<string[]> {
    const cell = line.cells[caller];
    const faults: string[] = [];
    const expected = (standing: Standing, isRight: boolean, { status }: Answer): void => {
      if (!isRight) faults.push(`${line.route}, ${standing} ${caller}: ${status} where the table says ${cell}`);
    };
    const refusal = refusals[cell];
    if (refusal !== undefined) {
      const answer = await answerTo(line, caller, 'related', cell === 'h');
      expected('related', answer.status === refusal, answer);
      return faults;
    }
    const { mark = '', absent, path } = sampleOf(line);
    if (cell === '0') {
      const answer = await answerTo(line, caller, 'related');
      expected('related', isWithout(answer, mark), answer);
      return faults;
    }
    const met = await answerTo(line, caller, 'related', false);
    const isThere = path !== undefined && absent === undefined;
    const isRight = isThere ? (isRead(line) ? met.status < 300 : met.status !== 404) : true;
    expected('related', isMet(met.status) && isRight && met.text.includes(isRead(line) ? mark : ''), met);
    if (cell === 'r' || cell === 'f' || cell === 'l') {
      const answer = await answerTo(line, caller, 'stranger');
      const isRefused =
        cell === 'l' ? met.status < 300 && isWithout(answer, mark) : answer.status === (cell === 'r' ? 404 : 403);
      expected('stranger', isRefused, answer);
    }
    if (line.elsewhere !== 'n' && caller !== 'service') {
      const answer = await answerTo(line, caller, 'elsewhere');
      expected('elsewhere', line.elsewhere === 'h' ? answer.status === 404 : isWithout(answer, mark), answer);
    }
    return faults;
  }

  const isWithout = ({ status, text }: Answer, mark: string): boolean =>
    status < 300 && mark !== '' && !text.includes(mark);

  it('has every route in the table, once, and no other', () => {
    const served = routesOf(service.app.getHttpAdapter().getInstance());
    expect(lines.map(({ route }) => route).sort()).toEqual(served.sort());
  });

  it('lets nobody in without a token but where it is open to everyone', async () => {
    const faults: string[] = [];
    for (const line of lines) {
      const { status } = await ask(line, pathOf(line), isBodiless(line) ? undefined : {});
      const isOpen = line.cells.service === 'o';
      if (isOpen ? !isMet(status) : status !== 401) faults.push(`${line.route}: ${status}`);
    }
    expect(faults).toEqual([]);
  });

  it('answers every role, related and not, here and elsewhere, as the table says', async () => {
    const faults: string[] = [];
    const guarded = lines.filter(({ cells }) => cells.service !== 'o');
    // What reads first: a command that is obeyed may take away what a list is to show.
    const inOrder = [...guarded].sort((one, other) => Number(isCommand(one)) - Number(isCommand(other)));
    for (const line of inOrder) {
      faults.push(...(await Promise.all(callers.map((caller) => faultsOf(line, caller)))).flat());
    }
    expect(faults).toEqual([]);
  });

  it('tells finance and auditors no name and no identifier of a patient', () => {
    const heard = told.filter(({ caller }) => money.includes(caller));
    expect(heard.length).toBeGreaterThan(lines.length);
    const leaks = heard.filter(({ text }) => world.secrets.some((secret) => text.includes(secret)));
    expect(leaks.map(({ route, caller }) => `${route}: ${caller}`)).toEqual([]);
  });
});

/** Names are asked for in a body, so that no address holds a list of ids. */
const isRead = ({ route }: Line): boolean => /^(GET|ALL) /.test(route) || route === 'POST /api/names';
const isBodiless = ({ route }: Line): boolean => /^(GET|ALL|DELETE) /.test(route);
const isCommand = (line: Line): boolean => !isRead(line);

/** The status of a refusal, by its sign. */
const refusals: Partial<Readonly<Record<Line['cells'][Caller], number>>> = { '-': 403, h: 404, x: 401 };

/** `GET /pathways/:id` of every route that Express serves. */
function routesOf(express: unknown): string[] {
  const { router } = express as { router: { stack: readonly Layer[] } }; // as: Express 5 types its stack loosely
  return router.stack.flatMap(({ route }) => {
    if (route === undefined) return [];
    const paths = Array.isArray(route.path) ? route.path : [route.path];
    const methods = Object.keys(route.methods).map((method) => method.toUpperCase());
    // What takes every method stands there once for each that Node knows of.
    if (methods.includes('TRACE')) return paths.map((path) => `ALL ${path}`);
    return paths.flatMap((path) => methods.map((method) => `${method} ${path}`));
  });
}

interface Layer {
  readonly route?: { readonly path: string | readonly string[]; readonly methods: Readonly<Record<string, boolean>> };
}
