/** The stepped demo clock: virtual time moves only when nothing is under way, and only to the next instant due. */

/** Polls come quickly at first, then make room: a busy stack has better things to do than to say that it is busy. */
const POLL_FIRST_MS = 20;
const POLL_MAX_MS = 200;
/** After this long without quiet the story says where it stalls. */
export const STALL_AFTER_MS = 60_000;
const MS_PER_DAY = 86_400_000;

export interface Quietness {
  readonly quiet: boolean;
  /** Sentences on what is still under way. */
  readonly why: readonly string[];
}

/** What the clock needs of the world. Instants are UTC ISO texts. */
export interface ClockWorld {
  /** Names of the services, and the worker. */
  readonly targets: readonly string[];
  readNow(): Promise<string>;
  writeNow(now: string): Promise<void>;
  /** An unreachable target is not quiet. */
  quietnessOf(target: string): Promise<Quietness>;
  nextDueOf(target: string): Promise<string | null>;
  wake(target: string): Promise<void>;
  sleep(ms: number): Promise<void>;
  machineMs(): number;
}

export interface StepAsked {
  /** Instant beyond which this step does not go. */
  readonly until?: string | undefined;
  /** Instant that the caller expects to leave: a clock that is already past it does not move again. */
  readonly from?: string | undefined;
}

export interface Step {
  readonly from: string;
  readonly now: string;
  /** The next instant at which something is due, or null when all wait for people. */
  readonly next: string | null;
  readonly waited_ms: number;
}

/** The stack did not become quiet: names who is busy, and with what. */
export class Stalled extends Error {
  override readonly name = 'Stalled';
  readonly busy: Readonly<Record<string, readonly string[]>>;

  constructor(busy: Readonly<Record<string, readonly string[]>>) {
    const parts = Object.entries(busy).map(([name, why]) => `${name} (${why.join('; ') || 'gives no reason'})`);
    super(`Not quiet after ${STALL_AFTER_MS / 1000} s: ${parts.join(', ')}.`);
    this.busy = busy;
  }
}

/**
 * Where virtual time goes from `now`: to the earliest instant due, but never beyond `until` and never back. With
 * nothing due it goes to `until`, or stays.
 */
export function nextInstant(now: string, due: readonly (string | null)[], until: string | undefined): string {
  const instants = [...due, until ?? null].filter((instant) => instant !== null).map((instant) => Date.parse(instant));
  if (instants.length === 0) return now;
  return new Date(Math.max(Date.parse(now), Math.min(...instants))).toISOString();
}

export class SteppedClock {
  private readonly world: ClockWorld;
  /** At most this many virtual days pass in a second; undefined is as fast as the stack can. */
  private readonly daysPerSecond: number | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(world: ClockWorld, daysPerSecond?: number) {
    this.world = world;
    this.daysPerSecond = daysPerSecond;
  }

  now(): Promise<string> {
    return this.world.readNow();
  }

  /**
   * One step; steps asked for at the same time follow one another. A step that is asked for again with its `from`,
   * because its answer was lost or it failed after it had moved, waits for quiet and answers where the clock stands.
   * @throws Stalled when the stack is not quiet within a minute, before or after the step
   */
  step(asked: StepAsked = {}): Promise<Step> {
    const step = this.last.then(() => this.takeStep(asked));
    this.last = step.catch(() => undefined);
    return step;
  }

  private async takeStep({ until, from: expected }: StepAsked): Promise<Step> {
    const { world } = this;
    const startedMs = world.machineMs();
    await this.untilQuiet();
    const from = await world.readNow();
    const moved = expected !== undefined && Date.parse(from) > Date.parse(expected);
    const now = moved ? from : nextInstant(from, await this.dueInstants(), until);
    if (now !== from) await world.writeNow(now);
    await Promise.all(world.targets.map((target) => world.wake(target)));
    await this.untilQuiet();
    if (this.daysPerSecond !== undefined) {
      const leastMs = ((Date.parse(now) - Date.parse(from)) / MS_PER_DAY / this.daysPerSecond) * 1000;
      await world.sleep(Math.max(0, leastMs - (world.machineMs() - startedMs)));
    }
    const due = (await this.dueInstants()).filter((instant) => instant !== null).sort();
    return { from, now, next: due[0] ?? null, waited_ms: Math.round(world.machineMs() - startedMs) };
  }

  private dueInstants(): Promise<(string | null)[]> {
    return Promise.all(this.world.targets.map((target) => this.world.nextDueOf(target)));
  }

  /** Two quiet polls in a row: a message may be between two services while one poll runs. */
  private async untilQuiet(): Promise<void> {
    const giveUpAt = this.world.machineMs() + STALL_AFTER_MS;
    let quietPolls = 0;
    for (let busyPolls = 0; ;) {
      const answers = await Promise.all(
        this.world.targets.map(async (target) => [target, await this.world.quietnessOf(target)] as const),
      );
      const busy = answers
        .filter(([, answer]) => !answer.quiet)
        .map(([target, answer]) => [target, answer.why] as const);
      quietPolls = busy.length === 0 ? quietPolls + 1 : 0;
      if (quietPolls === 2) return;
      if (busy.length > 0 && this.world.machineMs() > giveUpAt) throw new Stalled(Object.fromEntries(busy));
      await this.world.sleep(Math.min(POLL_FIRST_MS * 2 ** Math.min(busyPolls, 5), POLL_MAX_MS));
      busyPolls = busy.length === 0 ? 0 : busyPolls + 1;
    }
  }
}
