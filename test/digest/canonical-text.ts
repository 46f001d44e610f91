import { createHash } from 'node:crypto';

/** A document as it lies in a store: only named fields of it are read. */
export type Raw = Readonly<Record<string, unknown>>;

/** What the digest reads of the five databases. */
export interface Stores {
  readonly pathways: readonly Raw[];
  readonly tasks: readonly Raw[];
  readonly alerts: readonly Raw[];
  readonly appointments: readonly Raw[];
  readonly opinions: readonly Raw[];
  readonly cases: readonly Raw[];
  readonly entries: readonly Raw[];
  /** Every fact in the outboxes by its id: what causes point at. */
  readonly facts: ReadonlyMap<string, { readonly type: string; readonly time: string; readonly subject: string }>;
}

/**
 * The canonical text of what a story came to: one line per state and per entry, sorted. Event ids, versions, hashes,
 * numbers in a book and machine times are left out: two runs of the same story may differ in them.
 * @throws Error for an entry whose cause is a fact that no outbox holds
 */
export function canonicalText(stores: Stores): string {
  const lines = [
    ...stores.pathways.flatMap(pathwayLines),
    ...stores.tasks.map((one) =>
      line('task', one, ['pathwayId', 'stepKey', 'kind', 'ownerId', 'status', 'outcome', 'doneBy', 'doneAt', 'dueAt']),
    ),
    ...stores.alerts.map((one) =>
      line('alert', one, ['pathwayId', 'stepKey', 'kind', 'ownerId', 'status', 'raisedAt']),
    ),
    ...stores.appointments.map((one) => {
      const slot = rawOf(one['slot']);
      const placed = { ...one, startsAt: slot['startsAt'], endsAt: slot['endsAt'], with: slot['practitionerId'] };
      return line('appointment', placed, ['pathwayId', 'stepKey', 'visitKind', 'status', 'startsAt', 'endsAt', 'with']);
    }),
    ...stores.opinions.map((one) =>
      line('opinion', one, ['pathwayId', 'stepKey', 'expertId', 'status', 'requestedAt', 'givenAt', 'conclusion']),
    ),
    ...stores.cases.map(caseLine),
    ...stores.entries.map((entry) => entryLine(entry, stores.facts)),
  ];
  return `${lines.sort().join('\n')}\n`;
}

/**
 * A task's end is told by its own line. It is a fact of the pathway too unless a result recorded just before has ended
 * the step already, and which of the two comes first is a race between the person's hand and the workflow.
 */
const taskEnds: readonly string[] = ['task.done', 'questionnaire.answered', 'document.signed'];

function pathwayLines(pathway: Raw): string[] {
  const id = text(pathway['id']);
  const steps = listOf(pathway['steps']).map((step) =>
    line('step', { pathwayId: id, ...step }, ['pathwayId', 'key', 'status', 'attempt', 'dueFrom', 'latest', 'doneAt']),
  );
  const found = listOf(pathway['facts']).filter(({ code }) => !taskEnds.includes(text(code)));
  const facts = found.map((fact) =>
    line('fact', { pathwayId: id, ...fact }, ['pathwayId', 'code', 'at', 'value', 'unit', 'stepKey', 'by']),
  );
  const milestones = Array.isArray(pathway['milestones']) ? pathway['milestones'].map(text).sort().join(',') : '';
  const state = { ...pathway, milestones };
  return [
    line('pathway', state, ['id', 'status', 'disclosure', 'enrolledAt', 'announcedAt', 'closedAt', 'milestones']),
    ...steps,
    ...facts,
  ];
}

function caseLine(one: Raw): string {
  const decision = rawOf(one['decision']);
  const attendance = listOf(one['attendance'])
    .map((present) => `${text(present['practitionerId'])}:${text(present['mode'])}`)
    .sort()
    .join(',');
  const startsAt = rawOf(one['meeting'])['startsAt'];
  const decided = {
    ...one,
    startsAt,
    attendance,
    decision: decision['decision'] ?? one['decision'],
    ...pick(decision),
  };
  const fields = ['pathwayId', 'stepKey', 'status', 'startsAt', 'attendance', 'decision', 'orientation', 'decidedAt'];
  return line('case', decided, [...fields, 'reason']);
}

const pick = (decision: Raw): Raw =>
  Object.fromEntries(
    ['orientation', 'decidedAt']
      .filter((field) => decision[field] !== undefined)
      .map((field) => [field, decision[field]]),
  );

function entryLine(entry: Raw, facts: Stores['facts']): string {
  const legs = listOf(entry['legs'])
    .map((leg) => `${text(leg['a'])} ${leg['d'] === 1 || leg['d'] === 1n ? 'debit' : 'credit'} ${text(leg['amt'])}`)
    .sort()
    .join(' + ');
  const { eventIds } = rawOf(entry['cause']);
  const causes = (Array.isArray(eventIds) ? eventIds : []).map((id) => {
    const fact = facts.get(text(id));
    if (fact === undefined) throw new Error(`entry ${text(entry['_id'])}: its cause ${text(id)} is in no outbox`);
    return `${fact.type} ${fact.time} ${fact.subject}`;
  });
  const told = { ...entry, legs, causes: causes.sort().join(' + ') };
  return line('entry', told, ['book', 'code', 'eff', 'legs', 'causes']);
}

/** `kind|field=value|...`; what a document does not hold is an empty value, so that it shows when it comes to be held. */
function line(kind: string, document: Raw, fields: readonly string[]): string {
  return [kind, ...fields.map((field) => `${field}=${text(document[field])}`)].join('|');
}

/** Instants are written one way, whatever the store holds: a date, or a text with or without milliseconds. */
function text(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') {
    return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? new Date(value).toISOString() : value;
  }
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value);
}

const rawOf = (value: unknown): Raw => (typeof value === 'object' && value !== null ? (value as Raw) : {}); // as: read field by field, each checked by `text`
const listOf = (value: unknown): readonly Raw[] => (Array.isArray(value) ? value.map(rawOf) : []);

export const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');
