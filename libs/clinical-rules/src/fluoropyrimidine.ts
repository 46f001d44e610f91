import type { CreatinineClearance } from './kidney';
import type { Measurement } from './reading';
import { nameOfDrug } from './renal-drugs';
import { assessed, type Missing, missing, type NotAssessed, notAssessed, type RuleResult } from './result';
import { convert } from './units';

export type UracilReading = 'below-16' | 'from-16-to-150' | '150-and-above' | 'interpret-with-laboratory';

export interface UracilFacts {
  readonly patientId: string;
  /** A uracilaemia names its patient again, so that another's result cannot open the gate. */
  readonly uracil?: Measurement & { readonly patientId: string };
  /** Cockcroft's clearance, or why it is unknown. */
  readonly clearance: CreatinineClearance | NotAssessed | Missing;
}

export const fluoropyrimidines: ReadonlySet<string> = new Set([
  'fluorouracil',
  '5-fu',
  'capecitabine',
  'tegafur',
  's-1',
]);
/** Moderate impairment begins here, in mL/min: it raises uracil without DPD deficiency (ANSM end 2024, EMA). */
const IMPAIRED_BELOW = 60;

/**
 * In which band a uracilaemia lies, before the first fluoropyrimidine. With an impaired kidney a value from 16 ng/mL is
 * to be interpreted with the laboratory: read plainly it would lower the dose for nothing, and ignored it could kill.
 * The gate stays shut until the prescriber has signed a reading; this rule opens nothing.
 */
export function uracilReading(drug: string, facts: UracilFacts): RuleResult<UracilReading, 'ng/mL', 'uracil-bands'> {
  if (!fluoropyrimidines.has(nameOfDrug(drug))) return notAssessed(`not a fluoropyrimidine: ${nameOfDrug(drug)}`);
  const { uracil, clearance } = facts;
  if (uracil === undefined) return missing([{ fact: 'uracil', reason: 'absent' }]);
  if (uracil.patientId !== facts.patientId) return missing([{ fact: 'uracil', reason: 'other-patient' }]);
  const converted = convert('uracil', uracil.value, uracil.unit);
  if ('unknown' in converted) return missing([{ fact: 'uracil', reason: converted.unknown }]);
  const inputs = { uracilNgMl: converted.value, measuredAt: uracil.measuredAt };
  const band = uracilBand(converted.value);
  if (band === 'below-16') return assessed(band, 'ng/mL', 'uracil-bands', inputs);
  if (clearance.status === 'missing') return clearance;
  if (clearance.status === 'not-assessed' || clearance.value < IMPAIRED_BELOW) {
    const reason = clearance.status === 'assessed' ? 'clearance below 60 mL/min raises uracil' : clearance.why;
    return assessed('interpret-with-laboratory', 'ng/mL', 'uracil-bands', inputs, [reason]);
  }
  return assessed(band, 'ng/mL', 'uracil-bands', { ...inputs, clearanceMlMin: clearance.value });
}

/** The band of a result in ng/mL, whatever the kidney. */
export function uracilBand(ngMl: number): Exclude<UracilReading, 'interpret-with-laboratory'> {
  if (ngMl < 16) return 'below-16';
  return ngMl < 150 ? 'from-16-to-150' : '150-and-above';
}
