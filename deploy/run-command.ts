import { execFile, type ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';
import { StackError } from './stack-error.ts';

const execFileAsync = promisify(execFile);

/** A download under way ends with us. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Runs a tool to its end and answers its standard output.
 * @throws StackError that begins with `failure` and ends with what the tool said.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  failure: string,
  cwd?: string,
): Promise<string> {
  const ended = execFileAsync(command, args, { cwd, maxBuffer: 16 * 1024 * 1024 });
  running.add(ended.child);
  try {
    return (await ended).stdout;
  } catch (error) {
    const { code, stderr, stdout } = error as NodeJS.ErrnoException & { stderr?: string; stdout?: string }; // as: execFile's own error
    if (code === 'ENOENT') throw new StackError(`${failure}: the command ${command} is not installed.`);
    const said = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-8).join('\n');
    throw new StackError(`${failure}:\n${said}`);
  } finally {
    running.delete(ended.child);
  }
}
