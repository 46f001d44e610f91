import { type AnyRoute, createRoute, lazyRouteComponent, useParams } from '@tanstack/react-router';
import type { ComponentType } from 'react';

/**
 * A screen under a path, in a part of its own. Its path parameters and its search are read there: `useParams({ strict:
 * false })`, `useSearch({ strict: false })`.
 *
 * @param load the module that has the screen, and the name under which it exports it
 */
export function screenRoute<Name extends string>(
  parent: AnyRoute,
  path: string,
  load: () => Promise<Record<Name, ComponentType>>,
  name: Name,
): AnyRoute {
  return createRoute({ getParentRoute: () => parent, path, component: lazyRouteComponent(load, name) });
}

/** The ids in the address of the screen, by the names of its path; an absent one is empty. */
export function usePathIds(): Readonly<Record<string, string | undefined>> {
  const ids: unknown = useParams({ strict: false }); // which routes there are is known at run time
  return ids as Readonly<Record<string, string | undefined>>; // path parameters are texts
}
