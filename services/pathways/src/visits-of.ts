import type { PlannedVisit } from './merged-plan';
import { isOpen } from './open-step';
import type { Pathway, Planner, StepRecord } from './pathway';
import { dayOf } from './pathway-time';
import { hostOf } from './shared-visit';

/** A step that has no dates yet, or that may not apply: nothing can be merged with it. */
interface UndatedStep {
  readonly pathwayId: string;
  readonly stepKey: string;
  readonly label: string;
  readonly waitingFor: readonly string[];
}

/** What a pathway still asks of the patient in person: visits and questionnaires, dated where they can be. */
export function visitsOf(
  planner: Planner,
  pathway: Pathway,
  language: 'fr' | 'en',
): { readonly visits: readonly PlannedVisit[]; readonly undated: readonly UndatedStep[] } {
  const steps = pathway.steps.filter(isOpen).flatMap((step) => wanted(planner, pathway, step, language));
  return {
    visits: steps.flatMap(({ visit }) => (visit === undefined ? [] : [visit])),
    undated: steps.flatMap(({ visit, undated }) => (visit === undefined ? [undated] : [])),
  };
}

interface Wanted {
  readonly undated: UndatedStep;
  readonly visit?: PlannedVisit;
}

function wanted(planner: Planner, pathway: Pathway, step: StepRecord, language: 'fr' | 'en'): readonly Wanted[] {
  const document = planner.step(pathway, step.key);
  if (document?.kind !== 'appointment' && document?.kind !== 'questionnaire') return [];
  const label = document.label[language];
  const undated = { pathwayId: pathway.id, stepKey: step.key, label, waitingFor: step.waitingFor };
  const { dueFrom, target, latest } = step;
  if (dueFrom === undefined || latest === undefined || step.waitingFor.length > 0) return [{ undated }];
  const day = (instant: string) => dayOf(pathway, instant);
  const startsAt = pathway.bookings.find(
    ({ stepKey, status }) => stepKey === step.key && status === 'booked',
  )?.startsAt;
  const sharedWith = hostOf(pathway, step.key);
  const visit: PlannedVisit = {
    pathwayId: pathway.id,
    stepKey: step.key,
    kind: document.kind,
    what: document.kind === 'appointment' ? document.visitKind : document.questionnaire,
    label,
    from: day(dueFrom),
    latest: day(latest),
    ...(target === undefined ? {} : { target: day(target) }),
    ...(sharedWith === undefined ? {} : { sharedWith }),
    ...(startsAt === undefined ? {} : { booked: { day: day(startsAt), startsAt } }),
  };
  return [{ undated, visit }];
}
