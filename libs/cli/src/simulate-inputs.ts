import { loadContract } from '@ariane/capitation';
import { loadProtocol } from '@ariane/protocol';
import { type Assumptions, type Measuring, type Study, type StudySettings, studyOf } from '@ariane/simulation';
import { costOf } from './simulate-cost';

/** All that a simulation needs, as plain data, so that every thread can build the same study from it. */
export interface SimulationInputs {
  readonly settings: StudySettings;
  /** The texts of one or two protocols. */
  readonly protocols: readonly string[];
  /** The payment contract's document. */
  readonly contract: unknown;
}

/** Throws PROTOCOL_INVALID, CONTRACT_INVALID and their like. */
export function preparedOf({ settings, protocols, contract }: SimulationInputs): {
  readonly study: Study;
  readonly measuring: Measuring;
} {
  const study = studyOf(
    settings,
    protocols.map((text) => loadProtocol(text)),
  );
  return { study, measuring: contract === undefined ? () => ({}) : costOf(loadContract(contract)) };
}

/** So many patients are told of at once: often enough for the eyes, seldom enough to cost nothing. */
const toldAtOnce = 100;

/** Measures, and tells of every hundred patients that have been played. */
export function countedIn({ sides }: Study, measuring: Measuring, tell: (patients: number) => void): Measuring {
  let played = 0;
  return (course, scenario) => {
    if (scenario === sides.at(-1)) {
      played += 1;
      if (played % toldAtOnce === 0) tell(toldAtOnce);
    }
    return measuring(course, scenario);
  };
}

/** The first Monday of the year in which the example contracts are valid: a fixed day, so that figures can be repeated. */
export const defaultStart = '2026-01-05';

/** The settings of a run in metropolitan France. */
export const settingsOf = (given: {
  readonly patients: number;
  readonly years: number;
  readonly seed: string;
  readonly from: string;
  readonly assumptions: Assumptions | undefined;
}): StudySettings => ({ ...given, timeZone: 'Europe/Paris', holidays: 'FR' });
