import { uracilReading } from './fluoropyrimidine';
import { g8Due } from './g8';
import { kidneyFunction, type KidneyFacts } from './kidney-function';
import type { Measurement } from './reading';
import { renalDoseReview } from './renal-dose';
import { assessed, notAssessed, summaryOf } from './result';
import { clinicalRules } from './switch';

const now = '2026-03-10T09:00:00Z';
const measure = (code: string, value: number, unit: string, measuredAt = '2026-03-09T07:30:00Z'): Measurement => ({
  code,
  value,
  unit,
  measuredAt,
});
const creatinine = (value: number, unit: string, at?: string) => measure('2160-0', value, unit, at);
const weight = (value: number, unit: string) => measure('29463-7', value, unit);
/** The woman of the breast vignette: 78 years, 62 kg, 118 µmol/L. */
const woman = (...measurements: Measurement[]): KidneyFacts => ({
  birthDate: '1947-06-01',
  sex: 'female',
  measurements,
});
const vignette = woman(creatinine(118, 'umol/L'), weight(62, 'kg'));

describe('H6: kidney function is never wrong in silence', () => {
  it('tells CrCl 33.9 and eGFR 40.8 apart for the breast vignette', () => {
    const kidney = kidneyFunction(vignette, now);
    expect(kidney).toMatchObject({ status: 'known', clearance: { unit: 'mL/min' }, egfr: { formula: 'CKD-EPI-2021' } });
    if (kidney.status !== 'known') throw new Error('unreachable');
    expect(kidney.clearance.value).toBeCloseTo(33.9, 1);
    expect(kidney.egfr.value).toBeCloseTo(40.8, 1);
  });

  it('reads mg/dL and umol/L, kilograms and pounds, to the same result', () => {
    const other = woman(creatinine(118 / 88.4, 'mg/dL'), weight(62 / 0.45359237, '[lb_av]'));
    const [one, two] = [kidneyFunction(vignette, now), kidneyFunction(other, now)];
    if (one.status !== 'known' || two.status !== 'known') throw new Error('both are known');
    expect(two.clearance.value).toBeCloseTo(one.clearance.value, 6);
  });

  it.each(['', 'mg%', 'µmol/l', 'toString'])('takes the unit "%s" for unknown, and guesses nothing', (unit) => {
    expect(kidneyFunction(woman(creatinine(118, unit), weight(62, 'kg')), now)).toMatchObject({
      status: 'missing',
      what: [{ fact: 'creatinine', reason: 'unit-unknown' }],
    });
  });

  it('does not believe 1.5 umol/L, which is mg/dL under a wrong unit', () => {
    expect(kidneyFunction(woman(creatinine(1.5, 'umol/L'), weight(62, 'kg')), now)).toMatchObject({
      what: [{ fact: 'creatinine', reason: 'implausible' }],
    });
  });

  it('calls same-day creatinines that differ contradictory, and shows both', () => {
    const facts = woman(creatinine(1.0, 'mg/dL'), creatinine(1.5, 'mg/dL', '2026-03-09T16:00:00Z'), weight(62, 'kg'));
    expect(kidneyFunction(facts, now)).toMatchObject({
      what: [{ reason: 'contradictory', seen: ['1.5 mg/dL (2026-03-09)', '1 mg/dL (2026-03-09)'] }],
    });
  });

  it.each(['mL/min/{1.73_m2}', 'mL/min'])(
    'calls a reported eGFR (%s) far from the computed one contradictory',
    (unit) => {
      const facts = woman(creatinine(3.07, 'mg/dL'), weight(62, 'kg'), measure('33914-3', 70.4, unit));
      expect(kidneyFunction(facts, now)).toMatchObject({ what: [{ fact: 'egfr', reason: 'contradictory' }] });
    },
  );

  it('tells the contradiction also when the creatinine is stale or the weight is missing', () => {
    const apart = (at: string) => [creatinine(3.07, 'mg/dL', at), measure('33914-3', 70.4, 'mL/min', at)];
    const stale = woman(...apart('2026-01-10T08:00:00Z'), weight(62, 'kg'));
    expect(renalDoseReview('carboplatin', stale, now)).toMatchObject({
      status: 'missing',
      what: [
        { fact: 'creatinine', reason: 'stale' },
        {
          fact: 'egfr',
          reason: 'contradictory',
          seen: ['70.4 mL/min (2026-01-10)', expect.stringContaining('3.07 mg/dL')],
        },
      ],
    });
    expect(renalDoseReview('carboplatin', woman(...apart('2026-03-09T08:00:00Z')), now)).toMatchObject({
      what: [
        { fact: 'weight', reason: 'absent' },
        { fact: 'egfr', reason: 'contradictory' },
      ],
    });
  });

  it('lets a reported eGFR within 15 of the computed one stand', () => {
    const facts = woman(...vignette.measurements, measure('98979-8', 41, 'mL/min/{1.73_m2}'));
    expect(kidneyFunction(facts, now).status).toBe('known');
  });

  it('says the age of a stale creatinine, and ignores one of the future', () => {
    const facts = woman(
      creatinine(118, 'umol/L', '2026-01-10T08:00:00Z'),
      creatinine(60, 'umol/L', '2026-04-01T08:00:00Z'),
      weight(62, 'kg'),
    );
    expect(kidneyFunction(facts, now)).toMatchObject({ what: [{ reason: 'stale', ageDays: 59 }] });
    expect(renalDoseReview('carboplatin', facts, now)).toMatchObject({
      value: 'review',
      reasons: ['creatinine is 59 days old'],
    });
  });

  it('holds no equation for dialysis, amputation, a moving creatinine or a minor', () => {
    const acute = woman(creatinine(90, 'umol/L', '2026-03-05T08:00:00Z'), creatinine(140, 'umol/L'), weight(62, 'kg'));
    for (const facts of [{ ...vignette, onDialysis: true }, { ...vignette, amputated: true }, acute]) {
      expect(kidneyFunction(facts, now).status).toBe('not-assessed');
      expect(renalDoseReview('carboplatin', facts, now)).toMatchObject({ status: 'assessed', value: 'review' });
    }
    const minor = { ...vignette, birthDate: '2008-03-11' };
    expect(kidneyFunction(minor, now)).toMatchObject({ status: 'not-assessed', why: 'under 18 years' });
    expect(renalDoseReview('carboplatin', minor, now).status).toBe('not-assessed');
  });

  it('asks for the review when clearance fell by a quarter though still above 60', () => {
    const young = { birthDate: '1980-01-01', sex: 'female' as const };
    const fell = [creatinine(60, 'umol/L', '2026-01-20T08:00:00Z'), creatinine(80, 'umol/L'), weight(70, 'kg')];
    expect(renalDoseReview('carboplatin', { ...young, measurements: fell }, now)).toMatchObject({
      value: 'review',
      reasons: ['clearance fell by 25 % or more'],
    });
    const steady = [creatinine(62, 'umol/L', '2026-01-20T08:00:00Z'), creatinine(80, 'umol/L'), weight(70, 'kg')];
    expect(renalDoseReview('carboplatin', { ...young, measurements: steady }, now)).toMatchObject({
      value: 'no-review',
    });
  });
});

describe('H7: silence is never read as safe', () => {
  const summary = (...drugs: string[]) => summaryOf(drugs.map((drug) => renalDoseReview(drug, vignette, now)));

  it('says not assessed for a drug outside the table', () => {
    expect(renalDoseReview('newtinib', vignette, now)).toMatchObject({ status: 'not-assessed' });
    expect(summary('newtinib', 'trastuzumab')).toBe('not-assessed');
    expect(summary()).toBe('not-assessed');
  });

  it('names a missing weight instead of answering', () => {
    const facts = woman(creatinine(60, 'umol/L'));
    expect(renalDoseReview('carboplatin', facts, now)).toMatchObject({
      status: 'missing',
      what: [{ fact: 'weight', reason: 'absent' }],
    });
  });

  it('names every missing fact at once, also beside a stale creatinine', () => {
    const facts = woman(creatinine(60, 'umol/L', '2025-03-09T08:00:00Z'));
    expect(renalDoseReview('carboplatin', facts, now)).toMatchObject({
      what: [
        { fact: 'creatinine', reason: 'stale' },
        { fact: 'weight', reason: 'absent' },
      ],
    });
  });

  it('lets a review outrank what is missing, and only all clear be clear', () => {
    expect(summary('trastuzumab', 'Carboplatin ', 'newtinib')).toBe('review');
    expect(summary('trastuzumab')).toBe('no-review');
  });

  it('answers "not assessed: switched off" unless enabled by a named clinician under a status', () => {
    const switchedOn = { enabled: true, clinician: 'Dr Essai', status: 'research' as const };
    for (const config of [{ ...switchedOn, enabled: false }, { ...switchedOn, clinician: ' ' }, { enabled: true }]) {
      const off = clinicalRules(config);
      for (const result of [
        off.renalDoseReview('trastuzumab', vignette, now),
        off.g8Due({ birthDate: '1940-01-01' }, now),
      ]) {
        expect(result).toMatchObject({
          status: 'not-assessed',
          why: expect.stringMatching(/^switched off/) as string,
          forReview: true,
        });
      }
    }
    expect(clinicalRules(switchedOn).renalDoseReview('capecitabine', vignette, now)).toMatchObject({ value: 'review' });
  });
});

describe('H8: no fluoropyrimidine on a wrong uracil', () => {
  const patientId = 'p1';
  const uracil = (value: number, unit = 'ng/mL') => ({ ...measure('uracil', value, unit), patientId });
  const clearance = (value: number) => assessed(value, 'mL/min', 'Cockcroft-Gault', {});
  const read = (value: number, mlMin: number) =>
    uracilReading('capecitabine', { patientId, uracil: uracil(value), clearance: clearance(mlMin) });

  it('reads 15.9, 16, 149.9 and 150 ng/mL into their bands', () => {
    expect(read(15.9, 90)).toMatchObject({ value: 'below-16' });
    expect(read(16, 90)).toMatchObject({ value: 'from-16-to-150' });
    expect(read(149.9, 90)).toMatchObject({ value: 'from-16-to-150' });
    expect(read(150, 90)).toMatchObject({ value: '150-and-above' });
  });

  it('sends a raised uracil under an impaired kidney to the laboratory', () => {
    expect(read(22, 37.1)).toMatchObject({ value: 'interpret-with-laboratory' });
    expect(read(150, 25)).toMatchObject({ value: 'interpret-with-laboratory' });
    const dialysed = { patientId, uracil: uracil(30), clearance: notAssessed('on dialysis: no equation holds') };
    expect(uracilReading('capecitabine', dialysed)).toMatchObject({ value: 'interpret-with-laboratory' });
  });

  it('never opens without a result of this patient in a known unit', () => {
    const base = { patientId, clearance: clearance(90) };
    expect(uracilReading('capecitabine', base)).toMatchObject({ what: [{ reason: 'absent' }] });
    const others = { ...uracil(10), patientId: 'p2' };
    expect(uracilReading('5-FU', { ...base, uracil: others })).toMatchObject({ what: [{ reason: 'other-patient' }] });
    expect(uracilReading('5-FU', { ...base, uracil: uracil(10, '?') })).toMatchObject({
      what: [{ reason: 'unit-unknown' }],
    });
    expect(uracilReading('trastuzumab', base).status).toBe('not-assessed');
  });
});

describe('the geriatric screening', () => {
  it('is due on the 75th birthday, not the day before, and once', () => {
    expect(g8Due({ birthDate: '1951-03-10' }, now)).toMatchObject({ value: 'due' });
    expect(g8Due({ birthDate: '1951-03-11' }, now)).toMatchObject({ value: 'not-due' });
    expect(g8Due({ birthDate: '1940-01-01', g8AnsweredAt: '2026-03-01' }, now)).toMatchObject({ value: 'not-due' });
    expect(g8Due({ birthDate: undefined }, now).status).toBe('missing');
  });
});
