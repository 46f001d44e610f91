import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** What the address says of a screen: opaque ids and filters, never a name. */
export type View = Readonly<Record<string, string | undefined>>;

export interface ViewChange {
  /** Puts the change beside the former view, to be come back to; otherwise it takes its place. */
  readonly isStep?: boolean;
}

/** The view that the address holds, and how to change a part of it; undefined takes a part away. */
export function useView(): readonly [View, (changes: View, how?: ViewChange) => void] {
  // Screens declare no search of their own.
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
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
  return [textsOf(search), change];
}

/** The router reads `7` as a number; a view is made of texts. */
const textsOf = (search: Readonly<Record<string, unknown>>): View =>
  Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );
