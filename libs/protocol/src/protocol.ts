import { type CivilSpan, civilDay } from '@ariane/kernel';
import type { Condition } from './condition';
import type { EndDocument, ProtocolDocument } from './document';
import type { FactDictionary } from './fact';
import type { Place } from './place';
import type { Schedule } from './schedule';
import type { FactMatchDocument } from './schema-parts';
import type { DoingStep, MilestoneStep, StepDocument } from './step-document';

/** A protocol checked and compiled once, ready for `next`. Made by `loadProtocol`. */
export interface Protocol {
  readonly document: ProtocolDocument;
  /** Of the canonical JSON of the document. */
  readonly sha256: string;
  readonly facts: FactDictionary;
  readonly steps: ReadonlyMap<string, CompiledStep>;
  /** Branches that must not both hold. */
  readonly exclusions: readonly (readonly [CompiledBranch, CompiledBranch])[];
  readonly ends: readonly EndDocument[];
}

export interface CompiledBranch {
  readonly id: string;
  readonly when: CompiledCondition;
  readonly excludes: readonly string[];
}

interface CompiledCondition {
  readonly text: string;
  readonly condition: Condition;
}

export type CompiledStep = CompiledDoing | CompiledMilestone;

interface CompiledCommon {
  /** Its place in the document, from 0. */
  readonly ordinal: number;
  /** Its occurrences, made as they are first asked for by `placeAt`. */
  readonly places: Place[];
  readonly series: CompiledSeries;
  readonly start: CompiledStart;
  /** Steps which, once done, make it pointless. */
  readonly cancelledBy: readonly string[];
}

/**
 * How often a step occurs. The occurrences of `times` are planned from the first day; those of a `schedule` one after the
 * other, up to the first that is not over; those of `as` with the step they go with.
 */
export type CompiledSeries =
  | { readonly kind: 'once' }
  | {
      readonly kind: 'times';
      readonly times: number;
      readonly every?: { readonly span: CivilSpan; readonly after: string };
    }
  | ({ readonly kind: 'schedule'; readonly isFromLast: boolean } & Schedule)
  | { readonly kind: 'as'; readonly step: string };

/** How a fact marks an occurrence: 0 fails it, 1 finishes it, 2 asks for it again. */
export type MarkRank = 0 | 1 | 2;

export interface CompiledDoing extends CompiledCommon {
  /** Its own condition and its branch's. */
  readonly when?: CompiledCondition;
  readonly branch?: string;
  readonly document: DoingStep;
  readonly window: CompiledWindow;
  /** From the second occurrence on. */
  readonly laterWindow: CompiledWindow;
  /** Any of these finishes it. */
  readonly doneBy: readonly FactMatchDocument[];
  readonly failedBy: readonly FactMatchDocument[];
  readonly again: readonly FactMatchDocument[];
  /** All of these, failures first. */
  readonly marks: readonly { readonly rank: MarkRank; readonly match: FactMatchDocument }[];
  readonly retryAfter?: CivilSpan;
  /** Steps of which each occurrence follows the same occurrence of this one (`each`). */
  readonly followers: readonly string[];
}

export interface CompiledMilestone extends CompiledCommon {
  readonly document: MilestoneStep;
}

interface CompiledStart {
  readonly join: 'all' | 'any' | 'n';
  /** How many anchors must have come to pass, when the join is `n`. */
  readonly count: number;
  readonly anchors: readonly CompiledAnchor[];
}

export type CompiledAnchor =
  | { readonly kind: 'enrolment'; readonly offset?: CivilSpan }
  | {
      readonly kind: 'step';
      readonly step: string;
      readonly each: boolean;
      readonly required: boolean;
      readonly date: 'done' | 'planned' | 'due';
      readonly offset?: CivilSpan;
    }
  | { readonly kind: 'fact'; readonly code: string; readonly of?: string; readonly offset?: CivilSpan };

export interface CompiledWindow {
  readonly earliest?: CivilSpan;
  readonly target?: CivilSpan;
  readonly latest: CivilSpan;
  readonly from?: string;
  readonly tighter: readonly (CompiledCondition & { readonly latest: CivilSpan })[];
}

/** The key of an occurrence: the step's id, or `id#3` for the third of a repeated step. */
export const keyOf = (step: CompiledStep, occurrence: number): string =>
  step.series.kind === 'once' ? step.document.id : `${step.document.id}#${String(occurrence)}`;

/** What the document says of the step that a key or an id names, or undefined. */
export const stepOf = (protocol: Protocol, key: string): StepDocument | undefined =>
  protocol.steps.get(key.split('#', 1)[0] ?? key)?.document;

/** Whether a patient may still enter it: its content must have been reviewed by its `reviewBy` day, included. */
export const takesNewPatients = (protocol: Protocol, now: string, timeZone: string): boolean =>
  civilDay(now, timeZone) <= protocol.document.reviewBy;
