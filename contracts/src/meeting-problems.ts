import type { ProblemTexts } from './problem-texts';

/** Refusals about multidisciplinary meetings. */
export const meetingProblems = {
  PRACTITIONER_UNKNOWN: {
    status: 422,
    fr: 'Ce professionnel n’est pas dans l’annuaire.',
    en: 'This professional is not in the directory.',
  },
  QUORUM_MISSING: {
    status: 422,
    fr: 'Le quorum manque pour ce dossier : {missing}.',
    en: 'There is no quorum for this case: {missing}.',
  },
  QUORUM_PRESENT: {
    status: 422,
    fr: 'Le quorum est réuni : donnez un autre motif de report.',
    en: 'There is a quorum: give another reason to defer.',
  },
  CASE_WITHOUT_MEETING: {
    status: 409,
    fr: 'Ce dossier attend encore une réunion.',
    en: 'This case still waits for a meeting.',
  },
  MEETING_NOT_STARTED: { status: 422, fr: 'La réunion n’a pas commencé.', en: 'The meeting has not begun.' },
  MEETING_IN_PAST: { status: 422, fr: 'Cette réunion serait passée.', en: 'This meeting would be in the past.' },
  DECISION_SIGNED: {
    status: 409,
    fr: 'Une décision signée ne change plus : présentez à nouveau le dossier.',
    en: 'A signed decision cannot change: present the case again.',
  },
  SIGNER_NOT_COMPETENT: {
    status: 422,
    fr: 'La décision est signée par un médecin en exercice qui a pris part à la discussion.',
    en: 'A decision is signed by a practising doctor who took part in the discussion.',
  },
  ORIENTATION_NOT_OF_DECISION: {
    status: 422,
    fr: 'Orientations possibles pour cette décision : {allowed}.',
    en: 'Orientations that this decision may have: {allowed}.',
  },
  SIDE_REQUIRED: {
    status: 422,
    fr: 'Le côté de la tumeur est obligatoire.',
    en: 'The side of the tumour is required.',
  },
  SIDE_MISMATCH: {
    status: 422,
    fr: 'Le côté diffère de celui du dossier : vérifiez le dossier.',
    en: 'The side differs from the case’s: check the case.',
  },
  REFERENCE_REQUIRED: {
    status: 422,
    fr: 'Un enregistrement sans discussion cite le référentiel auquel il se conforme.',
    en: 'A registration without discussion cites the reference it conforms to.',
  },
  JUSTIFICATION_REQUIRED: {
    status: 422,
    fr: 'Un écart au référentiel se justifie.',
    en: 'A departure from the reference is justified.',
  },
} as const satisfies Record<string, ProblemTexts>;
