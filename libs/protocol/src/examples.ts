import { holidayTerritory } from '@ariane/kernel';
import type { ExampleDocument } from './document';
import type { Fact } from './fact';
import { type Fault, fault } from './fault';
import { next } from './next';
import type { Plan } from './plan';
import { type Protocol, stepOf } from './protocol';

/** Runs the examples embedded in a protocol: each expectation that its plan does not meet is a fault. */
export const exampleFaults = (protocol: Protocol): readonly Fault[] =>
  protocol.document.examples.flatMap((example, index) =>
    differences(protocol, example, planOf(protocol, example)).map(([path, message]) =>
      fault(
        'example',
        ['examples', index, 'expect', ...path],
        `example "${example.name}": ${message}`,
        'Mend the rule if the example is right, or the example if the rule is.',
      ),
    ),
  );

/** The first example that fails, tried in the order given; undefined when all pass. */
export const failingExample = (protocol: Protocol, examples: readonly ExampleDocument[]): ExampleDocument | undefined =>
  examples.find((example) => differences(protocol, example, planOf(protocol, example)).length > 0);

/** The facts of an example, after those of the example it continues, numbered in the order they are written. */
function factsOf(examples: readonly ExampleDocument[], example: ExampleDocument): readonly Fact[] {
  const known = numbered.get(example);
  if (known) return known;
  const before = examples.find((other) => other.name === example.given.like);
  const first = before ? factsOf(examples, before) : [];
  const facts = [
    ...first,
    ...example.given.facts.map((fact, index) => {
      const seq = first.length + index + 1;
      return { ...fact, id: `fact-${String(seq)}`, seq };
    }),
  ];
  numbered.set(example, facts);
  return facts;
}

/** Examples are played hundreds of times against mutants that share them. */
const numbered = new WeakMap<ExampleDocument, readonly Fact[]>();

/** The plan of an example. */
export function planOf(protocol: Protocol, example: ExampleDocument): Plan {
  const { given } = example;
  return next(protocol, factsOf(protocol.document.examples, example), {
    now: given.now,
    enrolledAt: given.enrolledAt,
    timeZone: given.timeZone ?? 'Europe/Paris',
    holidays: holidayTerritory(given.holidays ?? 'FR') ?? 'FR',
  });
}

/** Whom the alert of a late step goes to. */
function ownerOf(protocol: Protocol, key: string): string | undefined {
  const step = stepOf(protocol, key);
  return step && step.kind !== 'milestone' ? step.late.owner : undefined;
}

type Difference = readonly [path: readonly string[], message: string];

function differences(protocol: Protocol, { expect }: ExampleDocument, plan: Plan): readonly Difference[] {
  const steps = Object.entries(expect.steps ?? {}).flatMap(([key, expected]) => {
    const step = plan.steps.find((planned) => planned.key === key);
    if (!step) return [[['steps', key], 'has no such occurrence'] as const];
    const wanted = typeof expected === 'string' ? { status: expected } : expected;
    const found = { ...step, reason: step.reason.rule, owner: ownerOf(protocol, key) };
    return Object.entries(wanted).flatMap(
      ([name, value]) => differ(['steps', key, name], value, found[name as keyof typeof wanted]), // the schema allows these names only
    );
  });
  const { milestones, disclosure, end, wakeAt, conflicts } = expect;
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
    ...(conflicts === undefined
      ? []
      : differ(
          ['conflicts'],
          conflicts,
          (plan.conflicts ?? []).map(({ branches }) => branches),
        )),
    ...(wakeAt === undefined ? [] : differ(['wakeAt'], wakeAt, plan.wakeAt)),
  ];
}

function differ(path: readonly string[], expected: unknown, found: unknown): readonly Difference[] {
  const [wanted, got] = [JSON.stringify(expected), JSON.stringify(found) as string | undefined]; // undefined for a field not set
  return wanted === got ? [] : [[path, `expected ${path.join('.')} ${wanted}, found ${got ?? 'nothing'}`]];
}
