import { holidayTerritory } from '@ariane/kernel';
import { conditionFaults, factFault, stepFault } from './check-references';
import { stepFaults } from './check-step-names';
import { commonFacts } from './fact-dictionary';
import { stepIdOf } from './fact-view';
import type { ProtocolDocument } from './document';
import { type Fault, fault, meant, type Path } from './fault';

/** Faults of names, types and values: every step, phase, role, fact and condition that the document mentions. */
export function nameFaults(document: ProtocolDocument): readonly Fault[] {
  return [
    ...doubled(document.steps, 'steps', 'step'),
    ...doubled(document.phases, 'phases', 'phase'),
    ...doubled(document.branches ?? [], 'branches', 'branch'),
    ...ownFactFaults(document),
    ...branchFaults(document),
    ...document.steps.flatMap((step, index) => stepFaults(document, step, ['steps', index])),
    ...endFaults(document),
    ...exampleFaults(document),
  ];
}

function doubled(items: readonly { readonly id: string }[], list: string, what: string): readonly Fault[] {
  const ids = items.map(({ id }) => id);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) === index
      ? []
      : [fault('name', [list, index, 'id'], `"${id}" is the id of another ${what} too`, 'Give it a name of its own.')],
  );
}

/** A fact that every protocol shares has one meaning: a document may narrow its values, never change type or unit. */
function ownFactFaults(document: ProtocolDocument): readonly Fault[] {
  return Object.entries(document.facts ?? {}).flatMap(([code, own]) => {
    const common = commonFacts[code];
    if (!common) return [];
    const remedy = 'Give the fact of this protocol another name, or use the common one as it is.';
    if (common.type !== own.type) {
      return [fault('type', ['facts', code, 'type'], `"${code}" is a ${common.type} for every protocol`, remedy)];
    }
    const unit = common.type === 'number' ? (common.unit ?? '1') : undefined;
    return unit === undefined || unit === (own.unit ?? '1')
      ? []
      : [fault('unit', ['facts', code, 'unit'], `"${code}" is in ${unit} for every protocol`, remedy)];
  });
}

function branchFaults(document: ProtocolDocument): readonly Fault[] {
  const branches = document.branches ?? [];
  const ids = branches.map(({ id }) => id);
  return branches.flatMap((branch, index) => {
    const path: Path = ['branches', index];
    const excluded = (branch.excludes ?? []).flatMap((id, place) =>
      ids.includes(id) && id !== branch.id
        ? []
        : [
            fault(
              'name',
              [...path, 'excludes', place],
              id === branch.id ? 'a branch cannot exclude itself' : `"${id}" is not a branch`,
              meant(id, ids, 'Name another branch of this protocol.'),
            ),
          ],
    );
    const aged = branch.when.includes('within(')
      ? [fault('condition', [...path, 'when'], 'within(…) may not open or close a branch', 'Put it in the steps.')]
      : [];
    return [...conditionFaults(document, branch.when, [...path, 'when']), ...aged, ...excluded];
  });
}

const terminalFacts = { DIED: 'patient.died', REFUSED: 'patient.refused', TRANSFERRED: 'patient.transferred' } as const;

function endFaults(document: ProtocolDocument): readonly Fault[] {
  const named = document.ends.flatMap((end, index) =>
    end.status === 'COMPLETED'
      ? stepFault(document, end.after, ['ends', index, 'after'])
      : factFault(document, end.fact, ['ends', index, 'fact']),
  );
  const has = (status: string): boolean => document.ends.some((end) => end.status === status);
  const lacking = (['DIED', 'REFUSED', 'TRANSFERRED'] as const).filter(
    (status) => !has(status) && !branchesOn(document, terminalFacts[status]),
  );
  const endless = !has('COMPLETED') && !document.steps.some(isForLife) ? (['COMPLETED'] as const) : [];
  return [
    ...named,
    ...endless.map((status) =>
      fault(
        'endless',
        ['ends'],
        `has no way to end ${status}`,
        'Add {"status": "COMPLETED", "after": …} with the last step.',
      ),
    ),
    ...lacking.map((status) =>
      fault(
        'no-way-out',
        ['ends'],
        `has no way to end ${status}`,
        `Add {"status": "${status}", "fact": "${terminalFacts[status]}"}, or let a step start from that fact.`,
      ),
    ),
  ];
}

/** A terminal fact may be a branch instead: some step then starts from it. */
const branchesOn = (document: ProtocolDocument, code: string): boolean =>
  document.steps.some((step) => JSON.stringify(step.start).includes(`"${code}"`));

const isForLife = (step: ProtocolDocument['steps'][number]): boolean =>
  step.kind !== 'milestone' &&
  step.repeat !== undefined &&
  'schedule' in step.repeat &&
  step.repeat.schedule.at(-1)?.for === undefined;

function exampleFaults(document: ProtocolDocument): readonly Fault[] {
  const ids = document.steps.map((step) => step.id);
  return document.examples.flatMap((example, index) => {
    const at: Path = ['examples', index];
    const { facts, holidays, like } = example.given;
    const earlier = document.examples.slice(0, index).map(({ name }) => name);
    return [
      ...(like === undefined || earlier.includes(like)
        ? []
        : [
            fault(
              'name',
              [...at, 'given', 'like'],
              `"${like}" is not an earlier example`,
              'Name an example that stands before this one, word for word.',
            ),
          ]),
      ...facts.flatMap((fact, place) => [
        ...factFault(document, fact.code, [...at, 'given', 'facts', place, 'code']),
        ...stepFault(document, fact.stepKey && stepIdOf(fact.stepKey), [...at, 'given', 'facts', place, 'stepKey']),
      ]),
      ...Object.keys(example.expect.steps ?? {})
        .filter((key) => !ids.includes(stepIdOf(key)))
        .map((key) =>
          fault(
            'name',
            [...at, 'expect', 'steps', key],
            `"${key}" is not a step`,
            meant(stepIdOf(key), ids, 'Name a step of this protocol, or one of its occurrences: "cycle#2".'),
          ),
        ),
      ...(holidays === undefined || holidayTerritory(holidays)
        ? []
        : [
            fault(
              'name',
              [...at, 'given', 'holidays'],
              `the holidays of "${holidays}" are not known`,
              'Write FR, or a department with days of its own: FR-67, FR-974.',
            ),
          ]),
    ];
  });
}
