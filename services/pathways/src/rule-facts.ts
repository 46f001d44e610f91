import {
  type ClinicalRules,
  type ClinicalRulesConfig,
  clinicalRules,
  codesOf,
  type Measurement,
  rulesVersion,
  summaryOf,
} from '@ariane/clinical-rules';
import { uuidv5 } from '@ariane/kernel';
import type { Fact } from '@ariane/protocol';
import type { NewFact, Pathway } from './pathway';
import type { RuleFacts } from './planner';

/** Under which code each of the rules' measurements is recorded in a pathway. */
const kinds = {
  creatinine: 'creatinine',
  'patient.weight': 'weight',
  'patient.height': 'height',
  egfr: 'reported-egfr',
} as const;

/** The drugs foreseen, as the prescriber named them. */
const drugsCode = 'treatment.drugs';

/**
 * What the clinical rules say of a patient, as facts that a protocol's conditions can read: `review`, `no-review`,
 * `not-assessed` or `missing`. Switched off, or with no drug named, the answer is "not assessed": never silence, which
 * could be read as safe (hazard H7).
 */
export function ruleFactsOf(rules: ClinicalRules): RuleFacts {
  return (pathway, now) => [renalDose(rules, pathway, now)];
}

const renalCode = 'clinical-rule.renal-dose';

/** What a rule answered when the plan was last read, and on what: for a human to check, never a decision. */
export interface Assessment {
  /** The fact that conditions read. */
  readonly code: string;
  readonly value: ReturnType<typeof summaryOf>;
  /** Care time of the facts it was read from. */
  readonly at: string;
  readonly version: string;
  /** Drug by drug: value, inputs, formula and reasons; or why it is not assessed; or what is missing. */
  readonly results: readonly ({ readonly drug: string } & ReturnType<ClinicalRules['renalDoseReview']>)[];
}

/** The last answers of the rules with all that led to them; the same function of the same facts as those of the plan. */
export const assessmentsOf =
  (rules: ClinicalRules) =>
  (pathway: Pathway): readonly Assessment[] => {
    const at = pathway.plannedAt ?? pathway.enrolledAt;
    const results = renalResults(rules, pathway, at);
    return [{ code: renalCode, value: summaryOf(results), at, version: rulesVersion, results }];
  };

function renalResults(rules: ClinicalRules, pathway: Pathway, now: string): Assessment['results'] {
  const { person } = pathway;
  if (person === undefined) return [];
  const known = { ...person, measurements: measurementsOf(pathway.facts) };
  return drugsOf(pathway, now).map((drug) => ({ drug, ...rules.renalDoseReview(drug, known, now) }));
}

function renalDose(rules: ClinicalRules, pathway: Pathway, now: string): NewFact {
  const value = summaryOf(renalResults(rules, pathway, now));
  // Dated from enrolment: it is a reading of the facts at hand, and no newer than any of them.
  return { id: uuidv5(pathway.id, `${renalCode}/${value}`), code: renalCode, at: pathway.enrolledAt, value };
}

function drugsOf({ facts }: Pathway, now: string): readonly string[] {
  const named = facts.filter(({ code, at }) => code === drugsCode && Date.parse(at) <= Date.parse(now));
  const last = [...named].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.seq ?? 0) - (b.seq ?? 0)).at(-1);
  if (typeof last?.value !== 'string') return [];
  return last.value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** With their units as given: the rules convert what they know, and take the rest as unknown. */
const measurementsOf = (facts: readonly Fact[]): readonly Measurement[] =>
  facts.flatMap(({ code, value, unit, at }) => {
    const kind = isMeasured(code) ? codesOf[kinds[code]][0] : undefined;
    return kind === undefined || typeof value !== 'number'
      ? []
      : [{ code: kind, value, unit: unit ?? '', measuredAt: at }];
  });

const isMeasured = (code: string): code is keyof typeof kinds => Object.hasOwn(kinds, code);

/**
 * The switch of the rules, from the environment. A demo or a test has them on, for the demo clinician, unless
 * `ARIANE_CLINICAL_RULES=off`. Production has them off unless it says `on`, names its clinician in
 * `ARIANE_CLINICAL_RULES_CLINICIAN` and declares a status in `ARIANE_CLINICAL_RULES_STATUS`.
 */
export function rulesFrom(env: Readonly<Record<string, string | undefined>>): ClinicalRules {
  const isReal = (env.ARIANE_MODE ?? 'production') === 'production';
  const status = env.ARIANE_CLINICAL_RULES_STATUS ?? (isReal ? undefined : 'research');
  const clinician = env.ARIANE_CLINICAL_RULES_CLINICIAN ?? (isReal ? undefined : 'demo clinician');
  const enabled = (env.ARIANE_CLINICAL_RULES ?? (isReal ? 'off' : 'on')) === 'on';
  return clinicalRules({ enabled, ...named({ clinician, status }) });
}

function named({ clinician, status }: { clinician?: string; status?: string }): Omit<ClinicalRulesConfig, 'enabled'> {
  const declared = status === 'research' || status === 'in-house MDR 5(5)' ? status : undefined;
  const marked = status?.startsWith('CE ') === true ? (`CE ${status.slice(3)}` as const) : declared;
  return { ...(clinician === undefined ? {} : { clinician }), ...(marked === undefined ? {} : { status: marked }) };
}
