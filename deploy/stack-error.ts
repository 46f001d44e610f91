/** A failure that the person at the keyboard can mend: its message is one sentence that says what and how. */
export class StackError extends Error {
  override readonly name = 'StackError';
}

/** The sentence for a person when the failure is one they can mend, else everything a programmer needs. */
export function describeFailure(error: unknown): string {
  if (error instanceof StackError || error instanceof RangeError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
