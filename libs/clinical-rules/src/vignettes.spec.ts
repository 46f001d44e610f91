import { ckdInclusion } from './ckd-inclusion';
import { contrastReview } from './contrast';
import { creatinineTrend } from './creatinine-trend';
import { g8Review } from './g8';
import { filtration, kidneyFunction, type KidneyFacts } from './kidney-function';
import { nephrotoxicReview } from './nephrotoxic';
import { nephrotoxicDrugs } from './nephrotoxic-drugs';
import type { Measurement } from './reading';
import { renalDoseReview } from './renal-dose';
import { renalDrugs } from './renal-drugs';
import { uracilReview } from './uracil-review';
import { veinPreservation } from './vein-preservation';

const now = '2026-03-10T09:00:00Z';
const measure = (code: string, value: number, unit: string, measuredAt = '2026-03-09T07:30:00Z'): Measurement => ({
  code,
  value,
  unit,
  measuredAt,
});
const creatinine = (value: number, at?: string) => measure('2160-0', value, 'umol/L', at);
const kilograms = (value: number) => measure('29463-7', value, 'kg');
const picc = (protocolId: string) => ({
  protocolId,
  facts: [{ code: 'venous-access.foreseen', at: '2026-03-08T08:00:00Z', value: 'picc' }],
});

describe('the woman of 78 with a breast cancer, 62 kg, 118 µmol/L', () => {
  const woman: KidneyFacts = {
    birthDate: '1947-06-01',
    sex: 'female',
    measurements: [creatinine(118), kilograms(62)],
  };

  it('has a clearance of 33.9 mL/min and an eGFR of 40.8', () => {
    const kidney = kidneyFunction(woman, now);
    if (kidney.status !== 'known') throw new Error('her kidney function is known');
    expect(kidney.clearance.value).toBeCloseTo(33.9, 1);
    expect(kidney.egfr.value).toBeCloseTo(40.8, 1);
  });

  it.each(['carboplatin', 'capecitabine'])('has her dose of %s reviewed by pharmacist and oncologist', (drug) => {
    expect(renalDoseReview(drug, woman, now)).toMatchObject({ value: 'review', reviewers: ['PHA', 'ONC'] });
  });

  it('has no renal rule for trastuzumab', () => {
    expect(renalDoseReview('trastuzumab', woman, now)).toMatchObject({ value: 'no-review' });
  });

  it('lacks her G8 before the meeting, and a score of 13 asks for a geriatrician', () => {
    expect(g8Review({ birthDate: woman.birthDate, scores: [] }, now)).toMatchObject({
      status: 'missing',
      what: [{ fact: 'g8.score', reason: 'absent' }],
    });
    const scores = [{ value: 13, answeredAt: '2026-03-05T08:00:00Z' }];
    expect(g8Review({ birthDate: woman.birthDate, scores }, now)).toMatchObject({
      value: 'review',
      inputs: { score: '13 (2026-03-05)', cutOff: 14, ageYears: 78 },
      reviewers: ['GER'],
    });
  });
});

describe('the man of 71 with a colorectal cancer, 70 kg, 160 µmol/L, uracil 22 ng/mL', () => {
  const man: KidneyFacts = {
    birthDate: '1954-09-01',
    sex: 'male',
    measurements: [creatinine(160), kilograms(70), measure('uracil', 22, 'ng/mL')],
  };

  it('has a clearance of 37.1 mL/min', () => {
    const kidney = kidneyFunction(man, now);
    if (kidney.status !== 'known') throw new Error('his kidney function is known');
    expect(kidney.clearance.value).toBeCloseTo(37.1, 1);
  });

  it.each(['capecitabine', 'oxaliplatin'])('has his dose of %s reviewed', (drug) => {
    expect(renalDoseReview(drug, man, now)).toMatchObject({ value: 'review' });
  });

  it('starts nothing before the laboratory has interpreted his uracil', () => {
    expect(uracilReview('capecitabine', man, now)).toMatchObject({
      value: 'review',
      inputs: { band: 'interpret-with-laboratory', uracil: '22 ng/mL (2026-03-09)' },
      reasons: [
        'interpret with the laboratory: neither an overdose nor a needless reduction',
        'clearance below 60 mL/min raises uracil',
      ],
    });
  });

  it('has every nephrotoxic reviewed, and none asked for a drug that is not', () => {
    expect(nephrotoxicReview('ibuprofen', [], man, now)).toMatchObject({ value: 'review', reviewers: ['PHA', 'NEP'] });
    expect(nephrotoxicReview('irinotecan', [], man, now)).toMatchObject({ value: 'no-review' });
  });

  it('may have a PICC at an eGFR of 38, and the nephrologist is asked once a fistula is foreseeable elsewhere', () => {
    const colorectal = picc('metastatic-colorectal-cancer');
    expect(veinPreservation([colorectal], [], man, now)).toMatchObject({ value: 'no-review' });
    const ckd = { protocolId: 'ckd', facts: [{ code: 'ckd.stage', at: '2026-02-01T08:00:00Z', value: '4' }] };
    expect(veinPreservation([colorectal, ckd], [], man, now)).toMatchObject({ value: 'review', reviewers: ['NEP'] });
  });
});

describe('the man of 70 with 195 µmol/L twice', () => {
  const man: KidneyFacts = {
    birthDate: '1955-06-01',
    sex: 'male',
    measurements: [creatinine(195), creatinine(195, '2025-11-20T08:00:00Z')],
  };

  it('has an eGFR of 31.3 by CKD-EPI 2021 and of 29.2 by 2009', () => {
    const kidney = filtration(man, now);
    if (kidney.status !== 'known') throw new Error('his filtration is known');
    expect(kidney.egfr.value).toBeCloseTo(31.3, 1);
    expect(kidney.egfr2009.value).toBeCloseTo(29.2, 1);
  });

  it('is told to be in or out of stages 4 and 5 depending on the formula', () => {
    expect(ckdInclusion(man, now)).toMatchObject({
      value: 'review',
      reasons: ['depends on the formula: below 30 mL/min/1.73 m² twice by CKD-EPI-2009, not by CKD-EPI-2021'],
      inputs: { egfr2021MlMin173: '31.3 then 31.3', egfr2009MlMin173: '29.2 then 29.2' },
    });
  });

  it('is looked at before contrast, and before a PICC, since one of the equations is below 30', () => {
    expect(contrastReview(man, ['metformin'], now)).toMatchObject({
      value: 'review',
      reviewers: ['RAD', 'NEP'],
      reasons: ['eGFR below 30 mL/min/1.73 m² (CKD-EPI-2009)', 'metformin with an eGFR below 45 mL/min/1.73 m²'],
    });
    expect(veinPreservation([picc('breast-cancer')], [], man, now)).toMatchObject({ value: 'review' });
  });

  it('is waiting, not included, while his creatinine moves or three months have not passed', () => {
    const moving = [creatinine(330), creatinine(195, '2026-03-05T08:00:00Z'), creatinine(195, '2025-11-20T08:00:00Z')];
    expect(ckdInclusion({ ...man, measurements: moving }, now)).toMatchObject({ status: 'not-assessed' });
    const early = [creatinine(195), creatinine(195, '2026-01-20T08:00:00Z')];
    expect(ckdInclusion({ ...man, measurements: early }, now)).toMatchObject({
      status: 'missing',
      what: [{ fact: 'creatinine three months before', reason: 'absent' }],
    });
  });
});

it('the man of 58 with 420 µmol/L twice is below 30 by both equations', () => {
  const man: KidneyFacts = {
    birthDate: '1968-01-15',
    sex: 'male',
    measurements: [creatinine(420), creatinine(410, '2025-10-01T08:00:00Z')],
  };
  expect(ckdInclusion(man, now)).toMatchObject({
    value: 'review',
    reasons: [expect.stringContaining('both equations')],
  });
  expect(creatinineTrend(man, now)).toMatchObject({ value: 'no-review' });
});

it.each([...renalDrugs.keys()])('%s, known to the renal table, is known to that of nephrotoxic drugs', (drug) => {
  expect(nephrotoxicDrugs.has(drug)).toBe(true);
});
