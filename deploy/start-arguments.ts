import { parseArgs } from 'node:util';
import { StackError } from './stack-error.ts';
import { DEMO_PORT_BASE, planPorts, services } from './topology.ts';

/** A demo's today is a fixed date, so that the same story has the same dates whenever it is played. */
export const DEMO_STARTS_AT = '2026-03-02T08:00:00.000Z';

export interface StartArguments {
  readonly reset: boolean;
  readonly mode: 'processes' | 'containers';
  readonly portBase: number;
  /** Services that are left out, to see what the others do without them. */
  readonly without: readonly string[];
  readonly production: boolean;
}

/**
 * The arguments of `npm start -- ...` and the environment's ARIANE_PORT_BASE, STACK and ARIANE_MODE.
 * @throws StackError, or RangeError for the port base, with a sentence that says what is allowed
 */
export function parseStartArguments(argv: readonly string[], env: NodeJS.ProcessEnv): StartArguments {
  const usage = 'npm start -- [--reset] [--containers] [--without workflows,meetings]';
  const values = optionsOf(argv, usage);
  const without = values.without === undefined ? [] : values.without.split(',').map((name) => name.trim());
  const unknown = without.find((name) => !services.some((service) => service.name === name));
  if (unknown !== undefined) {
    throw new StackError(
      `There is no service named ${unknown}; --without takes ${services.map((service) => service.name).join(', ')}.`,
    );
  }
  return {
    reset: values.reset,
    mode: stackMode(env, values.containers),
    portBase: portBaseOf(env, DEMO_PORT_BASE),
    without,
    production: env['ARIANE_MODE'] === 'production',
  };
}

function optionsOf(
  argv: readonly string[],
  usage: string,
): { reset: boolean; containers: boolean; without?: string | undefined } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        reset: { type: 'boolean', default: false },
        containers: { type: 'boolean', default: false },
        without: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    throw new StackError(`${error instanceof Error ? error.message : String(error)} Usage: ${usage}`);
  }
}

/** STACK=containers runs the three servers in containers; nothing else is known. */
export function stackMode(env: NodeJS.ProcessEnv, containers = false): 'processes' | 'containers' {
  const stack = env['STACK'] ?? (containers ? 'containers' : 'processes');
  if (stack === 'processes' || stack === 'containers') return stack;
  throw new StackError(`STACK=${stack} is not known: it is processes (the default) or containers.`);
}

/** ARIANE_PORT_BASE, checked, or the given default. */
export function portBaseOf(env: NodeJS.ProcessEnv, byDefault: number): number {
  const base = Number(env['ARIANE_PORT_BASE'] ?? byDefault);
  planPorts(base);
  return base;
}
