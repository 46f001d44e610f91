import type { ProtocolDocument } from './document';
import { testProtocol } from './test-protocol';

const label = { fr: 'Étape', en: 'Step' };
const late = {
  title: label,
  owner: 'IDEC',
  tier: 2 as const,
  ladder: [{ role: 'ONC', after: '4h' }],
  hours: 'always' as const,
};
const sources = [{ rule: 'all', text: 'Made for the tests', tag: 'proposal' as const }];
const common = { phase: 'care', label, labelBefore: label, role: 'IDEC', late, sources };
const task = { ...common, kind: 'task' as const };
const visit = {
  ...common,
  kind: 'appointment' as const,
  booking: 'propose' as const,
  visitKind: 'visit',
  durationMinutes: 30,
};

/**
 * A protocol of joins, planned and due dates, schedules, branches, cancellations and sub-protocols; for the tests only.
 * @internal
 */
export const wideProtocol: ProtocolDocument = {
  ...testProtocol,
  id: 'wide',
  watch: true,
  facts: {
    'plan.kind': { type: 'code', values: ['surgery', 'drug'], description: 'What is planned.', tie: 'last-recorded' },
    'plan.urgent': { type: 'boolean', description: 'It cannot wait.', tie: 'last-recorded' },
    'plan.alone': { type: 'boolean', description: 'It is to wait for others.', tie: 'last-recorded' },
    'plan.excluded': { type: 'boolean', description: 'The patient does not belong here.', tie: 'last-recorded' },
  },
  branches: [
    { id: 'surgery-first', label, when: "plan.kind = 'surgery'", excludes: ['drug-first'] },
    { id: 'drug-first', label, when: "plan.kind = 'drug'" },
    { id: 'hurried', label, when: 'plan.urgent', excludes: ['patient'] },
    { id: 'patient', label, when: 'plan.alone' },
  ],
  steps: [
    {
      ...visit,
      id: 'visit',
      start: { all: [{ after: 'enrolment' }] },
      window: { latest: '5wd' },
      records: ['plan.kind', 'plan.urgent', 'plan.alone', 'plan.excluded'],
      patient: {
        before: { fr: { plain: 'Une visite.', simple: 'On se voit.' }, en: { plain: 'A visit.', simple: 'We meet.' } },
      },
    },
    { ...task, id: 'blood', start: { all: [{ after: 'visit' }] }, window: { target: '2d', latest: '4d' } },
    { ...task, id: 'scan', start: { all: [{ after: 'visit' }] }, window: { latest: '4d' }, mandatory: false },
    { ...task, id: 'talk', start: { all: [{ after: 'visit' }] }, when: 'plan.urgent', window: { latest: '4d' } },
    {
      ...task,
      id: 'panel',
      start: { n: 2, of: [{ after: 'blood' }, { after: 'scan', offset: '1d' }, { after: 'talk' }] },
      window: { latest: '7d' },
    },
    {
      ...visit,
      id: 'operation',
      branch: 'surgery-first',
      start: { all: [{ after: 'visit' }] },
      window: { target: '30d', latest: '40d' },
    },
    {
      ...task,
      id: 'fasting',
      branch: 'surgery-first',
      start: { all: [{ after: 'operation', date: 'planned', offset: '-3d' }] },
      window: { latest: '2d' },
    },
    {
      ...task,
      id: 'reminder',
      branch: 'surgery-first',
      start: { all: [{ after: 'operation', date: 'due', offset: '-1wk' }] },
      window: { latest: '2d' },
    },
    {
      ...task,
      id: 'drug',
      branch: 'drug-first',
      start: { all: [{ after: 'visit' }] },
      window: { latest: '7d' },
      cancels: ['call', 'talk'],
    },
    { ...task, id: 'call', start: { all: [{ after: 'visit' }] }, window: { latest: '9d' } },
    { ...task, id: 'hurry', branch: 'hurried', start: { all: [{ after: 'visit' }] }, window: { latest: '9d' } },
    {
      ...visit,
      id: 'follow-up',
      start: { all: [{ after: 'visit' }] },
      window: { latest: '2wk' },
      repeat: {
        schedule: [
          { every: '3mo', for: '1y' },
          { every: '6mo', for: '1y' },
        ],
      },
    },
    {
      ...task,
      id: 'result',
      start: { all: [{ after: 'follow-up', each: true }] },
      window: { latest: '7d' },
      repeat: { as: 'follow-up' },
    },
    {
      ...task,
      id: 'for-life',
      start: { all: [{ after: 'visit' }] },
      window: { latest: '4wk' },
      mandatory: false,
      repeat: { schedule: [{ every: '1mo', for: '2mo' }, { every: '1y' }], from: 'last' },
    },
    {
      ...common,
      kind: 'sub-protocol',
      id: 'screening',
      protocol: 'screening',
      until: 'enrolled',
      start: { all: [{ after: 'visit' }] },
      window: { latest: '7d' },
    },
    {
      ...task,
      id: 'closing',
      start: { all: [{ after: 'follow-up' }, { after: 'result' }, { after: 'screening' }] },
      window: { latest: '1mo' },
    },
  ],
  ends: [...testProtocol.ends, { status: 'EXCLUDED', fact: 'plan.excluded', in: [true] }],
};
