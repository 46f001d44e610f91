import { uuidv5 } from '@ariane/kernel';
import { loadProtocol, type Protocol } from '@ariane/protocol';
import type { NewFact, Pathway, PathwayCommand, PathwayEvent, Planner } from './pathway';
import { pathwayDecider } from './pathway-decider';
import { type Follow, followPathway } from './pathway-follow';
import { libraryOf, plannerOf } from './planner';
import { smallProtocol } from './protocol.fixture';
import { ruleFactsOf, rulesFrom } from './rule-facts';

export const pathwayId = '01890a5d-ac96-7000-8000-000000000001';
export const patientId = '01890a5d-ac96-7000-8000-000000000002';
export const nurse = '01890a5d-ac96-7000-8000-000000000003';
export const surgeon = '01890a5d-ac96-7000-8000-000000000004';
export const start = '2026-03-02T08:00:00.000Z';

type Steps = Protocol['document']['steps'];

/** The small protocol's next version, with steps of one's own. */
export function smallVersion(version: number, change: (steps: Steps) => readonly object[]): Protocol {
  return loadProtocol({ ...smallProtocol.document, version, steps: change(smallProtocol.document.steps) });
}

export const pinOf = ({ document: { id, version }, sha256 }: Protocol) => ({ id, version, sha256 });

export const enrol: Extract<PathwayCommand, { type: 'Enrol' }> = {
  type: 'Enrol',
  pathwayId,
  patientId,
  protocol: pinOf(smallProtocol),
  reviewBy: '2027-06-30',
  contract: { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) },
  timeZone: 'Europe/Paris',
  holidays: 'FR',
  team: [
    { practitionerId: nurse, role: 'IDEC', ground: 'same-establishment' },
    { practitionerId: surgeon, role: 'SUR', ground: 'same-establishment' },
  ],
  now: start,
};

export const fact = (code: string, at: string, more: Partial<NewFact> = {}): NewFact => ({
  id: uuidv5(pathwayId, `${code}/${at}`),
  code,
  at,
  ...more,
});
export const fold = (...facts: NewFact[]): PathwayCommand => ({ type: 'FoldFacts', facts });
export const advanceAt = (care: string): PathwayCommand => ({
  type: 'Advance',
  now: { care, machine: '2026-11-23T10:00:00.000Z' },
});

export const plannerWith = (...protocols: Protocol[]): Planner =>
  plannerOf(libraryOf(protocols), ruleFactsOf(rulesFrom({})));

/** One pathway's life: commands in their order, and what became of them. */
export function lived(planner: Planner, ...commands: PathwayCommand[]) {
  const decider = pathwayDecider(planner);
  const events: PathwayEvent[] = [];
  let last: readonly PathwayEvent[] = [];
  let follows: Follow[] = [];
  let state: Pathway | undefined;
  for (const command of commands) {
    last = decider.decide(state, command);
    follows = [];
    for (const event of last) {
      const after = decider.evolve(state, event);
      state = after;
      follows.push(...followPathway(planner, event, after));
    }
    events.push(...last);
  }
  if (state === undefined) throw new Error('A life begins with its enrolment.');
  const { steps } = state;
  return { state, events, last, follows, step: (key: string) => steps.find((one) => one.key === key) };
}
