import { DomainError } from '@ariane/kernel';
import type { Command } from './command';
import { contractCommands } from './contract-commands';
import { contractSimulateCommand } from './contract-simulate-command';
import { demoCommands } from './demo-commands';
import { BadInput, Failure } from './failure';
import { helpFor } from './help';
import { importCommand } from './import-command';
import { ledgerCommands } from './ledger-commands';
import { operationCommands } from './operation-commands';
import { parseCommandLine } from './parse-command-line';
import { protocolCommands } from './protocol-commands';
import { RunningStack } from './running-stack';
import { simulateCommand } from './simulate-command';

const commands: readonly Command[] = [
  ...protocolCommands,
  simulateCommand,
  ...contractCommands,
  contractSimulateCommand,
  importCommand,
  ...ledgerCommands,
  ...operationCommands,
  ...demoCommands,
];

/** All that the command line touches of its process. */
interface Surroundings {
  /** The folder that file names are relative to. */
  readonly folder: string;
  /** Written by `npm start` while it runs. */
  readonly stackFile: string;
  readonly token: string | undefined;
  readonly write: (text: string) => void;
  readonly tell: (text: string) => void;
  readonly interrupted: () => AbortSignal;
}

/** Runs one command line. @returns the exit code: 0 done, 1 refused by the stack or failed, 2 a fault in a file or the command line */
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
      interrupted: around.interrupted,
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
  const known = error instanceof BadInput || error instanceof Failure || error instanceof DomainError;
  // A bug of ours is not a refusal: it keeps its stack.
  if (!known) throw error;
  tell(`${error.message}\n`);
  if (json) write(`${JSON.stringify(faultOf(error), null, 2)}\n`);
  // Only the running stack fails; what the rules refuse on their own is a fault of the file that was given.
  return error instanceof Failure ? 1 : 2;
}

function faultOf(error: BadInput | Failure | DomainError): unknown {
  if (!(error instanceof DomainError)) return error.result ?? { detail: error.message };
  return { code: error.code, detail: error.message, ...(error.field === undefined ? {} : { field: error.field }) };
}
