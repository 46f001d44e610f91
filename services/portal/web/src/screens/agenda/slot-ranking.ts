import type { Appointment, Slot } from './appointment';

/** Why a slot stands where it stands among the proposals. */
export type SlotReason = 'in-time' | 'too-late' | 'wished-person' | 'same-day' | 'earliest';

export interface Proposal {
  readonly slot: Slot;
  readonly reasons: readonly SlotReason[];
}

export interface SlotWish {
  readonly latest?: string | undefined;
  readonly practitionerId?: string | undefined;
  /** Days on which the patient comes anyway, as civil days. */
  readonly daysThere: readonly string[];
}

/** A journey saved outweighs the wished person; holding the deadline outweighs both. */
const weights: Readonly<Record<SlotReason, number>> = {
  'in-time': 8,
  'same-day': 4,
  'wished-person': 2,
  earliest: 1,
  'too-late': 0,
};

/**
 * Slots, the best first: those that hold the deadline, then those of a day on which the patient comes anyway, then of
 * the wished person, then the earliest.
 *
 * @param slots earliest first
 * @param dayOf the civil day of an instant in the territory
 */
export function ranked(
  slots: readonly Slot[],
  wish: SlotWish,
  dayOf: (instant: string) => string,
): readonly Proposal[] {
  const proposals = slots.map((slot, index): Proposal => ({ slot, reasons: reasonsOf(slot, index, wish, dayOf) }));
  const score = ({ reasons }: Proposal): number => reasons.reduce((sum, reason) => sum + weights[reason], 0);
  return [...proposals].sort(
    (a, b) => score(b) - score(a) || Date.parse(a.slot.startsAt) - Date.parse(b.slot.startsAt),
  );
}

function reasonsOf(slot: Slot, index: number, wish: SlotWish, dayOf: (instant: string) => string): SlotReason[] {
  const { latest, practitionerId, daysThere } = wish;
  const reasons: SlotReason[] = [];
  if (latest !== undefined) {
    reasons.push(Date.parse(slot.startsAt) <= Date.parse(latest) ? 'in-time' : 'too-late');
  }
  if (daysThere.includes(dayOf(slot.startsAt))) reasons.push('same-day');
  if (practitionerId !== undefined && slot.practitionerId === practitionerId) reasons.push('wished-person');
  if (index === 0) reasons.push('earliest');
  return reasons;
}

/** The first few, no two at the same time: the same hour with another person is no other choice for the patient. */
export function best(proposals: readonly Proposal[], count: number): readonly Proposal[] {
  const seen = new Set<string>();
  const chosen: Proposal[] = [];
  for (const proposal of proposals) {
    if (chosen.length === count) break;
    if (seen.has(proposal.slot.startsAt)) continue;
    seen.add(proposal.slot.startsAt);
    chosen.push(proposal);
  }
  return chosen;
}

/** The days on which a patient has something booked. */
export const daysThere = (
  appointments: readonly Appointment[],
  dayOf: (instant: string) => string,
): readonly string[] => [
  ...new Set(
    appointments.flatMap(({ status, slot }) =>
      status === 'booked' && slot !== undefined ? [dayOf(slot.startsAt)] : [],
    ),
  ),
];
