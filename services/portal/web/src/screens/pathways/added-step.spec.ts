import { addStepBody, noStep } from './added-step';

describe('a step that is added', () => {
  it('is sent with the fields of its kind and no others, and without the days left empty', () => {
    const typed = { ...noStep, label: ' Appel ', role: 'IDEC', latest: '2026-03-10', reason: 'demande' };
    expect(addStepBody({ ...typed, question: 'typed before the kind was changed' })).toEqual({
      ...{ kind: 'task', label: 'Appel', role: 'IDEC', latest: '2026-03-10', reason: 'demande' },
    });
    expect(addStepBody({ ...typed, kind: 'appointment', visitKind: 'mri', target: '2026-03-09' })).toMatchObject({
      ...{ kind: 'appointment', visitKind: 'mri', durationMinutes: 30, target: '2026-03-09' },
    });
  });

  it('takes specialties as people list them', () => {
    const { requiredSpecialties } = addStepBody({
      ...noStep,
      kind: 'meeting',
      requiredSpecialties: 'surgery, oncology;',
    });
    expect(requiredSpecialties).toEqual(['surgery', 'oncology']);
  });
});
