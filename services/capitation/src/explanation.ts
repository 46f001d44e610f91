/**
 * Why an amount is what it is. Leaves are a constant or parameter of the contract, or a fact with the events that
 * justify it. Values are texts as `showValue` writes them, exact.
 */
export type Explanation =
  | { readonly of: 'constant'; readonly value: string }
  | { readonly of: 'parameter'; readonly name: string; readonly value: string }
  | { readonly of: 'fact'; readonly name: string; readonly value: string; readonly events: readonly string[] }
  | { readonly of: 'component'; readonly name: string; readonly value: string; readonly because: Explanation }
  | {
      readonly of: 'operation';
      /** An operator of the language, or a step of a kind: `cents HALF_UP`, `due` (price, trigger), `not due`. */
      readonly operator: string;
      /** The contract's clause that made the step, by its id. */
      readonly clause?: string;
      readonly value: string;
      readonly from: readonly Explanation[];
    }
  | {
      readonly of: 'allocation';
      /** Whose part this is, among all weights. */
      readonly id: string;
      readonly value: string;
      readonly rule: 'LARGEST_REMAINDER' | 'FIRST_DECLARED' | 'CUMULATIVE';
      readonly tieBreak: 'ID' | 'DECLARED';
      readonly total: Explanation;
      readonly weights: readonly { readonly id: string; readonly because: Explanation }[];
      /** What earlier steps of a cumulative pool gave. */
      readonly already: readonly { readonly id: string; readonly value: string }[];
    };

/** The leaves of a tree, each once per place. */
export function leavesOf(tree: Explanation): readonly Explanation[] {
  switch (tree.of) {
    case 'component':
      return leavesOf(tree.because);
    case 'operation':
      return tree.from.flatMap(leavesOf);
    case 'allocation':
      return [...leavesOf(tree.total), ...tree.weights.flatMap((weight) => leavesOf(weight.because))];
    default:
      return [tree];
  }
}

/** The ids of the events a tree rests on, each once, sorted. */
export const eventsOf = (tree: Explanation): readonly string[] =>
  [...new Set(leavesOf(tree).flatMap((leaf) => (leaf.of === 'fact' ? leaf.events : [])))].sort();
