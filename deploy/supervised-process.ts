import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StackError } from './stack-error.ts';
import type { Watchdog } from './watchdog.ts';

const RESTART_FIRST_MS = 50;
const RESTART_LONGEST_MS = 5_000;
/** A process that lived this long had started well: its next death is answered at once again. */
const LIVED_WELL_MS = 10_000;
/** Deaths in a row before the first readiness after which the start is given up, with the log's end as the reason. */
const DEATHS_BEFORE_GIVING_UP = 4;
const PROBE_EVERY_MS = 50;
const LOG_LINES_READ = 40;
const LOG_LINES_SHOWN = 6;
const LOG_LINE_LONGEST = 300;

export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly logFile: string;
  /** Resolves when the process can be used, rejects while it cannot. */
  readonly probe: () => Promise<unknown>;
  readonly readyWithinMs: number;
  /** From SIGTERM until SIGKILL. */
  readonly stopWithinMs: number;
}

/** One part of a running stack, whether a process or a container. */
export interface Part {
  readonly name: string;
  readonly pid: number | undefined;
  start(): Promise<void>;
  /** Sends a signal and nothing more; a part that dies of it is started again. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Stops the part in order and leaves it stopped until `start` is called. */
  stop(): Promise<void>;
  whenReady(): Promise<void>;
}

/** A process in a group of its own that is started again when it dies, with a growing pause, until it is stopped. */
export class SupervisedProcess implements Part {
  readonly name: string;
  private readonly spec: ProcessSpec;
  private readonly watchdog: Watchdog;
  private readonly log: (line: string) => void;
  private child: ChildProcess | undefined;
  private wanted = false;
  private startedAt = 0;
  private deathsInARow = 0;
  private restartTimer: NodeJS.Timeout | undefined;

  constructor(spec: ProcessSpec, watchdog: Watchdog, log: (line: string) => void) {
    this.spec = spec;
    this.name = spec.name;
    this.watchdog = watchdog;
    this.log = log;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  async start(): Promise<void> {
    this.wanted = true;
    this.deathsInARow = 0;
    if (!this.child) this.launch();
    await this.whenReady();
  }

  kill(signal: NodeJS.Signals): Promise<void> {
    this.signalGroup(signal);
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.wanted = false;
    clearTimeout(this.restartTimer);
    const child = this.child;
    if (!child) return;
    const ended = new Promise<void>((resolve) =>
      child.once('exit', () => {
        resolve();
      }),
    );
    this.signalGroup('SIGCONT');
    this.signalGroup('SIGTERM');
    const timer = setTimeout(() => {
      this.signalGroup('SIGKILL');
    }, this.spec.stopWithinMs);
    await ended;
    clearTimeout(timer);
  }

  /** @throws StackError with the end of the log when it dies again and again, or is not ready in time. */
  async whenReady(): Promise<void> {
    const until = Date.now() + this.spec.readyWithinMs;
    for (;;) {
      const child = this.child;
      const ready =
        child !== undefined &&
        (await this.spec.probe().then(
          () => true,
          () => false,
        ));
      // An open port may be somebody else's: only an answer while our own child lives counts.
      if (ready && child === this.child) return;
      if (!this.wanted) throw new StackError(`${this.name} was stopped while it was starting.`);
      if (this.deathsInARow >= DEATHS_BEFORE_GIVING_UP) {
        this.wanted = false;
        clearTimeout(this.restartTimer);
        throw new StackError(
          `${this.name} dies each time it is started. Its log, ${this.spec.logFile}, ends with:\n${this.logEnd()}`,
        );
      }
      if (Date.now() > until) {
        throw new StackError(
          `${this.name} is not ready after ${this.spec.readyWithinMs / 1000} s. Its log, ${this.spec.logFile}, ends with:\n${this.logEnd()}`,
        );
      }
      await sleep(PROBE_EVERY_MS);
    }
  }

  private launch(): void {
    mkdirSync(dirname(this.spec.logFile), { recursive: true });
    const log = openSync(this.spec.logFile, 'a');
    const child = spawn(this.spec.command, this.spec.args, {
      cwd: this.spec.cwd,
      env: this.spec.env,
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    this.child = child;
    this.startedAt = Date.now();
    child.once('error', (error) => {
      this.log(`${this.name} cannot be run: ${error.message}`);
      if (child.pid === undefined) this.ended(child, 'it could not be run');
    });
    child.once('exit', (code, signal) => {
      this.ended(child, signal ?? `exit code ${code ?? 0}`);
    });
    if (child.pid !== undefined) this.watchdog.add(child.pid);
  }

  private ended(child: ChildProcess, how: string): void {
    if (child.pid !== undefined) this.watchdog.remove(child.pid);
    if (this.child !== child) return;
    this.child = undefined;
    if (!this.wanted) return;
    this.deathsInARow = Date.now() - this.startedAt > LIVED_WELL_MS ? 1 : this.deathsInARow + 1;
    const pauseMs = Math.min(RESTART_LONGEST_MS, RESTART_FIRST_MS * 2 ** (this.deathsInARow - 1));
    this.log(`${this.name} ended (${how}); it is started again in ${pauseMs} ms`);
    this.restartTimer = setTimeout(() => {
      if (this.wanted) this.launch();
    }, pauseMs);
  }

  private signalGroup(signal: NodeJS.Signals): void {
    if (this.child?.pid === undefined) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // as: process.kill throws errno errors only
    }
  }

  /** The last different lines, cut: a process that dies again and again says the same each time. */
  private logEnd(): string {
    try {
      const lines = readFileSync(this.spec.logFile, 'utf8').trimEnd().split('\n').slice(-LOG_LINES_READ);
      const cut = lines.map((line) => line.slice(0, LOG_LINE_LONGEST).replace(/"time":"[^"]*",?/, ''));
      return [...new Set(cut)].slice(-LOG_LINES_SHOWN).join('\n');
    } catch {
      return '(empty)';
    }
  }
}
