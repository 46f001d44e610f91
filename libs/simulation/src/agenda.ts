/** What is to come, in order of time and then of entry. Instants in milliseconds since 1970. */
export interface Agenda<T> {
  readonly add: (atMs: number, coming: T) => void;
  /** Infinity when nothing is to come. */
  readonly nextMs: () => number;
  /** Takes out all that is to come until then, included. */
  readonly takeUntil: (ms: number) => readonly T[];
}

/** A patient has a handful of things to come, so that a sorted list is quicker than a heap. */
export function agendaOf<T>(): Agenda<T> {
  const list: { readonly atMs: number; readonly coming: T }[] = [];
  return {
    add: (atMs, coming) => {
      let place = list.length;
      while (place > 0 && (list[place - 1]?.atMs ?? 0) > atMs) place -= 1;
      list.splice(place, 0, { atMs, coming });
    },
    nextMs: () => list[0]?.atMs ?? Infinity,
    takeUntil: (ms) => {
      const found = list.findIndex(({ atMs }) => atMs > ms);
      return list.splice(0, found < 0 ? list.length : found).map(({ coming }) => coming);
    },
  };
}
