import { codesOf, type G8Score, type KidneyFacts, type Measurement, type PatientPathway } from '@ariane/clinical-rules';
import type { Fact } from '@ariane/protocol';
import { otherPathways } from './elsewhere';
import type { Pathway } from './pathway';

/** Under which code each of the rules' measurements is recorded in a pathway. */
const kinds = {
  creatinine: 'creatinine',
  'patient.weight': 'weight',
  'patient.height': 'height',
  egfr: 'reported-egfr',
  uracil: 'uracil',
  acr: 'acr',
} as const;

/** The drugs foreseen, as the prescriber named them. */
const drugsCode = 'treatment.drugs';

/** What the clinical rules read of a pathway at an instant. */
export interface RuleInputs {
  readonly kidney: KidneyFacts;
  /** International names; undefined when nobody named any. */
  readonly drugs?: readonly string[];
  readonly scores: readonly G8Score[];
  /** This pathway first, then what the patient's others have told. */
  readonly pathways: readonly PatientPathway[];
  readonly conditions: readonly string[];
}

/** Undefined only between enrolment and the copy of the person from the register, in one transaction. */
export function ruleInputsOf({ person, facts, protocol }: Pathway, now: string): RuleInputs | undefined {
  if (person === undefined) return undefined;
  const known = inOrder(facts, now);
  const kidney = { ...person, measurements: measurementsOf(known), ...said(known) };
  return {
    kidney,
    drugs: drugsOf(known),
    scores: known.flatMap(({ code, value, at }) =>
      code === 'g8.score' && typeof value === 'number' ? [{ value, answeredAt: at }] : [],
    ),
    pathways: [{ protocolId: protocol.id, facts: known }, ...otherPathways(known)],
    conditions: known.flatMap(({ code, value }) =>
      code === 'patient.condition' && typeof value === 'string' ? [value] : [],
    ),
  };
}

/** Who is dialysed or amputated has no equation; of two answers for one instant the later recorded one stands. */
const said = (facts: readonly Fact[]): Pick<KidneyFacts, 'onDialysis' | 'amputated'> => ({
  onDialysis: lastOf(facts, 'patient.on-dialysis')?.value === true,
  amputated: lastOf(facts, 'patient.amputated')?.value === true,
});

function drugsOf(facts: readonly Fact[]): readonly string[] | undefined {
  const last = lastOf(facts, drugsCode);
  if (typeof last?.value !== 'string') return undefined;
  const names = last.value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.length === 0 ? undefined : names;
}

/** What was true by now, oldest first; of one instant the later recorded last. */
function inOrder(facts: readonly Fact[], now: string): readonly Fact[] {
  const until = Date.parse(now);
  const dated = facts.map((fact) => ({ fact, at: Date.parse(fact.at) })).filter(({ at }) => at <= until);
  return dated.sort((a, b) => a.at - b.at || (a.fact.seq ?? 0) - (b.fact.seq ?? 0)).map(({ fact }) => fact);
}

const lastOf = (facts: readonly Fact[], wanted: string): Fact | undefined =>
  facts.findLast(({ code }) => code === wanted);

/** With their units as given: the rules convert what they know, and take the rest as unknown. */
const measurementsOf = (facts: readonly Fact[]): readonly Measurement[] =>
  facts.flatMap(({ code, value, unit, at }) => {
    const kind = isMeasured(code) ? codesOf[kinds[code]][0] : undefined;
    return kind === undefined || typeof value !== 'number'
      ? []
      : [{ code: kind, value, unit: unit ?? '', measuredAt: at }];
  });

const isMeasured = (code: string): code is keyof typeof kinds => Object.hasOwn(kinds, code);
