import { readdirSync, readFileSync } from 'node:fs';

/** The parent of each process of the machine. */
function parents(): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = textOf(`/proc/${pid}/stat`);
    if (stat !== '') found.set(Number(pid), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  return found;
}

/** A process and all that it began and that is still there. */
function familyOf(root: number): ReadonlySet<number> {
  const family = new Set([root]);
  const all = parents();
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const [pid, parent] of all) if (family.has(parent)) family.add(pid);
  }
  return family;
}

/** Memory of a process and of all that it began, in megabytes: what they share is counted once (PSS). */
export function megabytesOf(root: number): number {
  let kilobytes = 0;
  for (const pid of familyOf(root))
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(textOf(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
  return Math.round(kilobytes / 1024);
}

/** A process may end between two looks. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
