import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadProtocol, type Protocol } from '@ariane/protocol';
import { type Report, reportOf } from './report';
import { smallProtocol } from './small-protocol.fixture';
import { type Outcome, playCell, type StudySettings, studyOf, totalOf } from './study';

const breast = loadProtocol(
  readFileSync(join(__dirname, '../../../services/pathways/protocols/breast-cancer.json'), 'utf8'),
);
const usual: StudySettings = {
  patients: 60,
  years: 3,
  seed: 'thread',
  from: '2026-01-05',
  timeZone: 'Europe/Paris',
  holidays: 'FR',
};
const assumptions = { source: 'the tests' };
const staying = { 'patient.died': 0, 'patient.refused': 0, 'patient.transferred': 0 };

function outcomesOf(settings: StudySettings, protocols: readonly Protocol[]): readonly Outcome[] {
  const study = studyOf(settings, protocols);
  return Array.from({ length: study.cells }, (_, cell) => playCell(study, cell));
}

const outcomeOf = (settings: StudySettings, protocols: readonly Protocol[]): Outcome =>
  totalOf(outcomesOf(settings, protocols));

const reported = (settings: StudySettings, ...protocols: readonly Protocol[]): Report =>
  reportOf(studyOf(settings, protocols), outcomeOf(settings, protocols));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('a simulation', () => {
  it('gives the same figures for the same seed, whoever plays which cell and when', () => {
    const study = studyOf(usual, [breast]);
    const backwards = Array.from({ length: study.cells }, (_, cell) => playCell(study, study.cells - 1 - cell));
    expect(totalOf(backwards.reverse())).toEqual(outcomeOf(usual, [breast]));
  });

  it('gives other figures for another seed', () => {
    expect(outcomeOf({ ...usual, seed: 'other' }, [breast])).not.toEqual(outcomeOf(usual, [breast]));
  });

  it('gives a protocol the same figures whatever it is compared with', () => {
    const [beside] = outcomeOf(usual, [breast, smallProtocol()]).sides;
    expect(beside).toEqual(outcomeOf(usual, [breast]).sides[0]);
  });

  it.each([
    ['freely', undefined],
    ['where room is short', { ...assumptions, centres: 3, capacity: { 'rcp-senology': 1, mammograph: 2, IDEC: 9 } }],
  ])('loses no patient, no step and no visit %s', (_, given) => {
    const { sides } = outcomeOf({ ...usual, assumptions: given }, [breast]);
    const [tally] = sides;
    expect(sum(Object.values(tally!.ends))).toBe(usual.patients);
    for (const [id, step] of Object.entries(tally!.steps)) {
      const { done, open, waiting, missed, notApplicable, stopped } = step;
      const repeat = breast.steps.get(id)?.series;
      const occurrences = usual.patients * (repeat?.kind === 'times' ? repeat.times : 1);
      expect([id, done + open + waiting + missed + notApplicable + stopped]).toEqual([id, occurrences]);
      if (breast.steps.get(id)?.document.kind !== 'milestone') expect([id, sum(step.days)]).toEqual([id, done]);
    }
    for (const resource of Object.values(tally!.resources)) {
      expect(sum(resource.load)).toBe(resource.visits);
      expect(sum(resource.joining)).toBe(0);
    }
  });

  it('finds no difference between a protocol and itself', () => {
    const { differences } = reported(usual, breast, breast);
    expect(Object.keys(differences)).toContain('days to diagnosis');
    for (const [name, { n, mean, low, high }] of Object.entries(differences)) {
      expect([name, n > 0, mean]).toEqual([name, true, 0]);
      if (n > 1) expect([low <= 0, high >= 0]).toEqual([true, true]);
    }
  });

  it('finds the difference that a slower step makes, with an interval on its side of nought', () => {
    const slower = { ...breast.document, steps: breast.document.steps.map((step) => ({ ...step })) };
    slower.steps.forEach((step) => {
      if (step.id === 'imaging' && step.kind === 'appointment') step.window = { target: '20wd', latest: '30wd' };
    });
    const later = loadProtocol({ ...slower, examples: [] });
    const { low } = reported({ ...usual, patients: 150 }, breast, later).differences['days to diagnosis']!;
    expect(low).toBeGreaterThan(5);
  });

  it('never has more visits in a week than there is room for, and more waits when there is half of it', () => {
    const short = (perWeek: number) => {
      const capacity = { scanner: perWeek };
      const settings = { ...usual, patients: 800, assumptions: { ...assumptions, centres: 4, capacity } };
      return reported(settings, smallProtocol()).sides[0]!;
    };
    const [ample, scarce, halved] = [short(400), short(24), short(12)];
    expect(ample.resources.scanner!.meanQueuedWeeks).toBe(0);
    expect(scarce.resources.scanner!.peakPerWeek).toBeLessThanOrEqual(24);
    expect(halved.resources.scanner!.peakPerWeek).toBeLessThanOrEqual(12);
    const waits = [ample, scarce, halved].map(({ measures }) => measures['weeks queued']!.mean);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits[2]).toBeGreaterThan(waits[1]!);
    const lists = [ample, scarce, halved].map(({ resources }) => resources.scanner!.peakWaiting);
    expect(lists[2]).toBeGreaterThan(lists[0]!);
  });

  it('lets every way of a protocol be lived, at the odds that are assumed', () => {
    const values = {
      finding: [
        { value: 'clear', weight: 3 },
        { value: 'doubtful', weight: 1 },
      ],
    };
    const free = { source: 'the tests', values, perYear: staying };
    const { steps } = reported({ ...usual, patients: 2000, assumptions: free }, smallProtocol()).sides[0]!;
    expect(steps.scan!.done).toBe(2000);
    expect(steps['second-scan']!.done / 2000).toBeCloseTo(0.25, 1);
    expect(steps['second-scan']!.done + steps['second-scan']!.notApplicable).toBe(2000);
  });

  it('does a step that is done on time on time, and raises late what is forgotten', () => {
    const habit = { ofTarget: 0.5, spread: 0, fails: 0, forgotten: 0, chasedDays: 3 };
    const settings = (steps: Record<string, typeof habit>): StudySettings => ({
      ...usual,
      assumptions: {
        ...assumptions,
        perYear: staying,
        kinds: { appointment: habit, task: habit },
        steps,
      },
    });
    const punctual = reported(settings({}), smallProtocol()).sides[0]!;
    expect(punctual.steps.scan).toMatchObject({ late: 0, onTargetShare: 1 });
    expect(punctual.measures['attempts failed']!.mean).toBe(0);
    const forgetful = reported(settings({ scan: { ...habit, forgotten: 1 } }), smallProtocol()).sides[0]!;
    expect(forgetful.steps.scan).toMatchObject({ late: usual.patients, done: usual.patients, onTargetShare: 0 });
  });

  it('counts the end that outside facts bring', () => {
    const mortal = { source: 'the tests', perYear: { 'patient.died': 1000 } };
    const { ends } = reported({ ...usual, assumptions: mortal }, smallProtocol()).sides[0]!;
    expect(ends.DIED).toBeGreaterThan(0.9 * usual.patients);
  });
});
