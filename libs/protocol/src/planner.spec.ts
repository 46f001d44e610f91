import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadProtocol } from './check';
import type { Fact } from './fact';
import { next } from './next';
import type { PlannedStep } from './plan';
import { plannerOf } from './planner';
import type { Protocol } from './protocol';
import { testProtocol } from './test-protocol';
import { wideProtocol } from './wide-protocol';

const folder = join(__dirname, '../../../services/pathways/protocols');
const place = { timeZone: 'Europe/Paris', holidays: 'FR' } as const;
/** Every protocol of the repository, and two that have every construct of the language. */
const protocols = new Map<string, Protocol>([
  ['test', loadProtocol(testProtocol)],
  ['wide', loadProtocol(wideProtocol)],
  ...readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file): [string, Protocol] => [file, loadProtocol(readFileSync(join(folder, file), 'utf8'))]),
]);
const names = [...protocols.keys()];
const planners = new Map([...protocols].map(([name, protocol]) => [name, plannerOf(protocol, place)] as const));
const day = 86_400_000;
const instant = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

type Pick = (count: number) => number;
type Told = Omit<Fact, 'id'>;

/** A value a person might record for a code, an unreadable one among them. */
function foundFor(protocol: Protocol, code: string, allowed: readonly unknown[] | undefined, pick: Pick): object {
  const definition = protocol.facts[code];
  if (allowed && pick(4) > 0) return { value: allowed[pick(allowed.length)], unit: unitOf(protocol, code) };
  switch (definition?.type) {
    case 'number':
      return { value: [0, 1, 2, 3, 4, 5, 50, 80, 150, 'much'][pick(10)], unit: definition.unit };
    case 'boolean':
      return { value: [true, false][pick(2)] };
    case 'code':
      return {
        value: definition.values?.[pick(definition.values.length)] ?? ['good', 'bad', 'go', 'accepted'][pick(4)],
      };
    default:
      return {};
  }
}

function unitOf(protocol: Protocol, code: string): string | undefined {
  const definition = protocol.facts[code];
  return definition?.type === 'number' ? definition.unit : undefined;
}

/** Something told of a step: what ends an attempt, what it records, a booking, a waiver. */
function toldOf(protocol: Protocol, step: PlannedStep, at: string, pick: Pick): readonly Told[] {
  const compiled = protocol.steps.get(step.stepId);
  if (!compiled || !('doneBy' in compiled)) return [];
  if (pick(25) === 0) return [{ code: 'step.waived', at, stepKey: step.key }];
  if (pick(10) === 0)
    return [{ code: 'appointment.booked', at, stepKey: step.key, value: instant(Date.parse(at) + day) }];
  const matches = [...compiled.doneBy, ...compiled.doneBy, ...compiled.doneBy, ...compiled.failedBy, ...compiled.again];
  const match = matches[pick(matches.length)];
  const ended = match
    ? [{ code: match.fact, at, stepKey: step.key, ...foundFor(protocol, match.fact, match.in, pick) }]
    : [];
  const recorded = compiled.document.records ?? [];
  return [
    ...recorded.map((code) => ({ code, at, stepKey: step.key, ...foundFor(protocol, code, undefined, pick) })),
    ...ended,
  ];
}

interface Turn {
  readonly now: string;
  readonly facts: readonly Fact[];
}

/** What is told at each turn, among it things of another day, things told twice and things that never were. */
function courseOf(protocol: Protocol, choices: readonly number[], turns: number): readonly Turn[] {
  let used = 0;
  const pick: Pick = (count) => (choices[used++ % choices.length] ?? 0) % count;
  let nowMs = Date.parse('2026-03-02T08:00:00Z');
  const all: Fact[] = [];
  const course: Turn[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const now = instant(nowMs);
    const plan = next(protocol, all, { ...place, enrolledAt: '2026-03-02T08:00:00Z', now });
    const toDo = plan.steps.filter(({ status }) => status === 'due' || status === 'late');
    const step = pick(5) === 0 ? plan.steps[pick(plan.steps.length)] : toDo[pick(toDo.length)];
    const at = pick(6) === 0 ? instant(nowMs + (pick(9) - 4) * day) : now;
    const told = step ? [...toldOf(protocol, step, at, pick)] : [];
    const codes = Object.keys(protocol.facts);
    const code = codes[pick(codes.length)] ?? '';
    if (pick(4) === 0) told.push({ code, at, ...foundFor(protocol, code, undefined, pick) });
    const facts = told.map((fact, index) => ({
      ...fact,
      id: `f${String(pick(30) === 0 ? 1 : all.length + index)}`,
      ...(pick(5) === 0 ? {} : { seq: all.length + index }),
    }));
    all.push(...facts);
    course.push({ now, facts });
    const wakeMs = plan.wakeAt === null ? nowMs : Date.parse(plan.wakeAt);
    nowMs = pick(3) === 0 ? Math.max(nowMs, wakeMs) : nowMs + pick(4) * day;
  }
  return course;
}

const course = fc.record({
  name: fc.constantFrom(...names),
  choices: fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 400 }),
  turns: fc.integer({ min: 1, max: 40 }),
});

describe('a plan that is followed from fact to fact', () => {
  it('is at every turn what next says of all the facts', () => {
    fc.assert(
      fc.property(course, ({ name, choices, turns }) => {
        const protocol = protocols.get(name)!;
        const enrolledAt = '2026-03-02T08:00:00Z';
        const followed = planners.get(name)!.enrol(enrolledAt);
        const facts: Fact[] = [];
        for (const turn of courseOf(protocol, choices, turns)) {
          followed.advance(turn.now, turn.facts);
          facts.push(...turn.facts);
          expect(followed.plan()).toEqual(next(protocol, facts, { ...place, enrolledAt, now: turn.now }));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('names every step whose plan changed, in the order of the plan, and is woken no later than the plan asks for', () => {
    fc.assert(
      fc.property(course, ({ name, choices, turns }) => {
        const protocol = protocols.get(name)!;
        const enrolledAt = '2026-03-02T08:00:00Z';
        const followed = planners.get(name)!.enrol(enrolledAt);
        const known = new Map<string, PlannedStep>();
        for (const turn of courseOf(protocol, choices, turns)) {
          const { changed, wakeAt } = followed.advance(turn.now, turn.facts);
          const rank = new Map(followed.plan().steps.map((step, index) => [step.key, index]));
          const ranks = changed.map(({ key }) => rank.get(key) ?? -1);
          expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
          for (const step of changed) known.set(step.key, step);
          const plan = followed.plan();
          for (const step of plan.steps) expect(known.get(step.key)).toEqual(step);
          if (plan.wakeAt !== null) expect(Date.parse(wakeAt ?? '')).toBeLessThanOrEqual(Date.parse(plan.wakeAt));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('keeps patients apart who are followed at once, whenever they enrolled', () => {
    const days = ['2026-03-02T08:00:00Z', '2026-01-05T08:00:00Z', '2026-07-14T08:00:00Z', '2027-01-01T08:00:00Z'];
    const protocol = protocols.get('breast-cancer.json')!;
    const followed = days.map((enrolledAt) => planners.get('breast-cancer.json')!.enrol(enrolledAt));
    for (const shift of [0, 3, 9, 200]) {
      followed.forEach((one, index) => {
        const enrolledAt = days[index] ?? '';
        const now = instant(Date.parse(enrolledAt) + shift * day);
        one.advance(now, []);
        expect(one.plan()).toEqual(next(protocol, [], { ...place, enrolledAt, now }));
      });
    }
  });

  it('is not followed back in time', () => {
    const followed = planners.get('test')!.enrol('2026-03-02T08:00:00Z');
    followed.advance('2026-03-03T08:00:00Z', []);
    expect(() => followed.advance('2026-03-02T08:00:00Z', [])).toThrow('back in time');
  });
});
