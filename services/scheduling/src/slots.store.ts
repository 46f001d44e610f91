import { DomainError, epochOf } from '@ariane/kernel';
import { Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { appointments, calendars } from './appointments.store';
import { freeSlots, offeredSlot, type OpenCalendar, servingCalendars, type SlotAsk, type Taken } from './availability';
import type { Interval } from './intervals';
import { searchWindows } from './search-window';
import { instantAt, MINUTE_MS, type Slot, VISIT_MINUTES_MAX } from './slot';
import type { Visit, Wish } from './visit';

/** Calendars serving one kind of visit in one territory: far above a large hospital's. */
const CALENDARS_MAX = 2_000;
/** Appointments read for one window of the search. */
const TAKEN_MAX = 50_000;

/** Finds free slots: what the calendars offer, less what is taken at this moment. Only the claims decide a race. */
@Injectable()
export class Slots {
  constructor(private readonly store: Store) {}

  /** The free slots that start in the window, earliest first; with a patient, those that patient is free for. */
  async free(territory: string, ask: SlotAsk, window: Interval, patientId?: string): Promise<Slot[]> {
    const serving = await this.serving(territory, ask);
    return freeSlots(serving, ask, window, await this.taken(territory, serving, window, patientId), patientId);
  }

  /**
   * The earliest slot for a wish that `accept` takes, or undefined when there is none within the search windows.
   * `accept` is called in the same turn as the choice, so that two searches of this process do not choose the same.
   */
  async earliest(
    territory: string,
    visit: Visit,
    wish: Wish,
    now: string,
    accept: (slot: Slot) => boolean,
  ): Promise<Slot | undefined> {
    const ask: SlotAsk = { ...wish, visitKind: visit.visitKind };
    const serving = await this.serving(territory, ask);
    if (serving.length === 0) return undefined;
    for (const window of searchWindows(wish, now)) {
      const taken = await this.taken(territory, serving, window, visit.patientId);
      const found = freeSlots(serving, ask, window, taken, visit.patientId).find(accept);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * The slot that a calendar offers at an instant, taken or not.
   *
   * @throws DomainError NOT_FOUND without such a calendar, SLOT_NOT_OFFERED when it is closed or does not serve the visit
   */
  async offered(territory: string, calendarId: string, ask: SlotAsk, startsAt: string): Promise<Slot> {
    const found = await this.store.read(calendars, territory, calendarId);
    if (found === undefined) throw new DomainError('NOT_FOUND', {}, 'calendarId');
    const slot = offeredSlot(found.state, ask, startsAt);
    if (slot === undefined) throw new DomainError('SLOT_NOT_OFFERED', {}, 'startsAt');
    return slot;
  }

  private async serving(territory: string, ask: SlotAsk): Promise<OpenCalendar[]> {
    const found = await this.store.find(calendars, territory, { visitKinds: ask.visitKind }, { limit: CALENDARS_MAX });
    return servingCalendars(
      found.map((one) => one.state),
      ask,
    );
  }

  /** Whatever binds a practitioner or a room of these calendars, or the patient, around the window. */
  private async taken(
    territory: string,
    serving: readonly OpenCalendar[],
    window: Interval,
    patientId?: string,
  ): Promise<Taken[]> {
    const startsAt = { $gt: instantAt(window.from - LONGEST_MS), $lt: instantAt(window.to + LONGEST_MS) };
    const practitioners = serving.flatMap((one) => one.practitionerId ?? []);
    const rooms = serving.flatMap((one) => one.resources);
    const found = await this.store.find(
      appointments,
      territory,
      {
        status: { $in: ['held', 'booked', 'attended'] },
        $or: [
          { 'slot.practitionerId': { $in: practitioners }, 'slot.startsAt': startsAt },
          { 'slot.resources': { $in: rooms }, 'slot.startsAt': startsAt },
          ...(patientId === undefined ? [] : [{ patientId, 'slot.startsAt': startsAt }]),
        ],
      },
      { limit: TAKEN_MAX },
    );
    return found.flatMap(({ state }) => ('slot' in state ? [{ ...state.slot, patientId: state.patientId }] : []));
  }
}

const LONGEST_MS = VISIT_MINUTES_MAX * MINUTE_MS;

/** The window between two instants. */
export const windowOf = (from: string, to: string): Interval => ({ from: epochOf(from), to: epochOf(to) });
