import { DomainError } from '@ariane/kernel';
import { type CommandContext, type Handled, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import type { Appointment } from './appointment';
import { appointments } from './appointments.store';
import { ownContext } from './command-context.store';
import { claimsOf, type Slot } from './slot';
import { Slots } from './slots.store';
import { isSameVisit, type Visit, type Wish } from './visit';

/** How often a slot may be lost to another before the request waits; the sweep tries it again. */
const ATTEMPTS_MAX = 20;
/** Waiting requests read at a time. */
const WAITING_PAGE = 200;

/** Puts requests into the earliest slot that fits, and tries those that wait again when room may have been made. */
@Injectable()
export class Placement {
  /** Keys that a request of this process is committing just now: other requests look elsewhere at once. */
  private readonly attempted = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly slots: Slots,
  ) {}

  /**
   * Answers what a pathway asks for. The same appointment asked for again, under whatever key, is given as it stands.
   *
   * @throws DomainError ALREADY_EXISTS for the same id with another visit, PATHWAY_CLOSED
   */
  async request(visit: Visit, wish: Wish, context: CommandContext): Promise<Handled<Appointment>> {
    const { territory, now } = context;
    const before = await this.same(visit, territory);
    if (before !== undefined) return before;
    try {
      return await this.place(territory, visit, wish, now, (slot) =>
        this.store.handle(
          appointments,
          visit.appointmentId,
          { type: 'RequestAppointment', visit, wish, ...(slot === undefined ? {} : { slot }), now },
          context,
        ),
      );
    } catch (error) {
      if (!isRefusal(error, 'ALREADY_EXISTS')) throw error;
      // Somebody asked for the same at the same moment.
      const made = await this.same(visit, territory);
      if (made === undefined) throw error;
      return made;
    }
  }

  /** Tries every waiting request of a territory once more, the longest known first. */
  async retryWaiting(territory: string, now: string): Promise<void> {
    let last = '';
    for (;;) {
      const filter = { status: 'waiting', _id: { $gt: last } };
      const waiting = await this.store.find(appointments, territory, filter, { limit: WAITING_PAGE });
      for (const { state } of waiting) await this.retry(state, territory, now);
      last = waiting.at(-1)?.id ?? last;
      if (waiting.length < WAITING_PAGE) return;
    }
  }

  private async retry(state: Appointment, territory: string, now: string): Promise<void> {
    if (state.status !== 'waiting') return;
    const { appointmentId: id } = state;
    try {
      await this.place(territory, state, state.wish, now, async (slot) => {
        if (slot === undefined) return;
        const context = ownContext(territory, now, state.pathwayId);
        await this.store.handle(appointments, id, { type: 'PlaceAppointment', slot, now }, context);
      });
    } catch (error) {
      // Cancelled, booked by hand or closed with its pathway meanwhile: it waits no longer.
      if (!(error instanceof DomainError)) throw error;
    }
  }

  /** Commits into the earliest free slot, trying the next when it was taken meanwhile; without any, into none. */
  private async place<T>(
    territory: string,
    visit: Visit,
    wish: Wish,
    now: string,
    commit: (slot: Slot | undefined) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const keysOf = (slot: Slot) => claimsOf(slot, visit.patientId).map((key) => `${territory}|${key}`);
      const slot = await this.slots.earliest(territory, visit, wish, now, (one) => this.attempt(keysOf(one)));
      try {
        return await commit(slot);
      } catch (error) {
        const lost = isRefusal(error, 'SLOT_TAKEN') || isRefusal(error, 'VERSION_CONFLICT');
        if (slot === undefined || !lost) throw error;
      } finally {
        if (slot !== undefined) for (const key of keysOf(slot)) this.attempted.delete(key);
      }
    }
    return commit(undefined);
  }

  private attempt(keys: readonly string[]): boolean {
    if (keys.some((key) => this.attempted.has(key))) return false;
    for (const key of keys) this.attempted.add(key);
    return true;
  }

  private async same(visit: Visit, territory: string): Promise<Handled<Appointment> | undefined> {
    const found = await this.store.read(appointments, territory, visit.appointmentId);
    if (found === undefined || !isSameVisit(found.state, visit)) return undefined;
    return { ...found, replayed: true, facts: [] };
  }
}

const isRefusal = (error: unknown, code: DomainError['code']): boolean =>
  error instanceof DomainError && error.code === code;
