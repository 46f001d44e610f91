import { fluoropyrimidines, uracilBand, uracilReading } from './fluoropyrimidine';
import { defaultFreshness, type Freshness, kidneyFunction, type KidneyFacts } from './kidney-function';
import { nephrotoxicDrugs } from './nephrotoxic-drugs';
import { choose, measuredUntil, type Measurement, written } from './reading';
import { nameOfDrug, renalDrugs } from './renal-drugs';
import { missing, notAssessed, type Review, reviewFor } from './result';
import { convert } from './units';

/** DPD activity is inborn: no age makes a uracilaemia stale. */
const NEVER_STALE = Number.POSITIVE_INFINITY;

/**
 * Whether prescriber and pharmacist should look at the uracilaemia before a fluoropyrimidine: 16 ng/mL or more, with an
 * impaired kidney to be interpreted with the laboratory, since a plain reading would lower the dose for nothing and
 * ignoring it could kill. Results in different bands ask for the review too. Below 16 nothing is asked here; the
 * prescriber still signs. Another drug known to the tables needs none; a drug unknown to them may be a fluoropyrimidine
 * under another name, so it is not assessed.
 *
 * @param drug international name
 * @param now instant, UTC
 */
export function uracilReview(
  drug: string,
  facts: KidneyFacts,
  now: string,
  freshness: Freshness = defaultFreshness,
): Review<'uracil-bands'> {
  const name = nameOfDrug(drug);
  if (!fluoropyrimidines.has(name)) return ofAnother(name);
  const chosen = choose('uracil', facts.measurements, now, NEVER_STALE);
  if ('unknown' in chosen) return missing([chosen.unknown]);
  const { value, measuredAt, source } = chosen.reading;
  const kidney = kidneyFunction(facts, now, freshness);
  const clearance = kidney.status === 'known' ? kidney.clearance : kidney;
  const uracil = { code: 'uracil', value, unit: 'ng/mL', measuredAt, patientId: '' };
  const read = uracilReading(name, { patientId: '', uracil, clearance });
  if (read.status !== 'assessed') return read;
  const results = measuredUntil('uracil', facts.measurements, now);
  const inputs = {
    drug: name,
    uracil: source,
    band: read.value,
    results: results.map(written).join(', '),
    ...(kidney.status === 'known'
      ? { creatinine: kidney.creatinine.source, clearanceMlMin: kidney.clearance.value }
      : {}),
  };
  const apart = differ(results) ? ['results lie in different bands'] : [];
  return reviewFor('uracil-bands', inputs, [...reasonsOf(read), ...apart], ['below 16 ng/mL']);
}

const ofAnother = (name: string): Review<'uracil-bands'> =>
  renalDrugs.has(name) || nephrotoxicDrugs.has(name)
    ? reviewFor('uracil-bands', { drug: name }, [], ['not a fluoropyrimidine'])
    : notAssessed(`drug not in the table: ${name}`);

function reasonsOf({
  value,
  reasons,
}: Extract<ReturnType<typeof uracilReading>, { status: 'assessed' }>): readonly string[] {
  switch (value) {
    case 'below-16':
      return [];
    case 'from-16-to-150':
      return ['16 ng/mL or more: partial DPD deficiency possible'];
    case '150-and-above':
      return ['150 ng/mL or more: complete DPD deficiency possible'];
    case 'interpret-with-laboratory':
      return ['interpret with the laboratory: neither an overdose nor a needless reduction', ...reasons];
  }
}

const differ = (results: readonly Measurement[]): boolean =>
  new Set(
    results.flatMap(({ value, unit }) => {
      const converted = convert('uracil', value, unit);
      return 'unknown' in converted ? [] : [uracilBand(converted.value)];
    }),
  ).size > 1;
