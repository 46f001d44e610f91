import { type DestinationStream, type Logger as Pino, pino } from 'pino';

import { allowedInLog, type LoggedKey, type Speakable } from './allowed';
import { describeError } from './describe-error';
import { traceId } from './trace';

/** What a log call may say besides its sentence; `error` is told by class, code and frames. */
export type LogFields = Readonly<Partial<Record<LoggedKey, Speakable | undefined>>> & { readonly error?: unknown };

/**
 * A sentence known when the code was written. One made at run time, `string` or a template with a `string` in it, is an
 * index signature as the key of a record and so needs no property: the compiler refuses it, because that is how a name
 * gets into a log.
 */
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- the empty object is the question asked
type Sentence<S extends string> = Record<never, never> extends Record<S, 1> ? never : S;

export interface Log {
  debug<S extends string>(sentence: Sentence<S>, fields?: LogFields): void;
  info<S extends string>(sentence: Sentence<S>, fields?: LogFields): void;
  warn<S extends string>(sentence: Sentence<S>, fields?: LogFields): void;
  error<S extends string>(sentence: Sentence<S>, fields?: LogFields): void;
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** The level of LOG_LEVEL; anything unknown is `info`, so that a misspelling does not silence a service. */
function levelFrom(env: NodeJS.ProcessEnv): string {
  const asked = env.LOG_LEVEL ?? 'info';
  return levels.includes(asked) ? asked : 'info';
}

/** A logger of JSON lines: time, level, service, sentence, traceId, and the allowed fields. */
export function makeLog(settings: { service: string; level: string; destination?: DestinationStream }): Log {
  const options = {
    level: settings.level,
    base: { service: settings.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const writer: Pino = settings.destination === undefined ? pino(options) : pino(options, settings.destination);
  const say =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (sentence: string, fields: LogFields = {}) => {
      if (!writer.isLevelEnabled(level)) return;
      writer[level](speakable(fields), sentence);
    };
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
}

function speakable(fields: LogFields): Record<string, unknown> {
  const trace = traceId();
  return {
    ...(trace === undefined ? {} : { traceId: trace }),
    ...allowedInLog(fields),
    ...(fields.error === undefined ? {} : { error: describeError(fields.error) }),
  };
}

/** The process's logger; its service is named by OTEL_SERVICE_NAME or ARIANE_SERVICE. */
export const logger: Log = makeLog({
  service: process.env.OTEL_SERVICE_NAME ?? process.env.ARIANE_SERVICE ?? 'ariane',
  level: levelFrom(process.env),
});
