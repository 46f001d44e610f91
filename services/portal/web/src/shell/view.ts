import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** What the address says of a screen: opaque ids and filters, never a name. */
export type View = Readonly<Record<string, string | undefined>>;

export interface ViewChange {
  /** Puts the change beside the former view, to be come back to; otherwise it takes its place. */
  readonly isStep?: boolean;
}

/**
 * The view that the address holds, and how to change a part of it; undefined takes a part away.
 *
 * @param only what is needed of it: a change of another part then draws nothing again
 */
export function useView(only?: readonly string[]): readonly [View, (changes: View, how?: ViewChange) => void] {
  // Screens declare no search of their own. The same texts are the same object, so that what takes them may be kept.
  const view: View = useSearch({
    strict: false,
    structuralSharing: true,
    select: (search: Readonly<Record<string, unknown>>) => textsOf(search, only),
  });
  const navigate = useNavigate();
  const change = useCallback(
    (changes: View, how: ViewChange = {}) =>
      void navigate({
        to: '.',
        search: (before: object) => ({ ...before, ...changes }),
        replace: how.isStep !== true,
        resetScroll: false,
      }),
    [navigate],
  );
  return [view, change];
}

/** The router reads `7` as a number; a view is made of texts. */
const textsOf = (search: Readonly<Record<string, unknown>>, only?: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      (typeof value === 'string' || typeof value === 'number') && (only?.includes(name) ?? true)
        ? [[name, String(value)]]
        : [],
    ),
  );
