import { type ProblemCode, problems } from '@ariane/contracts';
import { DomainError, problemText } from '@ariane/kernel';
import { isErrorLike } from '@ariane/telemetry';
import { HttpException } from '@nestjs/common';

import { type FieldFault, ValidationFailure } from './field-faults';
import type { Language } from './language';

/** An answer of RFC 9457; `code` is the contract, the texts are for people. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  /** The input field at fault, the first one where there are several: `legs.0.amount`. */
  readonly field?: string;
  readonly errors?: readonly FieldFault[];
}

const codesByStatus: Readonly<Record<number, ProblemCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  428: 'IF_MATCH_REQUIRED',
  429: 'TOO_MANY_REQUESTS',
  503: 'NOT_READY',
};

/** The answer to anything thrown. The messages of foreign errors are never repeated: they may quote data. */
export function problemFrom(error: unknown, language: Language): Problem {
  if (error instanceof ValidationFailure) return invalid(error.faults(language), language);
  if (error instanceof DomainError) {
    const problem = problemOf(error.code, language, error.params, error.field);
    return error.faults === undefined ? problem : { ...problem, errors: error.faults };
  }
  const status = statusOf(error);
  return problemOf(codesByStatus[status] ?? (status < 500 ? 'INVALID_INPUT' : 'INTERNAL'), language);
}

function problemOf(
  code: ProblemCode,
  language: Language,
  params: Readonly<Record<string, string>> = {},
  field?: string,
): Problem {
  const text = problemText(code, language, params);
  return {
    type: `urn:ariane:problem:${code}`,
    title: text,
    status: problems[code].status,
    code,
    detail: field === undefined ? text : labelled(field, text, language),
    ...(field === undefined ? {} : { field }),
  };
}

function invalid(errors: readonly FieldFault[], language: Language): Problem {
  const [first] = errors;
  const problem = problemOf('INVALID_INPUT', language);
  if (first === undefined) return problem;
  const detail = errors.map(({ field, message }) => labelled(field, message, language)).join(' ');
  return { ...problem, detail, field: first.field, errors };
}

/** French sets a space before its colon. */
function labelled(field: string, text: string, language: Language): string {
  return `${field}${language === 'fr' ? ' :' : ':'} ${text}`;
}

/** The status that Nest's exceptions and the errors of Express and its body parser carry; 500 for anything else. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const carried = isErrorLike(error) && 'status' in error ? error.status : undefined;
  return typeof carried === 'number' && carried >= 400 && carried < 600 ? carried : 500;
}
