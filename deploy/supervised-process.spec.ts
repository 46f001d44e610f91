import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lives } from './living.ts';
import { SupervisedProcess, type ProcessSpec } from './supervised-process.ts';
import { Watchdog } from './watchdog.ts';

const folder = mkdtempSync(join(tmpdir(), 'ariane-supervised-'));

function shell(script: string, probe: ProcessSpec['probe'] = () => Promise.resolve()): ProcessSpec {
  return {
    name: 'sleeper',
    command: '/bin/sh',
    args: ['-c', script],
    env: { PATH: process.env['PATH'] },
    cwd: folder,
    logFile: join(folder, 'sleeper.log'),
    probe,
    readyWithinMs: 5_000,
    stopWithinMs: 300,
  };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !condition(); tries++) await sleep(20);
  expect(condition()).toBe(true);
}

describe('a supervised process', () => {
  const watchdog = new Watchdog();
  const lines: string[] = [];
  const supervised = (spec: ProcessSpec): SupervisedProcess =>
    new SupervisedProcess(spec, watchdog, (line) => {
      lines.push(line);
    });
  afterAll(() => {
    watchdog.done();
  });

  it('is started again after kill -9, and no more after it was stopped', async () => {
    const sleeper = supervised(shell('exec sleep 60'));
    await sleeper.start();
    const first = sleeper.pid!;
    await sleeper.kill('SIGKILL');
    await until(() => sleeper.pid !== undefined && sleeper.pid !== first);
    expect(lines.at(-1)).toMatch(/sleeper ended \(SIGKILL\); it is started again in 50 ms/);
    const second = sleeper.pid!;
    await sleeper.stop();
    await sleep(150);
    expect([sleeper.pid, lives(first), lives(second)]).toEqual([undefined, false, false]);
  });

  it('is killed when it ignores SIGTERM, with what it started itself', async () => {
    const stubborn = supervised(shell('trap "" TERM; sleep 60 & echo $! > inner; wait; while :; do sleep 1; done'));
    await stubborn.start();
    await sleep(100);
    const inner = Number(readFileSync(join(folder, 'inner'), 'utf8'));
    expect(lives(inner)).toBe(true);
    await stubborn.stop();
    await until(() => !lives(inner));
  });

  it('that dies each time is given up, with the end of its log as the reason', async () => {
    const broken = supervised(shell('echo the disk is full; exit 3', () => Promise.reject(new Error('not ready'))));
    await expect(broken.start()).rejects.toThrow(/sleeper dies each time it is started[^]*the disk is full/);
    await sleep(600);
    expect(broken.pid).toBeUndefined();
  });
});

describe('the watchdog', () => {
  it('ends the process groups of a starter that was killed with kill -9', async () => {
    const script = `
      import { spawn } from 'node:child_process';
      import { Watchdog } from ${JSON.stringify(join(__dirname, 'watchdog.ts'))};
      const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
      new Watchdog().add(child.pid);
      setTimeout(() => console.log(child.pid), 100);
      setInterval(() => {}, 1000);`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { PATH: process.env['PATH'] },
    });
    const [chunk] = (await once(starter.stdout, 'data')) as [Buffer]; // as: a stream's data
    const orphan = Number(chunk.toString());
    expect(lives(orphan)).toBe(true);
    starter.kill('SIGKILL');
    await until(() => !lives(orphan));
  });
});
