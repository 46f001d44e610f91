import { type Mode, startIssuer } from './issuer';

/** The issuer as a process: ISSUER_PORT, ISSUER_KEYS_FILE, ARIANE_SERVICE_SECRET_FILE, ARIANE_MODE, ARIANE_TERRITORY. */
async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const wrong: string[] = [];
  const needed = (key: string): string => {
    const value = env[key] ?? '';
    if (value === '') wrong.push(`${key} is missing`);
    return value;
  };
  const port = Number(needed('ISSUER_PORT'));
  if (!Number.isInteger(port) || port < 0 || port > 65_535) wrong.push('ISSUER_PORT must be a port');
  const keysFile = needed('ISSUER_KEYS_FILE');
  const serviceSecretFile = needed('ARIANE_SERVICE_SECRET_FILE');
  const mode = env.ARIANE_MODE ?? 'production';
  if (!isMode(mode)) wrong.push('ARIANE_MODE must be production, demo or test');
  if (wrong.length > 0 || !isMode(mode)) throw new Error(`The issuer cannot start: ${wrong.join('; ')}.`);
  const territory = env.ARIANE_TERRITORY;
  const issuer = await startIssuer({ port, keysFile, serviceSecretFile, mode, ...(territory ? { territory } : {}) });
  process.stdout.write(`${JSON.stringify({ level: 'info', service: 'issuer', msg: 'Ready.', url: issuer.url })}\n`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void issuer.stop());
}

function isMode(text: string): text is Mode {
  return text === 'production' || text === 'demo' || text === 'test';
}

main(process.env).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'The issuer failed.'}\n`);
  process.exitCode = 1;
});
