import type { Component } from './components';
import type { Checker, Kind, Outcome, Run } from './kind';
import { bundle } from './kind-bundle';
import { carry } from './kind-carry';
import { feeForService } from './kind-fee-for-service';
import { ffsOffset } from './kind-ffs-offset';
import { floor } from './kind-floor';
import { gatedForfait } from './kind-gated-forfait';
import { growth } from './kind-growth';
import { outcome } from './kind-outcome';
import { penalty } from './kind-penalty';
import { pmpm } from './kind-pmpm';
import { pool } from './kind-pool';
import { redistribute } from './kind-redistribute';
import { release } from './kind-release';
import { sharedSavings } from './kind-shared-savings';
import { stopLoss } from './kind-stop-loss';
import { table } from './kind-table';
import { withhold } from './kind-withhold';

/** A component with the kind that computes it. */
interface Bound {
  readonly outputs: () => readonly string[];
  readonly speaks: () => readonly string[];
  readonly check: (checker: Checker) => void;
  readonly price: (run: Run) => Outcome | undefined;
}

const bind = <C>(kind: Kind<C>, component: C): Bound => ({
  outputs: () => kind.outputs(component),
  speaks: () => kind.speaks(component),
  check: (checker) => {
    kind.check(component, checker);
  },
  price: (run) => kind.price(component, run),
});

/** One line per kind. */
export function bound(component: Component): Bound {
  switch (component.kind) {
    case 'bundle':
      return bind(bundle, component);
    case 'redistribute':
      return bind(redistribute, component);
    case 'pmpm':
      return bind(pmpm, component);
    case 'withhold':
      return bind(withhold, component);
    case 'release':
      return bind(release, component);
    case 'stopLoss':
      return bind(stopLoss, component);
    case 'sharedSavings':
      return bind(sharedSavings, component);
    case 'outcome':
      return bind(outcome, component);
    case 'table':
      return bind(table, component);
    case 'penalty':
      return bind(penalty, component);
    case 'floor':
      return bind(floor, component);
    case 'ffsOffset':
      return bind(ffsOffset, component);
    case 'growth':
      return bind(growth, component);
    case 'carry':
      return bind(carry, component);
    case 'pool':
      return bind(pool, component);
    case 'gatedForfait':
      return bind(gatedForfait, component);
    case 'feeForService':
      return bind(feeForService, component);
  }
}

/** The full name of an output: `forfait`, `forfait.pool`. */
export const outputName = (id: string, output: string): string => (output === '' ? id : `${id}.${output}`);
