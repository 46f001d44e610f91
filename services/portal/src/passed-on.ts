/** The services whose API the portal passes on, each under its name. */
export const passedOnServices = ['pathways', 'scheduling', 'tele-expertise', 'meetings', 'capitation'] as const;

export type PassedOnService = (typeof passedOnServices)[number];

/** What a service is told of a request; everything else, cookies first of all, stays at the portal. */
const requestHeaders = [
  'accept',
  'accept-encoding',
  'accept-language',
  'content-encoding',
  'content-length',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'last-event-id',
  'range',
] as const;

/** What the page is told of an answer; the portal sets its own headers of safety, and no service sets cookies. */
const responseHeaders = [
  'accept-ranges',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-range',
  'content-type',
  'etag',
  'retry-after',
  'vary',
  'x-accel-buffering',
] as const;

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const chosen = (headers: Headers, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );

/** The headers of a request for a service, `authorization` and the trace among them. */
export function headersForService(
  headers: Headers,
  authorization: string,
  traceparent: string,
): Record<string, string> {
  return { ...chosen(headers, requestHeaders), authorization, traceparent };
}

/** The headers of an answer for the browser; what a service did not allow to be kept is not kept. */
export function headersForBrowser(headers: Headers): Record<string, string> {
  return { 'cache-control': 'no-store', ...chosen(headers, responseHeaders) };
}

/** Heads of paths that are for other services and for whoever runs them, never for a browser. */
const closed = new Set(['internal', 'health', 'openapi.json', 'openapi']);

/** Whether a path below `/api` begins with a service's name; the others are the portal's own. */
export const isForAService = (path: string): boolean => passedOnServices.some((name) => path.split('/')[2] === name);

/**
 * The path at a service for what was asked of the portal: `/api/meetings/cases?limit=5` is `/cases?limit=5` there.
 *
 * @returns undefined where the service is unknown or the path is not for browsers; dots and escapes that would lead
 *   elsewhere once they are resolved count as that
 */
export function passedOnTarget(url: string): { readonly service: PassedOnService; readonly path: string } | undefined {
  const [whole, query] = splitOnce(url, '?');
  const [, name, rest] = /^\/api\/([a-z-]+)(\/[^?#]*)$/.exec(whole) ?? [];
  const service = passedOnServices.find((one) => one === name);
  if (service === undefined || rest === undefined) return undefined;
  const segments = rest.slice(1).split('/').map(decoded);
  if (segments.some((one) => one === undefined || one === '' || /^\.+$|[/\\]/.test(one))) return undefined;
  if (closed.has((segments[0] ?? '').toLowerCase())) return undefined;
  return { service, path: query === undefined ? rest : `${rest}?${query}` };
}

function splitOnce(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
