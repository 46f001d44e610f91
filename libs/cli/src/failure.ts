/** The input file or the command line is wrong; the sentence names what. Exit code 2. */
export class BadInput extends Error {
  override readonly name = 'BadInput';

  /** @param result what `--json` shows of it, where there is more to say than the sentence */
  constructor(
    message: string,
    readonly result?: unknown,
  ) {
    super(message);
  }
}

/** The stack refused, or something failed on the way. Exit code 1. */
export class Failure extends Error {
  override readonly name = 'Failure';

  /** @param result as for BadInput */
  constructor(
    message: string,
    readonly result?: unknown,
  ) {
    super(message);
  }
}
