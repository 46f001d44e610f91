import { queryOf } from '@ariane/auth';
import { type Page, pageOf, type ReaderContext, StartWaits } from '@ariane/service';
import { Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import type { WorkItem } from './work-item';
import {
  countersOf,
  matchOf,
  orderFields,
  type WorkCounters,
  type WorkFilter,
  type WorkGroup,
  type WorkOrder,
  withoutFacets,
} from './worklist-query';
import { WORK_ITEMS } from './works.store';

/** Who asks for the list: whatever care team they are in, in their territory. */
export interface ListReader {
  readonly territory: string;
  readonly practitionerId: string;
  /** The items they may see, as a query. */
  readonly mine: Readonly<Record<string, unknown>>;
}

export const listReaderOf = ({ principal, territory }: ReaderContext, practitionerId: string): ListReader => ({
  territory,
  practitionerId,
  mine: queryOf(principal, 'list', 'WorkItem'),
});

type Row = Omit<WorkItem, 'id'> & { readonly _id: string; readonly territory: string };

const RANK = 'byRank';
const indexOf = { rank: RANK, deadline: 'byDue', since: 'bySince' } as const;
/** Led by the reason: one that is rare in a long list is found without reading past all the others. */
const REASON = 'byReason';
const indexFor = (order: WorkOrder, { reasons }: WorkFilter): string =>
  order === 'rank' && reasons?.length === 1 ? REASON : indexOf[order];

/** The list of who has something to do, read from rows that were written with what they show. */
@Injectable()
export class Worklist {
  constructor(
    private readonly store: Store,
    waits: StartWaits,
  ) {
    waits.add('worklist indexes', () => this.ensureIndexes());
  }

  /** One page in the order wanted. Its cursor is the last item's place, so that items put in meanwhile move no page. */
  async list(
    reader: ListReader,
    filter: WorkFilter,
    { order, cursor, limit }: { readonly order: WorkOrder; readonly cursor?: string; readonly limit: number },
  ): Promise<Page<WorkItem>> {
    const field = orderFields[order];
    const after = cursor === undefined ? {} : { [field]: { $gt: cursor } };
    const rows = await this.collection()
      .find({ territory: reader.territory, $and: [matchOf(reader, filter), after] })
      .sort({ [field]: 1 })
      .hint(indexFor(order, filter))
      .limit(limit + 1)
      .toArray();
    const found = rows.map(({ _id: id, territory: _, ...item }): WorkItem => ({ id, ...item }));
    return pageOf(found, limit, (last) => last[field]);
  }

  /** The tasks of a colleague in the pathways that the reader cares for, in the order of their rank. */
  async tasksOf(
    { territory, mine }: ListReader,
    ownerId: string,
    { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<{ readonly ids: readonly string[]; readonly next: string | undefined }> {
    const after = cursor === undefined ? {} : { rank: { $gt: cursor } };
    const rows = await this.collection()
      .find({ ...mine, territory, ownerId, taskId: { $type: 'string' }, ...after })
      .sort({ rank: 1 })
      .hint(RANK)
      .limit(limit + 1)
      .toArray();
    const shown = rows.slice(0, limit);
    return {
      ids: shown.flatMap(({ taskId }) => (taskId === undefined ? [] : [taskId])),
      next: rows.length > limit ? shown.at(-1)?.rank : undefined,
    };
  }

  /** How long each list is: counted from an index that holds all that is matched and grouped by, and no document. */
  async counters(reader: ListReader, filter: WorkFilter): Promise<WorkCounters> {
    const groups = await this.collection()
      .aggregate<WorkGroup>(
        [
          { $match: { territory: reader.territory, ...matchOf(reader, withoutFacets(filter)) } },
          { $group: { _id: groupedBy(reader.practitionerId), count: { $sum: 1 } } },
          { $replaceWith: { $mergeObjects: ['$_id', { count: { $toInt: '$count' } }] } },
        ],
        { hint: filter.dueBefore === undefined ? indexOf.rank : indexOf.deadline },
      )
      .toArray();
    return countersOf(groups, filter);
  }

  /** Fields after the one that sorts let a filter be read from the index alone. None of these indexes is unique. */
  private async ensureIndexes(): Promise<void> {
    const facets = { reason: 1, tier: 1, ownerId: 1, ownerRole: 1, 'protocol.id': 1, phase: 1 } as const;
    const mine = { territory: 1, readers: 1 } as const;
    await this.collection().createIndex({ ...mine, rank: 1, ...facets }, { name: indexOf.rank }, {});
    const { reason, ...others } = facets;
    await this.collection().createIndex({ ...mine, reason, rank: 1, ...others }, { name: REASON }, {});
    await this.collection().createIndex({ ...mine, dueOrder: 1, ...facets }, { name: indexOf.deadline }, {});
    await this.collection().createIndex({ ...mine, sinceOrder: 1, ...facets }, { name: indexOf.since }, {});
  }

  private collection() {
    return this.store.database.db.collection<Row>(WORK_ITEMS);
  }
}

/** Read from the index alone. */
const groupedBy = (practitionerId: string) => ({
  reason: '$reason',
  tier: '$tier',
  owner: {
    $switch: {
      branches: [
        { case: { $eq: ['$ownerId', practitionerId] }, then: 'me' },
        { case: { $lte: ['$ownerId', null] }, then: 'nobody' },
      ],
      default: 'others',
    },
  },
});
