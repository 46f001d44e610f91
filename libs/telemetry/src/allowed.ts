/**
 * What may leave a process in a log line or on a span: codes, counts and the names of services, never a person's name,
 * an identifier or a clinical value. It is a list of what is allowed, so that a new field is silent until someone
 * decides that it may speak.
 */
export const loggedKeys = [
  'attempt',
  'code',
  'command',
  'consumer',
  'context',
  'count',
  'durationMs',
  'event',
  'eventId',
  'eventType',
  'field',
  'hook',
  'lag',
  'method',
  'mode',
  'name',
  'outcome',
  'partition',
  'port',
  'probe',
  'producer',
  'reason',
  'role',
  'route',
  'sequence',
  'server',
  'service',
  'signal',
  'status',
  'step',
  'topic',
  'version',
  'waitMs',
] as const;

export const spanKeys = [
  'ariane.attempt',
  'ariane.code',
  'ariane.command',
  'ariane.consumer',
  'ariane.count',
  'ariane.event.type',
  'ariane.outcome',
  'ariane.producer',
  'ariane.sequence',
  'ariane.service',
  'ariane.step',
  'error.type',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'messaging.batch.message_count',
  'messaging.destination.name',
  'messaging.destination.partition.id',
  'messaging.operation.name',
  'messaging.system',
] as const;

export type LoggedKey = (typeof loggedKeys)[number];
export type SpanKey = (typeof spanKeys)[number];
export type Speakable = string | number | boolean;

const logged: ReadonlySet<string> = new Set(loggedKeys);
const spanned: ReadonlySet<string> = new Set(spanKeys);
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const codeLike = /^[\w.:/*@+,-]{1,160}$/;

/** Keeps the allowed keys of a log call; `eventId` is the only key whose value may be an id, since it names no one. */
export function allowedInLog(fields: Readonly<Record<string, unknown>>): Record<string, Speakable> {
  return keep(fields, (key) => logged.has(key), new Set(['eventId']));
}

/** Keeps the allowed attributes of a span; ids within routes and codes are masked. */
export function allowedOnSpan(attributes: Readonly<Record<string, unknown>>): Record<string, Speakable> {
  return keep(attributes, (key) => spanned.has(key), new Set());
}

/** A span's or a route's name with ids replaced by `:id` and without its query. */
export function withoutIds(name: string): string {
  const [path = ''] = name.split('?');
  return path.replace(uuid, ':id');
}

function keep(
  fields: Readonly<Record<string, unknown>>,
  allowed: (key: string) => boolean,
  idKeys: ReadonlySet<string>,
): Record<string, Speakable> {
  const kept: Record<string, Speakable> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (!allowed(key)) continue;
    if (typeof value === 'number' || typeof value === 'boolean') kept[key] = value;
    if (typeof value !== 'string') continue;
    // A sentence is where a name hides: only what looks like a code is a speakable text.
    const text = idKeys.has(key) ? value : withoutIds(value);
    if (codeLike.test(text)) kept[key] = text;
  }
  return kept;
}
