import type { Mode } from '@ariane/auth';
import {
  addressSetting,
  choiceSetting,
  integerSetting,
  optionalSetting,
  SettingsReading,
  textSetting,
} from '@ariane/kernel';

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

/** Reads the environment; throws one Error that lists every wrong key with what is allowed. */
export function readConfig(env: NodeJS.ProcessEnv): ServiceConfig {
  const reading = new SettingsReading(env);
  const mode = reading.read('ARIANE_MODE', choiceSetting<Mode>(['production', 'demo', 'test'], 'production'));
  const issuerUrl = reading.read('ARIANE_ISSUER_URL', addressSetting());
  const clockFile = reading.read('ARIANE_CLOCK_FILE', optionalSetting);
  if (clockFile !== undefined && mode === 'production') {
    reading.fault('ARIANE_CLOCK_FILE is refused when ARIANE_MODE is production: care is dated by the machine clock');
  }
  const config: ServiceConfig = {
    mode,
    issuerUrl,
    host: reading.read('ARIANE_HOST', textSetting('127.0.0.1')),
    port: reading.read('PORT', integerSetting(0, 65_535)),
    jwksUrl: reading.read('ARIANE_JWKS_URL', addressSetting(`${issuerUrl}/.well-known/jwks.json`)),
    serviceSecretFile: reading.read('ARIANE_SERVICE_SECRET_FILE', textSetting()),
    bodyBytesMax: reading.read('ARIANE_BODY_BYTES_MAX', integerSetting(1_024, 16_777_216, 262_144)),
    requestTimeoutMs: reading.read('ARIANE_REQUEST_TIMEOUT_MS', integerSetting(100, 300_000, 15_000)),
    rateLimitPerMinute: reading.read('ARIANE_RATE_LIMIT_PER_MINUTE', integerSetting(0, 1_000_000, 0)),
    stopTimeoutMs: reading.read('ARIANE_STOP_TIMEOUT_MS', integerSetting(100, 60_000, 10_000)),
    ...(clockFile === undefined ? {} : { clockFile }),
  };
  return reading.done(config);
}
