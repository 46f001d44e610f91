import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
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
