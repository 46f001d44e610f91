import type { ProblemTexts } from './problem-texts';

/** Refusals about opinions asked of an expert. */
export const opinionProblems = {
  NOT_THE_EXPERT: { status: 403, fr: 'Seul l’expert sollicité le peut.', en: 'Only the expert asked may do this.' },
  NOT_THE_REQUESTER: { status: 403, fr: 'Seul le requérant le peut.', en: 'Only the requester may do this.' },
  OPINION_SIGNED: {
    status: 409,
    fr: 'Un avis signé ne change plus : demandez un autre avis.',
    en: 'A signed opinion cannot change: ask for another one.',
  },
  OPINION_OVERDUE: { status: 409, fr: 'Le délai de réponse est passé.', en: 'The time to answer is over.' },
  EXPERT_NOT_QUALIFIED: {
    status: 422,
    fr: 'L’expert désigné n’exerce pas comme médecin la spécialité {specialty} le {day}.',
    en: 'The expert named does not practise {specialty} as a doctor on {day}.',
  },
  EXPERT_NOT_FOUND: {
    status: 422,
    fr: 'Aucun médecin de l’annuaire n’exerce la spécialité {specialty} le {day}.',
    en: 'No doctor of the directory practises {specialty} on {day}.',
  },
  REDIRECTED_TO_SELF: { status: 422, fr: 'Cet expert est déjà sollicité.', en: 'This expert is already asked.' },
  URGENCY_LIFE_THREATENING: {
    status: 422,
    fr: 'Urgence vitale : appelez le 15, n’attendez pas d’avis ici.',
    en: 'Life-threatening: call 15, do not wait for an opinion here.',
  },
} as const satisfies Record<string, ProblemTexts>;
