import type { CompiledStep, FactDictionary, FactValue, Protocol } from '@ariane/protocol';
import type { Values } from './assumptions';
import { chanceOf, hashOf, normalOf } from './chance';

type CompiledDoing = Extract<CompiledStep, { readonly doneBy: unknown }>;
type Condition = NonNullable<CompiledDoing['when']>['condition'];
type Comparison = Exclude<Condition, { readonly op: 'and' | 'or' | 'not' }>;

export const isDoing = (step: CompiledStep): step is CompiledDoing => step.document.kind !== 'milestone';

/** What is found for a code: weighted values, or a number around a mean. */
export type Draw =
  | { readonly kind: 'event' }
  | {
      readonly kind: 'one-of';
      readonly unit: string | undefined;
      readonly options: readonly { readonly value: FactValue; readonly weight: number }[];
    }
  | {
      readonly kind: 'normal';
      readonly unit: string | undefined;
      readonly of: Extract<Values, { readonly mean: number }>;
    };

/** The comparisons of a condition, as they are written in it. */
export function comparisonsOf(condition: Condition): readonly Comparison[] {
  switch (condition.op) {
    case 'and':
    case 'or':
      return [...comparisonsOf(condition.left), ...comparisonsOf(condition.right)];
    case 'not':
      return comparisonsOf(condition.of);
    case 'in':
    case 'is':
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return [condition];
  }
}

/** All the conditions that a step is judged by. */
export const conditionsOf = (step: CompiledDoing): readonly Condition[] => [
  ...(step.when ? [step.when.condition] : []),
  ...[...step.window.tighter, ...step.laterWindow.tighter].map((rule) => rule.condition),
];

/** How a code is drawn; `step` when it is found in its name. */
export type Draws = (code: string, step?: string) => Draw;

/**
 * How the value of each code is drawn: as assumed, of a step (`imaging:imaging.acr`) or of all, else so that every branch
 * of the protocol is lived. A code is one of its values, or of those that are spoken of; a number falls between, on or
 * beyond the limits it is compared with. All are equally likely, but for those that fail or reopen a step, which are rare.
 */
export function drawsOf(protocol: Protocol, values: Readonly<Record<string, Values>>): Draws {
  const mentioned = mentionedBy(protocol);
  const known = new Map<string, Draw>();
  return (code, step) => {
    const name = `${step ?? ''}:${code}`;
    const drawn = known.get(name) ?? drawOf(protocol, mentioned(code, step), code, step, values[name] ?? values[code]);
    known.set(name, drawn);
    return drawn;
  };
}

interface Mentioned {
  readonly code: string;
  /** Of this step only. */
  readonly step: string | undefined;
  readonly value: FactValue;
  /** Compared by order, so that what is beside it matters too. */
  readonly isLimit: boolean;
  /** It fails or reopens a step. */
  readonly isRare: boolean;
}

const plain = { step: undefined, isLimit: false, isRare: false };

function mentionedBy(protocol: Protocol): (code: string, step: string | undefined) => readonly Mentioned[] {
  const all = [...protocol.steps.values()].filter(isDoing).flatMap((step): Mentioned[] => {
    const own = step.document.id;
    const matched = (matches: Matches, isRare: boolean) =>
      matches.flatMap(({ fact: code, in: list = [], of = own }) =>
        list.map((value) => ({ ...plain, code, value, isRare, step: of === 'any' ? undefined : of })),
      );
    return [
      ...matched(step.doneBy, false),
      ...matched([...step.failedBy, ...step.again], true),
      ...conditionsOf(step).flatMap(comparisonsOf).flatMap(mentionedIn),
    ];
  });
  return (code, step) =>
    all.filter((one) => one.code === code && (step === undefined || one.step === undefined || one.step === step));
}

type Matches = CompiledDoing['doneBy'];

function mentionedIn(comparison: Comparison): readonly Mentioned[] {
  const { code, step } = comparison.path;
  switch (comparison.op) {
    case 'is':
      return [];
    case 'in':
      return comparison.values.map((value) => ({ ...plain, code, step, value }));
    case '=':
    case '!=':
      return [{ ...plain, code, step, value: comparison.value }];
    case '<':
    case '<=':
    case '>':
    case '>=':
      return [{ ...plain, code, step, value: comparison.value, isLimit: true }];
  }
}

/** How likely what fails or reopens a step is, beside any other value. */
const rareWeight = 0.05;

function drawOf(
  protocol: Protocol,
  mentioned: readonly Mentioned[],
  code: string,
  step: string | undefined,
  given: Values | undefined,
): Draw {
  const definition = protocol.facts[code];
  if (!definition || definition.type === 'event') return { kind: 'event' };
  const unit = definition.type === 'number' ? definition.unit : undefined;
  if (given && !('mean' in given)) return { kind: 'one-of', unit, options: given };
  if (given && definition.type === 'number') return { kind: 'normal', unit, of: given };
  const found = outcomesOf(protocol, code, step) ?? candidates(definition, mentioned);
  const isRare = (value: FactValue) => mentioned.some((one) => one.isRare && one.value === value);
  const options = [...new Set(found)].map((value) => ({ value, weight: isRare(value) ? rareWeight : 1 }));
  return { kind: 'one-of', unit, options };
}

/** What a task ends with: one of its outcomes, or nothing but being done. */
function outcomesOf(protocol: Protocol, code: string, step: string | undefined): readonly string[] | undefined {
  const compiled = step === undefined ? undefined : protocol.steps.get(step);
  return code === 'task.done' && compiled && isDoing(compiled) ? (compiled.document.outcomes ?? []) : undefined;
}

function candidates(definition: FactDictionary[string], mentioned: readonly Mentioned[]): readonly FactValue[] {
  switch (definition.type) {
    case 'event':
      return [];
    case 'boolean':
      return [true, false];
    case 'code': {
      const named = mentioned.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
      return definition.values ?? (named.length > 0 ? named : ['recorded']);
    }
    case 'number': {
      const numbers = mentioned.flatMap(({ value, isLimit }) =>
        typeof value !== 'number' ? [] : isLimit ? [value - 1, value, value + 1] : [value],
      );
      return numbers.length > 0 ? numbers.sort((a, b) => a - b) : [1];
    }
  }
}

/** What is found for one patient; nothing for an event. */
export function valueOf(
  draw: Draw,
  luck: { readonly patient: number; readonly purpose: number; readonly nth: number },
  isAllowed: (value: FactValue) => boolean = () => true,
): { readonly value?: FactValue; readonly unit?: string } {
  const { patient, purpose, nth } = luck;
  switch (draw.kind) {
    case 'event':
      return {};
    case 'normal': {
      const { mean, sd, least, most, decimals = 0 } = draw.of;
      const raw = Math.min(most, Math.max(least, mean + sd * normalOf(patient, purpose, nth)));
      return { value: Number(raw.toFixed(decimals)), ...(draw.unit === undefined ? {} : { unit: draw.unit }) };
    }
    case 'one-of': {
      const options = draw.options.filter(({ value }) => isAllowed(value));
      let left = chanceOf(patient, purpose, nth) * options.reduce((sum, { weight }) => sum + weight, 0);
      const chosen = options.find(({ weight }) => (left -= weight) < 0) ?? options.at(-1);
      return chosen ? { value: chosen.value, ...(draw.unit === undefined ? {} : { unit: draw.unit }) } : {};
    }
  }
}

/** What a code's luck is called by. */
export const purposeOf = (text: string): number => hashOf(text);
