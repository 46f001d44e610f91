import { type Effect, effect } from '@ariane/store';
import { pathways, patients } from './aggregates.store';
import type { Pathway, PathwayCommand } from './pathway';
import type { Patient, PatientCommand } from './patient';
import { followPathway } from './pathway-follow';
import { planner } from './protocols.store';
import { ruleFactsOf, rulesFrom } from './rule-facts';

const patientId = '01890a5d-ac96-7000-8000-000000000002';
const colorectal = '01890a5d-ac96-7000-8000-000000000011';
const ckd = '01890a5d-ac96-7000-8000-000000000012';
const now = '2026-04-20T08:00:00Z';

const register: PatientCommand = {
  type: 'RegisterPatient',
  id: patientId,
  familyName: 'ESSAI',
  givenNames: ['Ariane'],
  birthDate: '1955-05-17',
  sex: 'male',
  language: 'fr',
  identifiers: [],
  identifierHashes: [],
};
const ofPatient = (command: PatientCommand) => effect(patients, patientId, command);
const enrol = (pathwayId: string, protocolId: string) =>
  effect(pathways, pathwayId, {
    type: 'Enrol',
    pathwayId,
    patientId,
    protocol: { id: protocolId, version: 1, sha256: '0'.repeat(64) },
    reviewBy: '2027-06-30',
    contract: { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) },
    timeZone: 'Europe/Paris',
    holidays: 'FR',
    team: [{ practitionerId: 'coordinator', role: 'coordinator', ground: 'same-establishment' }],
    now: '2026-03-02T08:00:00Z',
  } satisfies PathwayCommand);
const folded = (pathwayId: string, code: string, value: string) =>
  effect(pathways, pathwayId, { type: 'FoldFacts', facts: [{ id: `${pathwayId}${code}`, code, at: now, value }] });
const creatinine = (value: number) =>
  ofPatient({
    type: 'RecordMeasurements',
    measurements: [
      { id: patientId, code: '2160-0', value, unit: 'umol/L', measuredAt: '2026-04-19T08:00:00Z', provenance: 'form' },
    ],
  });

/** What an event brings about on the patient and the pathways, as the write path has it follow. */
function following({ type, id }: Effect, event: never, state: never): readonly Effect[] {
  if (type.name === 'patient') return patients.follow?.(event, state, id, 'fr') ?? [];
  return followPathway(planner, event, state).flatMap((one) => (one.to === 'patient' ? [ofPatient(one.command)] : []));
}

/** The documents after these commands and all that follow from them. */
const after = (...given: readonly Effect[]) => carryOn(new Map(), given);

function carryOn(states: Map<string, object>, given: readonly Effect[]): Map<string, object> {
  const queue = [...given];
  for (const one of queue) {
    const before = states.get(one.id) as never; // as: an id has one type here, which its effect names
    for (const event of one.type.decide(before, one.command)) {
      const state = one.type.evolve(states.get(one.id) as never, event); // as: the same
      states.set(one.id, state);
      queue.push(...following(one, event as never, state as never)); // as: of the type that the effect names
    }
  }
  return states;
}

const pathwayIn = (states: ReadonlyMap<string, object>, id: string) => states.get(id) as Pathway; // as: made by `enrol`
const veinRule = (states: ReadonlyMap<string, object>, id: string) =>
  ruleFactsOf(rulesFrom({ ARIANE_MODE: 'test' }))(pathwayIn(states, id), now).find(
    ({ code }) => code === 'clinical-rule.vein-preservation',
  )?.value;

const both = [ofPatient(register), enrol(colorectal, 'colorectal'), enrol(ckd, 'ckd'), creatinine(90)];
const picc = folded(colorectal, 'venous-access.foreseen', 'picc');
const stage = folded(ckd, 'ckd.stage', '4');

describe('H9: what a patient’s other pathway foresees', () => {
  it('asks in both pathways about a PICC where the other foresees a fistula, whichever comes first', () => {
    for (const facts of [
      [picc, stage],
      [stage, picc],
    ]) {
      const states = after(...both, ...facts);
      expect([colorectal, ckd].map((id) => veinRule(states, id))).toEqual(['review', 'review']);
    }
    expect(veinRule(after(...both, picc), colorectal)).toBe('no-review');
  });

  it('is told to a pathway that begins later', () => {
    const later = [ofPatient(register), enrol(ckd, 'ckd'), creatinine(90), stage, enrol(colorectal, 'colorectal')];
    expect(veinRule(after(...later, picc), colorectal)).toBe('review');
  });

  it('unsettles the other pathway, so that its plan is read again', () => {
    const states = after(...both, stage);
    expect(pathwayIn(states, colorectal).facts.at(-1)).toMatchObject({ code: 'elsewhere/ckd/ckd.stage', value: '4' });
    expect(pathwayIn(states, colorectal).settled).toBe(false);
  });

  it('is told once, under a code that meets no condition, and only what the rule reads', () => {
    const states = after(...both, stage, stage, folded(ckd, 'proposal.outcome', 'refused'));
    const codes = pathwayIn(states, colorectal).facts.map(({ code }) => code);
    expect(codes).toEqual(['creatinine', 'elsewhere/ckd/ckd.stage']);
    expect((states.get(patientId) as Patient).shared).toHaveLength(1); // as: made by `register`
  });

  it('counts no longer once it was taken back there', () => {
    const code = 'kidney-replacement.choice';
    const states = after(...both, picc, folded(ckd, code, 'haemodialysis'));
    expect(veinRule(states, colorectal)).toBe('review');
    const about = { pathwayId: ckd, patientId, factId: `${ckd}${code}`, code };
    const event = { type: 'FactWithdrawn', data: { ...about, by: 'nurse', reason: 'mistaken', at: now } } as const;
    const [told, state] = [event as never, pathwayIn(states, ckd) as never]; // as: of a pathway, like the effect
    const follows = following(folded(ckd, code, ''), told, state);
    expect(veinRule(carryOn(states, follows), colorectal)).toBe('no-review');
  });

  it('counts with the register’s conditions, which hold in every pathway', () => {
    const condition = { id: patientId, system: 'ICD-10', code: 'N18.5', provenance: 'form' };
    const states = after(...both, picc, ofPatient({ type: 'RecordConditions', conditions: [condition] }));
    expect(veinRule(states, colorectal)).toBe('review');
    const other = { ...condition, code: 'C18.7' };
    const without = after(...both, picc, ofPatient({ type: 'RecordConditions', conditions: [other] }));
    expect(veinRule(without, colorectal)).toBe('no-review');
  });
});
