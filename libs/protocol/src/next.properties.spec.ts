import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addSpan, civilDay, endOfDay, startOfDay } from '@ariane/kernel';
import fc from 'fast-check';
import { parse } from 'yaml';
import { loadProtocol } from './check';
import { protocolsAmong } from './check-shelf';
import type { Fact } from './fact';
import { next, type NextContext } from './next';
import type { Plan, PlannedStep } from './plan';
import { type Protocol, stepOf } from './protocol';
import { testProtocol } from './test-protocol';
import { wideProtocol } from './wide-protocol';

const folder = join(__dirname, '../../../services/pathways/protocols');
const shipped = readdirSync(folder).filter((name) => /\.(json|ya?ml)$/.test(name));
const texts = shipped.map((name) => readFileSync(join(folder, name), 'utf8'));
const shelf = protocolsAmong(texts.map((text): unknown => parse(text)));
const protocols: readonly Protocol[] = [
  loadProtocol(testProtocol),
  loadProtocol(wideProtocol),
  ...texts.map((text) => loadProtocol(text, shelf)),
];
const enrolledAt = '2026-03-02T08:00:00Z';
const day = 86_400_000;
const instant = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

/** Values a person might record for a code; an unreadable one among them. */
function valuesOf(protocol: Protocol, code: string): readonly Pick<Fact, 'value' | 'unit'>[] {
  const definition = protocol.facts[code];
  switch (definition?.type) {
    case 'number':
      return [0, 2, 3, 5, 50, 80, 150].map((value) => ({ value, unit: definition.unit }));
    case 'boolean':
      return [{ value: true }, { value: false }, { value: 'yes' }];
    case 'code':
      return (definition.values ?? ['good', 'bad', 'go', 'no-go', 'accepted', 'refused', 'malignant', 'benign']).map(
        (value) => ({ value }),
      );
    default:
      return [{}];
  }
}

/** Everything that may be told of a step: its ways to end, and what it records. */
function actsOn(
  protocol: Protocol,
  step: PlannedStep,
  at: string,
  pick: (count: number) => number,
): readonly Omit<Fact, 'id'>[] {
  const document = stepOf(protocol, step.key);
  const compiled = protocol.steps.get(step.stepId);
  if (!compiled || !('doneBy' in compiled) || document?.kind === 'milestone') return [];
  const matches = [...compiled.doneBy, ...compiled.doneBy, ...compiled.failedBy];
  const match = matches[pick(matches.length)];
  const chosen = match?.in?.[pick(match.in.length)];
  const ended = match
    ? [
        {
          code: match.fact,
          at,
          stepKey: step.key,
          ...(chosen === undefined
            ? {}
            : { value: chosen, unit: protocol.facts[match.fact]?.type === 'number' ? '1' : undefined }),
        },
      ]
    : [];
  const recorded = (document?.records ?? []).flatMap((code) => {
    const values = valuesOf(protocol, code);
    return pick(5) === 0 ? [] : [{ code, at, stepKey: step.key, ...values[pick(values.length)] }];
  });
  return [...recorded, ...ended];
}

interface Course {
  readonly protocol: Protocol;
  readonly facts: readonly Fact[];
  readonly context: NextContext;
}

/** A course of care as people might live it: at each turn something happens to a step to do, or time passes. */
const course: fc.Arbitrary<Course> = fc
  .record({
    protocol: fc.constantFrom(...protocols),
    choices: fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 400 }),
    zone: fc.constantFrom(
      { timeZone: 'Europe/Paris', holidays: 'FR' as const },
      { timeZone: 'Indian/Reunion', holidays: 'FR-974' as const },
    ),
    turns: fc.integer({ min: 1, max: 70 }),
  })
  .map(({ protocol, choices, zone, turns }) => {
    let used = 0;
    const pick = (count: number): number => (choices[used++ % choices.length] ?? 0) % count;
    const facts: Fact[] = [];
    let now = Date.parse(enrolledAt);
    const tell = (told: Omit<Fact, 'id'>): void => {
      facts.push({ ...told, id: `f${String(facts.length)}` });
    };
    for (let turn = 0; turn < turns; turn += 1) {
      const plan = next(protocol, facts, { now: instant(now), enrolledAt, ...zone });
      if (plan.end) break;
      const toDo = plan.steps.filter((step) => step.status === 'due' || step.status === 'late');
      const step = toDo[pick(toDo.length + 1)];
      if (step) actsOn(protocol, step, instant(now), pick).forEach(tell);
      else now = Math.max(now + pick(5) * day, plan.wakeAt && pick(2) ? Date.parse(plan.wakeAt) : 0);
      if (pick(6) === 0) tell({ code: 'patient.age', at: instant(now), value: 30 + pick(60), unit: 'a' });
      if (pick(6) === 0)
        tell({ code: 'clinical-rule.renal-dose', at: instant(now), value: pick(2) ? 'review' : 'no-review' });
      if (pick(60) === 0) tell({ code: 'patient.died', at: instant(now) });
    }
    return { protocol, facts, context: { now: instant(now), enrolledAt, ...zone } };
  });

/** The first step three weeks from enrolment, so that its window often spans a change of clocks. */
const windowed = loadProtocol({
  ...testProtocol,
  steps: testProtocol.steps.map((step) =>
    step.id === 'visit' ? { ...step, window: { earliest: '20d', target: '30d', latest: '30wd' } } : step,
  ),
});

const planOf = ({ protocol, facts, context }: Course): Plan => next(protocol, facts, context);
const runs = { numRuns: 80 };

/** A course with its facts in another order, some of them told twice. */
const shuffledCourse = course.chain((lived) => {
  const told = [...lived.facts, ...lived.facts.slice(0, 3).map((fact) => ({ ...fact }))];
  return fc.tuple(fc.constant(lived), fc.shuffledSubarray(told, { minLength: told.length, maxLength: told.length }));
});

describe('next', () => {
  it('gives the same plan for the same facts in any order, told once or twice', () => {
    fc.assert(
      fc.property(shuffledCourse, ([lived, shuffled]) => {
        expect(planOf({ ...lived, facts: shuffled })).toEqual(planOf(lived));
      }),
      runs,
    );
  });

  it('gives the same plan each time it is asked', () => {
    fc.assert(
      fc.property(course, (lived) => {
        expect(JSON.stringify(planOf(lived))).toBe(JSON.stringify(planOf(lived)));
      }),
      runs,
    );
  });

  it('plans each occurrence of each step once, so that none is due twice, whatever happens', () => {
    fc.assert(
      fc.property(course, (lived) => {
        const keys = planOf(lived).steps.map((step) => step.key);
        expect(new Set(keys).size).toBe(keys.length);
        const grows = (id: string): boolean =>
          ['schedule', 'as'].includes(lived.protocol.steps.get(id)?.series.kind ?? 'once');
        const fixed = (plan: Plan) => plan.steps.filter((step) => !grows(step.stepId)).map((step) => step.key);
        expect(fixed(planOf(lived))).toEqual(fixed(planOf({ ...lived, facts: [] })));
        for (const step of planOf(lived).steps) expect(step.attempt).toBeGreaterThanOrEqual(1);
      }),
      runs,
    );
  });

  it('never asks again for a step that is done, unless a fact of the protocol reopens it', () => {
    fc.assert(
      fc.property(course, (lived) => {
        const plan = planOf(lived);
        const later = planOf({
          ...lived,
          context: { ...lived.context, now: instant(Date.parse(lived.context.now) + 400 * day) },
        });
        for (const step of plan.steps.filter((planned) => planned.status === 'done')) {
          expect(later.steps.find((planned) => planned.key === step.key)).toMatchObject({
            status: 'done',
            doneBy: step.doneBy,
            attempt: step.attempt,
          });
        }
      }),
      runs,
    );
  });

  it('leaves no wait without a way out: time, somebody’s step, or an alert', () => {
    fc.assert(
      fc.property(course, (lived) => {
        const plan = planOf(lived);
        const byKey = new Map(plan.steps.map((step) => [step.key, step]));
        const waiting = plan.steps.filter((step) => step.status === 'waiting');
        for (const step of waiting) {
          const isAwaited = step.waitingFor.some((what) =>
            what.startsWith('step:')
              ? ['waiting', 'due', 'late'].includes(byKey.get(what.slice(5))?.status ?? '')
              : lived.protocol.facts[what] !== undefined,
          );
          const isAlerted = step.latest !== undefined && step.latest >= lived.context.now;
          const isTimed = step.dueFrom !== undefined && step.dueFrom > lived.context.now;
          expect([step.key, isAwaited || isAlerted || isTimed]).toEqual([step.key, true]);
          expect(lived.protocol.document.roles).toHaveProperty(step.role);
        }
        const canMove =
          plan.wakeAt !== null || plan.steps.some((step) => step.status === 'due' || step.status === 'late');
        expect(canMove || waiting.length === 0 || plan.end !== undefined).toBe(true);
        expect(plan.end === undefined && waiting.length === 0 && !canMove).toBe(false);
      }),
      runs,
    );
  });

  it('drops a mandatory step only by a rule it names, or with all that it follows', () => {
    const isDropped = (plan: Plan, key: string) =>
      plan.steps.some((step) => step.key === key && step.status === 'not-applicable');
    fc.assert(
      fc.property(course, (lived) => {
        for (let told = 1; told <= lived.facts.length; told += 7) {
          const before = planOf({ ...lived, facts: lived.facts.slice(0, told - 1) });
          const after = planOf({ ...lived, facts: lived.facts.slice(0, told) });
          for (const step of after.steps) {
            if (!step.mandatory || step.status !== 'not-applicable' || isDropped(before, step.key)) continue;
            if (/^(when|overtaken|cancelled): |^waived$/.test(step.reason.rule)) {
              expect(step.reason.facts.length).toBeGreaterThan(0);
              continue;
            }
            expect(step.reason.rule).toBe('start: nothing it follows applies');
            const anchors = lived.protocol.steps.get(step.stepId)?.start.anchors ?? [];
            const followed = anchors.flatMap((anchor) => (anchor.kind === 'step' ? [anchor.step] : []));
            const dropped = after.steps.filter(
              (other) => followed.includes(other.stepId) && isDropped(after, other.key),
            );
            expect(dropped.length).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('changes by time alone at wakeAt and not before', () => {
    fc.assert(
      fc.property(course, fc.double({ min: 0, max: 1, noNaN: true }), (lived, share) => {
        const plan = planOf(lived);
        const from = Date.parse(lived.context.now);
        const until = plan.wakeAt === null ? from + 900 * day : Date.parse(plan.wakeAt) - 1000;
        const between = instant(from + Math.floor(((until - from) * share) / 1000) * 1000);
        const at = (now: string) => planOf({ ...lived, context: { ...lived.context, now } });
        expect(at(between)).toEqual(plan);
        expect(at(instant(until))).toEqual(plan);
        if (plan.wakeAt) expect(plan.wakeAt > lived.context.now).toBe(true);
      }),
      runs,
    );
  });

  it('stops at a terminal fact all that is not done, and wakes for nothing', () => {
    fc.assert(
      fc.property(course, (lived) => {
        const death: Fact = { id: 'death', code: 'patient.died', at: lived.context.now };
        const plan = planOf({ ...lived, facts: [...lived.facts, death] });
        expect(plan.end).toBeDefined();
        expect(plan.wakeAt).toBeNull();
        for (const step of plan.steps) expect(['done', 'missed', 'not-applicable', 'stopped']).toContain(step.status);
      }),
      runs,
    );
  });

  it('is total over facts that make no sense', () => {
    const nonsenseOf = (protocol: Protocol) =>
      fc.record({
        id: fc.string({ maxLength: 3 }),
        code: fc.oneof(fc.constantFrom(...Object.keys(protocol.facts)), fc.string()),
        at: fc.integer({ min: 0, max: 900 }).map((days) => instant(Date.parse(enrolledAt) + (days - 100) * day)),
        value: fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(undefined)),
        stepKey: fc.oneof(
          fc.constantFrom(...protocol.steps.keys()),
          fc.constantFrom('chemo-cycle#99', 'follow-up#2', 'follow-up#0', '#'),
          fc.constant(undefined),
        ),
      });
    const anything = fc
      .constantFrom(...protocols)
      .chain((protocol) => fc.tuple(fc.constant(protocol), fc.array(nonsenseOf(protocol), { maxLength: 60 })));
    fc.assert(
      fc.property(anything, ([protocol, facts]) => {
        const context = { now: '2027-01-01T08:00:00Z', enrolledAt, timeZone: 'Europe/Paris', holidays: 'FR' as const };
        expect(next(protocol, facts, context).steps.length).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  it('opens and closes each window on civil days of the territory, across the change of clocks', () => {
    const zones = [
      { timeZone: 'Europe/Paris', holidays: 'FR' as const },
      { timeZone: 'Indian/Reunion', holidays: 'FR-974' as const },
    ];
    const hour = fc.integer({ min: 0, max: 24 * 370 });
    fc.assert(
      fc.property(hour, fc.constantFrom(...zones), (hours, zone) => {
        const at = instant(Date.parse('2026-01-01T00:30:00Z') + hours * 3_600_000);
        const plan = next(windowed, [], { now: at, enrolledAt: at, ...zone });
        const visit = plan.steps.find((step) => step.stepId === 'visit');
        const day = (count: number, unit: 'd' | 'wd') =>
          addSpan(civilDay(at, zone.timeZone), { count, unit }, zone.holidays);
        expect(visit).toMatchObject({
          dueFrom: startOfDay(day(20, 'd'), zone.timeZone),
          target: endOfDay(day(30, 'd'), zone.timeZone),
          latest: endOfDay(day(30, 'wd'), zone.timeZone),
        });
        expect(civilDay(visit?.latest ?? '', zone.timeZone)).toBe(day(30, 'wd'));
      }),
      { numRuns: 300 },
    );
  });
});
