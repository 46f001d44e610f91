import { readFile } from 'node:fs/promises';
import type { Stack } from './stack.ts';

/** The roles whose tokens a visitor needs to try the main paths. */
const SHOWN_ROLES = ['coordinator', 'specialist', 'finance'] as const;

/** What `npm start` prints: addresses, memory, demo tokens with a ready line, and what to try next. */
export async function welcome(stack: Stack): Promise<string[]> {
  const tokens = stack.env['ARIANE_MODE'] === 'production' ? [] : await demoTokens(stack.urls['issuer'] ?? '');
  const memory = await residentMegabytes(stack.pids());
  const total = Object.values(memory).reduce((sum, megabytes) => sum + megabytes, 0);
  const addresses: Record<string, string | undefined> = {
    ...stack.urls,
    mongo: stack.env['MONGO_URL'],
    kafka: stack.env['KAFKA_BROKERS'],
    temporal: stack.env['TEMPORAL_ADDRESS'],
  };
  const rows = Object.entries(addresses).map(([name, address]) => {
    const megabytes = memory[name];
    return `  ${name.padEnd(16)}${(address ?? '').padEnd(52)}${megabytes === undefined ? '' : `${megabytes} MB`}`.trimEnd();
  });
  const { portal } = stack.urls;
  return [
    '',
    ...(portal === undefined ? [] : [`Open ${portal} and choose who you are.`, '']),
    'Addresses, and memory in use:',
    ...rows,
    ...(total > 0 ? [`  ${'all'.padEnd(68)}${total} MB`] : []),
    ...tokenLines(tokens, stack),
    '',
    'Try next:',
    '  npm run story -- breast-cancer      one patient, from suspicion to the last payment',
    '  npm start -- --without workflows    the same story without its worker: it stalls and says where',
    '  npm start -- --reset                begin anew',
    '',
  ];
}

function tokenLines(tokens: readonly (readonly [string, string])[], stack: Stack): string[] {
  const [first] = tokens;
  if (!first) return [];
  const [role, token] = first;
  return [
    '',
    'Demo tokens, for 12 hours:',
    ...tokens.map(([name, value]) => `  ${name.padEnd(16)}${value}`),
    '',
    `As ${role}:`,
    `  curl -s -H 'authorization: Bearer ${token}' ${stack.urls['pathways'] ?? ''}/pathways`,
    'Another role:',
    `  curl -s -X POST ${stack.urls['issuer'] ?? ''}/demo-token -H 'content-type: application/json' -d '{"role":"chair"}'`,
  ];
}

async function demoTokens(issuer: string): Promise<(readonly [string, string])[]> {
  return Promise.all(
    SHOWN_ROLES.map(async (role) => {
      const response = await fetch(`${issuer}/demo-token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ role }),
      });
      const { token } = (await response.json()) as { token?: string }; // as: the issuer's own answer
      return [role, token ?? `(refused: ${response.status})`] as const;
    }),
  );
}

/** Resident memory in MB of each process, where the system tells it (/proc); else nothing. */
async function residentMegabytes(pids: Readonly<Record<string, number>>): Promise<Record<string, number>> {
  const read = Object.entries(pids).map(async ([name, pid]) => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
    return kilobytes === undefined ? undefined : ([name, Math.round(Number(kilobytes) / 1024)] as const);
  });
  return Object.fromEntries((await Promise.all(read)).filter((pair) => pair !== undefined));
}
