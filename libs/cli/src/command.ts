import type { RunningStack } from './running-stack';

/** What a command is given, with everything of the process that it may touch. */
export interface Invocation {
  /** What follows the noun and the verb. */
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** The folder that file names are relative to. */
  readonly folder: string;
  /** The stack of `npm start`. Throws Failure when none runs. */
  readonly stack: () => RunningStack;
  /** A line for the eyes, on standard error; a line that ends with `\r` is written over by the next. */
  readonly progress: (line: string) => void;
  /** Aborted when the user stops the command, which then ends on its own; one that never asks is ended by the signal. */
  readonly interrupted: () => AbortSignal;
}

/** What a command answers: the value for programs, and the same as lines for people. */
interface Result {
  readonly value: unknown;
  readonly lines: readonly string[];
}

export interface Command {
  /** As it is typed: `parked replay`, or `import`. */
  readonly name: string;
  /** The rest of the line: `KEY --service S`. */
  readonly usage: string;
  readonly about: string;
  readonly operands: readonly string[];
  /** Name to whether it takes a value. */
  readonly options?: Readonly<Record<string, 'value' | 'flag'>>;
  /** Options that must be there. */
  readonly needed?: readonly string[];
  /** Throws BadInput or Failure. */
  readonly run: (invocation: Invocation) => Promise<Result> | Result;
}

/** An option that `needed` promises. */
export function valueOf({ options }: Invocation, name: string): string {
  return String(options[name]);
}

/** An operand that the number of `operands` promises. */
export function operandOf({ operands }: Invocation, index: number): string {
  return operands[index] ?? '';
}
