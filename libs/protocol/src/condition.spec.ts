import fc from 'fast-check';
import fhirpath from 'fhirpath';
import { codesOf, judge, type Verdict } from './condition';
import { ConditionFault } from './condition-value';
import type { Fact, FactValue } from './fact';
import { commonFacts } from './fact-dictionary';
import { factView } from './fact-view';
import { parseCondition } from './parse-condition';

const vocabulary = { facts: commonFacts, steps: new Set(['meeting-1', 'imaging']) };
const clock = { now: '2026-03-20T08:00:00Z', timeZone: 'Europe/Paris', holidays: 'FR' as const };
const read = (text: string, facts: readonly Fact[]): Verdict =>
  judge(parseCondition(text, vocabulary), factView(facts, commonFacts, clock.now), clock);
const known = (code: string, value: FactValue, more: Partial<Fact> = {}): Fact => {
  const definition = commonFacts[code];
  const unit = definition?.type === 'number' ? definition.unit : undefined;
  return { id: code, code, at: '2026-03-10T08:00:00Z', value, unit, ...more };
};

describe('a condition', () => {
  it.each([
    ['patient.age >= 75', [known('patient.age', 78)], true, []],
    ['patient.age >= 75', [known('patient.age', 74)], false, []],
    ['patient.age >= 75', [], undefined, ['patient.age']],
    ["er = 'positive' or pr = 'positive'", [known('pr', 'positive')], true, []],
    ["er = 'positive' or pr = 'positive'", [known('pr', 'negative')], undefined, ['er']],
    ["er = 'positive' and pr = 'positive'", [known('pr', 'negative')], false, []],
    ["(er = 'positive').not()", [], undefined, ['er']],
    ["(er = 'positive').not()", [known('er', 'negative')], true, []],
    ["her2 in ('positive' | 'negative')", [known('her2', 'negative')], true, []],
    ['patient.pregnant and patient.age < 42', [known('patient.age', 50)], false, []],
    ['nodes.positive', [known('nodes.positive', true)], true, []],
    ["creatinine > 110 'umol/L'", [known('creatinine', 118)], true, []],
  ] as const)('%s is judged in three values', (text, facts, value, missing) => {
    expect(read(text, facts)).toMatchObject({ value, missing });
  });

  it('of a step reads that step’s fact, not the latest of all', () => {
    const facts = [
      known('meeting.decision', 'SURGERY_FIRST', { id: 'a', stepKey: 'meeting-1' }),
      known('meeting.decision', 'RADIOTHERAPY', { id: 'b', stepKey: 'meeting-2', at: '2026-03-12T08:00:00Z' }),
    ];
    expect(read("step.`meeting-1`.meeting.decision = 'SURGERY_FIRST'", facts)).toMatchObject({
      value: true,
      facts: ['a'],
    });
    expect(read("meeting.decision = 'SURGERY_FIRST'", facts)).toMatchObject({ value: false, facts: ['b'] });
  });

  it('on a measurement says until when it holds', () => {
    const facts = [known('creatinine', 118)];
    expect(read('creatinine.within(14 days) > 110', facts)).toMatchObject({
      value: true,
      until: '2026-03-24T08:00:00Z',
    });
    expect(read('creatinine.within(1 week) > 110', facts)).toMatchObject({ value: undefined, missing: ['creatinine'] });
  });

  it('never chooses between two values of one instant, save a state that was recomputed', () => {
    const rule = "`clinical-rule`.`renal-dose` = 'review'";
    const twice = (code: string, first: FactValue, second: FactValue, seq: boolean) => [
      known(code, first, { id: 'z', ...(seq ? { seq: 1 } : {}) }),
      known(code, second, { id: 'a', ...(seq ? { seq: 2 } : {}) }),
    ];
    expect(read("er = 'positive'", twice('er', 'negative', 'positive', true)).value).toBeUndefined();
    expect(read(rule, twice('clinical-rule.renal-dose', 'missing', 'review', false)).value).toBeUndefined();
    expect(read(rule, twice('clinical-rule.renal-dose', 'missing', 'review', true)).value).toBe(true);
  });
});

describe('a condition is refused', () => {
  it.each([
    ['patient.agee >= 75', /"patient.agee" is not a known fact/],
    ["creatinine > 1.3 'mg/dL'", /"creatinine" is in umol\/L, not in mg\/dL/],
    ['patient.age', /alone is not true or false/],
    ["patient.age = '75'", /is a number, not a string/],
    ["biopsy.result = 'malignent'", /'malignent' is not a value/],
    ["biopsy.result > 'benign'", /is not a number/],
    ["her2 in ('positive' | 'unknown')", /'unknown' is not a value/],
    ["step.`meeting-9`.meeting.decision = 'NEOADJUVANT'", /"meeting-9" is not a step/],
    ['patient.died', /happens or not/],
    ['creatinine.exists()', /"exists\(\)" may not be used/],
    ['creatinine.empty()', /may not be used/],
    ['(creatinine > 100).exists()', /may not be used|left side/],
    ['iif(patient.pregnant, true, false)', /may not be used/],
    ['creatinine ~ 100', /may not be used/],
    ['patient.pregnant xor nodes.positive', /may not be used/],
    ['patient.pregnant implies nodes.positive', /may not be used/],
    ['creatinine > egfr', /not a plain value/],
    ['100 < creatinine', /something else than a fact/],
    ['creatinine + 1 > 100', /left side/],
    ['creatinine.within(14) > 100', /takes days, weeks or months/],
    ['creatinine.within(14 days, 2) > 100', /takes days, weeks or months/],
    ['creatinine.where(true) > 100', /"where\(\)" may not be used/],
    ['patient.age >=', /is not FHIRPath/],
    ['true', /left side/],
  ])('%s', (text, reason) => {
    expect(() => parseCondition(text, vocabulary)).toThrow(ConditionFault);
    expect(() => parseCondition(text, vocabulary)).toThrow(reason);
  });
});

describe('our reading', () => {
  const atoms = [
    ...["er = 'positive'", "pr != 'negative'", "her2 in ('positive' | 'negative')", "her2 in ('positive')"],
    ...[
      'patient.age >= 75',
      'patient.age < -1',
      'nodes.positive',
      'grade = 3',
      "step.imaging.biopsy.result = 'benign'",
    ],
  ];
  const { condition } = fc.letrec<{ condition: string }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(...atoms),
      fc
        .tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition'))
        .map(([a, op, b]) => `(${a}) ${op} (${b})`),
      fc
        .tuple(tie('condition'), fc.constantFrom('and', 'or'), fc.constantFrom(...atoms))
        .map(([a, op, b]) => `${a} ${op} ${b}`),
      tie('condition').map((of) => `(${of}).not()`),
    ),
  }));
  const receptor = fc.constantFrom('positive', 'negative', undefined);
  const patient = fc.record({
    er: receptor,
    pr: receptor,
    her2: receptor,
    'patient.age': fc.constantFrom(30, 75, 90, undefined),
    'nodes.positive': fc.constantFrom(true, false, undefined),
    grade: fc.constantFrom(1, 3, undefined),
  });

  it('agrees with fhirpath on every condition of the subset', () => {
    fc.assert(
      fc.property(condition, patient, fc.constantFrom('benign', 'malignant', undefined), (text, values, ofStep) => {
        const facts = Object.entries(values).flatMap(([code, value]) =>
          value === undefined ? [] : [known(code, value)],
        );
        if (ofStep) facts.push(known('biopsy.result', ofStep, { stepKey: 'imaging' }));
        const resource = {
          ...{ er: values.er, pr: values.pr, her2: values.her2, grade: values.grade },
          ...{ patient: { age: values['patient.age'] }, nodes: { positive: values['nodes.positive'] } },
          step: { imaging: { biopsy: { result: ofStep } } },
        };
        const [oracle] = fhirpath.evaluate(resource, text) as (boolean | undefined)[]; // the subset yields booleans
        const verdict = read(text, facts);
        expect(verdict.value).toBe(oracle);
        expect(verdict.missing.length > 0).toBe(oracle === undefined);
        for (const code of verdict.missing) expect(codesOf(parseCondition(text, vocabulary))).toContain(code);
      }),
      { numRuns: 500 },
    );
  });
});
