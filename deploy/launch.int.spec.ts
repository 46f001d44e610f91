import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { lives } from './living.ts';
import { portBaseOf } from './start-arguments.ts';
import { planPorts, serverNames } from './topology.ts';
import { portIsFree } from './wait.ts';

/** Beside the servers of the other integration tests. */
const PORT_BASE = portBaseOf(process.env, 5100) + 330;

interface Running {
  readonly launcher: ChildProcess;
  readonly keysFolder: string;
}

/** The launcher installs packages when the lockfile has changed: never under the feet of a test that runs. */
function packagesAreInstalled(): boolean {
  const root = join(__dirname, '..');
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return readFileSync(join(root, 'node_modules', '.lock-hash'), 'utf8') === hash;
}

async function launchServers(): Promise<Running> {
  const args = [join(__dirname, 'launch.mjs'), 'servers', '--port-base', String(PORT_BASE)];
  const launcher = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(createInterface(launcher.stdout), 'line')) as [string]; // as: a line reader's event
  const env = JSON.parse(line) as { ARIANE_KEYS_DIR: string }; // as: printed by servers-main
  return { launcher, keysFolder: env.ARIANE_KEYS_DIR };
}

/** The process, what it started, what that started, and so on. */
function family(pid: number): number[] {
  const parentOf = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const line = readFileSync(`/proc/${name}/stat`, 'utf8');
      parentOf.set(Number(name), Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended in between.
    }
  }
  const childrenOf = (parent: number): number[] =>
    [...parentOf].filter(([, found]) => found === parent).flatMap(([child]) => [child, ...childrenOf(child)]);
  return [pid, ...childrenOf(pid)];
}

describe('the launcher', () => {
  it('that is killed with kill -9 leaves no process, no port and no temporary data after two seconds', async () => {
    expect(packagesAreInstalled()).toBe(true);
    const { launcher, keysFolder } = await launchServers();
    const all = family(launcher.pid!);
    // The launcher, what it launched with its watchdog, and the three servers.
    expect(all.length).toBeGreaterThanOrEqual(6);
    expect(existsSync(keysFolder)).toBe(true);
    const killedAt = performance.now();
    launcher.kill('SIGKILL');
    while (all.some(lives) && performance.now() - killedAt < 10_000) await sleep(20);
    expect({ left: all.filter(lives), inTime: performance.now() - killedAt < 2_000 }).toEqual({
      left: [],
      inTime: true,
    });
    expect(existsSync(keysFolder)).toBe(false);
    const ports = planPorts(PORT_BASE);
    expect(await Promise.all(serverNames.map((name) => portIsFree(ports[name])))).toEqual([true, true, true]);
  });
});
