import { DomainError, epochOf } from '@ariane/kernel';
import type { NewFact, Pathway, PathwayCommand, Planner } from './pathway';

type Enrol = Extract<PathwayCommand, { readonly type: 'Enrol' }>;

/**
 * When care began for a patient who is taken over from before, and what was done: with the dates it had, so that the
 * plan goes on where the patient stands and nothing is asked for twice.
 *
 * @throws DomainError FACT_IN_FUTURE for what is dated after the enrolment; FACT_NOT_ALLOWED and FACT_MALFORMED name
 *   the fact
 */
export function takenOver(planner: Planner, command: Enrol): { begunAt: string; history: readonly NewFact[] } {
  const { protocol, now, begunAt = now, history = [] } = command;
  if (isAfter(begunAt, now)) throw new DomainError('FACT_IN_FUTURE', {}, 'begunAt');
  history.forEach((fact, index) => {
    const field = `history.${index}`;
    if (isAfter(fact.at, now)) throw new DomainError('FACT_IN_FUTURE', {}, `${field}.at`);
    try {
      planner.checkFact(protocol, fact, 'taken-over');
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw new DomainError(error.code, error.params, `${field}.${error.field ?? 'code'}`);
    }
  });
  return { begunAt, history };
}

/** Another service tells of a step what the patient was taken over with: one fact, not two. */
export const isToldAgain = ({ facts }: Pathway, { code, stepKey, at }: Pick<NewFact, 'code' | 'stepKey' | 'at'>) =>
  stepKey !== undefined &&
  facts.some((known) => known.code === code && known.stepKey === stepKey && epochOf(known.at) === epochOf(at));

/** A slot in which the patient was seen, or did not come, before: nothing is booked by it any more. */
export const isOver = (
  state: Pathway,
  { stepKey, startsAt }: { readonly stepKey: string; readonly startsAt?: string },
) =>
  startsAt !== undefined &&
  ['appointment.attended', 'appointment.missed'].some((code) => isToldAgain(state, { code, stepKey, at: startsAt }));

const isAfter = (instant: string, now: string): boolean => epochOf(instant) > epochOf(now);
