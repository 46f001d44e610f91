import { loadProtocol, type Protocol } from '@ariane/protocol';
import { libraryOf, plannerOf } from './planner';
import { ruleFactsOf, rulesFrom } from './rule-facts';

const label = (fr: string) => ({ fr, en: fr });
const step = (id: string, role: string, after: string, latest: string) => ({
  id,
  role,
  phase: 'all',
  label: label(`Pas ${id}`),
  labelBefore: label('Rendez-vous'),
  start: { all: [{ after }] },
  window: { target: latest, latest },
  late: { title: label(`${id} en retard`), owner: 'IDEC' },
  sources: [{ rule: 'window', text: 'made up for tests', tag: 'proposal' }],
});

/** A small protocol with one step of each kind that matters here. */
export const smallProtocol: Protocol = loadProtocol({
  language: 1,
  id: 'small',
  version: 1,
  title: label('Petit protocole'),
  notice: label('Exemple'),
  reviewBy: '2027-06-30',
  sources: ['made up for tests'],
  roles: { IDEC: label('IDEC'), RAD: label('RAD'), SUR: label('SUR') },
  phases: [{ id: 'all', label: label('Tout'), labelBefore: label('Tout') }],
  steps: [
    { ...step('entry', 'IDEC', 'enrolment', '2wd'), kind: 'task' },
    {
      ...step('imaging', 'RAD', 'entry', '7wd'),
      kind: 'appointment',
      booking: 'auto',
      visitKind: 'breast-imaging',
      records: ['imaging.acr'],
      durationMinutes: 30,
    },
    {
      ...step('second-reading', 'SUR', 'imaging', '7d'),
      kind: 'tele-expertise',
      when: 'imaging.acr = 0',
      specialty: 'radiology',
      question: label('Relecture ?'),
    },
    {
      ...step('meeting-1', 'SUR', 'imaging', '14d'),
      kind: 'meeting',
      meetingType: 'rcp-senology',
      requiredSpecialties: ['surgery', 'oncology', 'radiotherapy'],
    },
    {
      ...step('announcement', 'SUR', 'meeting-1', '5wd'),
      kind: 'appointment',
      doneBy: { fact: 'disclosure.announced', of: 'any' },
      booking: 'propose',
      visitKind: 'announcement',
      durationMinutes: 60,
    },
    {
      id: 'milestone-diagnosis',
      kind: 'milestone',
      role: 'IDEC',
      phase: 'all',
      label: label('Diagnostic'),
      labelBefore: label('Étape'),
      start: { all: [{ after: 'announcement' }] },
      milestone: 'diagnosis',
      sources: [{ rule: 'payment', text: 'made up for tests', tag: 'proposal' }],
    },
    { ...step('plan-choice', 'SUR', 'announcement', '7d'), kind: 'task', outcomes: ['accepted', 'refused'] },
  ],
  ends: [
    { status: 'COMPLETED', after: 'plan-choice' },
    { status: 'DIED', fact: 'patient.died' },
    { status: 'REFUSED', fact: 'patient.refused' },
    { status: 'TRANSFERRED', fact: 'patient.transferred' },
  ],
  examples: [],
});

const smallLibrary = libraryOf([smallProtocol]);
export const smallPlanner = plannerOf(smallLibrary, ruleFactsOf(rulesFrom({})));
