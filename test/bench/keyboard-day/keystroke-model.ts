/**
 * Seconds of each operator for somebody who knows the task and makes no error: a key of an average typist who is no
 * secretary (K), a hand that goes from mouse to keyboard or back (H), making up one's mind (M). Nothing is pointed at (P,
 * 1.10 s) by who works by keys alone.
 *
 * Source: S. K. Card, T. P. Moran, A. Newell, "The keystroke-level model for user performance time with interactive
 * systems", Communications of the ACM 23 (7), 1980, figure 1.
 */
export const OPERATOR_SECONDS = { K: 0.28, H: 0.4, M: 1.35 } as const;

/** What a decision may cost. Source: the design of the web workspace, targets of its alerts. */
export const GOAL = { keystrokes: 4, seconds: 20 } as const;

/** Keys that are typed without thinking in between, and what one then waits for before one can go on. */
export interface Unit {
  readonly keys: number;
  readonly waitedMs: number;
}

export interface Decision {
  /** What was decided: a result read, a slot confirmed. */
  readonly kind: string;
  /** Lines of text that one reads before one decides. */
  readonly linesRead: number;
  readonly units: readonly Unit[];
}

export const keystrokesOf = ({ units }: Decision): number => units.reduce((sum, { keys }) => sum + keys, 0);

const waitedSecondsOf = ({ units }: Decision): number => units.reduce((sum, { waitedMs }) => sum + waitedMs, 0) / 1_000;

/**
 * Seconds of one decision: an M before each unit (rules 0 to 2 of the paper: what is typed as one has one), a K for each
 * key, and the waits as measured (R). The model has no operator for reading: each line that is read counts as an M.
 */
export function secondsOf(decision: Decision): number {
  const { K, M } = OPERATOR_SECONDS;
  return M * (decision.linesRead + decision.units.length) + K * keystrokesOf(decision) + waitedSecondsOf(decision);
}

export interface Figures {
  readonly kind: string;
  readonly count: number;
  readonly keystrokes: Spread;
  readonly seconds: Spread;
  readonly waitedSeconds: Spread;
  /** Whether the dearest of them keeps both goals. */
  readonly isWithinGoal: boolean;
}

interface Spread {
  readonly median: number;
  readonly max: number;
}

/** What each kind of decision costs, in the order in which the kinds first came. */
export function figuresOf(decisions: readonly Decision[]): readonly Figures[] {
  return [...Map.groupBy(decisions, ({ kind }) => kind)].map(([kind, of]) => {
    const keystrokes = spreadOf(of.map(keystrokesOf));
    const seconds = spreadOf(of.map(secondsOf));
    const isWithinGoal = keystrokes.max <= GOAL.keystrokes && seconds.max <= GOAL.seconds;
    return {
      kind,
      count: of.length,
      keystrokes,
      seconds,
      waitedSeconds: spreadOf(of.map(waitedSecondsOf)),
      isWithinGoal,
    };
  });
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, max: sorted.at(-1) ?? 0 };
}
