import { knownAge } from './reading';
import { assessed, missing, type Review, reviewFor, type RuleResult, type Unknown } from './result';

/** Age from which the geriatric screening G8 is due before the meeting (HAS, INCa), in completed years. */
const G8_AGE_MIN = 75;
/** A score at or below it asks for a geriatrician; the scale goes to 17 by halves. */
const G8_SCORE_MAX = 14;
const G8_SCALE_MAX = 17;
/** A screening older than this tells nothing of today, in days; a proposal. */
const G8_DAYS_MAX = 365;
const DAY_MS = 86_400_000;

/** Whether the G8 is due: from 75 completed years, unless it has been answered. */
export function g8Due(
  person: { readonly birthDate: string | undefined; readonly g8AnsweredAt?: string },
  now: string,
): RuleResult<'due' | 'not-due', '1', 'G8-due'> {
  const age = knownAge(person.birthDate, now);
  if ('unknown' in age) return missing([age.unknown]);
  const ageYears = age.years;
  if (ageYears < G8_AGE_MIN) return assessed('not-due', '1', 'G8-due', { ageYears }, ['younger than 75']);
  if (person.g8AnsweredAt !== undefined) {
    return assessed('not-due', '1', 'G8-due', { ageYears, answeredAt: person.g8AnsweredAt }, ['already answered']);
  }
  return assessed('due', '1', 'G8-due', { ageYears }, ['75 years or older']);
}

export interface G8Score {
  /** 0 to 17, by halves. */
  readonly value: number;
  readonly answeredAt: string;
}

/**
 * Whether a geriatrician should see the person: 75 or older with a G8 of 14 or less (Bellera 2012). From 75 without a
 * readable score of the last year the answer is what is missing, never that all is well.
 *
 * @param now instant, UTC; scores after it are not there yet
 */
export function g8Review(
  person: { readonly birthDate: string | undefined; readonly scores: readonly G8Score[] },
  now: string,
): Review<'G8-review'> {
  const age = knownAge(person.birthDate, now);
  if ('unknown' in age) return missing([age.unknown]);
  const ageYears = age.years;
  if (ageYears < G8_AGE_MIN) return reviewFor('G8-review', { ageYears }, [], ['younger than 75']);
  const chosen = newestScore(person.scores, now);
  if ('unknown' in chosen) return missing([chosen.unknown]);
  const inputs = { ageYears, score: written(chosen.score), cutOff: G8_SCORE_MAX };
  const reasons = chosen.score.value <= G8_SCORE_MAX ? ['G8 of 14 or less at 75 or older'] : [];
  return reviewFor('G8-review', inputs, reasons, ['G8 above 14']);
}

function newestScore(
  scores: readonly G8Score[],
  now: string,
): { readonly score: G8Score } | { readonly unknown: Unknown } {
  const told = scores
    .filter(({ answeredAt }) => Date.parse(answeredAt) <= Date.parse(now))
    .sort((a, b) => Date.parse(b.answeredAt) - Date.parse(a.answeredAt));
  const [score] = told;
  const fact = 'g8.score';
  if (score === undefined) return { unknown: { fact, reason: 'absent' } };
  const day = told.filter(({ answeredAt }) => answeredAt.slice(0, 10) === score.answeredAt.slice(0, 10));
  const seen = day.map(written);
  if (!day.every(isOnScale)) return { unknown: { fact, reason: 'implausible', seen } };
  if (day.some(({ value }) => value !== score.value)) return { unknown: { fact, reason: 'contradictory', seen } };
  const ageDays = Math.floor((Date.parse(now) - Date.parse(score.answeredAt)) / DAY_MS);
  return ageDays > G8_DAYS_MAX ? { unknown: { fact, reason: 'stale', ageDays, seen } } : { score };
}

const isOnScale = ({ value }: G8Score): boolean => value >= 0 && value <= G8_SCALE_MAX && Number.isInteger(value * 2);

const written = ({ value, answeredAt }: G8Score): string => `${value} (${answeredAt.slice(0, 10)})`;
