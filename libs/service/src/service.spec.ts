import { HttpClient, RetryableCallError } from './http-client';
import { type RunningService } from './bootstrap';
import { type Bench, bench, VisitModule } from './service.fixture';

/** Jest types its asymmetric matchers any. */
const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const id = '018f4b5e-7c2d-7a10-8b3e-1f2a3b4c5d6e';
const order = { id, priority: 'urgent', minutes: 30, room: 'B12', visits: [{ on: '2026-03-02' }] };

let desk: Bench;
let service: RunningService;
let coordinator: string;

beforeAll(async () => {
  desk = await bench();
  service = await desk.start(VisitModule);
  coordinator = await desk.tokenOf('coordinator');
});

afterAll(() => desk.end());

async function call(
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string>; token?: string | null } = {},
): Promise<{ status: number; type: string | null; body: Record<string, unknown>; headers: Headers }> {
  const token = options.token === undefined ? coordinator : options.token;
  const response = await fetch(`${service.url}${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body === undefined
      ? {}
      : { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
  });
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, type: response.headers.get('content-type'), body, headers: response.headers };
}

const post = (body: unknown, headers: Record<string, string> = {}) =>
  call('POST', '/visits', { body, headers: { 'idempotency-key': id, ...headers } });

describe('input', () => {
  it('reaches the handler with the caller’s context when it is right', async () => {
    const { status, body } = await post(order, { 'if-match': '"7"', 'accept-language': 'en' });
    expect(status).toBe(201);
    expect(body).toEqual({
      body: order,
      caller: {
        principal: { kind: 'person', subject: 'demo-coordinator', roles: ['coordinator'], territory: 'demo' },
        territory: 'demo',
        idempotencyKey: id,
        inputHash: like(/^[0-9a-f]{64}$/),
        ifMatch: 7,
        language: 'en',
        now: like(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        traceparent: like(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/),
        access: { noted: [] },
      },
    });
  });

  it('is refused in French with the field and what is allowed', async () => {
    const { status, type, body, headers } = await post({ ...order, priority: 'rapide', minutes: 500 });
    expect(status).toBe(400);
    expect(type).toMatch(/^application\/problem\+json/);
    expect(headers.get('content-language')).toBe('fr');
    expect(body).toEqual({
      type: 'urn:ariane:problem:INVALID_INPUT',
      title: 'La demande est mal formée.',
      status: 400,
      code: 'INVALID_INPUT',
      detail: 'priority : l’une des valeurs : routine, urgent. minutes : au plus 120.',
      field: 'priority',
      errors: [
        { field: 'priority', code: 'isIn', message: 'l’une des valeurs : routine, urgent.' },
        { field: 'minutes', code: 'max', message: 'au plus 120.' },
      ],
    });
  });

  it('is refused in English to who prefers English', async () => {
    const { body } = await post(
      { ...order, visits: [{ on: '2026-02-30' }] },
      { 'accept-language': 'de, en;q=0.8, fr;q=0.3' },
    );
    expect(body).toMatchObject({
      title: 'The request is malformed.',
      detail: 'visits.0.on: a date YYYY-MM-DD that exists.',
      errors: [{ field: 'visits.0.on', code: 'isCivilDate', message: 'a date YYYY-MM-DD that exists.' }],
    });
  });

  it.each([
    ['an unknown field', { ...order, colour: 'red' }, 'colour', 'unknownField'],
    ['an unknown field of a part', { ...order, visits: [{ on: '2026-03-02', at: 9 }] }, 'visits.0.at', 'unknownField'],
    ['an operator of the database', { ...order, room: { $gt: '' } }, 'room.$gt', 'forbiddenKey'],
    ['a path of the database', { ...order, 'a.b': 1 }, 'a.b', 'forbiddenKey'],
    ['a prototype', '{"__proto__":{"role":"chair"}}', '__proto__', 'forbiddenKey'],
    ['endless nesting', '{"a":'.repeat(40) + '1' + '}'.repeat(40), 'a' + '.a'.repeat(32), 'tooDeep'],
    ['a missing field', { ...order, room: undefined }, 'room', 'maxLength'],
  ])('is refused when it holds %s', async (_, body, field, code) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, body: { field, errors: [{ field, code }] } });
  });

  it('never repeats a refused value', async () => {
    const { body } = await post({ ...order, priority: 'Canari', room: 'Madame Canari' });
    expect(JSON.stringify(body)).not.toContain('Canari');
  });

  it.each([
    ['malformed JSON', '{', 400, 'INVALID_INPUT'],
    ['a body beyond the limit', JSON.stringify({ room: 'x'.repeat(300_000) }), 413, 'PAYLOAD_TOO_LARGE'],
  ])('is refused when it is %s', async (_, body, status, code) => {
    expect(await post(body)).toMatchObject({ status, body: { code, status } });
  });

  it('may be 2 MB on a path of long documents, and on none below it', async () => {
    const { url } = await desk.start(VisitModule, {}, { largePaths: ['/visits'] });
    const sent = async (path: string, bytes: number): Promise<number> => {
      const headers = { authorization: `Bearer ${coordinator}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ ...order, room: 'x'.repeat(bytes) });
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': id },
        body,
      });
      await answer.arrayBuffer();
      return answer.status;
    };
    // The room's name is refused for itself, so the body was read.
    expect(await sent('/visits', 1_900_000)).toBe(400);
    expect(await sent('/visits?again=1', 300_000)).toBe(400);
    expect(await sent('/visits', 2_200_000)).toBe(413);
    expect(await sent(`/visits/${id}/close`, 300_000)).toBe(413);
  });

  it.each([
    ['nothing', undefined],
    ['null', 'null'],
    ['a text', '"order"'],
    ['an empty list', '[]'],
    ['a list of orders', [order]],
    ['an empty object', {}],
  ])('is refused when the body is %s', async (_, body) => {
    expect(await post(body)).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
  });

  it('is refused when it is of a kind the route does not read', async () => {
    const headers = { 'content-type': 'text/plain', 'idempotency-key': id };
    const answer = await call('POST', '/visits', { body: order, headers });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
  });

  it.each([
    '__proto__[role]=chair',
    '$where=1',
    'a.b=1',
    'limit[$gt]=1',
    'limit=1&limit=2',
    'cursor[]=1',
    'colour=red',
  ])('is refused when the query is %s', async (query) => {
    expect(await call('GET', `/visits?${query}`)).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
  });

  it('names an id of a path that is no UUID', async () => {
    expect(await call('GET', '/visits/42')).toMatchObject({ status: 400, body: { field: 'id' } });
  });

  it('has a page of at most 200', async () => {
    expect(await call('GET', '/visits?limit=201')).toMatchObject({ status: 400, body: { field: 'limit' } });
    expect(await call('GET', '/visits?limit=200')).toMatchObject({ status: 200, body: { limit: 200 } });
    expect(await call('GET', '/visits')).toMatchObject({ status: 200, body: { limit: 50 } });
  });
});

describe('headers', () => {
  it.each([undefined, '', '42', 'not-a-uuid'])('a command whose Idempotency-Key is %p is refused', async (key) => {
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
    const answer = await call('POST', '/visits', { body: order, headers });
    expect(answer).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_REQUIRED', field: 'Idempotency-Key' } });
  });

  it('If-Match is required where the route says so, and must hold a version', async () => {
    const path = `/visits/${id}/close`;
    expect(await call('POST', path)).toMatchObject({ status: 428, body: { code: 'IF_MATCH_REQUIRED' } });
    expect(await call('POST', path, { headers: { 'if-match': 'x' } })).toMatchObject({
      status: 400,
      body: { field: 'If-Match' },
    });
    expect(await call('POST', path, { headers: { 'if-match': 'W/"12"' } })).toMatchObject({
      status: 201,
      body: { version: 12 },
    });
  });

  it('protect the browser', async () => {
    const { headers } = await call('GET', '/health/live');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('who may call', () => {
  it('nobody without a token', async () => {
    const answer = await call('GET', '/visits', { token: null });
    expect(answer).toMatchObject({
      status: 401,
      type: like(/^application\/problem\+json/),
      body: { code: 'UNAUTHENTICATED' },
    });
  });

  it('nobody without one of the policy’s roles', async () => {
    const answer = await call('GET', '/visits', { token: await desk.tokenOf('patient') });
    expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });
});

describe('answers', () => {
  it('a refusal carries its status, code, field and text', async () => {
    expect((await call('GET', '/visits/refused')).body).toEqual({
      type: 'urn:ariane:problem:STATE_CONFLICT',
      title: 'L’état actuel (closed) ne le permet pas.',
      status: 409,
      code: 'STATE_CONFLICT',
      detail: 'visitId : L’état actuel (closed) ne le permet pas.',
      field: 'visitId',
    });
  });

  it('a bug is a 500 that tells nothing of its data', async () => {
    const { status, body } = await call('GET', '/visits/broken');
    expect(status).toBe(500);
    expect(body).toMatchObject({ code: 'INTERNAL' });
    expect(JSON.stringify(body)).not.toMatch(/Canari|54/);
  });

  it('an unknown route is a 404 problem', async () => {
    expect(await call('GET', '/nowhere')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it('a handler that is stuck is cut off', async () => {
    expect(await call('GET', '/visits/stuck')).toMatchObject({ status: 503, body: { code: 'NOT_READY' } });
  });

  it('the OpenAPI document says which routes need a token and that any may answer a problem', async () => {
    const { body } = await call('GET', '/openapi.json', { token: null });
    expect(body).toMatchObject({
      paths: {
        '/visits': {
          post: { security: [{ bearer: [] }], responses: { default: { content: { 'application/problem+json': {} } } } },
        },
        '/health/live': { get: {} },
      },
    });
    expect(Object.keys(body.paths as object)).not.toContain('/internal/wake');
  });
});

describe('calls between services', () => {
  it('carry the service’s token, the key, the version and the trace', async () => {
    const client = service.app.get(HttpClient);
    const answer = await client.call<{ caller: Record<string, unknown> }>({
      method: 'POST',
      url: `${service.url}/visits`,
      territory: 'lyon',
      body: order,
      idempotencyKey: id,
      ifMatch: 3,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    });
    expect(answer.caller).toMatchObject({
      principal: { kind: 'service', service: 'scheduling', territory: 'lyon' },
      idempotencyKey: id,
      ifMatch: 3,
      traceparent: like(/0af7651916cd43dd8448eb211c80319c/),
    });
  });

  it('throw the other’s refusal as it is, and tell what may be repeated', async () => {
    const client = service.app.get(HttpClient);
    const get = (path: string) => client.call({ method: 'GET', url: `${service.url}${path}`, territory: 'lyon' });
    await expect(get('/visits/refused')).rejects.toMatchObject({
      name: 'DomainError',
      code: 'STATE_CONFLICT',
      field: 'visitId',
    });
    await expect(get('/visits/broken')).rejects.toBeInstanceOf(RetryableCallError);
    await expect(client.call({ method: 'GET', url: 'http://127.0.0.1:9/', territory: 'lyon' })).rejects.toBeInstanceOf(
      RetryableCallError,
    );
  });
});
