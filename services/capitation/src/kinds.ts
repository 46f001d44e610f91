import type { BuiltComponent, Component, UnbuiltComponent } from './contract';
import type { Checker, Kind, Outcome, Run } from './kind';
import { bundle } from './kind-bundle';
import { pmpm } from './kind-pmpm';
import { redistribute } from './kind-redistribute';
import { release } from './kind-release';
import { sharedSavings } from './kind-shared-savings';
import { stopLoss } from './kind-stop-loss';
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
export function bound(component: BuiltComponent): Bound {
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
  }
}

/** Outcomes need three states of evidence (met, not met, not assessed) and pending entries: not computed yet. */
export const isUnbuilt = (component: Component): component is UnbuiltComponent => component.kind === 'outcome';

export const isBuilt = (component: Component): component is BuiltComponent => !isUnbuilt(component);

/** The full name of an output: `forfait`, `forfait.pool`. */
export const outputName = (id: string, output: string): string => (output === '' ? id : `${id}.${output}`);
