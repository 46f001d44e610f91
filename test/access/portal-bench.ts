import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningIssuer, startIssuer } from '@ariane/auth';
import { Browser } from './browser.ts';

const root = join(__dirname, '..', '..');
const passedOnServices = ['pathways', 'scheduling', 'tele-expertise', 'meetings', 'capitation'];
const hook = join(root, 'libs', 'service', 'typescript-hook.cjs');
const READY_WITHIN_MS = 60_000;

/** A port that nobody has now. */
export async function freePort(): Promise<number> {
  const server = createSocket().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // as: it listens on TCP
  server.close();
  await once(server, 'close');
  return port;
}

/** Another process of a test. */
class Part {
  private child: ChildProcess | undefined;
  private said = '';

  constructor(
    private readonly args: readonly string[],
    private readonly env: NodeJS.ProcessEnv,
    private readonly readyUrl: string,
  ) {}

  async start(more: NodeJS.ProcessEnv = {}): Promise<void> {
    const env = { ...process.env, NODE_OPTIONS: '', ...this.env, ...more };
    const child = spawn(process.execPath, [...this.args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text: Buffer) => {
        this.said += String(text);
      });
    }
    for (const giveUpAt = Date.now() + READY_WITHIN_MS; Date.now() < giveUpAt && child.exitCode === null;) {
      if (await fetch(this.readyUrl).then((answer) => answer.ok, () => false)) return; // prettier-ignore
      await sleep(50);
    }
    throw new Error(`A process did not become ready: ${this.said}`);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  /** All that it has written. */
  get output(): string {
    return this.said;
  }
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A portal with the demo's provider and our issuer, each a real process or server, and a service that a test plays. */
export class PortalBench {
  handler: Handler = (_request, response) => {
    response.end();
  };
  private folder = '';
  private parts: { issuer: RunningIssuer; identity: Part; portal: Part; service: Server } | undefined;
  origin = '';
  provider = '';
  clientSecretFile = '';

  async start(more: NodeJS.ProcessEnv = {}): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'ariane-portal-'));
    const serviceSecretFile = join(this.folder, 'secrets.json');
    const keysFile = join(this.folder, 'keys.json');
    const issuer = await startIssuer({ port: 0, keysFile, serviceSecretFile, mode: 'test' });
    const service = createServer((request, response) => {
      this.handler(request, response);
    }).listen(0, '127.0.0.1');
    await once(service, 'listening');
    const serviceUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}`; // as: it listens on TCP
    const [portalPort, identityPort] = [await freePort(), await freePort()];
    this.origin = `http://127.0.0.1:${portalPort}`;
    this.provider = `http://127.0.0.1:${identityPort}`;
    this.clientSecretFile = join(this.folder, 'client-secret');
    const env = {
      ARIANE_MODE: 'test',
      ARIANE_ISSUER_URL: issuer.url,
      ARIANE_SERVICE_SECRET_FILE: serviceSecretFile,
      ARIANE_PORTAL_URL: this.origin,
      ARIANE_OIDC_ISSUER: this.provider,
      ARIANE_OIDC_CLIENT_ID: 'ariane-portal',
      ARIANE_OIDC_CLIENT_SECRET_FILE: this.clientSecretFile,
      ARIANE_OIDC_CLAIMS_FILE: join(root, 'services', 'portal', 'claim-mappings', 'demo.json'),
      ARIANE_OIDC_SCOPES: 'openid profile ariane',
      SERVICE_URLS: JSON.stringify(Object.fromEntries(passedOnServices.map((name) => [name, serviceUrl]))),
      ...more,
    };
    const metadata = `${this.provider}/.well-known/openid-configuration`;
    const main = join(root, 'services', 'portal', 'src', 'main.ts');
    const identity = new Part(['deploy/identity-main.ts'], { ...env, PORT: String(identityPort) }, metadata);
    const portal = new Part(
      ['-C', 'source', '-r', hook, main],
      { ...env, PORT: String(portalPort) },
      `${this.origin}/health/ready`,
    );
    this.parts = { issuer, identity, portal, service };
    await Promise.all([identity.start(), portal.start()]);
  }

  browser(): Browser {
    return new Browser(this.origin);
  }

  get issuer(): RunningIssuer {
    return this.running.issuer;
  }

  get identity(): Part {
    return this.running.identity;
  }

  get portal(): Part {
    return this.running.portal;
  }

  async stop(): Promise<void> {
    if (this.parts === undefined) return;
    const { issuer, identity, portal, service } = this.parts;
    await Promise.all([identity.stop(), portal.stop()]);
    await issuer.stop();
    service.close();
    service.closeAllConnections();
    await rm(this.folder, { recursive: true });
  }

  private get running() {
    if (this.parts === undefined) throw new Error('The bench has not been started.');
    return this.parts;
  }
}
