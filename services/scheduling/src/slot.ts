import { epochOf } from '@ariane/kernel';
import type { Interval } from './intervals';

/** How the patient is seen. */
export type VisitMode = 'on-site' | 'tele';

/** A stretch of one calendar that an appointment may take; instants are UTC, on the five-minute grid. */
export interface Slot {
  readonly calendarId: string;
  readonly practitionerId?: string;
  /** Codes of the rooms and devices that are bound with it. */
  readonly resources: readonly string[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly mode: VisitMode;
}

/** Everything starts and ends on this grid, so that two appointments overlap exactly when they share a bucket. */
export const BUCKET_MINUTES = 5;
export const MINUTE_MS = 60_000;
export const BUCKET_MS = BUCKET_MINUTES * MINUTE_MS;

/** The longest visit: a day in hospital. It bounds the keys one appointment reserves. */
export const VISIT_MINUTES_MAX = 600;

/** `2026-03-02T08:00:00Z` for milliseconds since 1970. */
export const instantAt = (epochMs: number): string => `${new Date(epochMs).toISOString().slice(0, 19)}Z`;

/** The slot in something larger: facts hold nothing that their contract does not name. */
export const slotIn = ({ calendarId, practitionerId, resources, startsAt, endsAt, mode }: Slot): Slot => ({
  calendarId,
  ...(practitionerId === undefined ? {} : { practitionerId }),
  resources,
  startsAt,
  endsAt,
  mode,
});

export const intervalOf = (slot: Pick<Slot, 'startsAt' | 'endsAt'>): Interval => ({
  from: epochOf(slot.startsAt),
  to: epochOf(slot.endsAt),
});

/**
 * The keys that only one held or booked appointment of the territory may have: practitioner, rooms and patient, each by
 * buckets of five minutes. They are unique in MongoDB, so no race can pass them.
 */
export function claimsOf(slot: Slot, patientId: string): string[] {
  const held = new Set([`patient:${patientId}`, ...slot.resources.map((code) => `resource:${code}`)]);
  if (slot.practitionerId !== undefined) held.add(`practitioner:${slot.practitionerId}`);
  const { from, to } = intervalOf(slot);
  const keys: string[] = [];
  for (let at = from; at < to; at += BUCKET_MS) {
    for (const one of held) keys.push(`${one}|${instantAt(at)}`);
  }
  return keys;
}
