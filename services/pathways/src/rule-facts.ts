import {
  type ClinicalRules,
  type ClinicalRulesConfig,
  clinicalRules,
  type Review,
  rulesVersion,
  type Summary,
  summaryOf,
} from '@ariane/clinical-rules';
import { uuidv5 } from '@ariane/kernel';
import type { NewFact, Pathway } from './pathway';
import type { RuleFacts } from './planner';
import { type RuleInputs, ruleInputsOf } from './rule-inputs';

/** One answer of a rule; of a rule that is read drug by drug, with the drug. */
type Result = { readonly drug?: string } & Review;

/** What a rule answered when the plan was last read, and on what: for a human to check, never a decision. */
export interface Assessment {
  /** The fact that conditions read. */
  readonly code: string;
  readonly value: Summary;
  /** Care time of the facts it was read from. */
  readonly at: string;
  readonly version: string;
  /** Value, inputs, formula, source and reasons; or why it is not assessed; or what is missing. */
  readonly results: readonly Result[];
}

type Answer = (rules: ClinicalRules, inputs: RuleInputs, now: string) => readonly Result[];

/** One result per drug foreseen; none when no drug was named, which is not assessed, never clear. */
const perDrug =
  (ask: (rules: ClinicalRules, drug: string, inputs: RuleInputs, now: string) => Review): Answer =>
  (rules, inputs, now) =>
    (inputs.drugs ?? []).map((drug) => ({ drug, ...ask(rules, drug, inputs, now) }));

/** The rules that answer for every pathway, by the fact under which a protocol's conditions read them. */
const answers: Readonly<Record<string, Answer>> = {
  'clinical-rule.renal-dose': perDrug((rules, drug, { kidney }, now) => rules.renalDoseReview(drug, kidney, now)),
  'clinical-rule.nephrotoxic': perDrug((rules, drug, { kidney, drugs = [] }, now) =>
    rules.nephrotoxicReview(drug, drugs, kidney, now),
  ),
  'clinical-rule.uracil': perDrug((rules, drug, { kidney }, now) => rules.uracilReview(drug, kidney, now)),
  'clinical-rule.g8': (rules, { kidney: { birthDate }, scores }, now) => [rules.g8Review({ birthDate, scores }, now)],
  'clinical-rule.creatinine-trend': (rules, { kidney }, now) => [rules.creatinineTrend(kidney, now)],
  'clinical-rule.vein-preservation': (rules, { pathways, conditions, kidney }, now) => [
    rules.veinPreservation(pathways, conditions, kidney, now),
  ],
  'clinical-rule.contrast': (rules, { kidney, drugs }, now) => [rules.contrastReview(kidney, drugs, now)],
  'clinical-rule.ckd-inclusion': (rules, { kidney }, now) => [rules.ckdInclusion(kidney, now)],
};

/**
 * What the clinical rules say of a patient, as facts that a protocol's conditions can read: `review`, `no-review`,
 * `not-assessed` or `missing`. Switched off, or with no drug named, the answer is "not assessed": never silence, which
 * could be read as safe (hazard H7).
 */
export const ruleFactsOf =
  (rules: ClinicalRules): RuleFacts =>
  (pathway, now) =>
    assessed(rules, pathway, now).map(({ code, value }): NewFact => {
      // Dated from enrolment: it is a reading of the facts at hand, and no newer than any of them.
      return { id: uuidv5(pathway.id, `${code}/${value}`), code, at: pathway.enrolledAt, value };
    });

/** The last answers of the rules with all that led to them; the same function of the same facts as those of the plan. */
export const assessmentsOf =
  (rules: ClinicalRules) =>
  (pathway: Pathway): readonly Assessment[] =>
    assessed(rules, pathway, pathway.plannedAt ?? pathway.enrolledAt);

function assessed(rules: ClinicalRules, pathway: Pathway, at: string): readonly Assessment[] {
  const inputs = ruleInputsOf(pathway, at);
  return Object.entries(answers).map(([code, answer]) => {
    const results = inputs === undefined ? [] : answer(rules, inputs, at);
    return { code, value: summaryOf(results), at, version: rulesVersion, results };
  });
}

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
