import type { Api } from './api.ts';
import { answerKey, type Assessment, assessmentLines } from './assessment.ts';
import { courses } from './courses.ts';
import { importedPatient } from './imported.ts';

const step = { kind: 'task', role: 'PHA', label: 'Review', waitingFor: [] };
/** A register with one invented person in it. */
const registerOf = (changes: object): Api =>
  ({
    get: () =>
      Promise.resolve({
        id: 'p',
        birthDate: '1951-01-11',
        sex: 'female',
        conditions: [],
        measurements: [],
        ...changes,
      }),
    now: () => Promise.resolve('2026-03-02T08:00:00Z'),
  }) as unknown as Api; // as: only what the reading of a record asks for

describe('an imported record', () => {
  it('drives the course: malignant where it says so, menopause by age, a G8 from 75 years', async () => {
    const conditions = [{ system: 'http://snomed.info/sct', code: '254837009', onset: '2025-02-20' }];
    const known = await importedPatient(registerOf({ conditions }), 'p', courses.default);
    expect(known.hasBreastCancer).toBe(true);
    expect(known.course.results.pathology).toContainEqual({ code: 'biopsy.result', value: 'malignant' });
    expect(known.course.results.entry).toContainEqual({ code: 'patient.menopause', value: 'after' });
    expect(known.lines[0]).toBe('female, 75 years: a G8 is due');
    const kidney = await importedPatient(registerOf({ sex: 'male' }), 'p', courses.default);
    expect(kidney.hasBreastCancer).toBe(false);
    expect(kidney.course.results.pathology).toContainEqual({ code: 'biopsy.result', value: 'ambiguous' });
    expect(kidney.course.results.entry?.map(({ code }) => code)).not.toContain('patient.menopause');
  });

  it('begins at its newest fact, and shows the values of that day in their own units', async () => {
    const measured = (code: string, value: number, unit: string, measuredAt: string) => ({
      code,
      value,
      unit,
      measuredAt,
    });
    const measurements = [
      measured('38483-4', 1, 'mg/dL', '2026-09-11T08:00:00.000Z'),
      measured('38483-4', 2.5, 'mg/dL', '2026-09-11T09:00:00.000Z'),
      measured('38483-4', 0.9, 'mg/dL', '2025-09-11T09:00:00.000Z'),
    ];
    const { newestFact, lines } = await importedPatient(registerOf({ measurements }), 'p', courses.default);
    expect(newestFact).toBe('2026-09-11T09:00:00.000Z');
    expect(lines).toContain('creatinine: 1 mg/dL and 2.5 mg/dL on 2026-09-11');
    expect(lines).toContain('weight: none');
  });
});

describe('the answer of a clinical rule in a story', () => {
  const missing = (ageDays: number): Assessment => ({
    code: 'clinical-rule.renal-dose',
    value: 'missing',
    version: '0.3.0',
    results: [
      {
        drug: 'carboplatin',
        status: 'missing',
        what: [
          { fact: 'creatinine', reason: 'stale', ageDays, seen: ['2.7 mg/dL (2026-11-14)'] },
          { fact: 'weight', reason: 'absent' },
          { fact: 'egfr', reason: 'contradictory', seen: ['68 mL/min', '20 mL/min/{1.73_m2}'] },
        ],
      },
    ],
  });

  it('says what is missing, stale or contradictory, and the review it opened', () => {
    expect(assessmentLines(missing(40), [{ ...step, key: 'chemo-dose-review#1', status: 'due' }])).toEqual([
      'clinical-rule.renal-dose 0.3.0 answers missing; chemo-dose-review#1 is due, for PHA',
      '  carboplatin: unknown: stale creatinine, 40 days (2.7 mg/dL (2026-11-14)); missing weight; ' +
        'contradictory egfr (68 mL/min and 20 mL/min/{1.73_m2})',
    ]);
  });

  it('is told once for the same reasons, however old they grow', () => {
    const due = [{ ...step, key: 'chemo-dose-review#2', status: 'due' }];
    expect(answerKey(assessmentLines(missing(60), due))).toBe(answerKey(assessmentLines(missing(40), [])));
    expect(assessmentLines({ ...missing(40), results: [] }, due)).toEqual([]);
  });
});
