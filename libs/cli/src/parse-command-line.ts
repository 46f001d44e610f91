import { parseArgs } from 'node:util';
import type { Command, Invocation } from './command';
import { BadInput } from './failure';

export type CommandLine =
  | { readonly kind: 'help'; readonly noun?: string }
  | { readonly kind: 'run'; readonly command: Command; readonly given: Pick<Invocation, 'operands' | 'options'> };

/**
 * What a command line asks for. File names are not touched.
 * @throws BadInput with a sentence that names what is wrong and how it is written
 */
export function parseCommandLine(commands: readonly Command[], argv: readonly string[]): CommandLine {
  const noun = argv.find((word) => !word.startsWith('-'));
  const nouns = [...new Set(commands.map(({ name }) => name.split(' ')[0]))];
  if (noun !== undefined && !nouns.includes(noun)) {
    throw new BadInput(`There is no noun "${noun}": there are ${nouns.join(', ')}.`);
  }
  if (argv.length === 0 || argv.includes('--help')) return { kind: 'help', ...(noun === undefined ? {} : { noun }) };
  const command = commands.find(({ name }) => name === argv.slice(0, name.split(' ').length).join(' '));
  if (command === undefined) {
    const known = commands.map(({ name }) => name).filter((name) => name.split(' ')[0] === noun);
    throw new BadInput(`Begin with a noun and its verb: ${(known.length > 0 ? known : nouns).join(', ')}.`);
  }
  const { values, positionals } = read(command, argv.slice(command.name.split(' ').length));
  const missing = (command.needed ?? []).filter((name) => values[name] === undefined).map((name) => `--${name}`);
  if (positionals.length !== command.operands.length || missing.length > 0) {
    const what = missing.length > 0 ? `${missing.join(' and ')} is missing` : `${counted(command)} expected`;
    throw new BadInput(`${what}: ariane ${command.name} ${command.usage}`.trimEnd());
  }
  return { kind: 'run', command, given: { operands: positionals, options: values } };
}

function read(command: Command, args: readonly string[]) {
  const options: Record<string, { type: 'boolean' | 'string' }> = { json: { type: 'boolean' } };
  for (const [name, kind] of Object.entries(command.options ?? {})) {
    options[name] = { type: kind === 'flag' ? 'boolean' : 'string' };
  }
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { positionals, values: values as Invocation['options'] }; // as: no option may come twice, so none is a list
  } catch (error) {
    const [said] = (error as Error).message.split('. '); // as: parseArgs throws TypeErrors only
    throw new BadInput(`${said ?? ''}: ariane ${command.name} ${command.usage}`.trimEnd());
  }
}

const counted = ({ operands }: Command): string =>
  operands.length === 0 ? 'nothing more is' : `exactly ${operands.join(' ')} is`;
