import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { run } from './run';

const contractFile = join(__dirname, '../../../services/capitation/fixtures/1-bundle.json');
const brokenFolder = join(__dirname, '../../protocol/broken');
const protocolFile = join(__dirname, '../../../services/pathways/protocols/breast-cancer.json');

interface Heard {
  readonly route: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

describe('ariane', () => {
  let folder: string;
  let server: Server;
  let heard: Heard[];
  let answers: Record<string, [status: number, body: object][]>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ariane-cli-'));
    heard = [];
    answers = { 'POST /demo-token': [[200, { token: 'a-token' }]] };
    server = createServer((request, response) => {
      void text(request).then((body) => {
        const route = `${request.method ?? ''} ${request.url ?? ''}`;
        heard.push({ route, headers: request.headers, body });
        const queue = answers[route] ?? [];
        const [status, answer] = (queue.length > 1 ? queue.shift() : queue[0]) ?? [404, { code: 'NOT_FOUND' }];
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // as: a TCP server's address
    const urls = { issuer: url, clock: url, pathways: url, scheduling: url, capitation: url };
    writeFileSync(join(folder, 'stack.json'), JSON.stringify({ pid: process.pid, urls }));
  });

  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await new Promise((done) => server.close(done));
  });

  const ariane = async (...argv: string[]) => {
    let out = '';
    let told = '';
    const code = await run(argv, {
      folder,
      stackFile: join(folder, 'stack.json'),
      token: undefined,
      write: (more) => (out += more),
      tell: (more) => (told += more),
      interrupted: () => new AbortController().signal,
    });
    return { code, out, told };
  };
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return name;
  };

  it('prints its help for every noun, and that of one noun alone', async () => {
    expect((await ariane()).out).toContain('contract price FILE --given FILE');
    const { code, out } = await ariane('parked', '--help');
    expect([code, out.includes('parked replay'), out.includes('contract')]).toEqual([0, true, false]);
  });

  it.each([
    [['nothing'], 'There is no noun "nothing"'],
    [['contract'], 'Begin with a noun and its verb: contract check, contract price'],
    [['contract', 'check'], 'exactly FILE is expected: ariane contract check FILE'],
    [['contract', 'price', 'a.json'], '--given is missing'],
    [['protocol', 'check', 'absent.json'], 'absent.json cannot be read: there is no such file.'],
    [['protocol', 'check', '.'], '. cannot be read: it is a folder.'],
    [['import', 'absent.json'], 'absent.json cannot be read: there is no such file.'],
    [['token', 'coordinator', '--colour', 'red'], "Unknown option '--colour'"],
    [['clock', 'step', '--until', 'tomorrow'], '--until: a UTC instant'],
    [['clock', 'step', '--from', 'yesterday'], '--from: a UTC instant'],
    [['republish', '--service', 'pathways', '--from', '0'], '--from: a sequence is a whole number from 1 on'],
    [['parked', 'list', '--service', 'pathway'], 'there is no service named pathway; there are pathways,'],
  ])('answers a wrong command line with code 2 and what is wrong: %p', async (argv, sentence) => {
    const { code, out, told } = await ariane(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(told).toContain(sentence);
  });

  it('names the line at which a file is neither JSON nor YAML', async () => {
    const { code, told } = await ariane('contract', 'check', file('broken.json', '{\n"contract": [1,\n'));
    expect(code).toBe(2);
    expect(told).toMatch(/^broken\.json, line \d+: this is neither JSON nor YAML/);
  });

  it('checks the protocol that is shipped', async () => {
    const { code, out, told } = await ariane('protocol', 'check', protocolFile, '--json');
    expect([code, told]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ valid: true, id: 'breast-cancer' });
  });

  it('refuses a protocol with a fault, with its place and code 2', async () => {
    const protocol = JSON.parse(readFileSync(protocolFile, 'utf8')) as { steps: { kind: string }[] };
    protocol.steps[0]!.kind = 'magic';
    const name = file('protocol.json', JSON.stringify(protocol, null, 1));
    const people = await ariane('protocol', 'check', name);
    expect([people.code, people.out]).toEqual([2, '']);
    expect(people.told).toMatch(/^protocol\.json:\d+ {2}\/steps\/0/);
    const programs = await ariane('protocol', 'check', name, '--json');
    const { valid, faults } = JSON.parse(programs.out) as { valid: boolean; faults: { pointer: string }[] };
    expect([valid, faults[0]?.pointer.startsWith('/steps/0')]).toEqual([false, true]);
  });

  it('plants faults in a protocol and lists those that nothing notices; with too many of them the code is 2', async () => {
    const protocol = readFileSync(join(brokenFolder, 'failing-example.yaml'), 'utf8').replace(
      'visit: late',
      'visit: due',
    );
    const name = file('wound.yaml', protocol);
    const { code, out } = await ariane('protocol', 'mutants', name);
    expect(code).toBe(0);
    expect(out).toMatch(/^wound\.yaml:\d+ {2}delay \/steps\/0\/window\/latest {2}latest 5wd → 10wd$/m);
    expect(out).toMatch(/^planted \d+, noticed \d+ \(\d+\.\d %\)/m);
    const strict = await ariane('protocol', 'mutants', name, '--least', '95');
    expect([strict.code, strict.told.includes('Fewer than 95 % are noticed.')]).toEqual([2, true]);
  });

  it('tells each fault of a broken protocol on one line: its place, what it is, and what to do', async () => {
    const { code, told } = await ariane('protocol', 'check', join(brokenFolder, 'missing-role.yaml'));
    expect(code).toBe(2);
    expect(told).toMatch(/missing-role\.yaml:37 {2}\/steps\/1\/late\/owner: the role "NEP" .* {2}Add it under "roles"/);
  });

  it('prices the facts of a contract’s own example as its example says', async () => {
    const [example] = (
      JSON.parse(readFileSync(contractFile, 'utf8')) as { examples: { given: object; expect: object }[] }
    ).examples;
    const given = file('given.json', JSON.stringify(example?.given));
    const { code, out } = await ariane('contract', 'price', contractFile, '--given', given, '--json');
    expect(code).toBe(0);
    expect((JSON.parse(out) as { amounts: object }).amounts).toMatchObject(example?.expect ?? {});
  });

  it('refuses a contract whose example does not come out, with code 2', async () => {
    const contract = JSON.parse(readFileSync(contractFile, 'utf8')) as { examples: { expect: object }[] };
    contract.examples[0]!.expect = { nothing: '1.00 EUR' };
    const { code, out } = await ariane('contract', 'check', file('wrong.json', JSON.stringify(contract)), '--json');
    expect([code, (JSON.parse(out) as { code: string }).code]).toEqual([2, 'CONTRACT_EXAMPLE_FAILED']);
  });

  it('says that no stack runs when its file is gone', async () => {
    rmSync(join(folder, 'stack.json'));
    const { code, told } = await ariane('parked', 'list');
    expect([code, told]).toEqual([1, 'No stack is running: start it with npm start, in another terminal.\n']);
  });

  it('lists what is parked in every service that runs', async () => {
    const parked = { id: 'scheduling|p-1', reason: 'SLOT_TAKEN', parkedAt: '2026-03-02T08:00:00Z' };
    answers['GET /internal/parked'] = [
      [200, { items: [parked] }],
      [200, { items: [] }],
    ];
    const { out } = await ariane('parked', 'list');
    expect(out).toBe('pathways        scheduling|p-1  SLOT_TAKEN  2026-03-02T08:00:00Z\n');
    expect(heard.filter(({ route }) => route === 'GET /internal/parked')).toHaveLength(3);
  });

  it('replays a key with a token of an administrator and a key of its own', async () => {
    answers['POST /internal/parked/scheduling%7Cp-1/replay'] = [[200, { replayed: 3 }]];
    const { code, out } = await ariane('parked', 'replay', 'scheduling|p-1', '--service', 'pathways');
    expect([code, out]).toEqual([0, '3 facts of scheduling|p-1 were applied.\n']);
    expect(heard[0]?.body).toBe('{"role":"territory-administrator"}');
    expect(heard[1]?.headers).toMatchObject({ authorization: 'Bearer a-token' });
    expect(heard[1]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('says why a service refuses, with code 1', async () => {
    answers['POST /internal/republish'] = [[403, { code: 'FORBIDDEN', detail: 'Your role does not allow this.' }]];
    const { code, told } = await ariane('republish', '--service', 'scheduling', '--from', '7', '--subject', 's-1');
    expect([code, told]).toEqual([1, 'scheduling refuses: FORBIDDEN Your role does not allow this.\n']);
    expect(heard.at(-1)?.body).toBe('{"fromSequence":7,"subject":"s-1"}');
  });

  it('sends a file as it is and prints its report per kind; progress stays out of the result', async () => {
    const report = {
      resources: 3,
      kinds: { Patient: { taken: 1, refused: 1, notUsed: 0 }, Claim: { taken: 0, refused: 0, notUsed: 1 } },
      alreadyKnown: 0,
      refusedFor: { NO_NAME: 1 },
      notUsedFor: { KIND: 1 },
      possibleDuplicateCount: 0,
    };
    answers['POST /patients/import'] = [[202, { jobId: 'job', status: 'received' }]];
    answers['GET /patients/import/job'] = [
      [200, { jobId: 'job', status: 'running', percent: 50, report }],
      [200, { jobId: 'job', status: 'done', report }],
    ];
    const lines = file('persons.ndjson', '{"resourceType":"Patient"}\n');
    const { code, out, told } = await ariane('import', lines, '--watch');
    expect(code).toBe(0);
    expect(out).toMatch(/^Patient +1 +1 +0$/m);
    expect(told).toContain('50 %, 3 resources read');
    expect(heard.find(({ route }) => route === 'POST /patients/import')).toMatchObject({
      body: '{"resourceType":"Patient"}\n',
      headers: { 'content-type': 'application/fhir+ndjson' },
    });
  });

  it('ends with code 1 when the import failed', async () => {
    answers['POST /patients/import'] = [[202, { jobId: 'job', status: 'received' }]];
    answers['GET /patients/import/job'] = [[200, { jobId: 'job', status: 'failed', reason: 'NOT_FHIR' }]];
    const { code, told } = await ariane('import', file('x.json', '{}'), '--watch');
    expect([code, told.endsWith('The import failed: NOT_FHIR.\n')]).toEqual([1, true]);
  });

  it('verifies a book: code 0 when it is good, 1 with the first entry that is not', async () => {
    answers['GET /books/hospital-a/verify'] = [
      [200, { good: true, entries: 3, hash: 'ab' }],
      [200, { good: false, firstBadSeq: 2, account: null, reason: 'the chain is broken' }],
    ];
    const good = await ariane('ledger', 'verify', 'hospital-a');
    expect([good.code, good.out]).toEqual([0, 'Good: 3 entries, the last is ab.\n']);
    const bad = await ariane('ledger', 'verify', 'hospital-a');
    expect([bad.code, bad.told]).toEqual([1, 'Not good at entry 2: the chain is broken.\n']);
  });

  it('prints a token alone, to be used in another command', async () => {
    expect((await ariane('token', 'finance', '--territory', 'demo')).out).toBe('a-token\n');
    expect(heard[0]?.body).toBe('{"role":"finance","territory":"demo"}');
  });

  it('steps the demo clock, with the instant that is expected to be left where one is given', async () => {
    const step = { from: 'a', now: 'b', next: null };
    answers['POST /step'] = [
      [200, step],
      [200, step],
    ];
    expect((await ariane('clock', 'step')).out).toBe('a -> b; next due never\n');
    await ariane('clock', 'step', '--from', '2026-03-02T08:00:00Z');
    expect(heard.map(({ body }) => body)).toEqual(['{}', '{"from":"2026-03-02T08:00:00Z"}']);
  });
});
