import { uuidv5 } from '@ariane/kernel';
import { loadProtocol } from '@ariane/protocol';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewFact, Pathway, PathwayCommand, PathwayEvent } from './pathway';
import { pathwayDecider } from './pathway-decider';
import { libraryOf, plannerOf } from './planner';
import { ruleFactsOf, rulesFrom } from './rule-facts';

const protocol = loadProtocol(readFileSync(join(__dirname, '..', 'protocols', 'breast-cancer.json'), 'utf8'));
const rules = ruleFactsOf(rulesFrom({ ARIANE_MODE: 'test' }));
const decider = pathwayDecider(plannerOf(libraryOf([protocol]), rules));

const pathwayId = '01890a5d-ac96-7000-8000-000000000001';
const patientId = '01890a5d-ac96-7000-8000-000000000002';
const nurse = '01890a5d-ac96-7000-8000-000000000003';
const machine = '2026-11-23T10:00:00.000Z';

/** What people and services answer to a step that is due, beside the fact of its kind. */
const results: Readonly<Record<string, readonly Pick<NewFact, 'code' | 'value' | 'unit'>[]>> = {
  imaging: [{ code: 'imaging.acr', value: 5 }],
  pathology: ['er', 'pr', 'her2']
    .map((code) => ({ code, value: 'positive' }))
    .concat([{ code: 'biopsy.result', value: 'malignant' }]),
  announcement: [{ code: 'disclosure.announced' }],
  'meeting-1': [{ code: 'meeting.decision', value: 'SURGERY_FIRST' }],
  'meeting-2': [{ code: 'meeting.decision', value: 'CHEMOTHERAPY_RADIOTHERAPY' }],
};
const outcomes: Readonly<Record<string, string>> = { 'care-plan': 'accepted', 'chemo-check': 'go' };
const kinds = {
  appointment: 'appointment.attended',
  'tele-expertise': 'opinion.given',
  meeting: 'case.decided',
  task: 'task.done',
  questionnaire: 'questionnaire.answered',
  document: 'document.signed',
} as const;

/** Lives a patient's course: whatever is due is done an hour later, and time goes on only when nothing is. */
function live(creatinine: number, until: (state: Pathway) => boolean) {
  const events: PathwayEvent[] = [];
  let state: Pathway | undefined;
  let now = '2026-03-02T08:00:00.000Z';
  const run = (command: PathwayCommand) => {
    const fresh = decider.decide(state, command);
    for (const event of fresh) state = decider.evolve(state, event);
    events.push(...fresh);
    return fresh;
  };
  const measured = (code: string, value: number, unit: string): NewFact => ({
    id: uuidv5(pathwayId, code + now),
    code,
    at: now,
    value,
    unit,
  });
  run({
    type: 'Enrol',
    pathwayId,
    patientId,
    protocol: { id: 'breast-cancer', version: protocol.document.version, sha256: protocol.sha256 },
    reviewBy: protocol.document.reviewBy,
    contract: { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) },
    timeZone: 'Europe/Paris',
    holidays: 'FR',
    team: [{ practitionerId: nurse, role: 'IDEC', ground: 'same-establishment' }],
    now,
  });
  run({ type: 'FoldPatient', person: { birthDate: '1948-01-01', sex: 'female' }, facts: [] });
  const hasEnded = () => state?.status !== 'ACTIVE';
  for (let turn = 0; turn < 400 && state!.status === 'ACTIVE' && !until(state!); turn += 1) {
    run({ type: 'Advance', now: { care: now, machine } });
    if (hasEnded()) break;
    expect(decider.decide(state, { type: 'Advance', now: { care: now, machine } })).toEqual([]);
    const due = state!.steps.filter(
      ({ status, waitingFor, kind }) =>
        (status === 'due' || status === 'late') && waitingFor.length === 0 && kind !== 'wait',
    );
    if (due.length === 0) {
      expect(state!.wakeAt).not.toBeNull();
      expect(Date.parse(state!.wakeAt!)).toBeGreaterThan(Date.parse(now));
      now = state!.wakeAt!;
      continue;
    }
    now = new Date(Date.parse(now) + 3_600_000).toISOString();
    for (const { key, kind } of due) {
      const [id = key] = key.split('#');
      const fact = (code: string, value?: NewFact['value']): NewFact => ({
        id: uuidv5(pathwayId, `${key}/${code}/${now}`),
        code,
        at: now,
        stepKey: key,
        by: nurse,
        ...(value === undefined ? {} : { value }),
      });
      const kindOf = kind as keyof typeof kinds;
      const more = (results[id] ?? []).map(({ code, value }) => fact(code, value));
      const kidney =
        id === 'chemo-check'
          ? [measured('creatinine', creatinine, 'umol/L'), measured('patient.weight', 62, 'kg')]
          : [];
      const drugs = id === 'care-plan' ? [fact('treatment.drugs', 'carboplatin, docetaxel')] : [];
      run({ type: 'FoldFacts', facts: [fact(kinds[kindOf], outcomes[id]), ...more, ...kidney, ...drugs] });
    }
  }
  return { state: state!, events };
}
const told = (events: readonly PathwayEvent[], type: string) => events.filter((event) => event.type === type);
const keysTold = (events: readonly PathwayEvent[], type: string) =>
  told(events, type).map(({ data }) => ('stepKey' in data ? data.stepKey : undefined));

describe('the course of the shipped protocol', () => {
  it('comes to its end when everybody does what is due, each milestone reached once', () => {
    const { state, events } = live(60, () => false);
    expect(state).toMatchObject({ status: 'COMPLETED', disclosure: 'ANNOUNCED', asks: [], wakeAt: null });
    expect(state.milestones).toEqual(['diagnosis', 'surgery', 'treatment-end', 'follow-up-year-1']);
    expect(told(events, 'MilestoneReached')).toHaveLength(4);
    expect(new Set(keysTold(events, 'StepDone')).size).toBe(told(events, 'StepDone').length);
  });

  it('opens the dose review when the kidney asks for it, and not otherwise', () => {
    const chemotherapy = ({ steps }: Pathway) =>
      steps.some(({ key, status }) => key === 'chemo-cycle#1' && status === 'done');
    expect(keysTold(live(118, chemotherapy).events, 'StepDue')).toContain('chemo-dose-review#1');
    expect(keysTold(live(60, chemotherapy).events, 'StepDue')).not.toContain('chemo-dose-review#1');
  });
});
