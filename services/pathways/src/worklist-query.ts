import { omit } from './omit';
import type { Tier, WorkReason } from './work-item';

/** Whose an item is, as seen by who reads. */
export const owners = ['me', 'nobody', 'others'] as const;
export type Owner = (typeof owners)[number];

/** Which items are wanted; what is absent does not narrow. */
export interface WorkFilter {
  readonly owner?: Owner;
  /** The role that an item falls to. */
  readonly role?: string;
  /** Any of these. */
  readonly reasons?: readonly WorkReason[];
  readonly tier?: Tier;
  readonly protocolId?: string;
  readonly phase?: string;
  readonly pathwayId?: string;
  /** Only what is due before this instant, as `sortable` writes it. */
  readonly dueBefore?: string;
}

export const workOrders = ['rank', 'deadline', 'since'] as const;
export type WorkOrder = (typeof workOrders)[number];

/** The field of an item that sorts a list and tells one item from another, so that a page begins after it. */
export const orderFields = { rank: 'rank', deadline: 'dueOrder', since: 'sinceOrder' } as const;

type Match = Readonly<Record<string, unknown>>;

/**
 * MongoDB's filter of what a practitioner wants of the list and may see.
 *
 * @param reader `mine`: the query of what they may see
 */
export function matchOf(reader: { readonly practitionerId: string; readonly mine: Match }, filter: WorkFilter): Match {
  const { owner, role, reasons, tier, protocolId, phase, pathwayId, dueBefore } = filter;
  return {
    ...reader.mine,
    ...(owner === undefined ? {} : { ownerId: ownedBy(owner, reader.practitionerId) }),
    ...(role === undefined ? {} : { ownerRole: role }),
    ...(reasons === undefined ? {} : { reason: reasons.length === 1 ? reasons[0] : { $in: reasons } }),
    // A rank begins with its tier, so that this narrows the index that sorts by rank.
    ...(tier === undefined ? {} : { rank: { $gte: String(tier), $lt: String(tier + 1) } }),
    ...(protocolId === undefined ? {} : { 'protocol.id': protocolId }),
    ...(phase === undefined ? {} : { phase }),
    ...(pathwayId === undefined ? {} : { pathwayId }),
    ...(dueBefore === undefined ? {} : { dueOrder: { $lt: dueBefore } }),
  };
}

function ownedBy(owner: Owner, reader: string): unknown {
  switch (owner) {
    case 'me':
      return reader;
    case 'nobody':
      return null;
    case 'others':
      return { $nin: [reader, null] };
  }
}

/** How many items have these three in common. */
export interface WorkGroup {
  readonly reason: WorkReason;
  readonly tier: Tier;
  readonly owner: Owner;
  readonly count: number;
}

export interface WorkCounters {
  /** As long as the list of the same filter. */
  readonly total: number;
  /** Each as long as the list of the same filter with this reason, tier or owner in place of its own. */
  readonly reasons: Readonly<Record<WorkReason, number>>;
  readonly tiers: Readonly<Record<Tier, number>>;
  readonly owners: Readonly<Record<Owner, number>>;
}

/** What of a filter is counted group by group instead of being matched. */
export const withoutFacets = (filter: WorkFilter): WorkFilter => omit(filter, 'reasons', 'tier', 'owner');

/**
 * The counters of a filter.
 *
 * @param groups of all that matches the filter without its reason, tier and owner
 */
export function countersOf(groups: readonly WorkGroup[], { reasons, tier, owner }: WorkFilter): WorkCounters {
  const counted = (wanted: Facets): number =>
    groups.reduce((sum, group) => (isOf(group, wanted) ? sum + group.count : sum), 0);
  const reasonOf = (one: WorkReason) => counted({ reasons: [one], tier, owner });
  const tierOf = (one: Tier) => counted({ reasons, tier: one, owner });
  const ownerOf = (one: Owner) => counted({ reasons, tier, owner: one });
  return {
    total: counted({ reasons, tier, owner }),
    reasons: {
      late: reasonOf('late'),
      'to-do': reasonOf('to-do'),
      'waiting-for': reasonOf('waiting-for'),
      coming: reasonOf('coming'),
      alert: reasonOf('alert'),
      'result-unacknowledged': reasonOf('result-unacknowledged'),
      'decision-unapplied': reasonOf('decision-unapplied'),
      'member-left': reasonOf('member-left'),
    },
    tiers: { 1: tierOf(1), 2: tierOf(2), 3: tierOf(3), 4: tierOf(4) },
    owners: { me: ownerOf('me'), nobody: ownerOf('nobody'), others: ownerOf('others') },
  };
}

type Facets = { readonly [K in 'reasons' | 'tier' | 'owner']: WorkFilter[K] | undefined };

const isOf = (group: WorkGroup, { reasons, tier, owner }: Facets): boolean =>
  (reasons === undefined || reasons.includes(group.reason)) &&
  (tier === undefined || group.tier === tier) &&
  (owner === undefined || group.owner === owner);
