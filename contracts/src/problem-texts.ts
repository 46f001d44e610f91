/** The HTTP status of a refusal and what it says in both languages. */
export interface ProblemTexts {
  readonly status: number;
  readonly fr: string;
  readonly en: string;
}
