/** The parts of a request that say where it comes from. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Servers call here: they have no Origin, and a signed token and no cookie says who they are. */
const fromServers = (path: string): boolean => path === '/auth/backchannel-logout' || path.startsWith('/internal/');

/**
 * Whether a request may change something: it comes from a page of this portal, by its Origin or, where a browser sends
 * none, by what it says of the site. A request that says neither comes from no page and is refused.
 */
export function isFromOwnPage({ method, path, origin, fetchSite }: Sent, ownOrigin: string): boolean {
  if (reading.has(method) || fromServers(path)) return true;
  return origin === undefined ? fetchSite === 'same-origin' : origin === ownOrigin;
}
