/** How far a run over a month's members is. */
export interface RunProgress {
  readonly step: 'COMPUTING' | 'POSTING';
  /** Members whose part is done, of so many. */
  readonly done: number;
  /** Of those, whose part was as it had been and cost nothing. */
  readonly skipped: number;
  readonly of: number;
  /** Since when, in milliseconds of a clock that only goes forward. */
  readonly sinceMs: number;
}

/** A run's progress as people read it: members a second so far, and the seconds that are left at that rate. */
export function progressView({ step, done, skipped, of, sinceMs }: RunProgress, nowMs: number) {
  const seconds = Math.max(nowMs - sinceMs, 1) / 1_000;
  const perSecond = Math.round((done - skipped) / seconds);
  return { step, done, of, perSecond, secondsLeft: perSecond === 0 ? null : Math.ceil((of - done) / perSecond) };
}
