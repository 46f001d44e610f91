import type { KidneyFacts } from './kidney-function';
import { type PatientPathway, veinPreservation } from './vein-preservation';

const now = '2026-03-10T09:00:00Z';
const fact = (code: string, value?: string | number | boolean, at = '2026-03-01T08:00:00Z') => ({ code, at, value });
const pathway = (protocolId: string, ...facts: ReturnType<typeof fact>[]): PatientPathway => ({ protocolId, facts });
const patient = (umolL?: number): KidneyFacts => ({
  birthDate: '1960-01-15',
  sex: 'male',
  measurements:
    umolL === undefined ? [] : [{ code: '2160-0', value: umolL, unit: 'umol/L', measuredAt: '2026-03-09T07:30:00Z' }],
});
const colorectal = pathway('colorectal', fact('venous-access.foreseen', 'picc'));
const kidney = (...facts: ReturnType<typeof fact>[]) => pathway('ckd', ...facts);

describe('H9: no PICC where a fistula is foreseeable', () => {
  it.each([
    ['stage 4', kidney(fact('ckd.stage', '4'))],
    ['stage 5', kidney(fact('ckd.stage', 5))],
    ['a dialysis access is planned', kidney(fact('dialysis.access-planned'))],
    ['kidney replacement is planned', kidney(fact('kidney-replacement.choice', 'haemodialysis'))],
    ['on dialysis', kidney(fact('patient.on-dialysis', true))],
    ['fistula foreseen', kidney(fact('venous-access.foreseen', 'fistula'))],
  ])('in another pathway: %s', (reason, other) => {
    expect(veinPreservation([colorectal, other], [], patient(80), now)).toMatchObject({
      value: 'review',
      reasons: [`${reason} (ckd)`],
      reviewers: ['NEP'],
      inputs: { piccForeseenIn: 'colorectal' },
    });
  });

  it.each(['N18.4', 'N185', 'Z99.2', 'Z94.0', '431857002'])('by the condition %s', (code) => {
    expect(veinPreservation([colorectal], [code], patient(80), now)).toMatchObject({ value: 'review' });
    expect(veinPreservation([colorectal], ['N18.3', 'C18'], patient(80), now)).toMatchObject({ value: 'no-review' });
  });

  it('by an eGFR below 30, and never cleared on an eGFR that is unknown', () => {
    expect(veinPreservation([colorectal], [], patient(250), now)).toMatchObject({ value: 'review' });
    expect(veinPreservation([colorectal], [], patient(80), now)).toMatchObject({ value: 'no-review' });
    expect(veinPreservation([colorectal], [], patient(), now)).toMatchObject({
      status: 'missing',
      what: [{ fact: 'creatinine', reason: 'absent' }],
    });
  });

  it('is a review, not merely missing, when a fistula is foreseeable and the eGFR unknown', () => {
    const other = kidney(fact('ckd.stage', '4'));
    expect(veinPreservation([colorectal, other], [], patient(), now)).toMatchObject({ value: 'review' });
  });

  it('follows the last word: another access instead of the PICC, conservative care, no dialysis any more', () => {
    const port = pathway('colorectal', ...colorectal.facts.map(({ code, value }) => fact(code, String(value))), {
      ...fact('venous-access.foreseen', 'port', '2026-03-05T08:00:00Z'),
    });
    expect(veinPreservation([port, kidney(fact('ckd.stage', '5'))], [], patient(), now)).toMatchObject({
      value: 'no-review',
      reasons: ['no PICC is foreseen in any pathway'],
    });
    const quiet = kidney(fact('kidney-replacement.choice', 'conservative'), fact('patient.on-dialysis', false));
    expect(veinPreservation([colorectal, quiet], [], patient(80), now)).toMatchObject({ value: 'no-review' });
  });
});
