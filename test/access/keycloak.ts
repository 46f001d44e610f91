import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './portal-bench.ts';

/** Its first start builds the server anew, which a busy machine takes minutes for. */
const READY_WITHIN_MS = 300_000;
const ADMIN = { username: 'admin', password: 'only-for-this-run' };
export const CLIENT_SECRET = 'only-for-this-run-and-long-enough';

/** Keycloak's own server, which another maker writes, with a realm as a deployer makes one for Ariane. */
export class Keycloak {
  private readonly said: string[] = [];
  private folder = '';
  private child: ChildProcess | undefined;
  private origin = '';

  /** @param distribution its unpacked distribution, of which a copy runs: the server writes into its folder. */
  async start(distribution: string): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'ariane-keycloak-'));
    await cp(distribution, this.folder, { recursive: true });
    const port = await freePort();
    this.origin = `http://127.0.0.1:${port}`;
    const options = [`--http-port=${port}`, '--http-host=127.0.0.1', `--hostname=${this.origin}`, '--cache=local'];
    const env = {
      ...process.env,
      KC_BOOTSTRAP_ADMIN_USERNAME: ADMIN.username,
      KC_BOOTSTRAP_ADMIN_PASSWORD: ADMIN.password,
      JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx512m',
    };
    const child = spawn(join(this.folder, 'bin', 'kc.sh'), ['start-dev', ...options], { env, detached: true });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => this.said.push(String(text)));
    for (const giveUpAt = Date.now() + READY_WITHIN_MS; Date.now() < giveUpAt && child.exitCode === null;) {
      if (await fetch(`${this.origin}/realms/master`).then((answer) => answer.ok, () => false)) return; // prettier-ignore
      await sleep(250);
    }
    throw new Error(`Keycloak did not become ready: ${this.said.join('')}`);
  }

  get issuer(): string {
    return `${this.origin}/realms/ariane`;
  }

  /** Makes the realm whose client is the portal that stands at `portal`. */
  async addRealm(portal: string): Promise<void> {
    const text = await readFile(join(__dirname, 'keycloak-realm.json'), 'utf8');
    const realm = JSON.parse(text) as { readonly clients: readonly [{ readonly attributes: object }] }; // as: the file beside
    const [client] = realm.clients;
    const attributes = { ...client.attributes, 'backchannel.logout.url': `${portal}/auth/backchannel-logout` };
    const redirectUris = [`${portal}/auth/callback`, `${portal}/*`];
    const clients = [{ ...client, secret: CLIENT_SECRET, redirectUris, attributes }];
    await this.administer('POST', '/admin/realms', { ...realm, clients });
  }

  /** Ends all sessions of an account, as an administrator does in Keycloak's console. */
  async signOutAccount(username: string): Promise<void> {
    const found = await this.administer('GET', `/admin/realms/ariane/users?exact=true&username=${username}`);
    const [user] = (await found.json()) as readonly { readonly id: string }[]; // as: Keycloak's own answer
    await this.administer('POST', `/admin/realms/ariane/users/${user?.id ?? ''}/logout`);
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child?.pid !== undefined && child.exitCode === null) {
      process.kill(-child.pid, 'SIGKILL'); // the script and the server that it began
      await once(child, 'exit');
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async administer(method: string, path: string, body?: object): Promise<Response> {
    const form = new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...ADMIN });
    const url = `${this.origin}/realms/master/protocol/openid-connect/token`;
    const token = (await (await fetch(url, { method: 'POST', body: form })).json()) as { access_token: string }; // as above
    const answer = await fetch(`${this.origin}${path}`, {
      method,
      headers: { authorization: `Bearer ${token.access_token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}
