import { canonicalJson, sha256Hex } from '@ariane/kernel';

/** A document sent in support: what it is and how to recognise it. File names may tell a diagnosis and are not kept. */
export interface Attachment {
  readonly kind: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What the expert signs: the answer together with the question and the documents it answers (R. 6316-4 CSP). */
export interface SignedOpinion {
  readonly requestId: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly requesterId: string;
  readonly expertId: string;
  readonly question: string;
  readonly attachments: readonly Attachment[];
  readonly conclusion: string;
  readonly text: string;
  readonly givenAt: string;
}

/** SHA-256 of the signed content: it no longer matches when any of it is altered. */
export function opinionSha256(signed: SignedOpinion): string {
  const { requestId, pathwayId, patientId, requesterId, expertId, question, conclusion, text, givenAt } = signed;
  const attachments = signed.attachments.map(({ kind, sha256, bytes }) => ({ kind, sha256, bytes }));
  const who = { requestId, pathwayId, patientId, requesterId, expertId };
  return sha256Hex(canonicalJson({ ...who, question, attachments, conclusion, text, givenAt }));
}
