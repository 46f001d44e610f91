import { epochOf, nextSecond } from '@ariane/kernel';
import type { Fact, Kind, Label, PlannedStep, StepDocument } from '@ariane/protocol';
import type { AddedStep, Addition, ChangedDates } from './plan-change';

const label = (fr: string, en: string): Label => ({ fr, en });

/** What the patient may read before the announcement: nothing of what the step is for (hazard H2). */
const neutral: Readonly<Record<AddedStep['kind'], Label>> = {
  appointment: label('Rendez-vous', 'Appointment'),
  task: label('Étape de votre suivi', 'A step of your care'),
  questionnaire: label('Questionnaire', 'Questionnaire'),
  'tele-expertise': label('Étape de votre suivi', 'A step of your care'),
  meeting: label('Étape de votre suivi', 'A step of your care'),
};

/** A step that somebody added, in the form of a protocol's: whoever asks, plans or shows needs no second way. */
export function documentOfAdded(key: string, step: AddedStep): StepDocument {
  const title = label(`${step.label} : en retard`, `${step.label}: late`);
  const common = {
    id: key,
    phase: '',
    role: step.role,
    label: label(step.label, step.label),
    labelBefore: neutral[step.kind],
    start: { all: [{ after: 'enrolment' }] },
    window: { latest: '1d' },
    // Nobody of the protocol answers for it: its lateness goes to the coordinator.
    late: { title, owner: 'coordinator' },
    sources: [],
  };
  switch (step.kind) {
    case 'task':
      return { ...common, kind: step.kind };
    case 'appointment': {
      const { kind, visitKind, durationMinutes, booking, mode } = step;
      return { ...common, kind, visitKind, durationMinutes, booking, ...(mode === undefined ? {} : { mode }) };
    }
    case 'questionnaire':
      return { ...common, kind: step.kind, questionnaire: step.questionnaire };
    case 'tele-expertise':
      return {
        ...common,
        kind: step.kind,
        specialty: step.specialty,
        question: label(step.question, step.question),
      };
    case 'meeting':
      return {
        ...common,
        kind: step.kind,
        meetingType: step.meetingType,
        requiredSpecialties: [...step.requiredSpecialties],
      };
  }
}

type Repeatable = 'appointment' | 'tele-expertise' | 'meeting' | 'task' | 'questionnaire' | 'document';

/** What finishes an added step of a kind, and what fails it: as for the protocol's own. */
const ends: Readonly<Record<Repeatable, { readonly done: string; readonly failed: readonly string[] }>> = {
  appointment: { done: 'appointment.attended', failed: ['appointment.missed', 'appointment.cancelled'] },
  'tele-expertise': { done: 'opinion.given', failed: ['opinion.declined', 'opinion.expired'] },
  meeting: { done: 'case.decided', failed: ['case.deferred'] },
  task: { done: 'task.done', failed: [] },
  questionnaire: { done: 'questionnaire.answered', failed: [] },
  document: { done: 'document.signed', failed: [] },
};

/** Whether a person may have a step of this kind done once more. */
export const isRepeatable = (kind: Kind): kind is Repeatable => Object.hasOwn(ends, kind);

/** Where a step with known dates stands, when nothing it needs is missing. */
export function statusAt(now: string, { dueFrom, latest }: ChangedDates): 'waiting' | 'due' | 'late' {
  if (dueFrom !== undefined && epochOf(now) < epochOf(dueFrom)) return 'waiting';
  return epochOf(now) < epochOf(nextSecond(latest)) ? 'due' : 'late';
}

/**
 * Where an added step stands: done by the fact of its kind that carries its key, failed and asked for again as a
 * protocol's step would be, its deadline unchanged.
 *
 * @param dates as given when it was added, or as last moved
 */
export function plannedAddition(
  addition: Addition,
  document: StepDocument,
  dates: ChangedDates,
  { facts, now }: { readonly facts: readonly Fact[]; readonly now: string },
): PlannedStep | undefined {
  const { kind, phase, role } = document;
  if (!isRepeatable(kind)) return undefined;
  const key = addition.stepKey;
  const told = facts
    .filter(({ stepKey, at }) => stepKey === key && epochOf(at) <= epochOf(now))
    .sort((a, b) => epochOf(a.at) - epochOf(b.at) || (a.seq ?? 0) - (b.seq ?? 0));
  const done = told.find(({ code }) => code === ends[kind].done);
  const until = done === undefined ? told : told.slice(0, told.indexOf(done));
  const failed = until.filter(({ code }) => ends[kind].failed.includes(code));
  const waived = told.find(({ code }) => code === 'step.waived');
  const common = {
    ...{ key, stepId: key, kind, phase, role, mandatory: true, attempt: failed.length + 1, waitingFor: [] },
    ...{ label: document.label, labelBefore: document.labelBefore },
    ...{ dueFrom: dates.dueFrom ?? addition.at, latest: dates.latest },
    ...(dates.target === undefined ? {} : { target: dates.target }),
  };
  if (done !== undefined) {
    const reason = { rule: `done: ${done.code}`, facts: [done.id] };
    return { ...common, status: 'done', doneAt: done.at, doneBy: done.id, reason };
  }
  if (waived !== undefined) {
    return { ...common, status: 'not-applicable', reason: { rule: 'waived', facts: [waived.id] } };
  }
  const rule = addition.change === 'added' ? 'person: added' : `person: ${addition.of} once more`;
  return { ...common, status: statusAt(now, common), reason: { rule, facts: failed.map(({ id }) => id) } };
}
