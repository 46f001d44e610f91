/** What became of each task, and where the rest begins. */
export interface Answer {
  readonly items: readonly { readonly id: string; readonly result: 'ok' | 'refused' }[];
  readonly next?: string;
}

export interface Count {
  readonly moved: number;
  readonly refused: number;
}

export const NOTHING: Count = { moved: 0, refused: 0 };

/** The count so far with one more answer. */
export function countOf({ moved, refused }: Count, { items }: Answer): Count {
  const kept = items.filter(({ result }) => result === 'refused').length;
  return { moved: moved + items.length - kept, refused: refused + kept };
}
