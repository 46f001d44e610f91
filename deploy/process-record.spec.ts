import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { birthOf, lives } from './living.ts';
import { lastProcessesEnded, ProcessRecord } from './process-record.ts';

const file = join(mkdtempSync(join(tmpdir(), 'ariane-record-')), 'processes.json');
const GRACE_MS = 200;

/** A run that starts a process which heeds no SIGTERM, records it and is killed; answers the process it leaves. */
async function killedRun(): Promise<number> {
  const script = `
    import { spawn } from 'node:child_process';
    import { ProcessRecord } from ${JSON.stringify(join(__dirname, 'process-record.ts'))};
    const child = spawn('/bin/sh', ['-c', 'trap "" TERM; while :; do sleep 1; done'], { detached: true, stdio: 'ignore' });
    new ProcessRecord(${JSON.stringify(file)}).add(child.pid);
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const run = spawn(process.execPath, ['--input-type=module', '-e', script], { env: { PATH: process.env['PATH'] } });
  const [chunk] = (await once(run.stdout, 'data')) as [Buffer]; // as: a stream's data
  run.kill('SIGKILL');
  await once(run, 'exit');
  return Number(chunk.toString());
}

describe('the next start', () => {
  it('waits for what a killed run left, and kills it after the grace', async () => {
    const left = await killedRun();
    expect(lives(left)).toBe(true);
    const lines: string[] = [];
    const startedMs = performance.now();
    await lastProcessesEnded(file, (line) => lines.push(line), GRACE_MS);
    expect(lives(left)).toBe(false);
    expect(performance.now() - startedMs).toBeGreaterThan(GRACE_MS);
    expect(lines).toEqual(['waiting for the last run, which was killed, to end ...']);
  });

  it('leaves a process alone that only has the number of one that was left', async () => {
    const left = await killedRun();
    const content = readFileSync(file, 'utf8');
    writeFileSync(file, content.replaceAll(`"${birthOf(left) ?? ''}"`, '"1"'));
    await lastProcessesEnded(file, () => undefined, 0);
    expect(lives(left)).toBe(true);
    writeFileSync(file, content);
    await lastProcessesEnded(file, () => undefined, 0);
    expect(lives(left)).toBe(false);
  });

  it('leaves a run alone whose owner lives', async () => {
    const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    new ProcessRecord(file).add(child.pid!);
    await lastProcessesEnded(file, () => undefined, 0);
    await sleep(50);
    expect(lives(child.pid!)).toBe(true);
    child.kill('SIGKILL');
  });
});
