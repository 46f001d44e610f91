import type { Alert } from '../../api/care';

type Ranked = Pick<Alert, 'tier' | 'waitingSince' | 'id'>;

/** The most urgent first; among those, who has waited longest. */
export function byUrgency(a: Ranked, b: Ranked): number {
  if (a.tier !== b.tier) return a.tier - b.tier;
  if (a.waitingSince !== b.waitingSince) return a.waitingSince < b.waitingSince ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

export interface RungLine {
  readonly index: number;
  readonly role: string;
  /** How long the one before has: `4h`, `1wd`; absent for the first owner. */
  readonly after?: string;
  readonly state: 'passed' | 'current' | 'ahead';
}

/** The ladder with its first owner at the foot: which rung it has reached and what is ahead. */
export function ladderOf({ rung, ownerRole, formerOwners = [], clock }: Alert): readonly RungLine[] {
  const first = formerOwners[0]?.ownerRole ?? ownerRole;
  const rungs = [{ role: first }, ...(clock?.ladder.rungs ?? [])];
  return rungs.map((one, index) => ({
    index,
    ...one,
    state: index < rung ? 'passed' : index === rung ? 'current' : 'ahead',
  }));
}

export interface RuleQuality {
  readonly reason: string;
  readonly count: number;
  /** Closed by what somebody did. */
  readonly handled: number;
  /** Closed because nothing was to be done. */
  readonly needless: number;
  readonly snoozed: number;
  /** Signals that told again what an open alert said already. */
  readonly repeats: number;
  /** From raised to closed, in minutes; absent while none is closed. */
  readonly medianMinutes?: number;
}

const MINUTE_MS = 60_000;

/** What became of the alerts of each reason: the measure of the rule that raises them, not of people. */
export function qualityOf(alerts: readonly Alert[]): readonly RuleQuality[] {
  const byReason = [...Map.groupBy(alerts, ({ reason }) => reason)];
  return byReason
    .map(([reason, all]) => {
      const minutes = all
        .flatMap(({ raisedAt, closedAt }) =>
          closedAt === undefined ? [] : [Date.parse(closedAt) - Date.parse(raisedAt)],
        )
        .map((ms) => Math.round(ms / MINUTE_MS))
        .sort((a, b) => a - b);
      const median = minutes[Math.floor((minutes.length - 1) / 2)];
      return {
        ...{ reason, count: all.length },
        handled: all.filter(({ closedFor }) => closedFor === 'handled').length,
        needless: all.filter(({ closedBy, closedFor }) => closedBy !== undefined && closedFor !== 'handled').length,
        snoozed: all.filter(({ deferrals = [] }) => deferrals.some(({ kind }) => kind === 'snooze')).length,
        repeats: all.reduce((sum, { signals }) => sum + signals - 1, 0),
        ...(median === undefined ? {} : { medianMinutes: median }),
      };
    })
    .sort((a, b) => b.count - a.count);
}
