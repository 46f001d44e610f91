import { isCivilDate } from '@ariane/kernel';
import type { Act } from './participation';
import { contributionKinds } from './pathway-facts';
import type { RefusedRow } from './csv-file';

/** What a row of a file of acts says: the act under its id in the system that sent it. */
export interface ReadAct {
  readonly source: string;
  readonly act: Act;
}

/** An act's id names no person: letters, digits and `_ . : -`. */
const sourcePattern = /^[A-Za-z0-9][\w.:-]{0,79}$/;
const practitionerPattern = /^[A-Za-z0-9][\w-]{0,63}$/;

/**
 * Reads one row by the names of its columns: `act`, `kind`, `day`, `practitioner` (several are parted by blanks, none
 * withdraws the act) and `weight` (a number with at most three decimals; 1 where it is empty).
 */
export function readAct(columns: Readonly<Record<string, string>>, line: number): ReadAct | RefusedRow {
  const { act: source = '', kind: asked = '', day = '', practitioner = '', weight = '' } = columns;
  const refused = (column: string, reason: RefusedRow['reason']): RefusedRow => ({ line, column, reason });
  if (source === '') return refused('act', 'MISSING');
  if (!sourcePattern.test(source)) return refused('act', 'NOT_AN_ID');
  const kind = contributionKinds.find((one) => one === asked);
  if (kind === undefined) return refused('kind', asked === '' ? 'MISSING' : 'NOT_A_KIND');
  if (!isCivilDate(day)) return refused('day', day === '' ? 'MISSING' : 'NOT_A_DAY');
  const practitioners = practitioner.split(/\s+/).filter((one) => one !== '');
  if (!practitioners.every((one) => practitionerPattern.test(one))) return refused('practitioner', 'NOT_AN_ID');
  const thousandths = weight === '' ? 1000n : thousandthsOf(weight);
  if (thousandths === undefined) return refused('weight', 'NOT_A_NUMBER');
  return { source, act: { eventId: source, kind, day, practitioners, weight: thousandths } };
}

function thousandthsOf(text: string): bigint | undefined {
  const [, whole = '', decimals = ''] = /^(\d{1,6})(?:\.(\d{1,3}))?$/.exec(text) ?? [];
  return whole === '' ? undefined : BigInt(whole) * 1000n + BigInt(decimals.padEnd(3, '0'));
}
