import { loadProtocol, type Protocol } from '@ariane/protocol';

const label = { fr: 'Étape', en: 'Step' };
const late = { title: label, owner: 'IDEC' };
const sources = [{ rule: 'all', text: 'Made for the tests', tag: 'proposal' as const }];
const common = { phase: 'care', label, labelBefore: label, role: 'IDEC', late, sources };
const visit = {
  ...common,
  kind: 'appointment',
  booking: 'auto',
  visitKind: 'visit',
  durationMinutes: 30,
  resources: ['scanner'],
};

/** A visit to a scanner, a result that parts the ways, and a second visit for the one way. */
export const smallProtocol = (): Protocol =>
  loadProtocol({
    language: 1,
    id: 'small',
    version: 1,
    title: label,
    notice: label,
    reviewBy: '2030-06-30',
    sources: ['Made for the tests'],
    roles: { IDEC: label },
    phases: [{ id: 'care', label, labelBefore: label }],
    facts: {
      finding: {
        type: 'code',
        values: ['clear', 'doubtful'],
        description: 'What the scan shows.',
        tie: 'last-recorded',
      },
    },
    steps: [
      {
        ...visit,
        id: 'scan',
        start: { all: [{ after: 'enrolment' }] },
        window: { target: '2wk', latest: '4wk' },
        records: ['finding'],
      },
      {
        ...visit,
        id: 'second-scan',
        start: { all: [{ after: 'scan' }] },
        when: "finding = 'doubtful'",
        window: { target: '4wk', latest: '8wk' },
      },
      {
        ...common,
        id: 'closing',
        kind: 'task',
        start: { all: [{ after: 'scan' }, { after: 'second-scan' }] },
        window: { target: '1wk', latest: '2wk' },
      },
    ],
    ends: [
      { status: 'COMPLETED', after: 'closing' },
      { status: 'DIED', fact: 'patient.died' },
      { status: 'REFUSED', fact: 'patient.refused' },
      { status: 'TRANSFERRED', fact: 'patient.transferred' },
    ],
    examples: [],
  });
