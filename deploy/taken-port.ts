import { readdir, readFile, readlink } from 'node:fs/promises';
import { StackError } from './stack-error.ts';
import { portIsFree } from './wait.ts';

/**
 * Refuses to start beside somebody else's server: an open port also answers from yesterday's orphan.
 * @throws StackError that names the port, who holds it, and the remedy.
 */
export async function refuseTakenPorts(ports: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, port] of Object.entries(ports)) {
    if (await portIsFree(port)) continue;
    throw new StackError(
      `Port ${port} (${name}) is taken by ${await holderOf(port)}: stop that process, or choose other ports with ARIANE_PORT_BASE, for example ARIANE_PORT_BASE=6100 npm start.`,
    );
  }
}

/** Reads /proc, which shows our own user's processes; elsewhere the holder stays "another process". */
async function holderOf(port: number): Promise<string> {
  try {
    const hex = port.toString(16).toUpperCase().padStart(4, '0');
    const tables = await Promise.all(
      ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')),
    );
    const rows = tables
      .join('\n')
      .split('\n')
      .map((row) => row.trim().split(/\s+/));
    const inodes = new Set(
      rows.filter((row) => row[1]?.endsWith(`:${hex}`) && row[3] === '0A').map((row) => `socket:[${row[9]}]`),
    );
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
      for (const handle of handles) {
        const target = await readlink(`/proc/${pid}/fd/${handle}`).catch(() => '');
        if (inodes.has(target)) return `process ${pid} (${(await readFile(`/proc/${pid}/comm`, 'utf8')).trim()})`;
      }
    }
  } catch {
    // No /proc on this system: the sentence is still true without the name.
  }
  return 'another process';
}
