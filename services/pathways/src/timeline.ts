import type { Pin } from '@ariane/contracts';
import type { Fact, Plan, PlannedStep, StepDocument } from '@ariane/protocol';
import { omit } from './omit';
import type { Pathway } from './pathway';

/** When each fact was recorded, by its id; one that is not there counts as recorded when it became true. */
export type Recorded = ReadonlyMap<string, string>;

/**
 * A pathway as it was known at an instant: the facts recorded by then, those since taken back among them, and the
 * protocol and the changes of that day. What was recorded later, even of days before, was not known.
 */
export function knownAt(pathway: Pathway, recorded: Recorded, asOf: string): Pathway {
  const { facts, withdrawn = [], changes = [], migrations = [] } = pathway;
  const isAfter = (at: string) => Date.parse(at) > Date.parse(asOf);
  const takenBackSince = withdrawn.filter(({ at }) => isAfter(at)).map(({ fact }) => fact);
  const known = [...facts, ...takenBackSince].filter((fact) => !isAfter(recordedAt(fact, recorded)));
  const madeBy = changes.filter(({ at }) => !isAfter(at));
  return {
    ...pathway,
    protocol: protocolAt(pathway, asOf),
    facts: known.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0)),
    withdrawn: withdrawn.filter(({ at }) => !isAfter(at)),
    migrations: migrations.filter(({ at }) => !isAfter(at)),
    changes: madeBy.map(({ withdrawn: takenBack, ...change }) =>
      takenBack === undefined || isAfter(takenBack.at) ? change : { ...change, withdrawn: takenBack },
    ),
  };
}

/** The version pinned at an instant. */
export function protocolAt({ protocol, migrations = [] }: Pick<Pathway, 'protocol' | 'migrations'>, at: string): Pin {
  const next = migrations.find((migration) => Date.parse(migration.at) > Date.parse(at));
  return next?.from ?? protocol;
}

/** What a reading of the plan says of it, in the place of what was found out later. */
export function asPlanned(pathway: Pathway, { steps, announcedAt, end }: Plan): Pathway {
  return {
    ...omit(pathway, 'announcedAt', 'closedAt'),
    steps: steps.map((step) => ({ ...step, toldDue: 0, toldLate: 0 })),
    ...(announcedAt === undefined ? {} : { announcedAt }),
    ...(end === undefined ? { status: 'ACTIVE' as const } : { status: end.status, closedAt: end.at }),
  };
}

const recordedAt = ({ id, at }: Fact, recorded: Recorded): string => recorded.get(id) ?? at;

/** A fact that a rule read, with its date and when it became known here. */
export interface NamedFact {
  readonly id: string;
  readonly code: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly value?: Fact['value'];
  readonly unit?: string;
  readonly by?: string;
}

/** One step as planned and as done, and why. */
export interface TimelineStep {
  readonly key: string;
  readonly kind: string;
  readonly phase: string;
  readonly label: string;
  readonly role: string;
  readonly status: PlannedStep['status'];
  readonly attempt: number;
  readonly mandatory: boolean;
  readonly planned: { readonly dueFrom?: string; readonly target?: string; readonly latest?: string };
  readonly done?: { readonly at: string; readonly fact?: NamedFact };
  /** Whole days from `latest` to the real date, or to the instant of the reading while it is late. */
  readonly daysLate?: number;
  readonly waitingFor: readonly string[];
  readonly reason: {
    readonly rule: string;
    /** All that the rule read, also what was derived from the register or answered by a clinical rule. */
    readonly factIds: readonly string[];
    readonly facts: readonly NamedFact[];
    readonly protocol: Pin;
  };
}

export interface TimelineContext {
  readonly recorded: Recorded;
  readonly asOf: string;
  readonly language: 'fr' | 'en';
  readonly documentOf: (key: string) => StepDocument | undefined;
}

const DAY_MS = 86_400_000;

/** The steps of a plan, planned beside done, each with the rule and the facts that put it where it stands. */
export function stepsOf(pathway: Pathway, plan: Plan, context: TimelineContext): readonly TimelineStep[] {
  const facts = new Map(pathway.facts.map((fact) => [fact.id, named(fact, context.recorded)]));
  const protocol = pathway.protocol;
  return plan.steps.map((step) => {
    const { key, kind, phase, role, status, attempt, mandatory, waitingFor, reason, doneAt, doneBy } = step;
    const late = daysLate(step, context.asOf);
    const fact = doneBy === undefined ? undefined : facts.get(doneBy);
    return {
      key,
      kind,
      phase,
      role,
      status,
      attempt,
      mandatory,
      waitingFor,
      label: (context.documentOf(key)?.label ?? step.label)[context.language],
      planned: datesOf(step),
      ...(doneAt === undefined ? {} : { done: { at: doneAt, ...(fact === undefined ? {} : { fact }) } }),
      ...(late === 0 ? {} : { daysLate: late }),
      reason: {
        rule: reason.rule,
        factIds: reason.facts,
        facts: reason.facts.flatMap((id) => facts.get(id) ?? []),
        protocol,
      },
    };
  });
}

function datesOf({ dueFrom, target, latest }: PlannedStep): TimelineStep['planned'] {
  return {
    ...(dueFrom === undefined ? {} : { dueFrom }),
    ...(target === undefined ? {} : { target }),
    ...(latest === undefined ? {} : { latest }),
  };
}

function daysLate({ latest, doneAt, status }: PlannedStep, asOf: string): number {
  const ended = doneAt ?? (status === 'late' ? asOf : undefined);
  if (latest === undefined || ended === undefined) return 0;
  return Math.max(0, Math.ceil((Date.parse(ended) - Date.parse(latest)) / DAY_MS));
}

function named(fact: Fact, recorded: Recorded): NamedFact {
  const { id, code, at, value, unit, by } = fact;
  return {
    id,
    code,
    at,
    recordedAt: recordedAt(fact, recorded),
    ...(value === undefined ? {} : { value }),
    ...(unit === undefined ? {} : { unit }),
    ...(by === undefined ? {} : { by }),
  };
}
