import { addSpan } from '@ariane/kernel';

/** A visit or questionnaire of one pathway that is still to come, in civil days of the patient's time zone. */
export interface PlannedVisit {
  readonly pathwayId: string;
  readonly stepKey: string;
  readonly kind: 'appointment' | 'questionnaire';
  /** The kind of visit or the questionnaire's id: two steps that ask for the same are one for the patient. */
  readonly what: string;
  readonly label: string;
  readonly from: string;
  readonly target?: string;
  readonly latest: string;
  /** The visit of another pathway that this one follows, by a person's decision. */
  readonly sharedWith?: { readonly pathwayId: string; readonly stepKey: string };
  /** The day of the slot that is booked, and its instant. */
  readonly booked?: { readonly day: string; readonly startsAt: string };
}

type Origin = Pick<PlannedVisit, 'pathwayId' | 'stepKey' | 'label' | 'sharedWith'>;

/** What the patient does once, for one pathway or for several. */
interface MergedVisit {
  readonly kind: PlannedVisit['kind'];
  readonly what: string;
  /** Within the windows of all it stands for. */
  readonly from: string;
  readonly latest: string;
  /** The day that was booked, else the one proposed within the window and the week's budget. */
  readonly day: string;
  readonly isBooked: boolean;
  readonly origins: readonly Origin[];
}

type PlanConflict =
  /** More visits and questionnaires than the week may hold, and no other week within their windows. */
  | {
      readonly conflict: 'over-budget';
      readonly week: string;
      readonly count: number;
      readonly origins: readonly Origin[];
    }
  /** Two visits that should not fall on one day. */
  | { readonly conflict: 'same-day'; readonly day: string; readonly origins: readonly Origin[] }
  /** The same visit was booked twice, on two days, though one within both windows would do. */
  | { readonly conflict: 'booked-twice'; readonly what: string; readonly origins: readonly Origin[] };

export interface MergedPlan {
  readonly visits: readonly MergedVisit[];
  readonly conflicts: readonly PlanConflict[];
}

export interface MergeRules {
  /** Civil day. */
  readonly today: string;
  /** Visits and questionnaires a week, Monday to Sunday. */
  readonly perWeek: number;
  /** Pairs of kinds of visit that should not fall on one day. */
  readonly apart: readonly (readonly [string, string])[];
}

interface Group {
  readonly visits: readonly PlannedVisit[];
  readonly from: string;
  readonly latest: string;
}

/**
 * What several pathways ask of one patient, as one plan. The same visit or questionnaire asked for by two pathways is
 * one where their windows meet; occurrences of one pathway are never merged with one another. What is not booked yet is
 * proposed for the week nearest to its target that has room. Nothing is dropped: what does not fit is a conflict, for a
 * human to settle. The same visits in any order give the same plan.
 */
export function mergedPlan(visits: readonly PlannedVisit[], rules: MergeRules): MergedPlan {
  const current = visits.map((visit) => clamped(visit, rules.today)).sort(byWindow);
  const groups = [...Map.groupBy(current, ({ kind, what }) => `${kind}|${what}`).values()].flatMap(grouped);
  const placed = place(groups.sort(byGroup), rules);
  return { visits: placed, conflicts: [...overBudget(placed, rules), ...sameDay(placed, rules), ...twice(groups)] };
}

/** Whether one visit can be both: the same for the patient, of two pathways, within what is left of both windows. */
export function canBeOne(one: PlannedVisit, other: PlannedVisit, today: string): boolean {
  if (one.kind !== other.kind || one.what !== other.what) return false;
  const { from, latest, ...visit } = clamped(one, today);
  return meets({ visits: [{ from, latest, ...visit }], from, latest }, clamped(other, today));
}

/** What is late is to be done from today on. */
function clamped(visit: PlannedVisit, today: string): PlannedVisit {
  const from = later(visit.from, today);
  return { ...visit, from, latest: later(visit.latest, from) };
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);
const originOf = ({ pathwayId, stepKey, label, sharedWith }: PlannedVisit): Origin => ({
  ...{ pathwayId, stepKey, label },
  ...(sharedWith === undefined ? {} : { sharedWith }),
});
const keyOf = ({ pathwayId, stepKey }: Origin): string => `${pathwayId}/${stepKey}`;
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byWindow = (a: PlannedVisit, b: PlannedVisit): number =>
  byText(a.latest, b.latest) || byText(a.from, b.from) || byText(keyOf(a), keyOf(b));

const byGroup = (a: Group, b: Group): number =>
  byText(a.latest, b.latest) || byText(a.from, b.from) || byText(keysOf(a), keysOf(b));
const keysOf = ({ visits }: Group): string => visits.map(keyOf).join();

/** The one whose window closes first takes in every other pathway's that can be met within what is left of it. */
function grouped(visits: readonly PlannedVisit[]): readonly Group[] {
  const groups: Group[] = [];
  for (const visit of visits) {
    const index = groups.findIndex((group) => meets(group, visit));
    const group = groups[index];
    if (group === undefined) groups.push({ visits: [visit], from: visit.from, latest: visit.latest });
    else {
      const window = { from: later(group.from, visit.from), latest: earlier(group.latest, visit.latest) };
      groups[index] = { visits: [...group.visits, visit], ...window };
    }
  }
  return groups;
}

const meets = (group: Group, { pathwayId, from, latest }: PlannedVisit): boolean =>
  group.visits.every((visit) => visit.pathwayId !== pathwayId) &&
  later(group.from, from) <= earlier(group.latest, latest);

/** Booked visits keep their days; the others take what room is left, those that must be done first before the rest. */
function place(groups: readonly Group[], { perWeek }: MergeRules): readonly MergedVisit[] {
  const load = new Map<string, number>();
  const count = (day: string): void => {
    const week = weekOf(day);
    load.set(week, (load.get(week) ?? 0) + 1);
  };
  for (const { booked } of groups.flatMap((group) => bookedOf(group).slice(0, 1))) if (booked) count(booked.day);
  return groups.map((group) => {
    const [booked] = bookedOf(group);
    if (booked?.booked !== undefined) return visitOf(group, booked.booked.day, true);
    const day = roomyDay(group, (candidate) => (load.get(weekOf(candidate)) ?? 0) < perWeek);
    count(day);
    return visitOf(group, day, false);
  });
}

const bookedOf = ({ visits }: Group): readonly PlannedVisit[] =>
  visits
    .filter(({ booked }) => booked !== undefined)
    .sort((a, b) => byText(a.booked?.startsAt ?? '', b.booked?.startsAt ?? '') || byText(keyOf(a), keyOf(b)));

function visitOf({ visits, from, latest }: Group, day: string, isBooked: boolean): MergedVisit {
  const [first] = visits;
  const origins = visits.map(originOf);
  return { kind: first?.kind ?? 'appointment', what: first?.what ?? '', from, latest, day, isBooked, origins };
}

/** The wanted day where its week has room, else a day of the nearest week within the window that has. */
function roomyDay({ visits, from, latest }: Group, hasRoom: (day: string) => boolean): string {
  const targets = visits.map(({ target }) => target).filter((target) => target !== undefined);
  const wanted = earlier(later(targets.sort()[0] ?? latest, from), latest);
  if (hasRoom(wanted)) return wanted;
  for (let weeks = 1; weeks <= WEEKS_MAX; weeks += 1) {
    for (const count of [-weeks, weeks]) {
      const day = earlier(later(addSpan(wanted, { count: 7 * count, unit: 'd' }, 'FR'), from), latest);
      if (weekOf(day) !== weekOf(wanted) && hasRoom(day)) return day;
    }
  }
  return wanted;
}

/** Nobody looks for room further away than that. */
const WEEKS_MAX = 26;

/** The Monday of a civil day's week. */
export function weekOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return new Date(Date.parse(`${day}T00:00:00Z`) - weekday * 86_400_000).toISOString().slice(0, 10);
}

const originsOf = (visits: readonly MergedVisit[]): readonly Origin[] => visits.flatMap(({ origins }) => origins);

function overBudget(visits: readonly MergedVisit[], { perWeek }: MergeRules): readonly PlanConflict[] {
  const weeks = [...Map.groupBy(visits, ({ day }) => weekOf(day))].sort(([a], [b]) => byText(a, b));
  return weeks.flatMap(([week, all]): PlanConflict[] =>
    all.length > perWeek ? [{ conflict: 'over-budget', week, count: all.length, origins: originsOf(all) }] : [],
  );
}

function sameDay(visits: readonly MergedVisit[], { apart }: MergeRules): readonly PlanConflict[] {
  const clashes = (a: MergedVisit, b: MergedVisit): boolean =>
    apart.some(([one, two]) => (a.what === one && b.what === two) || (a.what === two && b.what === one));
  const days = [...Map.groupBy(visits, ({ day }) => day)].sort(([a], [b]) => byText(a, b));
  return days.flatMap(([day, all]): PlanConflict[] => {
    const clashing = all.filter((visit) => all.some((other) => other !== visit && clashes(visit, other)));
    return clashing.length === 0 ? [] : [{ conflict: 'same-day', day, origins: originsOf(clashing) }];
  });
}

function twice(groups: readonly Group[]): readonly PlanConflict[] {
  return groups.flatMap((group): PlanConflict[] => {
    const booked = bookedOf(group);
    const days = new Set(booked.map((visit) => visit.booked?.startsAt));
    if (days.size < 2) return [];
    const origins = booked.map(originOf);
    return [{ conflict: 'booked-twice', what: booked[0]?.what ?? '', origins }];
  });
}
