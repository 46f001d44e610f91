import type { ServerChange } from './stream';

/**
 * Whether what a read shows may have changed: it is of the service that tells, and of no other pathway. Lists hold many
 * pathways and name none; they are read again whichever it was.
 *
 * @param key of the read, as `keyOf` makes it
 * @param data what was read last: one thing that says which pathway it is of, such as an opinion, is of no other
 */
export function isConcerned(key: readonly unknown[], { service, pathwayId }: ServerChange, data?: unknown): boolean {
  if (key[0] !== service) return false;
  const of = pathwayIn(key) ?? pathwayOf(data);
  return of === undefined || pathwayId === undefined || of === pathwayId;
}

/** The pathway that a read is about: `pathways/ID/…`, or `?pathwayId=ID`. */
function pathwayIn(key: readonly unknown[]): string | undefined {
  const at = key.indexOf('pathways', 1);
  const named = at < 0 ? undefined : key[at + 1];
  if (typeof named === 'string' && !named.startsWith('?') && named !== 'pages') return named;
  const query = key.find((part): part is string => typeof part === 'string' && part.startsWith('?'));
  return new URLSearchParams(query).get('pathwayId') ?? undefined;
}

function pathwayOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('pathwayId' in data)) return undefined;
  return typeof data.pathwayId === 'string' ? data.pathwayId : undefined;
}
