import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname } from 'node:path';
import { identityProvider } from './identity-provider.ts';

function needed(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`The demo's sign-in needs ${name} in its environment.`);
  return value;
}

/** The secret that the portal shows; made by whoever comes first, in one step, so that nobody reads half of it. */
function secretIn(file: string): string {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, randomBytes(32).toString('base64url'), { mode: 0o600 });
    try {
      linkSync(aside, file);
    } finally {
      rmSync(aside);
    }
  }
  return readFileSync(file, 'utf8').trim();
}

/** The demo's sign-in as a process: PORT, ARIANE_HOST and the portal's own settings for its provider. */
async function main(): Promise<void> {
  if ((process.env['ARIANE_MODE'] ?? 'production') === 'production') {
    throw new Error(
      'The demo sign-in (identity) is refused when ARIANE_MODE is production: set ARIANE_OIDC_ISSUER to your own provider.',
    );
  }
  const handle = await identityProvider({
    issuer: needed('ARIANE_OIDC_ISSUER'),
    portalOrigin: needed('ARIANE_PORTAL_URL'),
    clientId: needed('ARIANE_OIDC_CLIENT_ID'),
    clientSecret: secretIn(needed('ARIANE_OIDC_CLIENT_SECRET_FILE')),
    territory: process.env['ARIANE_TERRITORY'] ?? 'demo',
  });
  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.listen(Number(needed('PORT')), process.env['ARIANE_HOST'] ?? '127.0.0.1');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      server.close(() => process.exit(0));
      server.closeAllConnections();
    });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The demo sign-in failed.');
  process.exit(1);
});
