import type { ProtocolDocument } from './document';

const label = { fr: 'Étape', en: 'Step' };
const late = { title: label, owner: 'IDEC' };
const sources = [{ rule: 'all', text: 'Made for the tests', tag: 'proposal' as const }];
const common = { phase: 'care', label, labelBefore: label, role: 'IDEC', late, sources };
const visit = {
  ...common,
  kind: 'appointment' as const,
  booking: 'auto' as const,
  visitKind: 'visit',
  durationMinutes: 30,
};

/**
 * The smallest protocol that has every construct of the language; for the tests only.
 * @internal
 */
export const testProtocol: ProtocolDocument = {
  language: 1,
  id: 'test',
  version: 1,
  title: label,
  notice: label,
  reviewBy: '2027-06-30',
  sources: ['Made for the tests'],
  roles: { IDEC: label, ONC: label },
  phases: [{ id: 'care', label, labelBefore: label }],
  steps: [
    { ...visit, id: 'visit', start: { all: [{ after: 'enrolment' }] }, window: { target: '2wd', latest: '5wd' } },
    {
      ...common,
      id: 'blood',
      kind: 'task',
      start: { all: [{ after: 'visit' }] },
      window: { latest: '2d' },
      outcomes: ['good', 'bad'],
      doneBy: { fact: 'task.done', in: ['good'] },
      failedBy: [{ fact: 'task.done', in: ['bad'] }],
      retryAfter: '7d',
      records: ['creatinine'],
    },
    {
      ...common,
      id: 'opinion',
      kind: 'tele-expertise',
      specialty: 'nephrology',
      question: label,
      start: { all: [{ after: 'blood' }] },
      when: 'creatinine.within(14 days) > 110',
      window: { latest: '7d' },
    },
    {
      ...common,
      id: 'leaflet',
      kind: 'document',
      document: 'leaflet',
      mandatory: false,
      start: { all: [{ after: 'visit' }] },
      window: { latest: '3d' },
    },
    {
      ...visit,
      id: 'cycle',
      start: { all: [{ after: 'blood', required: true }, { after: 'opinion' }, { after: 'leaflet' }] },
      window: { latest: '3d' },
      repeat: { times: 3, every: '21d', after: 'cycle', window: { target: '1d', latest: '2d' } },
    },
    {
      ...visit,
      id: 'surgery',
      start: { all: [{ after: 'cycle' }] },
      window: { earliest: '3wk', latest: '6wk', tighter: [{ when: 'patient.age >= 75', latest: '4wk' }] },
    },
    {
      id: 'milestone-surgery',
      kind: 'milestone',
      phase: 'care',
      label,
      labelBefore: label,
      role: 'IDEC',
      sources,
      milestone: 'surgery',
      start: { any: [{ after: 'surgery' }] },
    },
    {
      ...common,
      id: 'closing',
      kind: 'task',
      start: { all: [{ after: 'milestone-surgery', offset: '1mo' }] },
      window: { latest: '2wk' },
    },
  ],
  ends: [
    { status: 'COMPLETED', after: 'closing' },
    { status: 'DIED', fact: 'patient.died' },
    { status: 'REFUSED', fact: 'patient.refused' },
    { status: 'TRANSFERRED', fact: 'patient.transferred' },
  ],
  examples: [],
};
