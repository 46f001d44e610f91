import { StackError } from './stack-error.ts';

const phaseNames = [
  'format',
  'lint',
  'types',
  'unit',
  'unused',
  'integration',
  'stories',
  'web',
  'looks',
  'keycloak',
  'containers',
] as const;
export type PhaseName = (typeof phaseNames)[number];
/** The phases that run only when they are named: each needs minutes, or a large download. */
export const namedPhases: readonly PhaseName[] = ['looks', 'keycloak'];

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const noTests: Counts = { passed: 0, failed: 0, skipped: 0 };

export function sumCounts(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    noTests,
  );
}

/**
 * Adds up the summary lines of Jest (`Tests: 1 failed, 2 skipped, 3 todo, 5 passed, 11 total`) in a text. Nx prints
 * them again for a project whose result it takes from its cache, so that cached tests are counted like others.
 */
export function countsInJestOutput(text: string): Counts {
  // eslint-disable-next-line no-control-regex -- colours are control characters
  const plain = text.replace(/\u001b\[[0-9;]*m/g, '');
  const lines = plain.match(/^.*Tests:\s+.*\d+ total$/gm) ?? [];
  const numberBefore = (line: string, word: string): number =>
    Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  return sumCounts(
    lines.map((line) => ({
      passed: numberBefore(line, 'passed'),
      failed: numberBefore(line, 'failed'),
      skipped: numberBefore(line, 'skipped') + numberBefore(line, 'todo'),
    })),
  );
}

/** How many tests passed, or failed for good, at their second try. */
export function triedAgain(text: string): number {
  return text.match(/LOGGING RETRY ERRORS/g)?.length ?? 0;
}

/** How many Nx tasks were taken from its cache. */
export function cachedTasks(text: string): number {
  return text.match(/\[(?:local cache|existing outputs match the cache, left as is)\]/g)?.length ?? 0;
}

/**
 * The phases of `npm test -- ...`: all that need no naming, or those named.
 * @throws StackError for a name that is none
 */
export function chosenPhases(argv: readonly string[]): readonly PhaseName[] {
  const unknown = argv.find((name) => !phaseNames.some((phase) => phase === name));
  if (unknown !== undefined)
    throw new StackError(
      `There is no phase named ${unknown}; npm test -- takes ${phaseNames.join(', ')}, or nothing for all.`,
    );
  return argv.length === 0
    ? phaseNames.filter((phase) => !namedPhases.includes(phase))
    : phaseNames.filter((phase) => argv.includes(phase));
}

export function duration(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
