import type { HolidayTerritory } from '@ariane/kernel';
import type { Protocol } from '@ariane/protocol';
import { type Assumptions, assumed } from './assumptions';
import { calendarOf, weekMs } from './calendar';
import { chanceOf, hashOf, patientRoot } from './chance';
import type { Course } from './course';
import { live } from './patient';
import { queueOf } from './queue';
import { type Scenario, scenarioOf } from './scenario';
import { addTally, count, countMeasures, emptyTally, type Measures, measuresOf, type Tally } from './tally';

/** What a simulation is asked. */
export interface StudySettings {
  readonly patients: number;
  readonly years: number;
  /** Any text; the same one gives the same figures, whatever the machine and its threads. */
  readonly seed: string;
  /** The civil day of the first enrolment. */
  readonly from: string;
  readonly timeZone: string;
  readonly holidays: HolidayTerritory;
  readonly assumptions?: Assumptions;
}

/** One protocol of a study, or two side by side over the same patients and the same luck. */
export interface Study {
  readonly settings: StudySettings;
  readonly sides: readonly Scenario[];
  /** Parts that know nothing of each other; each is played whole by one thread. */
  readonly cells: number;
}

/** Counts of a part, or of all: one tally a side, and the paired differences (second less first) of the measures. */
export interface Outcome {
  readonly sides: readonly Tally[];
  readonly differences: Tally['measures'];
}

/** Further figures of a patient, such as what the pathway costs; by name. */
export type Measuring = (course: Course, scenario: Scenario) => Measures;

const freeCells = 64;

export function studyOf(settings: StudySettings, protocols: readonly Protocol[]): Study {
  const { from, timeZone, holidays, years } = settings;
  const assumptions = assumed(settings.assumptions);
  const calendar = calendarOf(from, Math.ceil((years * 365.25) / 7), timeZone, holidays);
  const sides = protocols.map((protocol) => scenarioOf(protocol, assumptions, calendar, { timeZone, holidays }));
  const isShort = Object.keys(assumptions.capacity ?? {}).length > 0;
  return { settings, sides, cells: isShort ? (assumptions.centres ?? 1) : freeCells };
}

/**
 * Lets the patients of one cell live. Where capacity is given, a cell is a centre: its patients share its room in the
 * order in which they enrolled (see `queueOf`), and those of other centres never meet them. The time is linear in the
 * patients, the memory that of one patient and the counts.
 *
 * @param cell from 0 to `study.cells - 1`
 */
export function playCell(study: Study, cell: number, measuring: Measuring = () => ({})): Outcome {
  const { settings, sides, cells } = study;
  const seed = hashOf(settings.seed);
  const queues = sides.map(({ assumptions, calendar }) =>
    queueOf(assumptions.capacity ?? {}, { centre: cell, centres: cells, weeks: calendar.weeks }),
  );
  const outcome = emptyOutcome(sides.length);
  for (let index = cell; index < settings.patients; index += cells) {
    const root = patientRoot(seed, index);
    const measured = sides.map((scenario, side) => {
      const queue = queues[side] ?? queueOf({}, { centre: 0, centres: 1, weeks: 1 });
      const course = live(scenario, queue, root, enrolmentOf(scenario, settings.patients, index, root));
      const measures = { ...measuresOf(course), ...measuring(course, scenario) };
      const tally = outcome.sides[side];
      if (tally) count(tally, course, measures);
      return measures;
    });
    const [first, second] = measured;
    if (first && second) countMeasures({ measures: outcome.differences }, differenceOf(first, second));
  }
  return outcome;
}

/** Evenly over the weeks of enrolment, in the order of the index. */
function enrolmentOf({ assumptions, calendar }: Scenario, patients: number, index: number, root: number): number {
  const window = Math.min(assumptions.enrolmentWeeks ?? calendar.weeks, calendar.weeks) * weekMs;
  return calendar.placed(calendar.startMs + (window * (index + chanceOf(root, enrolling, 0))) / patients);
}

const enrolling = 0x7f4a7c15;

/** Of what both have: a milestone that one of them did not reach has no difference. */
const differenceOf = (first: Measures, second: Measures): Measures =>
  Object.fromEntries(
    Object.entries(second).flatMap(([name, value]) => {
      const before = first[name];
      return before === undefined ? [] : [[name, value - before] as const];
    }),
  );

const emptyOutcome = (sides: number): Outcome => ({
  sides: Array.from({ length: sides }, emptyTally),
  differences: {},
});

/** Adds up all cells, in their order. */
export function totalOf(outcomes: readonly Outcome[]): Outcome {
  const total = emptyOutcome(outcomes[0]?.sides.length ?? 0);
  const differences = { ...emptyTally(), measures: total.differences };
  for (const outcome of outcomes) {
    total.sides.forEach((tally, side) => {
      const other = outcome.sides[side];
      if (other) addTally(tally, other);
    });
    addTally(differences, { ...emptyTally(), measures: outcome.differences });
  }
  return total;
}
