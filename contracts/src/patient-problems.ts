import type { ProblemTexts } from './problem-texts';

/** Refusals to whoever comes by a link instead of an account. */
export const patientProblems = {
  LINK_ENDED: {
    status: 404,
    fr: 'Ce lien n’est plus valable : demandez-en un nouveau à la personne qui coordonne vos soins.',
    en: 'This link is no longer valid: ask whoever coordinates your care for a new one.',
  },
  CODE_WRONG: {
    status: 422,
    fr: 'Ce code n’est pas le bon. Essais restants : {left}.',
    en: 'This is not the right code. Tries left: {left}.',
  },
  CODE_ENDED: {
    status: 422,
    fr: 'Ce code ne sert plus : demandez-en un nouveau.',
    en: 'This code is of no more use: ask for a new one.',
  },
  CODES_TOO_MANY: {
    status: 429,
    fr: 'Trop de codes ont été demandés : réessayez dans une heure.',
    en: 'Too many codes were asked for: try again in an hour.',
  },
  MESSAGES_NOT_SENT: {
    status: 503,
    fr: 'Aucun envoi de messages n’est configuré : l’exploitant nomme le sien dans ARIANE_MESSAGES.',
    en: 'No way of sending messages is configured: whoever runs Ariane names theirs in ARIANE_MESSAGES.',
  },
} as const satisfies Record<string, ProblemTexts>;
