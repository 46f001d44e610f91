import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { ProcessRecord } from './process-record.ts';

/**
 * A shell outside our process group that reads the list of living process groups from its standard input. When the
 * input closes without "done", its starter was killed, and it ends those groups: TERM, then KILL after a second, since
 * a run that lost its starter must be gone at once and its data withstands kill -9 anyway. Then it removes the folder
 * in $1, if any, which was meant to live as long as the starter.
 * Each line replaces the list, so that the id of a process that ended is never signalled again.
 * Only `kill -TERM -PID` works in /bin/sh, and `kill -0` on several groups fails as soon as one of them is gone.
 */
const SCRIPT = `
groups=""
while read -r line; do [ "$line" = done ] && exit 0; groups="$line"; done
alive() { for g in $groups; do kill -0 "$g" 2>/dev/null && return 0; done; return 1; }
for g in $groups; do kill -CONT "$g" 2>/dev/null; kill -TERM "$g" 2>/dev/null; done
tries=0; while alive && [ $tries -lt 10 ]; do sleep 0.1; tries=$((tries + 1)); done
for g in $groups; do kill -KILL "$g" 2>/dev/null; done
[ -z "$1" ] || rm -rf "$1"`;

interface WatchdogOptions {
  /** Told of every process group as it comes and goes. */
  readonly record?: ProcessRecord | undefined;
  /** A temporary folder that is removed when this process is killed. */
  readonly temporaryFolder?: string | undefined;
}

/** Ends the process groups given to it when this process dies without calling `done`, even by kill -9. */
export class Watchdog {
  private readonly shell: ChildProcess;
  private readonly record: ProcessRecord | undefined;
  private readonly groups = new Set<number>();

  constructor({ record, temporaryFolder = '' }: WatchdogOptions = {}) {
    this.record = record;
    this.shell = spawn('/bin/sh', ['-c', SCRIPT, 'watchdog', temporaryFolder], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    this.shell.stdin?.on('error', () => undefined);
    this.shell.unref();
    (this.shell.stdin as Socket).unref(); // as: a piped stdin is a Socket, which may stay open without keeping us alive
  }

  /** `pid` leads its process group (it was spawned detached). */
  add(pid: number): void {
    this.groups.add(pid);
    this.tell();
    this.record?.add(pid);
  }

  remove(pid: number): void {
    this.groups.delete(pid);
    this.tell();
    this.record?.remove(pid);
  }

  /** Everything ended in order: nothing is left to guard. */
  done(): void {
    this.shell.stdin?.end('done\n');
  }

  private tell(): void {
    this.shell.stdin?.write(`${[...this.groups].map((pid) => `-${pid}`).join(' ')}\n`);
  }
}
