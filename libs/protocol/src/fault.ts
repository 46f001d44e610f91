/** Something wrong in a protocol document, and where. */
export interface Fault {
  /** JSON pointer: `/steps/3/when`. */
  readonly pointer: string;
  /** What is wrong and, where it can be told, what to write instead. */
  readonly message: string;
  /** Line of the text, from 1, when the document came as text. */
  readonly line?: number;
}

export const fault = (path: readonly (string | number)[], message: string): Fault => ({
  pointer: path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
  message,
});
