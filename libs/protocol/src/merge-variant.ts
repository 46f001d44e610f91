import { parseDuration } from './compile';
import type { ProtocolDocument } from './document';
import { type Fault, fault, type Path } from './fault';
import { fitting } from './schedule';
import type { DoingStep, StepDocument } from './step-document';
import type { TighteningDocument, VariantDocument } from './variant-document';

type Merged = { readonly faults: readonly Fault[]; readonly merged?: ProtocolDocument };
type MergedStep = { readonly faults: readonly Fault[]; readonly step: StepDocument };

/**
 * A local variant laid onto its base, as one document. It may add steps, roles, phases and facts, shorten `target` and
 * `latest`, add `tighter` limits, and make an optional step mandatory. What drops or loosens a step of the base, makes it
 * optional, or changes its kind, its role or what finishes it, is a fault that names the step. The base's examples stay
 * as beginnings for `like`; what they expect is the base's own.
 */
export function mergeVariant(base: ProtocolDocument, variant: VariantDocument): Merged {
  const ids = new Set(base.steps.map((step) => step.id));
  const faults: Fault[] = [...additionFaults(base, variant)];
  const tightened = new Map<string, StepDocument>();
  const added: StepDocument[] = [];
  variant.steps.forEach((step, index) => {
    const path: Path = ['steps', index];
    const before = tightened.get(step.id) ?? base.steps.find((known) => known.id === step.id);
    if (before) {
      const result = 'kind' in step ? restated(before, step, path) : tighten(before, step, path);
      faults.push(...result.faults);
      tightened.set(step.id, result.step);
    } else if ('kind' in step) {
      faults.push(...droppingFaults(base, step, path));
      added.push(step);
    } else {
      const remedy = 'Write the whole step to add it, or name a step of the base.';
      faults.push(fault('variant', [...path, 'id'], `"${step.id}" is no step of the base, and has no kind`, remedy));
    }
  });
  if (faults.length > 0) return { faults };
  const { id, version, title, reviewBy, sources, notice, roles, phases, facts, examples } = variant;
  return {
    faults,
    merged: {
      ...base,
      ...{ id, version, title, inherits: variant.variantOf },
      notice: notice ?? base.notice,
      reviewBy: reviewBy < base.reviewBy ? reviewBy : base.reviewBy,
      sources: [...new Set([...base.sources, ...sources])],
      roles: { ...base.roles, ...roles },
      phases: [...base.phases, ...(phases ?? [])],
      ...(base.facts || facts ? { facts: { ...base.facts, ...facts } } : {}),
      steps: [
        ...base.steps.map((step) => tightened.get(step.id) ?? step),
        ...added.filter(({ id: own }) => !ids.has(own)),
      ],
      examples: [...base.examples.map((example) => ({ ...example, expect: {} })), ...examples],
    },
  };
}

/** A fault of the merged document, told of the variant where it stands there, and of the whole where it is the base's. */
export function faultInVariant(found: Fault, variant: VariantDocument, merged: ProtocolDocument): Fault {
  const [, list, index, ...rest] = found.pointer.split('/');
  const at = (place: number): Fault =>
    place < 0
      ? { ...found, pointer: '', message: `in the base, ${found.pointer}: ${found.message}` }
      : { ...found, pointer: ['', list, String(place), ...rest].join('/') };
  if (list === 'steps') return at(variant.steps.findIndex(({ id }) => id === merged.steps[Number(index)]?.id));
  if (list === 'examples') return at(Number(index) - (merged.examples.length - variant.examples.length));
  return found;
}

/** What is added must be new: a role, a phase or a fact of the base keeps its meaning. */
function additionFaults(base: ProtocolDocument, variant: VariantDocument): readonly Fault[] {
  const remedy = 'Give the addition a name of its own.';
  const phases = new Set(base.phases.map(({ id }) => id));
  return [
    ...(variant.id === base.id ? [fault('variant', ['id'], 'has the id of its base', remedy)] : []),
    ...Object.keys(variant.roles ?? {})
      .filter((role) => role in base.roles)
      .map((role) => fault('variant', ['roles', role], `changes the role "${role}" of the base`, remedy)),
    ...(variant.phases ?? []).flatMap(({ id }, index) =>
      phases.has(id)
        ? [fault('variant', ['phases', index, 'id'], `changes the phase "${id}" of the base`, remedy)]
        : [],
    ),
    ...Object.keys(variant.facts ?? {})
      .filter((code) => code in (base.facts ?? {}))
      .map((code) => fault('variant', ['facts', code], `changes the fact "${code}" of the base`, remedy)),
  ];
}

/** A step that is added must not make a mandatory step of the base pointless. */
const droppingFaults = (base: ProtocolDocument, step: StepDocument, path: Path): readonly Fault[] =>
  (step.kind === 'milestone' ? [] : (step.cancels ?? [])).flatMap((id, index) =>
    base.steps.some((known) => known.id === id && known.mandatory !== false)
      ? [loosened([...path, 'cancels', index], id, 'drops, by cancelling, what is mandatory: that')]
      : [],
  );

const loosened = (path: Path, id: string, what: string): Fault =>
  fault(
    'variant',
    path,
    `${what} of the step "${id}" of the base`,
    'A variant may only add or tighten: keep what the base says.',
  );

function tighten(before: StepDocument, change: TighteningDocument, path: Path): MergedStep {
  const { id, mandatory, window, late, patient, sources } = change;
  const common = { ...(patient ? { patient } : {}), sources: [...before.sources, ...sources] };
  if (before.kind === 'milestone') {
    const faults =
      window || late ? [loosened(path, id, 'gives a window or an alert to the milestone, which has none: that')] : [];
    return { faults, step: { ...before, ...common, ...(mandatory ? { mandatory } : {}) } };
  }
  const merged = {
    ...before.window,
    ...window,
    tighter: [...(before.window.tighter ?? []), ...(window?.tighter ?? [])],
  };
  const { tighter, ...limits } = merged;
  const step: DoingStep = {
    ...before,
    ...common,
    ...(mandatory ? { mandatory } : {}),
    ...(late ? { late } : {}),
    window: tighter.length > 0 ? merged : limits,
  };
  return {
    faults: [...windowFaults(before, step.window, [...path, 'window']), ...alertFaults(before, step, path)],
    step,
  };
}

/** The alert may change its words and whom it reaches first, never wait longer. */
const alertFaults = (before: DoingStep, { id, late }: DoingStep, path: Path): readonly Fault[] =>
  (late.tier ?? 3) > (before.late.tier ?? 3)
    ? [loosened([...path, 'late', 'tier'], id, 'makes less urgent the alert')]
    : [];

/** The base's step written anew: it may differ in its words and be stricter, in nothing else. */
function restated(before: StepDocument, step: StepDocument, path: Path): MergedStep {
  const free = new Set([
    'label',
    'labelBefore',
    'patient',
    'sources',
    'late',
    'window',
    'mandatory',
    'quality',
    'watch',
    'deputies',
  ]);
  const changed = [...new Set([...Object.keys(before), ...Object.keys(step)])]
    .filter((name) => !free.has(name))
    .filter((name) => JSON.stringify(Reflect.get(before, name)) !== JSON.stringify(Reflect.get(step, name)))
    .map((name) => loosened([...path, name], step.id, `changes "${name}"`));
  const optional =
    step.mandatory === false && before.mandatory !== false
      ? [loosened([...path, 'mandatory'], step.id, 'makes optional what is mandatory: that')]
      : [];
  const windows =
    before.kind === 'milestone' || step.kind === 'milestone'
      ? []
      : [...windowFaults(before, step.window, [...path, 'window']), ...alertFaults(before, step, path)];
  return { faults: [...changed, ...optional, ...windows], step };
}

function windowFaults(before: DoingStep, window: DoingStep['window'], path: Path): readonly Fault[] {
  const limits = (['target', 'latest'] as const).flatMap((name) => {
    const [old, now] = [before.window[name], window[name]];
    if (old === undefined || old === now) return [];
    const isShorter = now !== undefined && fitting(parseDuration(old), parseDuration(now)) >= 1;
    return isShorter ? [] : [loosened([...path, name], before.id, `lengthens or drops the ${name} (${old})`)];
  });
  const others = (['earliest', 'from'] as const).flatMap((name) =>
    before.window[name] === window[name] ? [] : [loosened([...path, name], before.id, `changes ${name} of the window`)],
  );
  const kept = (before.window.tighter ?? []).every((rule) =>
    window.tighter?.some((other) => JSON.stringify(other) === JSON.stringify(rule)),
  );
  return [...limits, ...others, ...(kept ? [] : [loosened([...path, 'tighter'], before.id, 'drops a tighter limit')])];
}
