import { civilDay } from '@ariane/kernel';
import type { Plan, PlannedStep } from '@ariane/protocol';
import { isOpen } from './open-step';

interface Dates {
  readonly dueFrom?: string;
  readonly target?: string;
  readonly latest?: string;
}

interface DifferentStep {
  readonly stepKey: string;
  readonly label: string;
}

/** What another version of the protocol would do to one patient's plan, on the same facts at the same instant. */
export interface PlanDifference {
  readonly added: readonly (DifferentStep & Dates & { readonly status: string })[];
  readonly removed: readonly (DifferentStep & Dates & { readonly status: string })[];
  readonly redated: readonly (DifferentStep & { readonly from: Dates; readonly to: Dates })[];
  /** Steps that would be late at once, though they are not by the present version. */
  readonly newlyLate: readonly DifferentStep[];
  /** Steps that are to do in both and yet stand otherwise: waiting instead of due, no longer done. */
  readonly restated: readonly (DifferentStep & { readonly from: string; readonly to: string })[];
  /** True when the pathway would end, or end otherwise, at once. */
  readonly ends: boolean;
  /** The same in sentences. */
  readonly words: readonly string[];
}

type Language = 'fr' | 'en';

/** What matters of a step that no longer concerns anybody is that it is not there. */
const isThere = ({ status, kind }: PlannedStep): boolean => status !== 'not-applicable' && kind !== 'milestone';

/** @param timeZone of the pathway, for the days in the sentences */
export function planDifference(before: Plan, after: Plan, timeZone: string, language: Language): PlanDifference {
  const [was, is] = [byKey(before), byKey(after)];
  const both = [...is.values()].flatMap((step) => {
    const former = was.get(step.key);
    return former === undefined ? [] : [{ former, step }];
  });
  const named = ({ key: stepKey, label }: PlannedStep): DifferentStep => ({ stepKey, label: label[language] });
  const lone = (step: PlannedStep) => ({ ...named(step), status: step.status, ...datesOf(step) });
  const difference = {
    added: [...is.values()].filter(({ key }) => !was.has(key)).map(lone),
    // What was done stays in the patient's plan, whatever the version.
    removed: [...was.values()].filter((step) => !is.has(step.key) && step.status !== 'done').map(lone),
    redated: both
      .filter(({ former, step }) => isOpen(former) && isOpen(step) && !sameDates(former, step))
      .map(({ former, step }) => ({ ...named(step), from: datesOf(former), to: datesOf(step) })),
    newlyLate: [...is.values()]
      .filter((step) => step.status === 'late' && was.get(step.key)?.status !== 'late')
      .map(named),
    restated: both
      .filter(({ former, step }) => former.status !== step.status && step.status !== 'late')
      .map(({ former, step }) => ({ ...named(step), from: former.status, to: step.status })),
    ends: after.end !== undefined && before.end?.status !== after.end.status,
  };
  return { ...difference, words: wordsOf(difference, timeZone, language) };
}

const byKey = ({ steps }: Plan): ReadonlyMap<string, PlannedStep> =>
  new Map(steps.filter(isThere).map((step) => [step.key, step]));

const datesOf = ({ dueFrom, target, latest }: PlannedStep): Dates => ({
  ...(dueFrom === undefined ? {} : { dueFrom }),
  ...(target === undefined ? {} : { target }),
  ...(latest === undefined ? {} : { latest }),
});

const sameDates = (a: PlannedStep, b: PlannedStep): boolean =>
  a.dueFrom === b.dueFrom && a.target === b.target && a.latest === b.latest;

const texts = {
  fr: {
    added: (label: string, by: string) => `Ajoutée : ${label}${by === '' ? '' : `, au plus tard le ${by}`}.`,
    removed: (label: string) => `Retirée : ${label}.`,
    redated: (label: string, what: string, from: string, to: string) =>
      `Redatée : ${label}, ${what} ${to} (était : ${from}).`,
    latest: 'au plus tard le',
    target: 'visée le',
    dueFrom: 'à partir du',
    late: (label: string) => `En retard dès la migration : ${label}.`,
    ends: 'Le parcours prendrait fin.',
    same: 'Rien ne change pour ce patient.',
    open: 'sans date',
  },
  en: {
    added: (label: string, by: string) => `Added: ${label}${by === '' ? '' : `, at the latest on ${by}`}.`,
    removed: (label: string) => `Removed: ${label}.`,
    redated: (label: string, what: string, from: string, to: string) =>
      `Re-dated: ${label}, ${what} ${to} (was: ${from}).`,
    latest: 'at the latest on',
    target: 'aimed at',
    dueFrom: 'from',
    late: (label: string) => `Late as soon as migrated: ${label}.`,
    ends: 'The pathway would end.',
    same: 'Nothing changes for this patient.',
    open: 'no date',
  },
} as const;

function wordsOf(difference: Omit<PlanDifference, 'words'>, timeZone: string, language: Language): readonly string[] {
  const say = texts[language];
  const day = (instant: string | undefined) => (instant === undefined ? '' : civilDay(instant, timeZone));
  const { added, removed, redated, newlyLate, restated, ends } = difference;
  const words = [
    ...added.map(({ label, latest }) => say.added(label, day(latest))),
    ...removed.map(({ label }) => say.removed(label)),
    ...redated.map(({ label, from, to }) => {
      const what = (['latest', 'target', 'dueFrom'] as const).find((one) => from[one] !== to[one]) ?? 'latest';
      return say.redated(label, say[what], day(from[what]) || say.open, day(to[what]) || say.open);
    }),
    ...newlyLate.map(({ label }) => say.late(label)),
    ...restated.map(({ label, from, to }) => `${label} : ${from} → ${to}.`),
    ...(ends ? [say.ends] : []),
  ];
  return words.length === 0 ? [say.same] : words;
}
