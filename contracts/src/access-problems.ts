import type { ProblemTexts } from './problem-texts';

/** Refusals about accesses outside the rule. */
export const accessProblems = {
  BREAK_GLASS_NOT_NEEDED: {
    status: 422,
    fr: 'Vous avez déjà accès à tous les parcours de cette personne, ou elle n’en a aucun.',
    en: 'You may already see all of this person’s pathways, or there are none.',
  },
} as const satisfies Record<string, ProblemTexts>;
