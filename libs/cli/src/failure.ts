/** The input file or the arguments are wrong; the sentence names what. Exit code 2. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

/** Understood and refused, or failed on the way. Exit code 1. */
export class Failure extends Error {
  override readonly name = 'Failure';

  /** @param result what `--json` shows of it, where there is more to say than the sentence */
  constructor(
    message: string,
    readonly result?: unknown,
  ) {
    super(message);
  }
}
