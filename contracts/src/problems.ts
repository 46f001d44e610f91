/**
 * Every refusal Ariane can answer: its HTTP status and its texts. `{name}` is filled from the refusal's parameters.
 * The code is the contract; the texts may be reworded. Status: 400 shape, 401 who, 403 may not, 404 absent or hidden,
 * 409 state or version, 422 rule, 428 a precondition is required, 429 too many, 503 not now.
 */
export const problems = {
  INVALID_INPUT: { status: 400, fr: 'La demande est mal formée.', en: 'The request is malformed.' },
  IDEMPOTENCY_KEY_REQUIRED: {
    status: 400,
    fr: 'L’en-tête Idempotency-Key est obligatoire : un UUID choisi par l’appelant.',
    en: 'The Idempotency-Key header is required: a UUID chosen by the caller.',
  },
  UNAUTHENTICATED: { status: 401, fr: 'Identifiez-vous.', en: 'Sign in.' },
  FORBIDDEN: { status: 403, fr: 'Votre rôle ne le permet pas.', en: 'Your role does not allow this.' },
  NOT_FOUND: { status: 404, fr: 'Introuvable.', en: 'Not found.' },
  ALREADY_EXISTS: { status: 409, fr: 'Cet élément existe déjà.', en: 'This already exists.' },
  VERSION_CONFLICT: {
    status: 409,
    fr: 'Modifié entre-temps : relisez avant de recommencer.',
    en: 'Changed meanwhile: read it again first.',
  },
  STATE_CONFLICT: {
    status: 409,
    fr: 'L’état actuel ({state}) ne le permet pas.',
    en: 'The current state ({state}) does not allow this.',
  },
  IDEMPOTENCY_CONFLICT: {
    status: 422,
    fr: 'La même Idempotency-Key a déjà servi pour une autre demande.',
    en: 'The same Idempotency-Key was used for another request.',
  },
  RULE_BROKEN: { status: 422, fr: 'Une règle s’y oppose : {rule}.', en: 'A rule forbids it: {rule}.' },
  IF_MATCH_REQUIRED: { status: 428, fr: 'L’en-tête If-Match est obligatoire.', en: 'The If-Match header is required.' },
  TOO_MANY_REQUESTS: {
    status: 429,
    fr: 'Trop de demandes : réessayez bientôt.',
    en: 'Too many requests: try again soon.',
  },
  NOT_READY: { status: 503, fr: 'Le service n’est pas prêt : réessayez.', en: 'The service is not ready: try again.' },
  INTERNAL: { status: 500, fr: 'Une erreur interne est survenue.', en: 'An internal error occurred.' },
} as const satisfies Record<string, { status: number; fr: string; en: string }>;

export type ProblemCode = keyof typeof problems;
