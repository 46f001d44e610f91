import { problems, type ProblemCode } from '@ariane/contracts';

/** One fault of a document that was sent whole: where, of which kind, what is wrong and what to write instead. */
export interface DocumentFault {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/**
 * A refusal: the command is understood and not accepted. HTTP answers it as problem+json with the code's status and
 * texts; on Kafka it parks the key; in Temporal it is not retried.
 */
export class DomainError extends Error {
  /**
   * @param params fills the text's `{placeholders}`; never a name, an identifier or a clinical value.
   * @param faults all that is wrong with a document, where the code tells only the first
   */
  constructor(
    readonly code: ProblemCode,
    readonly params: Readonly<Record<string, string>> = {},
    /** The input field at fault, as a path: `legs.0.amount`. */
    readonly field?: string,
    readonly faults?: readonly DocumentFault[],
  ) {
    super(`${code}: ${problemText(code, 'en', params)}`);
    this.name = 'DomainError';
  }
}

/** The text of a refusal in the reader's language, with its placeholders filled. */
export function problemText(
  code: ProblemCode,
  language: 'fr' | 'en',
  params: Readonly<Record<string, string>>,
): string {
  return problems[code][language].replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '…');
}

/** Throws a plain Error for what cannot happen: a bug, answered 500 and redelivered, never a refusal. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`);
}
