import { accessProblems } from './access-problems';
import { alertProblems } from './alert-problems';
import { meetingProblems } from './meeting-problems';
import { moneyProblems } from './money-problems';
import { opinionProblems } from './opinion-problems';
import { patientProblems } from './patient-problems';
import type { ProblemTexts } from './problem-texts';
import { sessionProblems } from './session-problems';

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
  SLOT_TAKEN: { status: 409, fr: 'Ce créneau vient d’être pris.', en: 'This slot has just been taken.' },
  // Scheduling: calendars and appointments.
  SLOT_IN_PAST: { status: 422, fr: 'Ce créneau est passé.', en: 'This slot is in the past.' },
  SLOT_NOT_OFFERED: {
    status: 422,
    fr: 'L’agenda n’offre pas ce créneau pour cette visite.',
    en: 'The calendar does not offer this slot for this visit.',
  },
  APPOINTMENT_STARTED: {
    status: 409,
    fr: 'Le rendez-vous a commencé : notez-le honoré ou manqué.',
    en: 'The appointment has begun: record it as attended or missed.',
  },
  APPOINTMENT_NOT_STARTED: {
    status: 409,
    fr: 'Le rendez-vous n’a pas encore commencé.',
    en: 'The appointment has not begun yet.',
  },
  HOLD_EXPIRED: { status: 409, fr: 'Ce créneau n’est plus retenu.', en: 'This slot is no longer held.' },
  PATHWAY_CLOSED: { status: 409, fr: 'Ce parcours est terminé.', en: 'This pathway has ended.' },
  CALENDAR_INVALID: { status: 422, fr: 'Agenda refusé : {reason}.', en: 'Calendar refused: {reason}.' },
  PAYLOAD_TOO_LARGE: { status: 413, fr: 'La demande est trop longue.', en: 'The request is too long.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    fr: 'Ce type de contenu n’est pas admis.',
    en: 'This content type is not accepted.',
  },
  IDEMPOTENCY_CONFLICT: {
    status: 422,
    fr: 'La même Idempotency-Key a déjà servi pour une autre demande.',
    en: 'The same Idempotency-Key was used for another request.',
  },
  RULE_BROKEN: { status: 422, fr: 'Une règle s’y oppose : {rule}.', en: 'A rule forbids it: {rule}.' },
  ...moneyProblems,
  ...opinionProblems,
  ...meetingProblems,
  ...alertProblems,
  ...accessProblems,
  ...sessionProblems,
  ...patientProblems,
  IF_MATCH_REQUIRED: { status: 428, fr: 'L’en-tête If-Match est obligatoire.', en: 'The If-Match header is required.' },
  TOO_MANY_REQUESTS: {
    status: 429,
    fr: 'Trop de demandes : réessayez bientôt.',
    en: 'Too many requests: try again soon.',
  },
  NOT_READY: { status: 503, fr: 'Le service n’est pas prêt : réessayez.', en: 'The service is not ready: try again.' },
  // Care protocols.
  IDENTIFIER_INVALID: {
    status: 422,
    fr: 'Identifiant refusé : {problem}.',
    en: 'Identifier refused: {problem}.',
  },
  PATIENT_DECEASED: {
    status: 422,
    fr: 'Cette personne est décédée d’après le registre : aucun parcours ne commence et personne ne la convoque.',
    en: 'The register says that this person has died: no pathway begins and nobody calls them.',
  },
  PATHWAY_ALREADY_ACTIVE: {
    status: 409,
    fr: 'Un parcours de ce protocole est déjà en cours pour ce patient.',
    en: 'A pathway of this protocol is already under way for this patient.',
  },
  PROTOCOL_UNKNOWN: {
    status: 422,
    fr: 'Le protocole {id}, version {version}, n’est pas celui qui est chargé ici.',
    en: 'Protocol {id}, version {version}, is not the one loaded here.',
  },
  PROTOCOL_REVIEW_OVERDUE: {
    status: 422,
    fr: 'Ce protocole devait être revu le {reviewBy} : il n’accepte plus de patient.',
    en: 'This protocol was to be reviewed by {reviewBy}: it takes no new patient.',
  },
  COORDINATOR_REQUIRED: {
    status: 422,
    fr: 'L’équipe doit garder un coordinateur : il reçoit les alertes.',
    en: 'The care team must keep a coordinator, who owns the alerts.',
  },
  FACT_NOT_ALLOWED: {
    status: 422,
    fr: 'Le fait « {name} » ne se saisit pas ici ; permis : {allowed}.',
    en: 'The fact "{name}" is not recorded here; allowed: {allowed}.',
  },
  DEMO_ONLY: {
    status: 422,
    fr: 'Cet en-tête n’existe que dans une démonstration : retirez-le.',
    en: 'This header exists in a demo only: leave it out.',
  },
  FACT_IN_FUTURE: { status: 422, fr: 'Ce fait est daté de l’avenir.', en: 'This fact is dated in the future.' },
  STEP_DAYS_INVALID: {
    status: 422,
    fr: 'Les jours se suivent et n’ont pas tous passé : aujourd’hui ({today}) ≤ latest, from ≤ target ≤ latest.',
    en: 'The days follow one another and are not all past: today ({today}) ≤ latest, from ≤ target ≤ latest.',
  },
  PROTOCOL_IMMUTABLE: {
    status: 409,
    fr: 'Cette version existe déjà avec un autre contenu : publiez la suivante.',
    en: 'This version already exists with other content: publish the next one.',
  },
  PROTOCOL_NOT_ACTIVE: {
    status: 422,
    fr: 'Cette version n’est pas activée : elle ne prend aucun patient.',
    en: 'This version is not active: it takes no patient.',
  },
  SECOND_PERSON_REQUIRED: {
    status: 422,
    fr: 'Une autre personne que celle qui l’a publiée doit l’activer.',
    en: 'Somebody else than who published it must activate it.',
  },
  PROTOCOL_INVALID: {
    status: 422,
    fr: 'Protocole refusé, {where} : {fault} (fautes : {count}).',
    en: 'Protocol refused, {where}: {fault} (faults: {count}).',
  },
  INTERNAL: { status: 500, fr: 'Une erreur interne est survenue.', en: 'An internal error occurred.' },
} as const satisfies Record<string, ProblemTexts>;

export type ProblemCode = keyof typeof problems;
