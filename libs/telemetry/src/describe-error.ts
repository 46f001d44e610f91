/** What of an error may be told: its class, its code and where it was thrown, never its message. */
export interface ErrorDescription {
  readonly errorName: string;
  readonly errorCode?: string;
  /** The frames of the stack, without the message that precedes them. */
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

const codeLike = /^[\w.-]{1,80}$/;
/** ` at name (file:line:column)`; a line of a message that merely begins with `at` is none. */
const frame = /^\s+at [^()]*\(?[^()\s]+:\d+:\d+\)?$/;

/** Describes anything thrown. Messages are left out since drivers and parsers quote the data they choke on. */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!isErrorLike(error)) return { errorName: typeof error };
  const code = 'code' in error ? error.code : undefined;
  const frames = stackFrames(error);
  return {
    errorName: codeLike.test(error.name) ? error.name : 'Error',
    ...((typeof code === 'string' || typeof code === 'number') && codeLike.test(String(code))
      ? { errorCode: String(code) }
      : {}),
    ...(frames === '' ? {} : { stack: frames }),
    ...(error.cause === undefined || depth >= 3 ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}

/** An Error of any realm: `instanceof` fails for those of another one, as under Jest. */
export function isErrorLike(thrown: unknown): thrown is Error {
  if (thrown instanceof Error) return true;
  if (typeof thrown !== 'object' || thrown === null || !('message' in thrown) || !('name' in thrown)) return false;
  return typeof thrown.message === 'string' && typeof thrown.name === 'string';
}

/** A message may itself hold lines like frames; what comes after the message is cut by its length, not by its look. */
function stackFrames(error: Error): string {
  const stack = error.stack ?? '';
  const messageAt = error.message === '' ? -1 : stack.indexOf(error.message);
  const rest = messageAt < 0 ? stack : stack.slice(messageAt + error.message.length);
  return rest
    .split('\n')
    .filter((line) => frame.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
    .join('\n');
}
