import type { Label, ProtocolDocument, StepDocument } from '@ariane/protocol';
import { canonicalJson } from '@ariane/kernel';

/** One property of a step that another version says otherwise; texts of the document, absent where it says nothing. */
interface PropertyChange {
  readonly what: string;
  readonly from?: string;
  readonly to?: string;
}

type StepChange =
  | { readonly change: 'added' | 'removed'; readonly stepId: string; readonly label: Label }
  | {
      readonly change: 'changed';
      readonly stepId: string;
      readonly label: Label;
      readonly properties: readonly PropertyChange[];
    };

/** What another version of a protocol does otherwise, step by step, and in sentences. */
export interface ProtocolDifference {
  readonly steps: readonly StepChange[];
  readonly words: { readonly fr: readonly string[]; readonly en: readonly string[] };
}

/** What a step says that no patient's plan can show. */
const silent: ReadonlySet<string> = new Set(['sources', 'label', 'labelBefore', 'patient', 'id']);

/** The texts of the two versions compared, in the order of the newer; what was removed comes last. */
export function protocolDifference(from: ProtocolDocument, to: ProtocolDocument): ProtocolDifference {
  const before = new Map(from.steps.map((step) => [step.id, step]));
  const after = new Set(to.steps.map(({ id }) => id));
  const kept = to.steps.flatMap((step): StepChange[] => {
    const { id: stepId, label } = step;
    const former = before.get(stepId);
    if (former === undefined) return [{ change: 'added', stepId, label }];
    const properties = propertiesOf(former, step);
    return properties.length === 0 ? [] : [{ change: 'changed', stepId, label, properties }];
  });
  const removed = from.steps
    .filter(({ id }) => !after.has(id))
    .map(({ id: stepId, label }): StepChange => ({ change: 'removed', stepId, label }));
  const steps = [...kept, ...removed];
  return {
    steps,
    words: { fr: steps.map((step) => sentence(step, 'fr')), en: steps.map((step) => sentence(step, 'en')) },
  };
}

function propertiesOf(from: StepDocument, to: StepDocument): readonly PropertyChange[] {
  const [before, after] = [flat(from), flat(to)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((what): PropertyChange[] => {
    const [was, is] = [before.get(what), after.get(what)];
    if (was === is) return [];
    return [{ what, ...(was === undefined ? {} : { from: was }), ...(is === undefined ? {} : { to: is }) }];
  });
}

/** A step's properties by their path: windows one by one, lists and conditions as a whole. */
function flat(step: StepDocument): ReadonlyMap<string, string> {
  const told = Object.entries(step).filter(([name]) => !silent.has(name));
  return new Map(told.flatMap(([name, value]) => leaves(name, value)));
}

function leaves(path: string, value: unknown): (readonly [string, string])[] {
  const isNested = path === 'window' || path === 'late' || path === 'repeat';
  if (isNested && typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([name, inner]) => [`${path}.${name}`, written(inner)] as const);
  }
  return [[path, written(value)]];
}

const written = (value: unknown): string => (typeof value === 'string' ? value : canonicalJson(value));

const verbs = {
  fr: { added: 'ajoutée', removed: 'retirée', changed: 'modifiée', nothing: 'rien', step: 'Étape', colon: ' :' },
  en: { added: 'added', removed: 'removed', changed: 'changed', nothing: 'nothing', step: 'Step', colon: ':' },
} as const;

function sentence(step: StepChange, language: 'fr' | 'en'): string {
  const words = verbs[language];
  const begin = `${words.step} « ${step.label[language]} » (${step.stepId}) ${words[step.change]}`;
  if (step.change !== 'changed') return `${begin}.`;
  const told = step.properties.map(({ what, from, to }) => `${what} ${from ?? words.nothing} → ${to ?? words.nothing}`);
  return `${begin}${words.colon} ${told.join(' ; ')}.`;
}
