import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second for everyone who reads /proc. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time each process has used so far, its kernel's work for it included. */
export function secondsOf(pids: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(pids).map(([name, pid]) => {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The second field is the command in parentheses, which may hold spaces: count from behind it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [name, (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND];
    }),
  );
}
