import { readFileSync } from 'node:fs';

/** Whether the process runs; one that ended and waits to be reaped does not. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // as: process.kill throws errno errors only
  }
  return statusOf(pid)?.[0] !== 'Z';
}

/** What tells a process from a later one with the same number, or undefined where the system does not show it. */
export function birthOf(pid: number): string | undefined {
  return statusOf(pid)?.[19];
}

/** The fields of /proc/PID/stat from the third on: the second, the name, may hold blanks. Undefined without /proc. */
function statusOf(pid: number): string[] | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
