const label = { fr: 'Étape de démonstration', en: 'Demo step' };
const sources = [{ rule: 'all', text: 'Made for the drill', tag: 'proposal' }];
const late = { title: label, owner: 'IDEC' };

/** Twelve tasks, one after the other: the smallest pathway in which a lost or doubled step would be seen. */
export const STEPS = 12;
const idOf = (number: number): string => `step-${String(number)}`;

export const twelveSteps = {
  language: 1,
  id: 'twelve-steps',
  version: 1,
  title: label,
  notice: label,
  reviewBy: '2099-12-31',
  sources: ['Made for the drill'],
  roles: { IDEC: label },
  phases: [{ id: 'care', label, labelBefore: label }],
  steps: Array.from({ length: STEPS }, (_, index) => ({
    id: idOf(index + 1),
    kind: 'task',
    phase: 'care',
    label,
    labelBefore: label,
    role: 'IDEC',
    late,
    sources,
    start: { all: [{ after: index === 0 ? 'enrolment' : idOf(index) }] },
    window: { target: '2d', latest: '4d' },
  })),
  ends: [
    { status: 'COMPLETED', after: idOf(STEPS) },
    { status: 'DIED', fact: 'patient.died' },
    { status: 'REFUSED', fact: 'patient.refused' },
    { status: 'TRANSFERRED', fact: 'patient.transferred' },
  ],
  examples: [],
};
