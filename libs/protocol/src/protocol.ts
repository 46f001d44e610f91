import { type CivilSpan, civilDay } from '@ariane/kernel';
import type { Condition } from './condition';
import type { EndDocument, ProtocolDocument } from './document';
import type { DoingStep, FactMatchDocument, MilestoneStep, StepDocument } from './step-document';
import type { FactDictionary } from './fact';

/** A protocol checked and compiled once, ready for `next`. Made by `loadProtocol`. */
export interface Protocol {
  readonly document: ProtocolDocument;
  /** Of the canonical JSON of the document. */
  readonly sha256: string;
  readonly facts: FactDictionary;
  readonly steps: ReadonlyMap<string, CompiledStep>;
  readonly ends: readonly EndDocument[];
}

export type CompiledStep = CompiledDoing | CompiledMilestone;

interface CompiledCommon {
  readonly times: number;
  readonly start: CompiledStart;
  readonly every?: { readonly span: CivilSpan; readonly after: string };
}

export interface CompiledDoing extends CompiledCommon {
  readonly when?: { readonly text: string; readonly condition: Condition };
  readonly document: DoingStep;
  readonly window: CompiledWindow;
  /** From the second occurrence on. */
  readonly laterWindow: CompiledWindow;
  /** Any of these finishes it. */
  readonly doneBy: readonly FactMatchDocument[];
  readonly failedBy: readonly FactMatchDocument[];
  readonly again: readonly FactMatchDocument[];
  readonly retryAfter?: CivilSpan;
  /** Steps of which each occurrence follows the same occurrence of this one (`each`). */
  readonly followers: readonly string[];
}

export interface CompiledMilestone extends CompiledCommon {
  readonly document: MilestoneStep;
}

interface CompiledStart {
  readonly join: 'all' | 'any';
  readonly anchors: readonly CompiledAnchor[];
}

export type CompiledAnchor =
  | { readonly kind: 'enrolment'; readonly offset?: CivilSpan }
  | {
      readonly kind: 'step';
      readonly step: string;
      readonly each: boolean;
      readonly required: boolean;
      readonly offset?: CivilSpan;
    }
  | { readonly kind: 'fact'; readonly code: string; readonly of?: string; readonly offset?: CivilSpan };

export interface CompiledWindow {
  readonly earliest?: CivilSpan;
  readonly target?: CivilSpan;
  readonly latest: CivilSpan;
  readonly from?: string;
  readonly tighter: readonly { readonly text: string; readonly condition: Condition; readonly latest: CivilSpan }[];
}

/** The keys of a step's occurrences: its id, or `id#1` to `id#n`. */
export const keysOf = (step: CompiledStep): readonly string[] =>
  step.times === 1
    ? [step.document.id]
    : Array.from({ length: step.times }, (_, index) => `${step.document.id}#${String(index + 1)}`);

/** What the document says of the step that a key or an id names, or undefined. */
export const stepOf = (protocol: Protocol, key: string): StepDocument | undefined =>
  protocol.steps.get(key.split('#', 1)[0] ?? key)?.document;

/** Whether a patient may still enter it: its content must have been reviewed by its `reviewBy` day, included. */
export const takesNewPatients = (protocol: Protocol, now: string, timeZone: string): boolean =>
  civilDay(now, timeZone) <= protocol.document.reviewBy;
