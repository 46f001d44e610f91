import { useParams } from '@tanstack/react-router';

import { useView, type View } from '../../shell/view';

/** The book and the month that a finance screen is about. */
export interface FinancePlace {
  /** The book's short name in addresses. */
  readonly book: string;
  readonly currency: string;
  readonly month: string;
  readonly path: string;
}

/** A book's name without its territory's: `demo.hospital-a` is `hospital-a`. */
export const shortOf = (book: string): string => book.slice(book.indexOf('.') + 1);

/** What others prepare, approve and contest is told by no event: it is read again this often. */
export const sharedWork = { everyMs: 5_000 } as const;

export const bookPath = (book: string): string => `/api/capitation/books/${encodeURIComponent(book)}`;

/** A parameter of the address's path, by name; empty where the screen has none. */
export function usePathName(name: string): string {
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  return params[name] ?? '';
}

export type Filters = View;

/** The filters that an address holds; each change is a step that one goes back from. */
export function useFilters(): readonly [Filters, (changes: Filters) => void] {
  const [view, change] = useView();
  return [
    view,
    (changes) => {
      change(changes, { isStep: true });
    },
  ];
}

/**
 * Where a link leads: for `<Anchor component={Link} {...going(…)}>`. The routes are made from a list, so that their
 * types know no parameters.
 */
export function going(
  to: string,
  params: Readonly<Record<string, string>> = {},
  search: Filters = {},
): { readonly to: string } {
  const link = { to, params, search };
  return link;
}
