import type { ProblemTexts } from './problem-texts';

/** Refusals of the portal about who is signed in. */
export const sessionProblems = {
  SESSION_ENDED: {
    status: 401,
    fr: 'Votre session est terminée : identifiez-vous à nouveau, votre saisie est conservée.',
    en: 'Your session has ended: sign in again, what you typed is kept.',
  },
  ORIGIN_REFUSED: {
    status: 403,
    fr: 'Cette demande ne vient pas d’une page d’Ariane.',
    en: 'This request does not come from a page of Ariane.',
  },
  SIGN_IN_UNREACHABLE: {
    status: 503,
    fr: 'Le service d’identification ne répond pas : réessayez dans un instant.',
    en: 'The sign-in service does not answer: try again in a moment.',
  },
  SIGN_IN_STALE: {
    status: 400,
    fr: 'Cette identification n’est plus valable : recommencez.',
    en: 'This sign-in is no longer valid: begin again.',
  },
  SIGN_IN_REFUSED: {
    status: 403,
    fr: 'Le service d’identification n’a pas confirmé votre identité : recommencez.',
    en: 'The sign-in service did not confirm who you are: begin again.',
  },
  SIGN_IN_INCOMPLETE: {
    status: 403,
    fr: 'Vous êtes identifié, mais il manque à votre compte : {missing}.',
    en: 'You are signed in, but your account lacks: {missing}.',
  },
  LOGOUT_TOKEN_REFUSED: {
    status: 400,
    fr: 'Ce jeton de déconnexion n’est pas valable.',
    en: 'This logout token is not valid.',
  },
} as const satisfies Record<string, ProblemTexts>;
