import { compare, DomainError, one, zero } from '@ariane/kernel';
import { capitationIncome, receivable } from './accounts';
import { due, isTrue, notDue } from './clause';
import type { PmpmComponent } from './components';
import type { Known } from './expression';
import { type Row, rowsOf } from './facts';
import type { Amount, Checker, Kind, Outcome, Run } from './kind';
import { linesOf } from './lines-of';
import { daysLater, monthAround, monthsFrom } from './member-months';
import { checkPaid, paidOut, partNames } from './paid';
import { constant, known } from './rounded';
import { num, showValue } from './value';

/**
 * A rate per member and month, weighted by risk, for the part of the period the member was there. The stay is said by
 * `days` of a month of `daysInPeriod`, or by `from` and `to` (exclusive, both optional) within the fact `period`, less
 * the rows of the fact `suspensions`. Every head is billed in full, whatever else the contract pays.
 */
export const pmpm: Kind<PmpmComponent> = {
  outputs: (component) => ['', 'lines', ...partNames(component)],
  speaks: (component) => [component.rate, component.risk],
  check: (component, checker) => {
    checker.expression('rate', component.rate, ['money'], component.members);
    checker.expression('risk', component.risk, ['num'], component.members);
    checkStays(component, checker);
    checkPaid(component, checker);
  },
  price: (component, run): Outcome => {
    const { document } = run.contract;
    const rows = rowsOf(run.given, component.members);
    const { total: sum, lines } = linesOf(rows, run, (row) => lineOf(component, row, run));
    // Dated stays have the suspended days in each line; what was counted in days before has them beside the sum.
    const total = rows.some((row) => isDated(component, row, run)) ? sum : outsideSuspensions(sum, run);
    const { parts, transfers } = paidOut(component, total, run);
    const debit = receivable(document.parties.payer);
    const whole = { line: component.id, code: 'CAPITATION_DUE' as const, debit, credit: capitationIncome(document) };
    return {
      amounts: new Map([['', total], ...parts]),
      lists: new Map([['lines', lines]]),
      transfers: component.split ? transfers : [{ ...whole, ...total }],
    };
  },
};

function checkStays({ proration, members }: PmpmComponent, checker: Checker): void {
  if (checker.typeOf('period.from') !== undefined) {
    checker.expression('proration', 'period.from < period.to', ['bool']);
  } else if (proration === 'DAYS') {
    checker.expression('proration', 'days / daysInPeriod', ['num'], members);
  }
}

function lineOf(component: PmpmComponent, row: Row, run: Run): Known {
  const whole = run.combine('*', [run.evaluate(component.rate, row), run.evaluate(component.risk, row)]);
  const { proration } = component;
  if (isDated(component, row, run)) return run.combine('*', [whole, datedMonths(component, row, run)]);
  switch (proration) {
    case 'DAYS':
      return run.combine('*', [whole, partOfPeriod(row, run)]);
    case 'WHOLE_MONTH': {
      if (!run.has('days', row)) return whole;
      const days = run.evaluate('days', row);
      const isAbsent = 'amount' in days.value && compare(days.value.amount, zero) === 0;
      return isAbsent ? run.combine('*', [whole, days]) : whole;
    }
    case 'FIFTEENTH': {
      if (!run.has('fifteenth', row)) {
        return run.combine('*', [whole, months(proration, [run.evaluate('days', row), run.evaluate('daysInPeriod')])]);
      }
      const wasThere = run.evaluate('fifteenth', row);
      const { currency } = run.contract.document;
      return isTrue(wasThere) ? due(whole, [wasThere], run) : notDue(currency, [wasThere], 'fifteenth');
    }
  }
}

/** Days of the period's. Throws FACT_MALFORMED for fewer than none and more than there are. */
function partOfPeriod(row: Row, run: Run): Known {
  const part = run.evaluate('days / daysInPeriod', row);
  const isPart =
    'amount' in part.value && compare(part.value.amount, zero) >= 0 && compare(part.value.amount, one) <= 0;
  if (!isPart) throw new DomainError('FACT_MALFORMED', { name: 'days', reason: 'not from 0 to daysInPeriod' });
  return part;
}

const isSaid = (row: Row): boolean => typeof row.from === 'string' || typeof row.to === 'string';

/** Whether a row's stay is told by days of the calendar. */
function isDated({ proration }: PmpmComponent, row: Row, run: Run): boolean {
  if (run.has('period.from')) return isSaid(row) || !run.has('days', row);
  return proration === 'FIFTEENTH' && isSaid(row);
}

function datedMonths({ proration }: PmpmComponent, row: Row, run: Run): Known {
  const [first, last] = periodOf(row, run);
  if (typeof row.from === 'string' && typeof row.to === 'string' && row.to < row.from)
    throw new DomainError('FACT_MALFORMED', { name: 'to', reason: 'before "from"' });
  const from = typeof row.from === 'string' ? run.evaluate('from', row) : first;
  const to = typeof row.to === 'string' ? run.evaluate('to', row) : last;
  return months(proration, [from, to, first, last, ...suspendedDays(run)]);
}

function outsideSuspensions(total: Amount, run: Run): Amount {
  const days = suspendedDays(run);
  if (days.length === 0) return total;
  return { cents: total.cents, because: due(known(total), days, run, 'suspended').because };
}

const suspendedDays = (run: Run): readonly Known[] =>
  (run.has('suspensions') ? rowsOf(run.given, 'suspensions') : []).flatMap((one) => [
    run.evaluate('from', one),
    run.evaluate('to', one),
  ]);

/** The period told, or else the calendar month in which a stay begins or whose days it ends with. */
function periodOf(row: Row, run: Run): readonly [Known, Known] {
  if (run.has('period.from')) return [run.evaluate('period.from'), run.evaluate('period.to')];
  const { from, to } = row;
  const day = typeof from === 'string' ? from : daysLater(typeof to === 'string' ? to : '', -1);
  const [first, next] = monthAround(day);
  return [constant(first), constant(next)];
}

function months(proration: PmpmComponent['proration'], from: readonly Known[]): Known {
  const value = num(
    monthsFrom(
      proration,
      from.map((known) => known.value),
    ),
  );
  const because = from.map((known) => known.because);
  const operator = `months ${proration}`;
  return { value, because: { of: 'operation', operator, value: showValue(value, ''), from: because } };
}
