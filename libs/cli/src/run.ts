import { DomainError } from '@ariane/kernel';
import type { Command } from './command';
import { contractCommands } from './contract-commands';
import { demoCommands } from './demo-commands';
import { BadInput, Failure } from './failure';
import { helpFor } from './help';
import { importCommand } from './import-command';
import { operationCommands } from './operation-commands';
import { parseCommandLine } from './parse-command-line';
import { protocolCommands } from './protocol-commands';
import { RunningStack } from './running-stack';

export const commands: readonly Command[] = [
  ...protocolCommands,
  ...contractCommands,
  importCommand,
  ...operationCommands,
  ...demoCommands,
];

/** All that the command line touches of its process. */
export interface Surroundings {
  /** The folder that file names are relative to. */
  readonly folder: string;
  /** Written by `npm start` while it runs. */
  readonly stackFile: string;
  readonly token: string | undefined;
  readonly write: (text: string) => void;
  readonly tell: (text: string) => void;
}

/** Runs one command line. @returns the exit code: 0 done, 1 refused or failed, 2 a bad input file or command line */
export async function run(argv: readonly string[], around: Surroundings): Promise<number> {
  const json = argv.includes('--json');
  try {
    const line = parseCommandLine(commands, argv);
    if (line.kind === 'help') {
      around.write(`${helpFor(commands, line.noun)}\n`);
      return 0;
    }
    const { value, lines } = await line.command.run({
      ...line.given,
      folder: around.folder,
      stack: () => RunningStack.fromFile(around.stackFile, around.token),
      progress: (text) => {
        around.tell(text.endsWith('\r') ? text : `${text}\n`);
      },
    });
    around.write(json ? `${JSON.stringify(value, null, 2)}\n` : lines.map((text) => `${text}\n`).join(''));
    return 0;
  } catch (error) {
    return told(error, json, around);
  }
}

function told(error: unknown, json: boolean, { tell, write }: Surroundings): number {
  if (error instanceof BadInput) {
    tell(`${error.message}\n`);
    return 2;
  }
  // A bug of ours is not a refusal: it keeps its stack.
  if (!(error instanceof Failure) && !(error instanceof DomainError)) throw error;
  tell(`${error.message}\n`);
  if (json) write(`${JSON.stringify(refusalOf(error), null, 2)}\n`);
  return 1;
}

function refusalOf(error: Failure | DomainError): unknown {
  if (error instanceof Failure) return error.result ?? { detail: error.message };
  return { code: error.code, detail: error.message, ...(error.field === undefined ? {} : { field: error.field }) };
}
