import { Injectable } from '@nestjs/common';

/** What a probe of calm answers: is nothing under way, how much is, and of what kind (codes, never data). */
export interface QuietAnswer {
  readonly quiet: boolean;
  readonly count: number;
  readonly why?: string;
}

/** Named functions in the order they were added; a name may be used by several. */
abstract class Registry<T> {
  private readonly added: { readonly name: string; readonly run: T }[] = [];

  add(name: string, run: T): void {
    this.added.push({ name, run });
  }

  all(): readonly { readonly name: string; readonly run: T }[] {
    return this.added;
  }
}

/** Servers to wait for before the service starts: each is tried with back-off until it no longer throws. */
@Injectable()
export class StartWaits extends Registry<() => Promise<unknown>> {}

/** What must hold for `/health/ready` to answer 200: false or a throw is not ready. */
@Injectable()
export class ReadinessChecks extends Registry<() => Promise<boolean> | boolean> {}

/** Run one after the other at the stop, last added first, once no request or event is under way. */
@Injectable()
export class StopHooks extends Registry<() => Promise<void> | void> {}

/** What `/internal/quiet` sums; the names `outbox`, `lag` and `due` have counts of their own. */
@Injectable()
export class QuietProbes extends Registry<() => Promise<QuietAnswer>> {}

/** When something falls due next in this service: a UTC instant or null; the least is `/internal/next-due`. */
@Injectable()
export class DueProbes extends Registry<() => Promise<string | null>> {}

/** What `/internal/wake` runs, in order: sweeps of what has fallen due by the clock. */
@Injectable()
export class WakeHooks extends Registry<() => Promise<void>> {}
