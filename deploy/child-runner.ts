import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { repositoryRoot } from './service-processes.ts';
import { Watchdog } from './watchdog.ts';

export interface ChildOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly stdio?: StdioOptions;
}

/** Runs commands to their end, one after the other or side by side; what still runs ends with us, even by kill -9. */
export class ChildRunner {
  private readonly children = new Set<ChildProcess>();
  private watchdog: Watchdog | undefined;
  private stopping = false;

  /** Answers the exit code; 143 when a signal ended it. */
  run(command: string, args: readonly string[], options: ChildOptions = {}): Promise<number> {
    if (this.stopping) return Promise.resolve(143);
    this.watchdog ??= new Watchdog();
    const watchdog = this.watchdog;
    return new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        stdio: ['ignore', 'inherit', 'inherit'],
        cwd: repositoryRoot,
        ...options,
        detached: true,
      });
      this.children.add(child);
      if (child.pid !== undefined) watchdog.add(child.pid);
      child.once('error', reject);
      child.once('close', (code) => {
        this.children.delete(child);
        if (child.pid !== undefined) watchdog.remove(child.pid);
        resolve(code ?? 143);
      });
    });
  }

  /** Runs a script of `test/`, whose package has no module type, under the Node that runs us. */
  runScript(script: string, args: readonly string[], options: ChildOptions = {}): Promise<number> {
    return this.run(process.execPath, ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', script, ...args], options);
  }

  /** Ends what still runs; later runs do nothing. */
  stop(): void {
    this.stopping = true;
    for (const { pid } of this.children) {
      if (pid === undefined) continue;
      try {
        process.kill(-pid, 'SIGTERM');
      } catch {
        // It ended by itself in between.
      }
    }
  }
}
