import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codesOf, type Measurement } from './reading';
import { renalDrugs } from './renal-drugs';
import { type Assessed, type Missing, type NotAssessed, rulesVersion } from './result';
import { clinicalRules } from './switch';

const rules = clinicalRules({ enabled: true, clinician: 'Dr Essai', status: 'research' });
const now = '2026-03-10T09:00:00Z';

const strange = fc.constantFrom('', 'constructor', '__proto__', '9999-99-99', '2026-03-09', 'not a day');
const instant = fc.oneof(
  strange,
  fc
    .date({ min: new Date('2024-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString()),
);
const measurement: fc.Arbitrary<Measurement> = fc.record({
  code: fc.oneof(fc.constantFrom(...Object.values(codesOf).flat()), strange),
  value: fc.oneof(fc.double(), fc.constantFrom(0, -1, 1.3, 22, 62, 118)),
  unit: fc.oneof(fc.constantFrom('umol/L', 'mg/dL', 'kg', '[lb_av]', 'ng/mL', 'mg/g', 'mL/min'), strange),
  measuredAt: instant,
});
const person = fc.record(
  {
    birthDate: fc.oneof(strange, fc.constantFrom('1947-06-01', '2015-01-01', '2030-01-01', '1700-01-01')),
    sex: fc.constantFrom<'male' | 'female' | 'unknown'>('male', 'female', 'unknown'),
    measurements: fc.array(measurement, { maxLength: 12 }),
    onDialysis: fc.boolean(),
    amputated: fc.boolean(),
  },
  { requiredKeys: ['birthDate', 'sex', 'measurements'] },
);
const drug = fc.oneof(fc.constantFrom(...renalDrugs.keys(), 'ibuprofen', 'ramipril', 'fluorouracil'), strange);
const fact = fc.record({
  code: fc.oneof(fc.constantFrom('venous-access.foreseen', 'ckd.stage', 'patient.on-dialysis'), strange),
  at: instant,
  value: fc.oneof(fc.constantFrom('picc', 'fistula', '4', true, false), fc.double(), strange),
});
const pathway = fc.record({ protocolId: strange, facts: fc.array(fact, { maxLength: 6 }) });

type Result = Assessed<unknown> | NotAssessed | Missing;

const finite = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).every(finite)
    : typeof value !== 'number' || Number.isFinite(value);

function expectAnswer(result: Result): void {
  expect(result.forReview).toBe(true);
  expect(result.version).toBe(rulesVersion);
  switch (result.status) {
    case 'assessed':
      expect(finite(result.value) && finite(result.inputs)).toBe(true);
      expect(result.source).not.toBe('');
      if (result.value === 'review') expect(result.reviewers.length * result.reasons.length).toBeGreaterThan(0);
      if (result.value === 'no-review') expect(result.reasons).not.toEqual([]);
      return;
    case 'not-assessed':
      expect(result.why).not.toBe('');
      return;
    case 'missing':
      expect(result.what).not.toEqual([]);
  }
}

describe('H7: whatever it is given, a rule answers with value and reasons, or says what it does not know', () => {
  it('from a person, drugs and pathways of any kind', () => {
    fc.assert(
      fc.property(person, fc.array(drug), fc.array(pathway, { maxLength: 4 }), (facts, drugs, pathways) => {
        const { birthDate } = facts;
        const scores = facts.measurements.map(({ value, measuredAt }) => ({ value, answeredAt: measuredAt }));
        const conditions = ['N18.4', ''];
        const answers: Result[] = [
          ...drugs.flatMap((one) => [
            rules.renalDoseReview(one, facts, now),
            rules.nephrotoxicReview(one, drugs, facts, now),
            rules.uracilReview(one, facts, now),
          ]),
          rules.g8Due({ birthDate }, now),
          rules.g8Review({ birthDate, scores }, now),
          rules.creatinineTrend(facts, now),
          rules.veinPreservation(pathways, conditions, facts, now),
          rules.contrastReview(facts, drugs, now),
          rules.ckdInclusion(facts, now),
          rules.kidneyFailureRisk(facts, now),
        ];
        for (const answer of answers) expectAnswer(answer);
      }),
      { numRuns: 500 },
    );
  });

  it('in the same words whatever the order in which measurements came', () => {
    fc.assert(
      fc.property(person, fc.infiniteStream(fc.nat()), (facts, chance) => {
        const dated = facts.measurements.map((one, index) => ({ ...one, measuredAt: `2026-03-0${(index % 9) + 1}` }));
        const keyed = dated.map((one) => [Number(chance.next().value), one] as const);
        const shuffled = [...keyed].sort(([a], [b]) => a - b).map(([, one]) => one);
        const trend = (measurements: readonly Measurement[]) => rules.creatinineTrend({ ...facts, measurements }, now);
        const unique = new Map(dated.map((one) => [`${one.code}${one.measuredAt}`, one]));
        const kept = (all: readonly Measurement[]) => all.filter((one) => [...unique.values()].includes(one));
        expect(trend(kept(shuffled))).toEqual(trend(kept(dated)));
      }),
    );
  });

  it('never "no review" once the kidney function was made unknown', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('mg%', '', 'µmol/l'),
        fc.double({ min: 20, max: 120, noNaN: true }),
        fc.constantFrom('carboplatin', 'cisplatin', 'metformin'),
        (unit, value, name) => {
          const at = '2026-03-09T07:30:00Z';
          const measurements = [
            { code: '2160-0', value, unit, measuredAt: at },
            { code: '2160-0', value: 60, unit: 'umol/L', measuredAt: '2026-02-20T07:30:00Z' },
            { code: '29463-7', value: 80, unit: 'kg', measuredAt: at },
          ];
          const facts = { birthDate: '1980-01-01', sex: 'male' as const, measurements };
          const answers = [
            rules.renalDoseReview(name, facts, now),
            rules.creatinineTrend(facts, now),
            rules.contrastReview(facts, [name], now),
            rules.ckdInclusion(facts, now),
          ];
          for (const answer of answers) expect(answer.status).toBe('missing');
        },
      ),
    );
  });
});

it('the version told with each result is that of the package and the newest of its changes', () => {
  const textOf = (file: string) => readFileSync(join(__dirname, '..', file), 'utf8');
  expect(textOf('package.json')).toContain(`"version": "${rulesVersion}"`);
  expect(/^## (.+)$/m.exec(textOf('CHANGELOG.md'))?.[1]).toBe(rulesVersion);
});
