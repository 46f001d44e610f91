import {
  add,
  arianeNamespace,
  canonicalJson,
  formatRational,
  multiply,
  rational,
  type Rational,
  uuidv5,
  zero,
} from '@ariane/kernel';
import type { Contract, Given, PointsRow } from './contract';
import type { ActSum } from './participation';
import { pointsOn } from './pathway-facts';

/** Who took part in care in a month, as a contract reads it, and the list of acts it rests on. */
export interface MonthParticipants {
  /** Made from what the acts are: other acts give another list. A UUID, as entries name it among their causes. */
  readonly list: string;
  readonly rows: readonly ParticipantRow[];
}

interface ParticipantRow {
  /** `prac:gp-204`. */
  readonly id: string;
  readonly points: string;
  readonly acts: string;
  readonly evidence: readonly string[];
}

/** The list that evidence fills: who took part in the month. */
const LIST = 'participants.month';

/** Whether a contract shares something among those who took part in the month. */
export const readsParticipants = ({ document }: Contract): boolean =>
  document.components.some((component) => 'among' in component && component.among === LIST);

/** Whether the facts of a run name the participants themselves: they stand in the place of evidence then. */
export function namesParticipants({ participants }: Given): boolean {
  return typeof participants === 'object' && participants !== null && 'month' in participants;
}

/** A month's facts with those who took part in it. */
export const withParticipants = (given: Given, rows: readonly ParticipantRow[]): Given => {
  const { participants } = given;
  const others = typeof participants === 'object' && participants !== null ? participants : {};
  return { ...given, participants: { ...others, month: rows } };
};

/**
 * The participants of a month from its sums. An act counts its weight, times the points that the contract's own table
 * `points` gives to its kind on its day, where it has one.
 */
export function participantsOf({ document }: Contract, sums: readonly ActSum[]): MonthParticipants {
  const list = listOf(sums);
  const table = document.tables?.points?.every(isPoints) === true ? document.tables.points : undefined;
  const known = new Map<string, Rational>();
  const pointsOf = ({ kind, day }: ActSum): Rational => {
    if (table === undefined) return rational(1n);
    const points = known.get(`${kind}|${day}`) ?? pointsOn(table, kind, day);
    known.set(`${kind}|${day}`, points);
    return points;
  };
  const totals = new Map<string, { points: Rational; acts: bigint }>();
  for (const sum of sums) {
    const total = totals.get(sum.practitioner) ?? { points: zero, acts: 0n };
    total.points = add(total.points, multiply(pointsOf(sum), rational(sum.weight, 1000n)));
    total.acts += sum.n;
    totals.set(sum.practitioner, total);
  }
  const rows = [...totals]
    .filter(([, { acts }]) => acts !== 0n)
    .map(([id, { points, acts }]) => ({
      ...{ id: `prac:${id}`, points: formatRational(points), acts: String(acts), evidence: [list] },
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return { list, rows };
}

/** The name of a list of acts: the same acts give the same, in whatever order they were told. */
export function listOf(sums: readonly ActSum[]): string {
  const content = sums
    .filter(({ n }) => n !== 0n)
    .map(({ practitioner, kind, day, n, weight, seal }) => [practitioner, day, kind, n, weight, seal].join('|'))
    .sort();
  return uuidv5(arianeNamespace, `acts ${canonicalJson(content)}`);
}

/** A table `points` of another form is the author's own and says nothing of evidence. */
const isPoints = ({ kind, points, from }: Partial<PointsRow>): boolean =>
  typeof kind === 'string' && typeof points === 'string' && typeof from === 'string';
