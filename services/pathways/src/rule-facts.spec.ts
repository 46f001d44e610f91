import { commonFacts, type Fact } from '@ariane/protocol';
import { libraryOf, plannerOf } from './planner';
import type { Pathway } from './pathway';
import { factOfMeasurement, personFacts } from './patient-facts';
import { smallProtocol } from './protocol.fixture';
import { assessmentsOf, ruleFactsOf, rulesFrom } from './rule-facts';

const now = '2026-04-20T08:00:00Z';
const on = { ARIANE_MODE: 'test' };
const fact = (code: string, value: Fact['value'], unit?: string, at = '2026-04-19T08:00:00Z'): Fact => ({
  id: `${code}/${at}/${String(value)}`,
  code,
  at,
  ...(value === undefined ? {} : { value }),
  ...(unit === undefined ? {} : { unit }),
});
const weight = fact('patient.weight', 62, 'kg');
const drugs = fact('treatment.drugs', 'carboplatin, trastuzumab');
const pathwayOf = (facts: readonly Fact[]) =>
  ({
    id: '01890a5d-ac96-7000-8000-000000000001',
    protocol: { id: 'small', version: 1, sha256: '0' },
    enrolledAt: '2026-03-02T08:00:00Z',
    plannedAt: now,
    facts,
    person: { birthDate: '1948-05-17', sex: 'female' },
  }) as unknown as Pathway; // as: only what the rules read
const answer = (env: Record<string, string>, ...facts: Fact[]) => ruleFactsOf(rulesFrom(env))(pathwayOf(facts), now)[0];
const ruleAnswers = (...facts: Fact[]) =>
  Object.fromEntries(ruleFactsOf(rulesFrom(on))(pathwayOf(facts), now).map(({ code, value }) => [code, value]));
const assessed = (...facts: Fact[]) => assessmentsOf(rulesFrom(on))(pathwayOf(facts))[0];

describe('the renal rule as a fact', () => {
  it('asks for the review of a woman of 77 with 118 µmol/L, in either unit', () => {
    expect(answer(on, weight, drugs, fact('creatinine', 118, 'umol/L'))).toMatchObject({
      code: 'clinical-rule.renal-dose',
      value: 'review',
    });
    expect(answer(on, weight, drugs, fact('creatinine', 1.33, 'mg/dL'))).toMatchObject({ value: 'review' });
  });

  it('asks for none when the clearance is high, or when no drug leaves by the kidney', () => {
    expect(answer(on, weight, drugs, fact('creatinine', 60, 'umol/L'))).toMatchObject({ value: 'no-review' });
    expect(answer(on, weight, fact('treatment.drugs', 'trastuzumab'), fact('creatinine', 118, 'umol/L'))).toMatchObject(
      { value: 'no-review' },
    );
  });

  it('H7: says what it does not know, never that all is well: no unit, contradictory values, no drug, unlisted drug, no weight', () => {
    expect(answer(on, weight, drugs, fact('creatinine', 118))).toMatchObject({ value: 'missing' });
    const contradictory = [fact('creatinine', 60, 'umol/L'), fact('creatinine', 118, 'umol/L', '2026-04-19T09:00:00Z')];
    expect(answer(on, weight, drugs, ...contradictory)).toMatchObject({ value: 'missing' });
    expect(answer(on, weight, fact('creatinine', 60, 'umol/L'))).toMatchObject({ value: 'not-assessed' });
    expect(answer(on, weight, fact('treatment.drugs', 'elixir'), fact('creatinine', 60, 'umol/L'))).toMatchObject({
      value: 'not-assessed',
    });
    expect(answer(on, drugs, fact('creatinine', 60, 'umol/L'))).toMatchObject({ value: 'missing' });
  });

  it.each([
    ['by default', {}],
    ['in a demo that switches them off', { ARIANE_MODE: 'demo', ARIANE_CLINICAL_RULES: 'off' }],
    ['in production without a named clinician', { ARIANE_MODE: 'production', ARIANE_CLINICAL_RULES: 'on' }],
  ])('is off %s, and then answers not assessed', (_when, env: Record<string, string>) => {
    expect(answer(env, weight, drugs, fact('creatinine', 60, 'umol/L'))).toMatchObject({ value: 'not-assessed' });
  });
});

describe('the other rules as facts', () => {
  const rule = (id: string) => `clinical-rule.${id}`;
  const earlier = '2026-03-25T08:00:00Z';

  it('H7: answer each under its own code, also of a pathway that knows nothing', () => {
    expect(ruleAnswers()).toEqual({
      [rule('renal-dose')]: 'not-assessed',
      [rule('nephrotoxic')]: 'not-assessed',
      [rule('uracil')]: 'not-assessed',
      [rule('g8')]: 'missing',
      [rule('creatinine-trend')]: 'missing',
      [rule('vein-preservation')]: 'no-review',
      [rule('contrast')]: 'missing',
      [rule('ckd-inclusion')]: 'missing',
    });
  });

  it('are codes of the common dictionary, which would otherwise leave them unread', () => {
    const values = ['review', 'no-review', 'not-assessed', 'missing'];
    for (const code of Object.keys(ruleAnswers())) expect(commonFacts[code]).toMatchObject({ type: 'code', values });
    const known = Object.keys(commonFacts).filter((code) => code.startsWith('clinical-rule.'));
    expect(known.sort()).toEqual(Object.keys(ruleAnswers()).sort());
  });

  it('read the drugs foreseen together, creatinine with its unit, uracil and G8', () => {
    const facts = [
      ...[weight, fact('creatinine', 118, 'umol/L'), fact('creatinine', 0.9, 'mg/dL', earlier)],
      ...[fact('treatment.drugs', 'capecitabine, ibuprofen'), fact('uracil', 22, 'ng/mL'), fact('g8.score', 13)],
    ];
    expect(ruleAnswers(...facts)).toMatchObject({
      [rule('nephrotoxic')]: 'review',
      [rule('uracil')]: 'review',
      [rule('g8')]: 'review',
      [rule('creatinine-trend')]: 'review',
      [rule('contrast')]: 'no-review',
    });
    const other = facts.map((one) => (one.code === 'treatment.drugs' ? { ...one, value: 'paclitaxel' } : one));
    expect(ruleAnswers(...other)).toMatchObject({ [rule('nephrotoxic')]: 'no-review', [rule('uracil')]: 'no-review' });
  });

  it('know who is dialysed, and that the last word counts', () => {
    const dialysed = [fact('patient.on-dialysis', true), weight, drugs, fact('creatinine', 60, 'umol/L')];
    expect(ruleAnswers(...dialysed)).toMatchObject({ [rule('renal-dose')]: 'review', [rule('contrast')]: 'review' });
    const grafted = [...dialysed, fact('patient.on-dialysis', false, undefined, '2026-04-20T07:00:00Z')];
    expect(ruleAnswers(...grafted)).toMatchObject({
      [rule('renal-dose')]: 'no-review',
      [rule('contrast')]: 'no-review',
    });
  });

  it('are all off without a named clinician', () => {
    const off = ruleFactsOf(rulesFrom({}))(pathwayOf([weight, drugs]), now);
    expect(new Set(off.map(({ value }) => value))).toEqual(new Set(['not-assessed']));
    expect(off).toHaveLength(8);
  });
});

describe('the last answer of the renal rule, as the care team reads it', () => {
  it('shows value, inputs, formula, reasons and version, drug by drug', () => {
    expect(assessed(weight, drugs, fact('creatinine', 1.33, 'mg/dL'))).toMatchObject({
      ...{ code: 'clinical-rule.renal-dose', value: 'review', at: now, version: '0.3.0' },
      results: [
        {
          drug: 'carboplatin',
          value: 'review',
          formula: 'renal-dose-review',
          inputs: { creatinine: '1.33 mg/dL (2026-04-19)' },
          reasons: ['clearance below 60 mL/min'],
        },
        { drug: 'trastuzumab', value: 'no-review' },
      ],
    });
  });

  it('H6: names what is missing or contradictory, and shows the values at odds', () => {
    const reported = fact('egfr', 70.4, 'mL/min');
    expect(assessed(drugs, fact('creatinine', 3.07, 'mg/dL'), reported)).toMatchObject({
      value: 'missing',
      results: [
        {
          drug: 'carboplatin',
          status: 'missing',
          what: [
            { fact: 'weight', reason: 'absent' },
            { fact: 'egfr', reason: 'contradictory', seen: ['70.4 mL/min (2026-04-19)', expect.any(String)] },
          ],
        },
        { drug: 'trastuzumab', value: 'no-review' },
      ],
    });
  });
});

describe('the person as facts', () => {
  const startOf = (day: string) => `${day}T00:00:00Z`;
  const ageOn = (day: string, birthDate = '1948-05-17') =>
    personFacts('01890a5d-ac96-7000-8000-000000000001', { birthDate, sex: 'unknown' }, day, startOf)[0];

  it('age counts completed years, from the birthday', () => {
    expect(ageOn('2026-05-16')).toMatchObject({ value: 77, at: '2025-05-17T00:00:00Z' });
    expect(ageOn('2026-05-17')).toMatchObject({ value: 78, at: '2026-05-17T00:00:00Z' });
    expect(ageOn('2027-03-01', '1952-02-29')).toMatchObject({ value: 75, at: '2027-03-01T00:00:00Z' });
  });

  it('an unknown sex is no fact, rather than a guess', () => {
    expect(
      personFacts(
        '01890a5d-ac96-7000-8000-000000000001',
        { birthDate: '1948-05-17', sex: 'unknown' },
        '2026-03-02',
        startOf,
      ),
    ).toHaveLength(1);
  });

  it('a measurement keeps its unit, and one that no pathway reads is left in the register', () => {
    const measured = {
      id: '01890a5d-ac96-7000-8000-000000000009',
      value: 1.5,
      unit: 'mg/dL',
      measuredAt: now,
      provenance: 'import',
    };
    expect(factOfMeasurement({ ...measured, code: '2160-0' })).toMatchObject({
      code: 'creatinine',
      value: 1.5,
      unit: 'mg/dL',
      at: now,
    });
    expect(factOfMeasurement({ ...measured, code: '718-7' })).toBeUndefined();
  });
});

describe('the library of protocols', () => {
  it('plans only with the very document that was pinned', () => {
    const library = libraryOf([smallProtocol]);
    expect(library.find('small')).toBe(smallProtocol);
    expect(library.find('small', 2)).toBeUndefined();
    const planner = plannerOf(library, () => []);
    expect(() => planner.step(pathwayOf([]), 'entry')).toThrow('PROTOCOL_UNKNOWN');
  });
});
