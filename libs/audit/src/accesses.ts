import { type Language, type Page, pageOf } from '@ariane/service';
import { AUDIT, type AuditDocument, type AuditEntry, Store } from '@ariane/store';
import { Inject, Injectable } from '@nestjs/common';
import { AUDIT_SUBJECTS, type AuditSubjects } from './audit-subjects';
import { actInWords, rolesInWords, whyInWords } from './words';

/** What one person did on one civil day, all of it. */
interface DayOfPerson {
  readonly _id: { readonly day: string; readonly actor: string };
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly practitionerId: string | null;
  readonly roles: readonly string[] | null;
  readonly acts: readonly {
    readonly action: readonly string[];
    readonly grounds: readonly string[] | null;
    readonly count: number;
  }[];
}

/** A line of “who saw my file”. */
export interface AccessLine {
  /** The civil day in the territory's time. */
  readonly day: string;
  readonly who: { readonly id: string; readonly name?: string; readonly role?: string };
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly acts: readonly { readonly what: string; readonly why: string; readonly count: number }[];
}

export interface AccessQuery {
  readonly patientId: string;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface EntryQuery {
  readonly actor?: string | undefined;
  readonly patient?: string | undefined;
  /** Instants of the service's clock; `to` excluded. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** An entry as an auditor reads it. */
export type EntryLine = AuditEntry & Pick<AuditDocument, 'recordedAt' | 'seq'> & { readonly id: string };

/** Reads the audit: for a patient in plain words by day and person, for an auditor entry by entry. */
@Injectable()
export class Accesses {
  constructor(
    private readonly store: Store,
    @Inject(AUDIT_SUBJECTS) private readonly subjects: AuditSubjects,
  ) {}

  /** What people read and changed of a patient, the newest day first; what the machinery does by itself is left out. */
  async of(territory: string, query: AccessQuery, language: Language): Promise<Page<AccessLine>> {
    const { limit, cursor } = query;
    const timeZone = this.subjects.timeZoneOf(territory);
    const found = await this.store.database.db
      .collection<AuditDocument>(AUDIT)
      .aggregate<DayOfPerson>(
        [
          ...byDayAndPerson(territory, query.patientId, timeZone),
          ...(cursor === undefined ? [] : [{ $match: afterLine(cursor) }]),
          { $sort: { '_id.day': -1, '_id.actor': 1 } },
          { $limit: limit + 1 },
        ],
        { allowDiskUse: true },
      )
      .toArray();
    const shown = pageOf(found, limit, ({ _id: { day, actor } }) => `${day}|${actor}`);
    const ids = shown.items.flatMap(({ practitionerId }) => practitionerId ?? []);
    const names = await this.subjects.namesOf(this.store, territory, [...new Set(ids)]);
    return { ...shown, items: shown.items.map((one) => lineOf(one, names, language)) };
  }

  /** The entries of a person, a patient, a time, the newest first. */
  async entries(territory: string, query: EntryQuery): Promise<Page<EntryLine>> {
    const { actor, patient, from, to, cursor, limit } = query;
    const [before = '', index = ''] = (cursor ?? '').split('|');
    const at = { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lt: to }) };
    const entry = {
      ...(actor === undefined ? {} : { actor: { $in: actorsOf(actor) } }),
      ...(patient === undefined ? {} : { patients: patient }),
      ...(Object.keys(at).length === 0 ? {} : { at }),
    };
    const found = await this.store.database.db
      .collection<AuditDocument>(AUDIT)
      .aggregate<EntryFound>([
        {
          $match: {
            territory,
            ...(patient === undefined ? {} : { patients: patient }),
            ...(actor === undefined ? {} : { 'entries.actor': { $in: actorsOf(actor) } }),
            ...(cursor === undefined ? {} : { _id: { $lte: before } }),
          },
        },
        { $sort: { _id: -1 } },
        { $unwind: { path: '$entries', includeArrayIndex: 'place' } },
        { $match: Object.fromEntries(Object.entries(entry).map(([field, value]) => [`entries.${field}`, value])) },
        ...(cursor === undefined
          ? []
          : [{ $match: { $or: [{ _id: { $lt: before } }, { place: { $gt: Number(index) || 0 } }] } }]),
        { $limit: limit + 1 },
        { $project: { recordedAt: 1, seq: 1, place: 1, entries: 1 } },
      ])
      .toArray();
    const shown = pageOf(found, limit, ({ _id, place }) => `${_id}|${place}`);
    return {
      ...shown,
      items: shown.items.map(({ _id: id, recordedAt, seq, entries }) => ({ id, recordedAt, seq, ...entries })),
    };
  }
}

type EntryFound = Pick<AuditDocument, '_id' | 'recordedAt' | 'seq'> & {
  readonly place: number | bigint;
  readonly entries: AuditEntry;
};

/** A person by the subject of their token, or as an entry names them. */
const actorsOf = (actor: string): string[] => [actor, `person:${actor}`];

const byDayAndPerson = (territory: string, patientId: string, timezone: string) => [
  { $match: { territory, patients: patientId } },
  { $unwind: '$entries' },
  { $match: { 'entries.patients': patientId, 'entries.actor': { $regex: '^person:' } } },
  {
    $group: {
      _id: {
        day: { $dateToString: { date: { $toDate: '$entries.at' }, format: '%Y-%m-%d', timezone } },
        ...{ actor: '$entries.actor', action: '$entries.action', grounds: '$entries.grounds' },
      },
      count: { $sum: 1 },
      firstAt: { $min: '$entries.at' },
      lastAt: { $max: '$entries.at' },
      practitionerId: { $last: '$entries.practitionerId' },
      roles: { $last: '$entries.roles' },
    },
  },
  { $sort: { count: -1 as const, '_id.action': 1 as const } },
  {
    $group: {
      _id: { day: '$_id.day', actor: '$_id.actor' },
      count: { $sum: '$count' },
      firstAt: { $min: '$firstAt' },
      lastAt: { $max: '$lastAt' },
      practitionerId: { $last: '$practitionerId' },
      roles: { $last: '$roles' },
      acts: { $push: { action: '$_id.action', grounds: '$_id.grounds', count: '$count' } },
    },
  },
];

/** Days run backwards, persons within a day forwards. */
function afterLine(cursor: string): object {
  const at = cursor.indexOf('|');
  const [day, actor] = [cursor.slice(0, Math.max(at, 0)), cursor.slice(at + 1)];
  return { $or: [{ '_id.day': { $lt: day } }, { '_id.day': day, '_id.actor': { $gt: actor } }] };
}

function lineOf(one: DayOfPerson, names: ReadonlyMap<string, string>, language: Language): AccessLine {
  const { _id, count, firstAt, lastAt, practitionerId, roles, acts } = one;
  const name = practitionerId === null ? undefined : names.get(practitionerId);
  const role = rolesInWords(roles ?? [], language);
  return {
    day: _id.day,
    who: {
      id: practitionerId ?? _id.actor,
      ...(name === undefined ? {} : { name }),
      ...(role === undefined ? {} : { role }),
    },
    ...{ count, firstAt, lastAt },
    acts: told(acts, language),
  };
}

/** Acts that are said with the same words are one. */
function told(acts: DayOfPerson['acts'], language: Language): AccessLine['acts'] {
  const said = new Map<string, AccessLine['acts'][number]>();
  for (const { action, grounds, count } of acts) {
    const [what, why] = [actInWords(action, language), whyInWords(grounds ?? [], language)];
    const key = `${what}|${why}`;
    said.set(key, { what, why, count: (said.get(key)?.count ?? 0) + count });
  }
  return [...said.values()].sort((a, b) => b.count - a.count);
}
