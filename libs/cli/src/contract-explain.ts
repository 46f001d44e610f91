import type { Explanation, Priced } from '@ariane/capitation';

/** Above so many, the parts of one pool are explained by one tree: each alone would repeat the weights of all. */
const MOST_ALONE = 100;

/** Explanations as they are printed, by the amounts' names. */
export const printedExplanations = (explain: Priced['explain']): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(explain).map(([name, tree]) => [name, isTree(tree) ? tree : printedList(tree)]));

const isTree = (tree: Priced['explain'][string]): tree is Explanation => typeof tree.of === 'string';

function printedList(trees: Readonly<Record<string, Explanation>>): unknown {
  const all = Object.values(trees);
  const [first] = all;
  if (all.length <= MOST_ALONE || first?.of !== 'allocation') return trees;
  const { of, rule, tieBreak, total, weights, already } = first;
  const parts = Object.fromEntries(Object.entries(trees).map(([id, tree]) => [id, 'value' in tree ? tree.value : '']));
  return { of, rule, tieBreak, total, weights, already, parts };
}
