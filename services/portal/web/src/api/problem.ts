/** What a service answers instead of a result (RFC 9457), in the reader's language. */
export interface ProblemBody {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly field?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

/** A refusal or a failure of the server. `status` 0: the server was not reached. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(readonly body: ProblemBody) {
    super(body.detail ?? body.title);
  }

  get status(): number {
    return this.body.status;
  }

  get code(): string {
    return this.body.code;
  }

  /** Whether the same request may succeed when it is sent again as it is. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** What is wrong with each field, by its name. */
  get fields(): Readonly<Record<string, string>> {
    const { errors, field, detail, title } = this.body;
    if (errors !== undefined) return Object.fromEntries(errors.map((one) => [one.field, one.message]));
    return field === undefined ? {} : { [field]: detail ?? title };
  }
}

export const isProblem = (error: unknown): error is Problem => error instanceof Problem;
