interface Listed {
  readonly id: string;
}

/** The filter of a page of a list in the order of its ids: those after the cursor. */
export const afterCursor = (cursor: string | undefined): Readonly<Record<string, unknown>> =>
  cursor === undefined ? {} : { _id: { $gt: cursor } };

/** One page out of at most `limit + 1` found: the one too many says that there is a next page. */
export function pageOf<T extends Listed, V>(
  found: readonly T[],
  limit: number,
  view: (one: T) => V,
): { readonly items: readonly V[]; readonly next: string | undefined } {
  const shown = found.slice(0, limit);
  return { items: shown.map(view), next: found.length > limit ? shown.at(-1)?.id : undefined };
}
