import { anchorsOf, compileBranches, compileStep, dictionaryOf, doneByOf, vocabularyOf } from './compile';
import type { ProtocolDocument } from './document';
import { type Fault, fault, type Path } from './fault';
import { occurrenceCount, stepNamed } from './occurrences';
import { satisfying } from './satisfiable';
import type { AnchorDocument, FactMatchDocument } from './schema-parts';
import type { DoingStep, StepDocument } from './step-document';

/** Steps that no patient ever comes to. */
export function unreachableFaults(document: ProtocolDocument): readonly Fault[] {
  const vocabulary = vocabularyOf(document);
  const branches = compileBranches(document, vocabulary);
  const dictionary = dictionaryOf(document);
  const never = new Map<string, Fault>();
  document.steps.forEach((step, index) => {
    if (step.kind === 'milestone') return;
    const compiled = compileStep(step, vocabulary, document.steps, branches);
    const condition = 'when' in compiled ? compiled.when : undefined;
    if (!condition || satisfying([condition.condition], dictionary) !== 'impossible') return;
    const at: Path = ['steps', index, step.when === undefined ? 'branch' : 'when'];
    const remedy = 'Mend the condition, or take the step out.';
    never.set(step.id, fault('unreachable', at, `is never true, whatever the facts: ${condition.text}`, remedy));
  });
  for (let before = -1; before < never.size;) {
    before = never.size;
    document.steps.forEach((step, index) => {
      const found = never.has(step.id) ? undefined : neverStarts(document, step, ['steps', index], never);
      if (found) never.set(step.id, found);
    });
  }
  return document.steps.flatMap((step) => never.get(step.id) ?? []);
}

/** A step whose anchors can never come to pass, or that what it follows has always cancelled. */
function neverStarts(
  document: ProtocolDocument,
  step: StepDocument,
  path: Path,
  never: ReadonlyMap<string, Fault>,
): Fault | undefined {
  const anchors = anchorsOf(step);
  const isNever = (anchor: AnchorDocument): boolean => 'after' in anchor && never.has(anchor.after);
  const possible = anchors.filter((anchor) => !isNever(anchor)).length;
  const needed = 'n' in step.start ? step.start.n : 1;
  const lost = anchors.find((anchor) => isNever(anchor) && 'after' in anchor && (anchor.required ?? possible < needed));
  if (lost && 'after' in lost) {
    const remedy = `Start it from a step that patients come to, or mend "${lost.after}".`;
    return fault('unreachable', [...path, 'start'], `follows "${lost.after}", which no patient comes to`, remedy);
  }
  if (!('all' in step.start)) return undefined;
  const canceller = anchors
    .flatMap((anchor) => ('after' in anchor ? [stepNamed(document, anchor.after)] : []))
    .find((before) => before && before.kind !== 'milestone' && before.cancels?.includes(step.id));
  return canceller
    ? fault(
        'unreachable',
        [...path, 'start'],
        `follows "${canceller.id}", which cancels it as soon as it is done`,
        `Take it out of "cancels" of "${canceller.id}", or start it from something else.`,
      )
    : undefined;
}

/** Series, steps and pathways that never come to an end though something waits for it. */
export function endlessFaults(document: ProtocolDocument): readonly Fault[] {
  const isEndless = (id: string): boolean =>
    occurrenceCount(document, id) === Infinity &&
    !document.steps.some((other) => other.kind !== 'milestone' && other.cancels?.includes(id));
  return [
    ...document.steps.flatMap((step, index) => [
      ...followingFaults(step, ['steps', index], isEndless),
      ...(step.kind === 'milestone' ? [] : reopeningFaults(step, ['steps', index])),
    ]),
    ...endFaults(document, isEndless),
  ];
}

const remedyOfSeries =
  'Give the last rhythm a "for", follow each occurrence ("each": true), or let a step cancel the series.';

function followingFaults(step: StepDocument, path: Path, isEndless: (id: string) => boolean): readonly Fault[] {
  const join = 'all' in step.start ? 'all' : 'any' in step.start ? 'any' : 'of';
  return anchorsOf(step).flatMap((anchor, index) =>
    'after' in anchor && !anchor.each && isEndless(anchor.after)
      ? [
          fault(
            'endless',
            [...path, 'start', join, index, 'after'],
            `waits for the end of "${anchor.after}", which has none`,
            remedyOfSeries,
          ),
        ]
      : [],
  );
}

/** A step that what finishes it reopens is never done. */
function reopeningFaults(step: DoingStep, path: Path): readonly Fault[] {
  const scope = ({ of }: FactMatchDocument): string => (of === undefined || of === step.id ? step.id : of);
  const overlaps = (one: FactMatchDocument, other: FactMatchDocument): boolean =>
    one.fact === other.fact &&
    (scope(one) === 'any' || scope(other) === 'any' || scope(one) === scope(other)) &&
    (one.in === undefined || other.in === undefined || one.in.some((value) => other.in?.includes(value)));
  return (step.again ?? []).flatMap((again, index) =>
    doneByOf(step).some((done) => overlaps(done, again))
      ? [
          fault(
            'endless',
            [...path, 'again', index],
            `is reopened by what finishes it: ${again.fact}`,
            'Take this fact out of "again", or tell the values apart.',
          ),
        ]
      : [],
  );
}

function endFaults(document: ProtocolDocument, isEndless: (id: string) => boolean): readonly Fault[] {
  const completed = document.ends.flatMap((end, index) => (end.status === 'COMPLETED' ? [{ ...end, index }] : []));
  const waiting = completed
    .filter(({ after }) => isEndless(after))
    .map(({ after, index }) =>
      fault('endless', ['ends', index, 'after'], `waits for the end of "${after}", which has none`, remedyOfSeries),
    );
  const isMissable = (id: string): boolean => stepNamed(document, id)?.mandatory === false;
  const [first] = completed;
  return first && completed.every(({ after }) => isMissable(after))
    ? [
        ...waiting,
        fault(
          'endless',
          ['ends', first.index, 'after'],
          `is never reached once "${first.after}" is missed: the step is optional`,
          'Let the pathway end with a mandatory step, or make this one mandatory.',
        ),
      ]
    : waiting;
}
