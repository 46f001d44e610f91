import { accountOfPart, payable } from './accounts';
import type { RedistributeComponent } from './components';
import type { Kind, Outcome } from './kind';
import { checkShared, sharedAmong } from './shared-among';

/**
 * A pool shared among those in a list, in proportion to a weight. What nobody has a claim to stays in the pool, shown
 * as `undistributed`, so that pool = payables + undistributed.
 */
export const redistribute: Kind<RedistributeComponent> = {
  outputs: () => ['', 'undistributed'],
  speaks: (component) => [component.from, component.weight],
  check: (component, checker) => {
    checker.output('from', component.from);
    checkShared(component, checker);
  },
  price: (component, run): Outcome | undefined => {
    const pool = run.output(component.from);
    if (!pool) return undefined;
    const { document } = run.contract;
    const { parts, undistributed } = sharedAmong(pool, component, run);
    return {
      amounts: new Map(undistributed ? [['undistributed', undistributed]] : []),
      lists: new Map([['', parts]]),
      transfers: [...parts].map(([id, part]) => ({
        line: `${component.id}/${id}`,
        code: 'SHARE_DUE',
        debit: accountOfPart(document, component.from.slice(component.from.indexOf('.') + 1)),
        credit: payable(id),
        ...part,
      })),
    };
  },
};
