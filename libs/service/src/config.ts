import type { Mode } from '@ariane/auth';

/** A service's settings, read once from the environment. Times are in milliseconds. */
export interface ServiceConfig {
  readonly mode: Mode;
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Address of the token issuer, without a trailing slash; also the `iss` that tokens must carry. */
  readonly issuerUrl: string;
  readonly jwksUrl: string;
  readonly serviceSecretFile: string;
  /** Largest JSON body, in bytes; other kinds of body reach their handler as a stream. */
  readonly bodyBytesMax: number;
  readonly requestTimeoutMs: number;
  /** Calls a minute per caller; 0 sets no limit. */
  readonly rateLimitPerMinute: number;
  /** How long a stop waits for what is under way. */
  readonly stopTimeoutMs: number;
  /** File of the stepped demo clock; never in production. */
  readonly clockFile?: string;
}

/** One key of the environment: how to read it, or what is wrong with it. */
type Reading<T> = { readonly value: T } | { readonly wrong: string };

type Reader<T> = (text: string | undefined) => Reading<T>;

/** Reads the environment; throws one Error that lists every wrong key with what is allowed. */
export function readConfig(env: NodeJS.ProcessEnv): ServiceConfig {
  const wrong: string[] = [];
  const read = <T>(key: string, reader: Reader<T>): T => {
    const text = env[key];
    const reading = reader(text === '' ? undefined : text);
    if ('value' in reading) return reading.value;
    wrong.push(`${key} ${reading.wrong}`);
    return undefined as T; /* never used: the list is thrown below */
  };
  const mode = read('ARIANE_MODE', oneOf<Mode>(['production', 'demo', 'test'], 'production'));
  const issuerUrl = read('ARIANE_ISSUER_URL', url());
  const clockFile = read('ARIANE_CLOCK_FILE', optional);
  if (clockFile !== undefined && mode === 'production') {
    wrong.push('ARIANE_CLOCK_FILE is refused when ARIANE_MODE is production: care is dated by the machine clock');
  }
  const config: ServiceConfig = {
    mode,
    issuerUrl,
    host: read('ARIANE_HOST', text('127.0.0.1')),
    port: read('PORT', integer(0, 65_535)),
    jwksUrl: read('ARIANE_JWKS_URL', url(`${issuerUrl}/.well-known/jwks.json`)),
    serviceSecretFile: read('ARIANE_SERVICE_SECRET_FILE', text()),
    bodyBytesMax: read('ARIANE_BODY_BYTES_MAX', integer(1_024, 16_777_216, 262_144)),
    requestTimeoutMs: read('ARIANE_REQUEST_TIMEOUT_MS', integer(100, 300_000, 15_000)),
    rateLimitPerMinute: read('ARIANE_RATE_LIMIT_PER_MINUTE', integer(0, 1_000_000, 0)),
    stopTimeoutMs: read('ARIANE_STOP_TIMEOUT_MS', integer(100, 60_000, 10_000)),
    ...(clockFile === undefined ? {} : { clockFile }),
  };
  if (wrong.length > 0) throw new Error(`The environment is wrong: ${wrong.join('; ')}.`);
  return config;
}

function integer(min: number, max: number, byDefault?: number): Reader<number> {
  return (given) => {
    if (given === undefined && byDefault !== undefined) return { value: byDefault };
    const value = Number(given);
    if (given !== undefined && /^\d+$/.test(given) && value >= min && value <= max) return { value };
    return { wrong: `must be a whole number from ${min} to ${max}` };
  };
}

function oneOf<T extends string>(allowed: readonly T[], byDefault: T): Reader<T> {
  return (given) => {
    const value = given === undefined ? byDefault : allowed.find((one) => one === given);
    return value === undefined ? { wrong: `must be one of ${allowed.join(', ')}` } : { value };
  };
}

function url(byDefault?: string): Reader<string> {
  return (given = byDefault) => {
    if (given !== undefined && /^https?:\/\//.test(given) && URL.canParse(given)) {
      return { value: given.replace(/\/+$/, '') };
    }
    return { wrong: 'must be an http or https address' };
  };
}

function text(byDefault?: string): Reader<string> {
  return (given = byDefault) => (given === undefined ? { wrong: 'is missing' } : { value: given });
}

const optional: Reader<string | undefined> = (given) => ({ value: given });
