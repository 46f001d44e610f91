import { holidayTerritory } from '@ariane/kernel';
import type { ExampleDocument } from './document';
import { type Fault, fault } from './fault';
import { next } from './next';
import type { Plan } from './plan';
import type { Protocol } from './protocol';

/** Runs the examples embedded in a protocol: each expectation that its plan does not meet is a fault. */
export const exampleFaults = (protocol: Protocol): readonly Fault[] =>
  protocol.document.examples.flatMap((example, index) =>
    differences(example, planOf(protocol, example)).map(([path, message]) =>
      fault(['examples', index, 'expect', ...path], `example "${example.name}": ${message}`),
    ),
  );

type ExampleFacts = ExampleDocument['given']['facts'];

/** The facts of an example, after those of the example it continues. */
function factsOf(examples: readonly ExampleDocument[], { given }: ExampleDocument): ExampleFacts {
  const before = examples.find((other) => other.name === given.like);
  return before ? [...factsOf(examples, before), ...given.facts] : given.facts;
}

/** The plan of an example: facts are numbered in the order they are written. */
export function planOf(protocol: Protocol, example: ExampleDocument): Plan {
  const { given } = example;
  const facts = factsOf(protocol.document.examples, example).map((fact, index) => ({
    ...fact,
    id: `fact-${String(index + 1)}`,
    seq: index + 1,
  }));
  return next(protocol, facts, {
    now: given.now,
    enrolledAt: given.enrolledAt,
    timeZone: given.timeZone ?? 'Europe/Paris',
    holidays: holidayTerritory(given.holidays ?? 'FR') ?? 'FR',
  });
}

type Difference = readonly [path: readonly string[], message: string];

function differences({ expect }: ExampleDocument, plan: Plan): readonly Difference[] {
  const steps = Object.entries(expect.steps ?? {}).flatMap(([key, expected]) => {
    const step = plan.steps.find((planned) => planned.key === key);
    if (!step) return [[['steps', key], 'has no such occurrence'] as const];
    const wanted = typeof expected === 'string' ? { status: expected } : expected;
    const found = { ...step, waitingFor: step.waitingFor };
    return Object.entries(wanted).flatMap(
      ([name, value]) => differ(['steps', key, name], value, found[name as keyof typeof wanted]), // the schema allows these names only
    );
  });
  const { milestones, disclosure, end, wakeAt } = expect;
  return [
    ...steps,
    ...(milestones === undefined
      ? []
      : differ(
          ['milestones'],
          milestones,
          plan.milestones.map((reached) => reached.id),
        )),
    ...(disclosure === undefined ? [] : differ(['disclosure'], disclosure, plan.disclosure)),
    ...(end === undefined ? [] : differ(['end'], end, plan.end?.status ?? null)),
    ...(wakeAt === undefined ? [] : differ(['wakeAt'], wakeAt, plan.wakeAt)),
  ];
}

function differ(path: readonly string[], expected: unknown, found: unknown): readonly Difference[] {
  const [wanted, got] = [JSON.stringify(expected), JSON.stringify(found) as string | undefined]; // undefined for a field not set
  return wanted === got ? [] : [[path, `expected ${path.join('.')} ${wanted}, found ${got ?? 'nothing'}`]];
}
