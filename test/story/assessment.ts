import type { Step } from './scene.ts';

interface Unknown {
  readonly fact: string;
  readonly reason: string;
  readonly ageDays?: number;
  readonly seen?: readonly string[];
}
type Result = { readonly drug: string } & (
  | {
      readonly status: 'assessed';
      readonly value: string;
      readonly formula: string;
      readonly inputs: Readonly<Record<string, string | number>>;
      readonly reasons: readonly string[];
    }
  | { readonly status: 'not-assessed'; readonly why: string }
  | { readonly status: 'missing'; readonly what: readonly Unknown[] }
);

/** A clinical rule's last answer, as a pathway shows it. */
export interface Assessment {
  readonly code: string;
  readonly value: string;
  readonly version: string;
  readonly results: readonly Result[];
}

/** The rule that the stories of chemotherapy turn on; the other rules answer in the pathway's view. */
const TOLD = 'clinical-rule.renal-dose';

/** The last answer in words, drug by drug; nothing while no drug has been named. */
export function assessmentLines({ code, value, version, results }: Assessment, steps: readonly Step[]): string[] {
  if (code !== TOLD || results.length === 0) return [];
  const opened = steps.filter(({ key, status }) => /-dose-review(#|$)/.test(key) && isOpen(status));
  const why = opened.map(({ key, role, status }) => `; ${key} is ${status}, for ${role}`).join('');
  return [`${code} ${version} answers ${value}${why}`, ...results.map((result) => `  ${result.drug}: ${said(result)}`)];
}

const isOpen = (status: string): boolean => status === 'due' || status === 'late';

function said(result: Result): string {
  switch (result.status) {
    case 'not-assessed':
      return `not assessed: ${result.why}`;
    case 'missing':
      return `unknown: ${result.what.map(unknown).join('; ')}`;
    case 'assessed': {
      const clearance = result.inputs.clearanceMlMin;
      const from = result.inputs.creatinine === undefined ? '' : `, creatinine ${result.inputs.creatinine}`;
      const computed = typeof clearance === 'number' ? ` (${clearance.toFixed(1)} mL/min${from})` : '';
      const reasons = result.reasons.length > 0 ? `: ${result.reasons.join(', ')}` : '';
      return `${result.value}${reasons}${computed}, ${result.formula}`;
    }
  }
}

function unknown({ fact, reason, ageDays, seen = [] }: Unknown): string {
  const values = seen.length > 0 ? ` (${seen.join(' and ')})` : '';
  return reason === 'absent'
    ? `missing ${fact}`
    : `${reason} ${fact}${ageDays === undefined ? '' : `, ${ageDays} days`}${values}`;
}

/** The same for the same answer and reasons, whatever the days that have passed and the step that is due. */
export const answerKey = ([first = '', ...drugs]: readonly string[]): string =>
  [first.split(';', 1)[0], ...drugs].join('\n').replaceAll(/\d+/g, '');
