interface Identified {
  readonly id: string;
}

export interface Held<Row> {
  /** What stands in the list, in the order in which it was first shown. */
  readonly shown: readonly Row[];
  /** What came meanwhile and waits to be let in. */
  readonly arrived: readonly Row[];
}

/**
 * What is read anew does not move what is shown: items change in place and go when they are gone, new ones wait. What
 * is read after the last one shown was asked for by scrolling and follows. Where nothing is left, nothing moves.
 *
 * @param order the ids as shown so far; undefined when the list is shown for the first time
 */
export function hold<Row extends Identified>(order: readonly string[] | undefined, fresh: readonly Row[]): Held<Row> {
  const known = new Map(fresh.map((item) => [item.id, item]));
  const inOrder = (order ?? []).flatMap((id) => known.get(id) ?? []);
  if (order === undefined || inOrder.length === 0) return { shown: fresh, arrived: [] };
  const before = new Set(order);
  const lastAt = fresh.findLastIndex(({ id }) => before.has(id));
  const isNext = (index: number): boolean => index > lastAt;
  const unknown = fresh.map((item, index) => ({ item, index })).filter(({ item }) => !before.has(item.id));
  return {
    shown: [...inOrder, ...unknown.filter(({ index }) => isNext(index)).map(({ item }) => item)],
    arrived: unknown.filter(({ index }) => !isNext(index)).map(({ item }) => item),
  };
}

/** The row to go to when one is gone: the one that stood after it, else the one before. */
export function neighbourOf(shown: readonly Identified[], id: string): string | undefined {
  const at = shown.findIndex((item) => item.id === id);
  return (shown[at + 1] ?? shown[at - 1])?.id;
}
