import { type DecisionKind, orientationsOf } from './decision-codes';

/** What the form holds before it is signed; empty texts are what was not chosen. */
export interface Decision {
  readonly kind: DecisionKind | '';
  readonly orientation: string;
  readonly side: string;
  readonly text: string;
  readonly delay: string;
  readonly responsibleId: string | undefined;
  readonly reserve: string;
  readonly reference: string;
  readonly referenceVersion: string;
  readonly conforms: boolean;
  readonly justification: string;
}

export const EMPTY_DECISION: Decision = {
  kind: '',
  orientation: '',
  side: '',
  text: '',
  delay: '',
  responsibleId: undefined,
  reserve: '',
  reference: '',
  referenceVersion: '',
  conforms: true,
  justification: '',
};

/** A kind of decision, with its orientation where it has only one; one that still fits stays. */
export function withKind(kind: DecisionKind, orientation: string): Pick<Decision, 'kind' | 'orientation'> {
  const allowed: readonly string[] = orientationsOf[kind];
  const only = allowed.length === 1 ? (allowed[0] ?? '') : '';
  return { kind, orientation: allowed.includes(orientation) ? orientation : only };
}

/** Whether nothing lacks that the service asks for. `side` is the case's: where it has one it is said again. */
export function isComplete(decision: Decision, side: string | undefined): boolean {
  const { kind, orientation, reference, referenceVersion, conforms, justification } = decision;
  if (kind === '' || orientation === '' || (side !== undefined && decision.side === '')) return false;
  const hasReference = reference.trim() !== '' && referenceVersion.trim() !== '';
  if (kind === 'REGISTERED_STANDARD' && !(hasReference && conforms)) return false;
  if (reference.trim() !== '' && !hasReference) return false;
  return reference.trim() === '' || conforms || justification.trim() !== '';
}
