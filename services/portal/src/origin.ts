/** The parts of a request that say where it comes from. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);
/** The provider's own server calls here: it has no Origin, and its signed token says who it is. */
const fromServers = new Set(['/auth/backchannel-logout']);
/** What the clock and the watch call: a browser has no token for it, and says of what site it is. */
const OF_SERVERS = '/internal/';

/**
 * Whether a request may change something: it comes from a page of this portal, by its Origin or, where a browser sends
 * none, by what it says of the site. A request that says neither comes from no page and is refused.
 */
export function isFromOwnPage({ method, path, origin, fetchSite }: Sent, ownOrigin: string): boolean {
  if (reading.has(method) || fromServers.has(path)) return true;
  if (path.startsWith(OF_SERVERS) && origin === undefined && fetchSite === undefined) return true;
  return origin === undefined ? fetchSite === 'same-origin' : origin === ownOrigin;
}
