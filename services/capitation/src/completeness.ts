import { compare, DomainError, formatRational, multiply, parseRational, rational, roundToDigits } from '@ariane/kernel';
import type { OutcomeComponent } from './components';
import { type Row, rowsOf } from './facts';
import type { Run } from './kind';

/**
 * Refuses to settle while too few records are complete. Each row of the list has `complete`, and where it is not,
 * `owner` and `defect`: whose it is to mend and what is missing.
 *
 * @throws EVIDENCE_INCOMPLETE with the defects counted by owner, and one fault for each
 */
export function checkCompleteness(rule: NonNullable<OutcomeComponent['completeness']>, run: Run): void {
  const rows = rowsOf(run.given, rule.records);
  const incomplete = rows.flatMap((row, index) => (isComplete(row, run) ? [] : [{ row, index }]));
  if (rows.length === 0) return;
  const share = rational(BigInt(rows.length - incomplete.length), BigInt(rows.length));
  if (compare(share, parseRational(rule.threshold)) >= 0) return;
  const byOwner = Map.groupBy(incomplete, ({ row }) => `${wordOf(row, 'owner')}: ${wordOf(row, 'defect')}`);
  const defects = [...byOwner].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, of]) => `${what} (${of.length})`);
  const percent = roundToDigits(multiply(share, rational(100n)), 1, 'DOWN');
  const params = { share: `${formatRational(percent)}%`, threshold: rule.threshold, defects: defects.join(', ') };
  const faults = incomplete.map(({ row, index }) => ({
    field: `${rule.records}.${index}`,
    code: 'MISSING',
    message: `${wordOf(row, 'owner')}: ${wordOf(row, 'defect')}`,
  }));
  throw new DomainError('EVIDENCE_INCOMPLETE', params, rule.records, faults);
}

function isComplete(row: Row, run: Run): boolean {
  const { value } = run.evaluate('complete', row);
  if (value.type !== 'bool') throw new DomainError('FACT_MALFORMED', { name: 'complete', reason: 'not a boolean' });
  return value.is;
}

const wordOf = (row: Row, field: string): string => {
  const word = row[field];
  return typeof word === 'string' ? word : `no ${field}`;
};
