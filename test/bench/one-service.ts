import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = join(import.meta.dirname, '..', '..');
/** The first start over many documents has their indexes to make. */
const START_MS = 1_200_000;

/** One service as it runs for users, on servers that stand already. */
export interface OneService {
  readonly url: string;
  readonly pid: number;
  /** Resident memory, as Linux counts it. */
  readonly memory: () => string;
  /** Ready once its indexes stand. Throws when it does not come up. */
  readonly ready: () => Promise<void>;
  readonly stop: () => boolean;
  /** Kills it with no time to say anything. Resolves when it is gone. */
  readonly kill: () => Promise<void>;
}

/** @param settings `now`: where its clock stands still, so that what is late is the same in every run */
export function startOneService(
  name: 'pathways' | 'capitation',
  settings: {
    readonly dir: string;
    readonly port: number;
    readonly now: string;
    readonly env: Readonly<Record<string, string>>;
    readonly issuerUrl: string;
    /** More flags of Node, such as `--cpu-prof`. */
    readonly flags?: readonly string[];
  },
): OneService {
  const { dir, port, now, env, issuerUrl, flags = [] } = settings;
  const log = join(dir, `${name}.log`);
  const clock = join(dir, 'clock.json');
  const file = openSync(log, 'w');
  writeFileSync(clock, JSON.stringify({ now }));
  const main = join(root, 'services', name, 'dist', 'main.js');
  const child = spawn(process.execPath, ['--heap-growing-percent=20', ...flags, main], {
    cwd: root,
    stdio: ['ignore', file, file],
    env: {
      ...process.env,
      ...env,
      PORT: String(port),
      ARIANE_SERVICE: name,
      ARIANE_MODE: 'test',
      NODE_OPTIONS: '--max-semi-space-size=4 --max-old-space-size=256',
      ARIANE_CLOCK_FILE: clock,
      ARIANE_ISSUER_URL: issuerUrl,
      LOG_LEVEL: 'info',
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const ready = async (): Promise<void> => {
    const from = performance.now();
    for (const giveUp = Date.now() + START_MS; ;) {
      const isReady = await fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isReady) break;
      if (Date.now() > giveUp) throw new Error(`${name} did not start; ${log}`);
      await pause(200);
    }
    console.log(`ready ${((performance.now() - from) / 1_000).toFixed(0)} s after the start, indexes made`);
  };
  const pid = child.pid ?? 0;
  const kill = async (): Promise<void> => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  return { url, pid, memory: () => memoryOf(pid), ready, stop: () => child.kill('SIGTERM'), kill };
}

export function memoryOf(pid: number): string {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? '0');
  return `${Math.round(kilobytes('VmRSS') / 1024)} MB resident, ${Math.round(kilobytes('VmHWM') / 1024)} MB at most`;
}
