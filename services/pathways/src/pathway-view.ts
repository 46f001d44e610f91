import { type Pin } from '@ariane/contracts';
import { uuidv5 } from '@ariane/kernel';
import type { Fact, Label, ProtocolDocument, StepDocument } from '@ariane/protocol';
import type { Member } from './care-team';
import { omit } from './omit';
import type { Booking, Migration, Pathway, StepRecord, WithdrawnFact } from './pathway';
import { additionOf, isAddition, type PlanChange, standing } from './plan-change';
import type { Assessment } from './rule-facts';

export type Language = 'fr' | 'en';
type DocumentOf = (key: string) => StepDocument | undefined;

interface StepView {
  readonly key: string;
  readonly kind: string;
  readonly phase: string;
  readonly label: string;
  readonly role: string;
  readonly status: string;
  readonly attempt: number;
  readonly mandatory: boolean;
  readonly dueFrom?: string;
  readonly target?: string;
  readonly latest?: string;
  readonly doneAt?: string;
  readonly waitingFor: readonly string[];
  readonly reason: StepRecord['reason'];
  readonly booking?: Omit<Booking, 'stepKey'>;
  /** Whether the step comes from the protocol, and from which version, or from a person. */
  readonly origin: StepOrigin;
  /** What people changed of it beside, oldest first: moved or skipped, by whom and why. */
  readonly changes: readonly ChangeView[];
}

type StepOrigin =
  | { readonly from: 'protocol'; readonly version: number; readonly rule: string }
  | {
      readonly from: 'person';
      readonly by: string;
      readonly reason: string;
      readonly at: string;
      readonly of?: string;
    };

type ChangeView = Pick<PlanChange, 'id' | 'change' | 'stepKey' | 'by' | 'reason' | 'at' | 'withdrawn'> & {
  readonly of?: string;
  readonly dueFrom?: string;
  readonly target?: string;
  readonly latest?: string;
};

export interface PathwayView {
  readonly id: string;
  readonly patientId: string;
  readonly protocol: Pin & { readonly title: string };
  readonly contract: Pin;
  readonly enrolledAt: string;
  readonly status: string;
  readonly closedAt?: string;
  readonly disclosure: string;
  readonly announcedAt?: string;
  readonly team: readonly Member[];
  readonly milestones: readonly string[];
  readonly steps: readonly StepView[];
  /** What the clinical rules answered when the plan was last read, and why. */
  readonly assessments: readonly Assessment[];
  /** What was asked of other services and not yet answered. */
  readonly outstanding: readonly { readonly id: string; readonly service: string; readonly stepKey: string }[];
  readonly wakeAt: string | null;
  readonly settled: boolean;
  /** From which versions to which this patient was moved, by whom and why. */
  readonly migrations: readonly Migration[];
  /** Facts that were taken back as mistakes. */
  readonly withdrawn: readonly WithdrawnFact[];
}

/** All that the care team reads. */
export function pathwayView(
  pathway: Pathway,
  document: ProtocolDocument,
  documentOf: DocumentOf,
  language: Language,
  assessments: readonly Assessment[],
): PathwayView {
  const { id, patientId, contract, enrolledAt, status, disclosure, team, milestones, wakeAt, settled } = pathway;
  const ids = new Set(document.steps.map((step) => step.id));
  const isPinned = (key: string) => ids.has(key.split('#', 1)[0] ?? key);
  return {
    id,
    patientId,
    protocol: { ...pathway.protocol, title: document.title[language] },
    contract,
    enrolledAt,
    status,
    ...(pathway.closedAt === undefined ? {} : { closedAt: pathway.closedAt }),
    disclosure,
    ...(pathway.announcedAt === undefined ? {} : { announcedAt: pathway.announcedAt }),
    team,
    milestones,
    steps: pathway.steps.map((step) => ({
      ...stepView(step, pathway, documentOf(step.key), language),
      origin: originOf(pathway, step, isPinned(step.key)),
      changes: standing(pathway.changes)
        .filter((change) => change.stepKey === step.key && !isAddition(change))
        .map(changeView),
    })),
    assessments,
    outstanding: pathway.asks.map((ask) => ({ id: ask.id, service: ask.service, stepKey: ask.stepKey })),
    wakeAt,
    settled,
    migrations: pathway.migrations ?? [],
    withdrawn: pathway.withdrawn ?? [],
  };
}

/** A change as the care team reads it. */
export function changeView(change: PlanChange): ChangeView {
  const { id, change: what, stepKey, by, reason, at, withdrawn } = change;
  return {
    ...{ id, change: what, stepKey, by, reason, at },
    ...(change.change === 'repeated' ? { of: change.of } : {}),
    ...(change.change === 'shared' ? { with: change.with } : {}),
    ...('dates' in change ? change.dates : {}),
    ...(withdrawn === undefined ? {} : { withdrawn }),
  };
}

/** A step that the pinned version no longer has was done under a former one. */
function originOf(pathway: Pathway, { key, reason }: StepRecord, isPinned: boolean): StepOrigin {
  const addition = additionOf(pathway.changes, key);
  if (addition !== undefined) {
    const { by, reason: why, at } = addition;
    return { from: 'person', by, reason: why, at, ...(addition.change === 'repeated' ? { of: addition.of } : {}) };
  }
  const former = isPinned ? undefined : pathway.migrations?.at(-1)?.from;
  return { from: 'protocol', version: (former ?? pathway.protocol).version, rule: reason.rule };
}

function stepView(
  step: StepRecord,
  pathway: Pathway,
  document: StepDocument | undefined,
  language: Language,
): Omit<StepView, 'origin' | 'changes'> {
  const booking = bookingOf(pathway, step.key);
  return {
    ...omit(step, 'toldDue', 'toldLate', 'toldEnd', 'doneBy', 'moves'),
    phase: document?.phase ?? '',
    label: document?.label[language] ?? step.key,
    ...(booking === undefined ? {} : { booking }),
  };
}

function bookingOf(pathway: Pathway, key: string): Omit<Booking, 'stepKey'> | undefined {
  const found = pathway.bookings.find(({ stepKey }) => stepKey === key);
  return found && omit(found, 'stepKey');
}

/** What the patient reads: no key, kind, role, reason or protocol, each of which could name the disease. */
interface PatientStepView {
  readonly ref: string;
  readonly label: string;
  readonly status: 'to-come' | 'done';
  readonly latest?: string;
  readonly doneAt?: string;
  readonly appointmentAt?: string;
}

export interface PatientPathwayView {
  readonly id: string;
  readonly status: 'under-way' | 'ended';
  readonly steps: readonly PatientStepView[];
}

/**
 * The patient's side. Until the diagnosis has been announced in person every label is the neutral one, and steps that
 * are not yet under way are left out: a list of what may come would tell what is feared (hazard H2).
 */
export function patientView(pathway: Pathway, documentOf: DocumentOf, language: Language): PatientPathwayView {
  const shown = pathway.steps.filter(
    ({ kind, status }) => kind !== 'milestone' && (status === 'due' || status === 'late' || status === 'done'),
  );
  return {
    id: pathway.id,
    status: pathway.status === 'ACTIVE' ? 'under-way' : 'ended',
    steps: shown.map((step) => patientStep(pathway, step, documentOf(step.key), language)),
  };
}

/** The label that may stand in front of the patient now. A step that the document does not know has none to show. */
export function labelFor(
  pathway: Pick<Pathway, 'disclosure'>,
  document: { label: Label; labelBefore: Label } | undefined,
  language: Language,
): string {
  if (document === undefined) return '';
  return (pathway.disclosure === 'ANNOUNCED' ? document.label : document.labelBefore)[language];
}

function patientStep(
  pathway: Pathway,
  step: StepRecord,
  document: StepDocument | undefined,
  language: Language,
): PatientStepView {
  const booking = bookingOf(pathway, step.key);
  return {
    ref: uuidv5(pathway.id, `patient/${step.key}`),
    label: labelFor(pathway, document, language),
    status: step.status === 'done' ? 'done' : 'to-come',
    ...(step.latest === undefined || step.status === 'done' ? {} : { latest: step.latest }),
    ...(step.doneAt === undefined ? {} : { doneAt: step.doneAt }),
    ...(booking?.startsAt === undefined ? {} : { appointmentAt: booking.startsAt }),
  };
}

export interface TimelineItem {
  readonly at: string;
  readonly what: 'enrolled' | 'fact' | 'step-done' | 'announced' | 'closed';
  /** Of a fact: what it is taken back by when it was a mistake. */
  readonly factId?: string;
  readonly code?: string;
  readonly value?: Fact['value'];
  readonly unit?: string;
  readonly stepKey?: string;
  readonly label?: string;
  readonly by?: string;
}

/** What happened, oldest first: dated facts and the steps they finished. */
export function timelineOf(pathway: Pathway, documentOf: DocumentOf, language: Language): readonly TimelineItem[] {
  const facts = pathway.facts.map(({ id: factId, at, code, value, unit, stepKey, by }): TimelineItem => ({
    at,
    what: 'fact',
    factId,
    code,
    ...(value === undefined ? {} : { value }),
    ...(unit === undefined ? {} : { unit }),
    ...(stepKey === undefined ? {} : { stepKey }),
    ...(by === undefined ? {} : { by }),
  }));
  const done = pathway.steps.flatMap(({ key, doneAt }): TimelineItem[] =>
    doneAt === undefined
      ? []
      : [{ at: doneAt, what: 'step-done', stepKey: key, label: documentOf(key)?.label[language] ?? key }],
  );
  return inOrder([...turns(pathway), ...facts, ...done]);
}

/** The patient's timeline: what was done, under the label they may read, and nothing of results. */
export function patientTimeline(pathway: Pathway, documentOf: DocumentOf, language: Language): readonly TimelineItem[] {
  const done = pathway.steps.flatMap(({ key, kind, doneAt }): TimelineItem[] =>
    doneAt === undefined || kind === 'milestone'
      ? []
      : [{ at: doneAt, what: 'step-done', label: labelFor(pathway, documentOf(key), language) }],
  );
  return inOrder([{ at: pathway.enrolledAt, what: 'enrolled' }, ...done]);
}

function turns(pathway: Pathway): readonly TimelineItem[] {
  return [
    { at: pathway.enrolledAt, what: 'enrolled' },
    ...(pathway.announcedAt === undefined ? [] : [{ at: pathway.announcedAt, what: 'announced' as const }]),
    ...(pathway.closedAt === undefined
      ? []
      : [{ at: pathway.closedAt, what: 'closed' as const, code: pathway.status }]),
  ];
}

const inOrder = (items: readonly TimelineItem[]): readonly TimelineItem[] =>
  [...items].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
