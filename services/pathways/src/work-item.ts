import type { Pin } from '@ariane/contracts';
import { canonicalJson, uuidv5 } from '@ariane/kernel';

/** Why a pathway is on somebody's list. A step stands under one of the first four at a time. */
export const workReasons = [
  'late',
  'to-do',
  'waiting-for',
  'coming',
  'alert',
  'result-unacknowledged',
  'decision-unapplied',
  'member-left',
] as const;
export type WorkReason = (typeof workReasons)[number];

/** 1 urgent, 2 today, 3 this week, 4 information. */
export const tiers = [1, 2, 3, 4] as const;
export type Tier = (typeof tiers)[number];

/** What the plan alone says of an item; dates that it does not know are when the item was first seen. */
export interface DraftItem {
  readonly reason: WorkReason;
  /** What it is about: a step's key, an alert's id, a role. With the reason, it names one item of a pathway. */
  readonly subject: string;
  readonly tier: Tier;
  readonly deadline?: string;
  readonly since?: string;
  readonly ownerId?: string;
  readonly ownerRole: string;
  readonly phase?: string;
  readonly stepKey?: string;
  readonly taskId?: string;
  readonly alertId?: string;
  /** Of an alert: its reason. */
  readonly code?: string;
  /** On whom or what: `fact:imaging.acr`, `role:PATH`, `service:scheduling`. */
  readonly waitsOn?: readonly string[];
  /** The results not yet acknowledged, newest first, at most as many as are worth a glance. */
  readonly factIds?: readonly string[];
  readonly count?: number;
  readonly acknowledged?: boolean;
}

/** One patient and one reason, as the list holds it. */
export interface WorkItem extends DraftItem {
  readonly id: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly protocol: Pin;
  readonly since: string;
  /** Its deadline, else since when it stands: what is older comes first. Sorts as text, as do the three below. */
  readonly due: string;
  /** Tier, then due, then id. */
  readonly rank: string;
  readonly dueOrder: string;
  readonly sinceOrder: string;
  /** The practitioners who may see it: the care team as of the last change. */
  readonly readers: readonly string[];
}

/** What all items of a pathway share. */
export interface ItemOrigin {
  readonly pathwayId: string;
  readonly patientId: string;
  readonly protocol: Pin;
  readonly readers: readonly string[];
}

/** One per pathway, reason and subject, for as long as the reason holds. */
export const itemIdOf = (pathwayId: string, { reason, subject }: Pick<DraftItem, 'reason' | 'subject'>): string =>
  uuidv5(pathwayId, `work/${reason}/${subject}`);

/**
 * The item of a draft.
 *
 * @param seenAt when it was first seen, where the draft has no date of its own; an instant as `sortable` writes it
 */
export function itemOf(origin: ItemOrigin, draft: DraftItem, seenAt: string): WorkItem {
  const id = itemIdOf(origin.pathwayId, draft);
  const since = draft.since ?? seenAt;
  const due = draft.deadline ?? since;
  const { tier } = draft;
  return {
    ...origin,
    ...draft,
    id,
    since,
    due,
    rank: `${tier}${due}${id}`,
    dueOrder: `${due}${id}`,
    sinceOrder: `${since}${id}`,
  };
}

/** What must be written so that `before` becomes `after`. */
export function changesOf(
  before: readonly WorkItem[],
  after: readonly WorkItem[],
): { readonly put: readonly WorkItem[]; readonly removed: readonly string[] } {
  const known = new Map(before.map((item) => [item.id, canonicalJson(item)]));
  const kept = new Set(after.map(({ id }) => id));
  return {
    put: after.filter((item) => known.get(item.id) !== canonicalJson(item)),
    removed: before.flatMap(({ id }) => (kept.has(id) ? [] : [id])),
  };
}
