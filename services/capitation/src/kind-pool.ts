import { accountOfPart, payable, receivable } from './accounts';
import { checkNames } from './clause';
import type { PoolComponent } from './components';
import type { Kind, Outcome, Transfer } from './kind';
import { constant, inCents, known } from './rounded';
import { checkShared, sharedAmong } from './shared-among';

/**
 * A territory's pool: member fees, less what is spent outside, on stop-loss and on the reserve, shared by the key the
 * team voted. A deficit is shared by nobody: it is carried to the next period. Fees − deductions + carried in =
 * shares + undistributed + carried out.
 */
export const pool: Kind<PoolComponent> = {
  outputs: ({ deductions }) => ['', 'fees', 'carried', 'undistributed', 'shares', ...deductions.map(({ id }) => id)],
  speaks: ({ fees, deductions, carried, weight }) => [
    ...[fees, weight, ...deductions.map(({ amount }) => amount)],
    ...(carried === undefined ? [] : [carried]),
  ],
  check: (component, checker) => {
    checker.expression('fees', component.fees, ['money']);
    if (component.carried !== undefined) checker.expression('carried', component.carried, ['money']);
    checkNames('deductions', component.deductions, checker);
    for (const { id, amount } of component.deductions) {
      checker.expression(`deductions.${id}`, amount, ['money']);
    }
    checkShared(component, checker);
  },
  price: (component, run): Outcome => {
    const { document } = run.contract;
    const nothing = constant(`0.00 ${document.currency}`);
    const fees = inCents(run.evaluate(component.fees), document);
    const deductions = component.deductions.map(
      ({ id, amount }) => [id, inCents(run.evaluate(amount), document)] as const,
    );
    const spent = deductions.reduce((rest, [, amount]) => run.combine('-', [rest, known(amount)]), known(fees));
    const balance =
      component.carried === undefined ? spent : run.combine('+', [spent, run.evaluate(component.carried)]);
    const toShare = inCents(run.combine('max', [balance, nothing]), document);
    const carried = inCents(run.combine('min', [balance, nothing]), document);
    const { parts, undistributed } = sharedAmong(toShare, component, run);
    const own = accountOfPart(document, 'pool');
    const transfers: readonly Transfer[] = [
      {
        line: `${component.id}.fees`,
        code: 'POOL_DUE',
        debit: receivable(document.parties.payer),
        credit: own,
        ...fees,
      },
      ...deductions.map(([id, amount]) => ({
        ...{ line: `${component.id}.${id}`, code: 'POOL_SPENT' as const, debit: own },
        credit: accountOfPart(document, id),
        ...amount,
      })),
      ...[...parts].map(([id, part]) => ({
        ...{ line: `${component.id}/${id}`, code: 'SHARE_DUE' as const, debit: own, credit: payable(id) },
        ...part,
      })),
    ];
    return {
      amounts: new Map([
        ['', toShare],
        ['fees', fees],
        ...deductions,
        ['carried', carried],
        ...(undistributed ? [['undistributed', undistributed] as const] : []),
      ]),
      lists: new Map([['shares', parts]]),
      transfers,
    };
  },
};
