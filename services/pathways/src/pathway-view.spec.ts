import { stepOf } from '@ariane/protocol';
import type { Pathway, StepRecord } from './pathway';
import { labelFor, pathwayView, patientTimeline, patientView, timelineOf } from './pathway-view';
import { smallProtocol } from './protocol.fixture';

const step = (key: string, status: StepRecord['status'], more: Partial<StepRecord> = {}): StepRecord => ({
  key,
  kind: 'appointment',
  role: 'SUR',
  status,
  attempt: 1,
  mandatory: true,
  waitingFor: [],
  reason: { rule: 'start: after imaging', facts: [] },
  toldDue: 0,
  toldLate: 0,
  ...more,
});
const pathway: Pathway = {
  id: '01890a5d-ac96-7000-8000-000000000001',
  patientId: 'patient',
  protocol: { id: 'small', version: 1, sha256: smallProtocol.sha256 },
  contract: { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) },
  enrolledAt: '2026-03-02T08:00:00Z',
  timeZone: 'Europe/Paris',
  holidays: 'FR',
  status: 'ACTIVE',
  disclosure: 'SUSPICION',
  team: [
    { practitionerId: 'nurse', role: 'IDEC', ground: 'same-establishment', from: '2026-03-02', until: '2026-06-01' },
  ],
  facts: [{ id: 'f', code: 'biopsy.result', at: '2026-03-12T08:00:00Z', value: 'malignant', stepKey: 'imaging' }],
  steps: [
    step('imaging', 'done', { doneAt: '2026-03-09T09:00:00Z', doneBy: 'f' }),
    step('announcement', 'due', { latest: '2026-03-20T22:59:59Z' }),
    step('plan-choice', 'waiting'),
    step('milestone-diagnosis', 'done', { kind: 'milestone', doneAt: '2026-03-09T09:00:00Z' }),
  ],
  milestones: [],
  asks: [],
  asksSince: null,
  bookings: [{ stepKey: 'announcement', appointmentId: 'a', status: 'booked', startsAt: '2026-03-18T14:00:00Z' }],
  wakeAt: null,
  settled: true,
};
const documentOf = (key: string) => stepOf(smallProtocol, key);

describe('what the patient reads', () => {
  it('H2: holds only neutral labels until announced: no key, role, reason, protocol or result', () => {
    const view = patientView(pathway, documentOf, 'fr');
    expect(view.steps.map(({ label, status, appointmentAt }) => [label, status, appointmentAt])).toEqual([
      ['Rendez-vous', 'done', undefined],
      ['Rendez-vous', 'to-come', '2026-03-18T14:00:00Z'],
    ]);
    const text = JSON.stringify([view, patientTimeline(pathway, documentOf, 'fr')]);
    expect(text).not.toMatch(/imaging|announcement|biopsy|malignant|small|SUR|SUSPICION|Pas /);
  });

  it('names the steps once the diagnosis has been announced', () => {
    const announced: Pathway = { ...pathway, disclosure: 'ANNOUNCED', announcedAt: '2026-03-18T14:30:00Z' };
    expect(patientView(announced, documentOf, 'fr').steps[1]?.label).toBe('Pas announcement');
  });

  it('is empty, rather than a key, for a step that the document does not know', () => {
    expect(labelFor(pathway, undefined, 'fr')).toBe('');
  });
});

describe('what the care team reads', () => {
  it('is the whole plan, with its reasons and bookings', () => {
    const about = { code: 'clinical-rule.renal-dose', at: '2026-03-10T08:00:00Z', version: '0.3.0' };
    const assessment = { ...about, value: 'review', results: [] } as const;
    const view = pathwayView(pathway, smallProtocol.document, documentOf, 'fr', [assessment]);
    expect(view.assessments).toEqual([assessment]);
    expect(view.steps[1]).toMatchObject({
      key: 'announcement',
      label: 'Pas announcement',
      booking: { status: 'booked' },
    });
    expect(view.steps[1]).not.toHaveProperty('toldDue');
  });

  it('is dated facts and the steps they finished, oldest first', () => {
    expect(timelineOf(pathway, documentOf, 'fr').map(({ at, what }) => [at, what])).toEqual([
      ['2026-03-02T08:00:00Z', 'enrolled'],
      ['2026-03-09T09:00:00Z', 'step-done'],
      ['2026-03-09T09:00:00Z', 'step-done'],
      ['2026-03-12T08:00:00Z', 'fact'],
    ]);
  });
});
