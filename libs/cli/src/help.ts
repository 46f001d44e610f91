import type { Command } from './command';

/** The help of the whole command, or of one noun. */
export function helpFor(commands: readonly Command[], noun?: string): string {
  const shown = noun === undefined ? commands : commands.filter(({ name }) => name.split(' ')[0] === noun);
  return [
    'ariane: the command line of Ariane. Run it as: npm run -s ariane -- NOUN VERB ...',
    '',
    ...shown.flatMap(({ name, usage, about }) => [`  ${name} ${usage}`.trimEnd(), `      ${about}`]),
    '',
    'Every command takes --json (the result as JSON on standard output, everything else on standard error) and --help.',
    'Exit codes: 0 done; 1 refused by the stack, or failed; 2 a fault in a file or in the command line.',
    'Where there are no demo tokens, ARIANE_TOKEN holds the token to speak with.',
  ].join('\n');
}
