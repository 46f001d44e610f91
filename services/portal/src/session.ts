import type { SignedInPerson } from './person-of-claims';

/** How long a session lasts, in milliseconds. */
export interface SessionLimits {
  /** Without an act of the person. */
  readonly idleMs: number;
  /** Whatever the person does. */
  readonly wholeMs: number;
}

/** A session as it is used; its instants are the machine's time in milliseconds since 1970. */
export interface Session {
  /** Digest of the id that the browser holds: what the session is kept under. */
  readonly key: string;
  readonly person: SignedInPerson;
  readonly lastActMs: number;
  readonly endsMs: number;
}

/** When a session ends if the person does nothing more. */
export const idleEnd = (
  { lastActMs, endsMs }: Pick<Session, 'lastActMs' | 'endsMs'>,
  { idleMs }: SessionLimits,
): number => Math.min(lastActMs + idleMs, endsMs);

/**
 * Whether an act is worth writing down: one write for many acts, so that the end told to the person is late by a
 * thirtieth of the idle time at most.
 */
export const isWorthKeeping = (lastActMs: number, nowMs: number, { idleMs }: SessionLimits): boolean =>
  nowMs - lastActMs >= idleMs / 30;
