import type { Request } from 'express';

/** The template of the route that serves a request, `/pathways/:id`; `unmatched` where none does. */
export function routeOf(request: Request): string {
  const route: unknown = request.route; /* Express types it any: absent until a route matches */
  const path = typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined;
  return typeof path === 'string' ? path : 'unmatched';
}
