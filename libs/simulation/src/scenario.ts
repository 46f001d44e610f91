import type { HolidayTerritory } from '@ariane/kernel';
import { type CompiledStep, type FactValue, type Planner, plannerOf, type Protocol } from '@ariane/protocol';
import type { Assumptions, Habit } from './assumptions';
import type { WorkCalendar } from './calendar';
import { comparisonsOf, conditionsOf, type Draws, drawsOf, isDoing, purposeOf } from './values';

type CompiledDoing = Extract<CompiledStep, { readonly doneBy: unknown }>;
type Match = CompiledDoing['doneBy'][number];

/** How the world treats one step of the protocol. */
export interface Act {
  readonly stepId: string;
  /** What the step's luck is called by. */
  readonly purpose: number;
  readonly habit: Required<Omit<Habit, 'days'>> & Pick<Habit, 'days'>;
  readonly done: Match;
  /** What may be told instead when an attempt comes to nothing. */
  readonly fails: readonly Match[];
  /** The codes recorded with it. */
  readonly records: readonly string[];
  /** Everything it takes: rooms and machines, the role, the type of meeting. */
  readonly resources: readonly string[];
  readonly minutes: number;
  /** Another step counts from the date it is booked for. */
  readonly isBookingTold: boolean;
  /** The step in whose name a condition of this one reads a code. */
  readonly reads: ReadonlyMap<string, string | undefined>;
}

/** A fact that comes by itself: a death, a symptom. */
interface Outside {
  readonly code: string;
  readonly perYear: number;
  readonly purpose: number;
  readonly in: readonly FactValue[] | undefined;
}

/** One protocol among what is assumed of the world, ready for any number of patients. */
export interface Scenario {
  readonly protocol: Protocol;
  readonly assumptions: Assumptions;
  readonly calendar: WorkCalendar;
  readonly planner: Planner;
  /** By id of step. */
  readonly acts: ReadonlyMap<string, Act>;
  readonly draws: Draws;
  /** Codes that are found anew each time; the others stay what they were for a patient. */
  readonly changing: ReadonlySet<string>;
  readonly outside: readonly Outside[];
  /** The steps that give a code. */
  readonly givers: ReadonlyMap<string, readonly string[]>;
}

const fallback = { ofTarget: 0.8, spread: 0.4, fails: 0, forgotten: 0, chasedDays: 7 } as const;

/** Ends that no file speaks of are rare; what starts or reopens a step is not. */
const rareEnd = 0.005;
const commonEvent = 0.2;

export function scenarioOf(
  protocol: Protocol,
  assumptions: Assumptions,
  calendar: WorkCalendar,
  place: { readonly timeZone: string; readonly holidays: HolidayTerritory },
): Scenario {
  const acts = new Map<string, Act>();
  for (const step of protocol.steps.values()) {
    if (isDoing(step)) acts.set(step.document.id, actOf(step, protocol, assumptions));
  }
  const givers = giversOf(acts);
  return {
    protocol,
    assumptions,
    calendar,
    planner: plannerOf(protocol, place),
    acts,
    draws: drawsOf(protocol, assumptions.values ?? {}),
    changing: changingIn(protocol),
    givers,
    outside: outsideOf(protocol, assumptions, givers),
  };
}

function actOf(step: CompiledDoing, protocol: Protocol, { kinds, steps }: Assumptions): Act {
  const { document } = step;
  const { id, kind } = document;
  const [done] = step.doneBy;
  const ownFails = step.failedBy.filter(({ of }) => of === undefined || of === 'any' || of === id);
  const recorded = document.records ?? [];
  return {
    stepId: id,
    purpose: purposeOf(id),
    habit: { ...fallback, ...(kinds?.[kind] ?? kinds?.['other']), ...steps?.[id] },
    done: done ?? { fact: 'task.done' },
    fails: ownFails,
    records: recorded.filter((code) => code !== done?.fact && !ownFails.some(({ fact }) => fact === code)),
    resources: resourcesOf(document),
    minutes: document.kind === 'appointment' ? document.durationMinutes : 0,
    isBookingTold: isBookingTold(id, protocol),
    reads: new Map(
      conditionsOf(step)
        .flatMap(comparisonsOf)
        .map(({ path }) => [path.code, path.step]),
    ),
  };
}

function resourcesOf(document: CompiledDoing['document']): readonly string[] {
  const rooms = document.kind === 'appointment' ? (document.resources ?? []) : [];
  return [...rooms, ...(document.kind === 'meeting' ? [document.meetingType] : []), document.role];
}

const isBookingTold = (id: string, { steps }: Protocol): boolean =>
  [...steps.values()].some(({ start }) =>
    start.anchors.some((anchor) => anchor.kind === 'step' && anchor.step === id && anchor.date === 'planned'),
  );

function giversOf(acts: ReadonlyMap<string, Act>): ReadonlyMap<string, readonly string[]> {
  const givers = new Map<string, string[]>();
  for (const { stepId, done, fails, records } of acts.values()) {
    for (const code of new Set([done.fact, ...fails.map(({ fact }) => fact), ...records])) {
      givers.set(code, [...(givers.get(code) ?? []), stepId]);
    }
  }
  return givers;
}

/** What a step records that comes again: a symptom, a measurement. */
const changingIn = ({ steps }: Protocol): ReadonlySet<string> =>
  new Set(
    [...steps.values()]
      .filter(isDoing)
      .filter(({ series, again }) => series.kind !== 'once' || again.length > 0)
      .flatMap(({ document }) => document.records ?? []),
  );

/** What no step gives and the protocol nevertheless speaks of: ends, starts, and what fails or reopens a step. */
function outsideOf(
  { ends, steps }: Protocol,
  { perYear }: Assumptions,
  givers: ReadonlyMap<string, readonly string[]>,
): readonly Outside[] {
  const found = new Map<string, Outside>();
  const note = (code: string, rate: number, values: readonly FactValue[] | undefined): void => {
    if (givers.has(code) || found.has(code)) return;
    const rated = perYear?.[code] ?? rate;
    found.set(code, { code, perYear: rated, purpose: purposeOf(`outside ${code}`), in: values });
  };
  for (const end of ends) if (end.status !== 'COMPLETED') note(end.fact, rareEnd, end.in);
  for (const step of steps.values()) {
    for (const anchor of step.start.anchors) if (anchor.kind === 'fact') note(anchor.code, commonEvent, undefined);
    if (isDoing(step)) for (const match of step.again) note(match.fact, commonEvent, match.in);
  }
  return [...found.values()];
}
