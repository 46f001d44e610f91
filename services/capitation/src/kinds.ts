import type { BundleComponent, Component, RedistributeComponent, UnbuiltComponent } from './contract';
import type { Checker, Outcome, Run } from './kind';
import { bundle } from './kind-bundle';
import { redistribute } from './kind-redistribute';

/** A component whose kind is computed. */
export type BuiltComponent = BundleComponent | RedistributeComponent;

export const isBuilt = (component: Component): component is BuiltComponent =>
  component.kind === 'bundle' || component.kind === 'redistribute';

export const isUnbuilt = (component: Component): component is UnbuiltComponent => !isBuilt(component);

/** One line per kind and function; the compiler asks for a new kind in each. */
export function outputsOf(component: BuiltComponent): readonly string[] {
  switch (component.kind) {
    case 'bundle':
      return bundle.outputs(component);
    case 'redistribute':
      return redistribute.outputs(component);
  }
}

export function speaksOf(component: BuiltComponent): readonly string[] {
  switch (component.kind) {
    case 'bundle':
      return bundle.speaks(component);
    case 'redistribute':
      return redistribute.speaks(component);
  }
}

export function checkComponent(component: BuiltComponent, checker: Checker): void {
  switch (component.kind) {
    case 'bundle':
      bundle.check(component, checker);
      return;
    case 'redistribute':
      redistribute.check(component, checker);
  }
}

export function priceComponent(component: BuiltComponent, run: Run): Outcome | undefined {
  switch (component.kind) {
    case 'bundle':
      return bundle.price(component, run);
    case 'redistribute':
      return redistribute.price(component, run);
  }
}

/** The full name of an output: `forfait`, `forfait.pool`. */
export const outputName = (id: string, output: string): string => (output === '' ? id : `${id}.${output}`);
