import { ageOn } from './reading';
import { assessed, missing, type RuleResult } from './result';

/** Age from which the geriatric screening G8 is due before the meeting (HAS, INCa), in completed years. */
const G8_AGE_MIN = 75;

/** Whether the G8 is due: from 75 completed years, unless it has been answered. */
export function g8Due(
  person: { readonly birthDate: string | undefined; readonly g8AnsweredAt?: string },
  now: string,
): RuleResult<'due' | 'not-due', '1', 'G8-due'> {
  if (person.birthDate === undefined) return missing([{ fact: 'birthDate', reason: 'absent' }]);
  const ageYears = ageOn(person.birthDate, now);
  if (ageYears < G8_AGE_MIN) return assessed('not-due', '1', 'G8-due', { ageYears }, ['younger than 75']);
  if (person.g8AnsweredAt !== undefined) {
    return assessed('not-due', '1', 'G8-due', { ageYears, answeredAt: person.g8AnsweredAt }, ['already answered']);
  }
  return assessed('due', '1', 'G8-due', { ageYears }, ['75 years or older']);
}
