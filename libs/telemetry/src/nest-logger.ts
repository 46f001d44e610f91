import { isErrorLike } from './describe-error';
import type { Log } from './logger';

/** The parts of Nest's framework whose sentences hold only names of modules and routes. */
const framework = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'NestMicroservice',
  'RouterExplorer',
  'RoutesResolver',
]);

/**
 * Nest's LoggerService over ours. The framework's progress is told at `debug`; what any other part writes is withheld
 * but for its context, since a sentence made at run time may quote data: our own code calls `logger` instead.
 */
export class NestLogger {
  constructor(private readonly writer: Log) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.say('debug', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.say('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.say('debug', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.say('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.say('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.say('error', message, rest);
  }

  private say(level: 'debug' | 'warn' | 'error', message: unknown, rest: readonly unknown[]): void {
    const last = rest.at(-1);
    const context = typeof last === 'string' ? last : 'unknown';
    const error = [message, ...rest].find(isErrorLike);
    if (framework.has(context)) this.writer[level]('Nest reports progress.', { context, error });
    else this.writer[level]('A library wrote a line that is withheld.', { context, error });
  }
}
