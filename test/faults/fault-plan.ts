/** What goes wrong in one run of a story, drawn from a seed: the same seed makes the same plan. */

export const victims = [
  'pathways',
  'scheduling',
  'tele-expertise',
  'meetings',
  'capitation',
  'workflows',
  'kafka',
  'mongo',
  'temporal',
] as const;
export const producers = ['pathways', 'scheduling', 'tele-expertise', 'meetings', 'capitation'] as const;

export type Fault =
  /** kill -9, `afterMs` of machine time after the command is sent and before it is answered. */
  | { readonly kind: 'kill'; readonly victim: string; readonly atCommand: number; readonly afterMs: number }
  /** The producer publishes its whole outbox again. */
  | { readonly kind: 'republish'; readonly producer: string; readonly atCommand: number }
  /** A consumer is stopped, its group set back to the beginning of every topic, and started again. */
  | { readonly kind: 'rewind'; readonly consumer: string; readonly atCommand: number };

export interface FaultPlan {
  /** In order of `atCommand`; commands of people are counted from the patient's registration on, from 0. */
  readonly faults: readonly Fault[];
}

/** Numbers from 0 to 1 (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A command is on its way for some 5 to 30 ms: most kills strike before its commit, some during or after it. */
const KILL_WITHIN_MS = 12;
const REPUBLISHES = 3;
/** A kill that finds its command answered waits for the next one, so the last commands are left to these. */
const LAST_COMMANDS = 4;

/** Faults strike together in some gusts: what comes back finds others still down, and a run waits for fewer recoveries. */
const GUSTS = 5;

/**
 * Every victim is killed once and two of them a second time, three outboxes are published again, one consumer begins
 * anew, each in one of five gusts.
 * @param commands how many commands the story's people give
 */
export function planFaults(seed: number, commands: number): FaultPlan {
  const chance = chanceOf(seed);
  const upTo = (count: number): number => Math.floor(chance() * count);
  const gusts = Array.from({ length: GUSTS }, () => upTo(commands - LAST_COMMANDS));
  const gust = (): number => gusts[upTo(GUSTS)] ?? 0;
  const twice = [victims[upTo(victims.length)], victims[upTo(victims.length)]].filter((one) => one !== undefined);
  const kills = [...victims, ...twice].map((victim): Fault => {
    return { kind: 'kill', victim, atCommand: gust(), afterMs: upTo(KILL_WITHIN_MS) };
  });
  const republishes = Array.from({ length: REPUBLISHES }, (): Fault => {
    return { kind: 'republish', producer: producers[upTo(producers.length)] ?? 'pathways', atCommand: gust() };
  });
  const consumer = [...producers, 'workflows'][upTo(producers.length + 1)] ?? 'workflows';
  const faults: Fault[] = [...kills, ...republishes, { kind: 'rewind', consumer, atCommand: gust() }];
  return { faults: faults.sort((a, b) => a.atCommand - b.atCommand) };
}

/** One act in ten is sent twice: half of them at the same time, half after a while. */
const DUPLICATED = 0.1;
const LATE_DUPLICATE_MS = 5_000;

/** Whether a command is sent a second time, and how much later; undefined for nine in ten. */
export function duplicateAfterMs(chance: () => number): number | undefined {
  if (chance() >= DUPLICATED) return undefined;
  return chance() < 0.5 ? 0 : Math.floor(chance() * LATE_DUPLICATE_MS);
}

const REDELIVERED_WITHIN_MS = 60_000;

/** How long after its first delivery an event comes again: 0 to 60 s, more often soon than late. */
export function redeliveredAfterMs(chance: () => number): number {
  return Math.floor(chance() ** 3 * REDELIVERED_WITHIN_MS);
}
