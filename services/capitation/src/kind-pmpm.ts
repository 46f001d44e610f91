import { compare, DomainError, zero } from '@ariane/kernel';
import { capitationIncome, receivable } from './accounts';
import type { PmpmComponent } from './contract';
import type { Known } from './expression';
import type { Row } from './facts';
import { rowsOf } from './facts';
import type { Kind, Outcome, Run } from './kind';
import { linesOf } from './lines-of';

/**
 * A rate per member and month, weighted by risk, for the part of the month the member was there. DAYS: the row's
 * `days` of the fact `daysInPeriod`. WHOLE_MONTH: all of it for a member with any day, or whose days are not said.
 */
export const pmpm: Kind<PmpmComponent> = {
  outputs: () => ['', 'lines'],
  speaks: (component) => [component.rate, component.risk],
  check: (component, checker) => {
    checker.expression('rate', component.rate, ['money'], component.members);
    checker.expression('risk', component.risk, ['num'], component.members);
    if (component.proration === 'DAYS') {
      checker.expression('proration', 'days / daysInPeriod', ['num'], component.members);
    }
  },
  price: (component, run): Outcome => {
    const { document } = run.contract;
    const { total, lines } = linesOf(rowsOf(run.given, component.members), run, (row) => lineOf(component, row, run));
    return {
      amounts: new Map([['', total]]),
      lists: new Map([['lines', lines]]),
      transfers: [
        {
          line: component.id,
          code: 'CAPITATION_DUE',
          debit: receivable(document.parties.payer),
          credit: capitationIncome(document),
          ...total,
        },
      ],
    };
  },
};

function lineOf(component: PmpmComponent, row: Row, run: Run): Known {
  const whole = run.combine('*', [run.evaluate(component.rate, row), run.evaluate(component.risk, row)]);
  switch (component.proration) {
    case 'DAYS':
      return run.combine('*', [whole, run.evaluate('days / daysInPeriod', row)]);
    case 'WHOLE_MONTH': {
      if (row.days === undefined) return whole;
      const days = run.evaluate('days', row);
      const isAbsent = 'amount' in days.value && compare(days.value.amount, zero) === 0;
      return isAbsent ? run.combine('*', [whole, days]) : whole;
    }
    case 'FIFTEENTH':
      throw new DomainError('CONTRACT_KIND_NOT_BUILT', { component: component.id, kind: 'pmpm FIFTEENTH' });
  }
}
