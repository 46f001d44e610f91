import { readTogether } from './together';

const pathway = '0b0f2b1e-6c1d-4a7e-9a55-0d2b7f4f3a10';
const plan = `/api/pathways/pathways/${pathway}`;
const tasks = `/api/pathways/tasks?pathwayId=${pathway}&status=open&limit=200`;
const list = '/api/pathways/worklist?owner=me';

const original = globalThis.fetch;
let asked: string[] = [];
let answered: (path: string) => Response;
const read = (path: string) => readTogether(path, new AbortController().signal);
const answer = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

beforeEach(() => {
  asked = [];
  globalThis.fetch = (path) => {
    const text = typeof path === 'string' ? path : '';
    asked.push(text);
    return Promise.resolve(answered(text));
  };
});
afterAll(() => {
  globalThis.fetch = original;
});

describe('parts of a pathway’s file', () => {
  it('are one question when they are asked for in one moment, and each gets its own answer', async () => {
    answered = () => answer({ plan: { id: pathway }, tasks: { items: [] } });
    expect(await Promise.all([read(plan), read(tasks)])).toEqual([{ id: pathway }, { items: [] }]);
    expect(asked).toEqual([`${plan}/file?part=plan&part=tasks`]);
  });

  it('are asked for by their own routes when they come alone, and so is all else', async () => {
    answered = () => answer({ items: [] });
    await Promise.all([read(tasks), read(list)]);
    expect(asked.sort()).toEqual([tasks, list].sort());
  });

  it('are told each by its own route to whoever may not read all of them', async () => {
    answered = (path) => (path === plan ? answer({ id: pathway }) : answer({ code: 'FORBIDDEN' }, 403));
    const [whole, refused] = await Promise.allSettled([read(plan), read(tasks)]);
    expect(whole).toEqual({ status: 'fulfilled', value: { id: pathway } });
    expect(refused).toMatchObject({ status: 'rejected', reason: { status: 403 } });
  });

  it('all fail with the service, once', async () => {
    answered = () => answer({ code: 'NOT_READY' }, 503);
    const both = await Promise.allSettled([read(plan), read(tasks)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked).toHaveLength(1);
  });
});
