import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { inSpan } from '@ariane/telemetry';

import { type Bench, bench } from './service.fixture';

interface Line {
  readonly msg: string;
  readonly port?: number;
  readonly traceId?: string;
}

interface ExportedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly attributes: readonly { readonly key: string }[];
}

const id = '018f4b5e-7c2d-7a10-8b3e-1f2a3b4c5d6e';
const traceId = '0af7651916cd43dd8448eb211c80319c';
const folder = join(__dirname, '..');

let desk: Bench;
let collector: Server;
let spans: ExportedSpan[];
let exported: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  desk = await bench();
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      exported += text;
      const body = JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: ExportedSpan[] }[] }[] };
      spans.push(...body.resourceSpans.flatMap((one) => one.scopeSpans.flatMap((scope) => scope.spans)));
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
});

beforeEach(() => {
  spans = [];
  exported = '';
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  collector.close();
  await desk.end();
});

/** Runs the fixture's main as a process; gives its lines as they come and its end. */
function run(env: NodeJS.ProcessEnv = {}) {
  const args = ['-C', 'source', '-r', join(folder, 'typescript-hook.cjs'), join(folder, 'src/main.fixture.ts')];
  const { port } = collector.address() as AddressInfo;
  const OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...desk.env, OTEL_EXPORTER_OTLP_ENDPOINT, LOG_LEVEL: 'debug', NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const lines: Line[] = [];
  let errors = '';
  let rest = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts.map((part) => JSON.parse(part) as Line));
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const said = async (msg: string): Promise<Line> => {
    for (let tries = 0; tries < 400; tries++) {
      const line = lines.find((one) => one.msg === msg);
      if (line !== undefined) return line;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`Never said: ${msg} ${errors}`);
  };
  return { child, lines, ended, said, errors: () => errors };
}

describe('a service as a process', () => {
  it('stops on SIGTERM once the request under way is answered, then runs the hooks, last added first', async () => {
    const service = run();
    const { port } = await service.said('The service is ready.');
    const url = `http://127.0.0.1:${port ?? 0}`;
    const slow = fetch(`${url}/visits/slow`);
    await service.said('The gate is reached.');
    service.child.kill('SIGTERM');
    await service.said('The service was asked to stop.');
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
    service.child.kill('SIGUSR2');
    expect(await (await slow).json()).toEqual({ done: true });
    expect(await service.ended).toBe(0);
    const order = ['The gate is passed.', 'Hook: second.', 'Hook: first.', 'The service has stopped.'];
    expect(service.lines.map(({ msg }) => msg).filter((msg) => order.includes(msg))).toEqual(order);
  });

  it('continues the caller’s trace, names spans by route, and exports no id', async () => {
    const service = run();
    const { port } = await service.said('The service is ready.');
    const headers = { authorization: `Bearer ${await desk.tokenOf('coordinator')}` };
    const response = await inSpan('test', { parent: `00-${traceId}-b7ad6b7169203331-01` }, () =>
      fetch(`http://127.0.0.1:${port ?? 0}/visits/${id}?name=Canari`, { headers }),
    );
    expect(response.status).toBe(200);
    service.child.kill('SIGTERM');
    expect(await service.ended).toBe(0);
    const span = spans.find(({ name }) => name === 'GET /visits/:id');
    expect(span?.traceId).toBe(traceId);
    expect(span?.attributes.map(({ key }) => key).sort()).toEqual([
      'http.request.method',
      'http.response.status_code',
      'http.route',
    ]);
    expect(exported).not.toMatch(/Canari|018f4b5e/);
    expect(service.lines.find(({ msg }) => msg === 'A request was answered.')?.traceId).toBe(traceId);
    expect(JSON.stringify(service.lines)).not.toMatch(/Canari|018f4b5e/);
  });

  it('does not start with a wrong environment, and lists all that is wrong', async () => {
    const service = run({
      PORT: 'http',
      ARIANE_MODE: 'production',
      ARIANE_CLOCK_FILE: 'clock.json',
      ARIANE_ISSUER_URL: '',
    });
    expect(await service.ended).toBe(1);
    expect(service.errors()).toMatch(
      /PORT must be .* ARIANE_ISSUER_URL must be |ARIANE_ISSUER_URL must be .* PORT must be /s,
    );
    expect(service.errors()).toContain('ARIANE_CLOCK_FILE is refused when ARIANE_MODE is production');
  });
});
