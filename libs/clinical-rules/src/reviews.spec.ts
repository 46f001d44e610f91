import { contrastReview } from './contrast';
import { creatinineTrend } from './creatinine-trend';
import { g8Review } from './g8';
import type { KidneyFacts } from './kidney-function';
import { kfre, kidneyFailureRisk } from './kidney-failure-risk';
import { nephrotoxicReview } from './nephrotoxic';
import type { Measurement } from './reading';
import { assessed } from './result';
import { uracilReview } from './uracil-review';

const now = '2026-03-10T09:00:00Z';
const measure = (code: string, value: number, unit: string, measuredAt = '2026-03-09T07:30:00Z'): Measurement => ({
  code,
  value,
  unit,
  measuredAt,
});
const creatinine = (value: number, at?: string, unit = 'umol/L') => measure('2160-0', value, unit, at);
const kilograms = (value: number) => measure('29463-7', value, 'kg');
const man = (...measurements: Measurement[]): KidneyFacts => ({ birthDate: '1960-01-15', sex: 'male', measurements });
const healthy = [creatinine(80), kilograms(80)];

describe('nephrotoxic drugs', () => {
  it('ask for no review alone with a kidney function that is kept', () => {
    expect(nephrotoxicReview('cisplatin', ['cisplatin', 'paclitaxel'], man(...healthy), now)).toMatchObject({
      value: 'no-review',
      inputs: { creatinine: '80 umol/L (2026-03-09)', weight: '80 kg (2026-03-09)' },
    });
  });

  it('ask for a review when two are given together, also when the kidney function is unknown, which is told', () => {
    const together = ['Cisplatin', 'gentamicin'];
    expect(nephrotoxicReview('cisplatin', together, man(...healthy), now)).toMatchObject({
      value: 'review',
      reasons: ['nephrotoxic drugs together: cisplatin, gentamicin'],
    });
    expect(nephrotoxicReview('cisplatin', together, man(kilograms(80)), now)).toMatchObject({
      value: 'review',
      reasons: [expect.any(String), 'kidney function unknown: creatinine absent'],
    });
  });

  it.each(['ibuprofen', 'ramipril', 'furosemide'])(
    '%s asks for a review in RAAS blocker, diuretic and NSAID',
    (drug) => {
      const triple = ['ramipril', 'furosemide', 'ibuprofen'];
      const reason = 'RAAS blocker, diuretic and NSAID together';
      expect(nephrotoxicReview(drug, triple, man(...healthy), now)).toMatchObject({
        value: 'review',
        reasons: [reason],
      });
      const pair = triple.filter((one) => one !== (drug === 'ramipril' ? 'furosemide' : 'ramipril'));
      expect(nephrotoxicReview(drug, pair, man(...healthy), now)).toMatchObject({ value: 'no-review' });
    },
  );

  it('ask for a review when either clearance or eGFR is below 60, and are missing what is unknown of both', () => {
    const heavy = man(creatinine(140), kilograms(120));
    expect(nephrotoxicReview('ibuprofen', [], heavy, now)).toMatchObject({
      reasons: ['eGFR below 60 mL/min/1.73 m²'],
    });
    const light = man(creatinine(100), kilograms(45));
    expect(nephrotoxicReview('ibuprofen', [], light, now)).toMatchObject({ reasons: ['clearance below 60 mL/min'] });
    expect(nephrotoxicReview('ibuprofen', [], man(creatinine(100)), now)).toMatchObject({
      status: 'missing',
      what: [{ fact: 'weight', reason: 'absent' }],
    });
  });

  it('ask for a review under dialysis, and a drug outside of the table is not assessed', () => {
    const dialysed = { ...man(...healthy), onDialysis: true };
    expect(nephrotoxicReview('vancomycin', [], dialysed, now)).toMatchObject({ value: 'review' });
    expect(nephrotoxicReview('elixir', [], dialysed, now)).toMatchObject({ status: 'not-assessed' });
  });
});

describe('the G8', () => {
  const score = (value: number, answeredAt = '2026-03-05T08:00:00Z') => ({ value, answeredAt });
  const of = (birthDate: string, ...scores: ReturnType<typeof score>[]) => g8Review({ birthDate, scores }, now);

  it('asks for a geriatrician at 14 and not at 14.5, from 75 and not before', () => {
    expect(of('1951-03-10', score(14))).toMatchObject({ value: 'review' });
    expect(of('1951-03-10', score(14.5))).toMatchObject({ value: 'no-review' });
    expect(of('1951-03-11', score(5))).toMatchObject({ value: 'no-review', reasons: ['younger than 75'] });
  });

  it.each([
    ['absent', []],
    ['implausible', [score(18)]],
    ['implausible', [score(13.2)]],
    ['contradictory', [score(13), score(16, '2026-03-05T15:00:00Z')]],
    ['stale', [score(16, '2025-03-01T08:00:00Z')]],
    ['absent', [score(16, '2026-03-11T08:00:00Z')]],
  ])('is missing when the score is %s', (reason, scores) => {
    expect(of('1940-01-01', ...scores)).toMatchObject({ status: 'missing', what: [{ fact: 'g8.score', reason }] });
  });
});

describe('the uracilaemia', () => {
  const uracil = (value: number, unit = 'ng/mL', at?: string) => measure('uracil', value, unit, at);

  it.each([
    [15.9, 'no-review'],
    [16, 'review'],
    [149.9, 'review'],
    [150, 'review'],
  ])('of %d ng/mL with a good kidney: %s', (value, answer) => {
    expect(uracilReview('fluorouracil', man(...healthy, uracil(value)), now)).toMatchObject({ value: answer });
  });

  it('raised with an unknown kidney function is missing what is unknown, for it may be falsely high', () => {
    expect(uracilReview('capecitabine', man(uracil(22), kilograms(80)), now)).toMatchObject({
      status: 'missing',
      what: [{ fact: 'creatinine', reason: 'absent' }],
    });
  });

  it('is missing without a result, in an unknown unit, or when the day contradicts itself', () => {
    expect(uracilReview('capecitabine', man(...healthy), now)).toMatchObject({ what: [{ reason: 'absent' }] });
    const unknown = man(...healthy, uracil(10, 'nmol'));
    expect(uracilReview('capecitabine', unknown, now)).toMatchObject({ what: [{ reason: 'unit-unknown' }] });
    const apart = man(...healthy, uracil(10), uracil(30, 'ng/mL', '2026-03-09T12:00:00Z'));
    expect(uracilReview('capecitabine', apart, now)).toMatchObject({ what: [{ reason: 'contradictory' }] });
  });

  it('asks for a review when an earlier result lies in another band', () => {
    const facts = man(...healthy, uracil(12), uracil(40, 'ng/mL', '2026-01-09T12:00:00Z'));
    expect(uracilReview('capecitabine', facts, now)).toMatchObject({
      value: 'review',
      reasons: ['results lie in different bands'],
    });
  });

  it('is nothing for another drug of the tables, and not assessed for an unknown name', () => {
    expect(uracilReview('trastuzumab', man(), now)).toMatchObject({ value: 'no-review' });
    expect(uracilReview('folfox', man(), now)).toMatchObject({ status: 'not-assessed' });
  });
});

describe('the trend of creatinine', () => {
  const trend = (...values: Measurement[]) => creatinineTrend(man(...values), now);
  const before = (value: number, at = '2026-02-20T08:00:00Z', unit?: string) => creatinine(value, at, unit);

  it('is stable when two creatinines are less than a fifth apart', () => {
    expect(trend(creatinine(95), before(80))).toMatchObject({
      value: 'no-review',
      inputs: { creatinine: '95 umol/L (2026-03-09)', before: '80 umol/L (2026-02-20)' },
    });
  });

  it.each([
    [150, 100, 'creatinine is 1.5 times its baseline or more'],
    [134, 100, 'clearance fell by 25 % or more'],
    [121, 100, 'the last two creatinines are not stable'],
    [100, 121, 'the last two creatinines are not stable'],
  ])('asks for a review at %d after %d µmol/L', (newest, earlier, reason) => {
    expect(trend(creatinine(newest), before(earlier))).toMatchObject({
      value: 'review',
      reasons: expect.arrayContaining([reason]) as unknown,
    });
  });

  it('compares with the lowest of 180 days and none older', () => {
    const last = before(150);
    expect(trend(creatinine(150), last, before(100, '2025-10-01T08:00:00Z'))).toMatchObject({ value: 'review' });
    expect(trend(creatinine(150), last, before(100, '2025-08-01T08:00:00Z'))).toMatchObject({ value: 'no-review' });
  });

  it('reads mg/dL as mg/dL: 1.33 after 118 µmol/L is stable', () => {
    expect(trend(creatinine(1.33, undefined, 'mg/dL'), before(118))).toMatchObject({ value: 'no-review' });
  });

  it('is missing the earlier one when there is one only, and an unreadable day is never passed over', () => {
    expect(trend(creatinine(80))).toMatchObject({ what: [{ fact: 'earlier creatinine', reason: 'absent' }] });
    const unread = before(60, '2026-02-25T08:00:00Z', 'mg%');
    expect(trend(creatinine(95), before(95), unread)).toMatchObject({
      status: 'missing',
      what: [{ fact: 'creatinine', reason: 'unit-unknown' }],
    });
  });
});

describe('the check before contrast', () => {
  it('answers for eGFR of 30 or more, and tells that no drug was named', () => {
    expect(contrastReview(man(...healthy), undefined, now)).toMatchObject({
      value: 'no-review',
      inputs: { metformin: 'no drug named' },
    });
  });

  it('asks when no equation holds, and is missing what is stale', () => {
    expect(contrastReview({ ...man(...healthy), onDialysis: true }, [], now)).toMatchObject({ value: 'review' });
    expect(contrastReview(man(creatinine(80, '2026-01-01T08:00:00Z')), [], now)).toMatchObject({
      what: [{ fact: 'creatinine', reason: 'stale', ageDays: 68 }],
    });
  });

  it('needs no weight', () => {
    expect(contrastReview(man(creatinine(80)), [], now)).toMatchObject({ value: 'no-review' });
  });
});

describe('the risk of kidney failure', () => {
  const egfr = (value: number) => assessed(value, 'mL/min/{1.73_m2}', 'CKD-EPI-2009', {});
  it.each([
    [65, 25, 300, 0.0901, 0.3063],
    [58, 14, 1500, 0.5392, 0.9502],
  ])('of a man of %d, eGFR %d, %d mg/g is %d at 2 and %d at 5 years', (ageYears, value, acrMgG, two, five) => {
    const risk = kfre({ ageYears, sex: 'male', egfr: egfr(value), acrMgG });
    if (risk.status !== 'assessed') throw new Error('it is assessed');
    expect(risk.value.twoYearShare).toBeCloseTo(two, 4);
    expect(risk.value.fiveYearShare).toBeCloseTo(five, 4);
    expect(risk).toMatchObject({ source: expect.stringContaining('Tangri') as unknown, inputs: { acrMgG } });
  });

  it('is the same for mg/g and mg/mmol, names what is missing, and is not assessed from 60 on', () => {
    const ill = creatinine(250);
    const one = kidneyFailureRisk(man(ill, measure('9318-7', 300, 'mg/g')), now);
    const two = kidneyFailureRisk(man(ill, measure('9318-7', 300 / 8.84, 'mg/mmol')), now);
    if (one.status !== 'assessed' || two.status !== 'assessed') throw new Error('both are assessed');
    expect(two.value.twoYearShare).toBeCloseTo(one.value.twoYearShare, 6);
    expect(one.inputs).toMatchObject({ acr: '300 mg/g (2026-03-09)', egfrFormula: 'CKD-EPI-2009' });
    expect(kidneyFailureRisk(man(ill), now)).toMatchObject({ what: [{ fact: 'acr', reason: 'absent' }] });
    expect(kidneyFailureRisk(man(creatinine(70), measure('9318-7', 30, 'mg/g')), now).status).toBe('not-assessed');
  });
});
