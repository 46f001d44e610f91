import { canonicalJson, sha256Hex } from '@ariane/kernel';
import type { Conformity, Participant } from './case-state';

/** What the doctor signs: the decision, who discussed the case, under which reference. */
export interface SignedDecision {
  readonly caseId: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly meetingId: string;
  readonly meetingDay: string;
  readonly decision: string;
  readonly orientation: string;
  readonly side?: string;
  readonly text?: string;
  readonly conformity?: Conformity;
  readonly deviation?: string;
  readonly participants: readonly Participant[];
  readonly signedBy: string;
  readonly decidedAt: string;
}

/** SHA-256 of the signed content: it no longer matches when any of it is altered. */
export const decisionSha256 = (signed: SignedDecision): string => sha256Hex(canonicalJson(signed));
