import { readFile } from 'node:fs/promises';

/** Tokens last ten minutes; one is asked for anew well before its end. */
const RENEW_AFTER_MS = 5 * 60_000;

/**
 * The operator's own tokens for the internal routes of the services, renewed when half their life is over. Written
 * out here because the library of the services would load Nest into a process that only reads two small answers.
 * @param secretFile JSON object service → secret, as the issuer makes it
 */
export function operatorTokens(issuerUrl: string, secretFile: string): () => Promise<string> {
  let kept: { readonly token: string; readonly atMs: number } | undefined;
  return async () => {
    if (kept && performance.now() - kept.atMs < RENEW_AFTER_MS) return kept.token;
    const secrets = JSON.parse(await readFile(secretFile, 'utf8')) as Record<string, string>; // as: the issuer's file
    const response = await fetch(`${issuerUrl}/service-token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ service: 'operator', secret: secrets['operator'] }),
      signal: AbortSignal.timeout(5_000),
    });
    if (!response.ok) throw new Error(`the issuer refuses a token to the operator: ${response.status}`);
    const { token } = (await response.json()) as { token: string }; // as: the issuer's own answer
    kept = { token, atMs: performance.now() };
    return token;
  };
}
