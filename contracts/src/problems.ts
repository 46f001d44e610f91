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
  // Money: exact arithmetic, payment contracts, the ledger.
  NUMBER_MALFORMED: { status: 422, fr: 'Nombre illisible : {text}.', en: 'Not a number: {text}.' },
  MONEY_MALFORMED: { status: 422, fr: 'Montant illisible : {text}.', en: 'Not an amount of money: {text}.' },
  DIVISION_BY_ZERO: { status: 422, fr: 'Division par zéro.', en: 'Division by zero.' },
  WEIGHT_NEGATIVE: { status: 422, fr: 'Un poids est négatif.', en: 'A weight is negative.' },
  EXPRESSION_INVALID: { status: 422, fr: 'Expression « {text} » : {reason}.', en: 'Expression "{text}": {reason}.' },
  FACT_MISSING: { status: 422, fr: 'Il manque le fait « {name} ».', en: 'The fact "{name}" is missing.' },
  FACT_MALFORMED: {
    status: 422,
    fr: 'Le fait « {name} » n’est pas du bon type : {reason}.',
    en: 'The fact "{name}" has the wrong type: {reason}.',
  },
  CONTRACT_INVALID: {
    status: 422,
    fr: 'Contrat refusé, {place} : {reason}.',
    en: 'Contract refused, {place}: {reason}.',
  },
  CONTRACT_KIND_NOT_BUILT: {
    status: 422,
    fr: 'Le composant « {component} » est du genre « {kind} », pas encore calculé.',
    en: 'Component "{component}" is of kind "{kind}", which is not computed yet.',
  },
  CONTRACT_EXAMPLE_FAILED: {
    status: 422,
    fr: 'L’exemple « {example} » échoue, {name} : attendu {expected}, calculé {computed}.',
    en: 'Example "{example}" fails, {name}: expected {expected}, computed {computed}.',
  },
  CONTRACT_IMMUTABLE: {
    status: 409,
    fr: 'Cette version est active : écrivez-en une nouvelle.',
    en: 'This version is active: write a new one.',
  },
  CONTRACT_NOT_ACTIVE: { status: 409, fr: 'Ce contrat n’est pas actif.', en: 'This contract is not active.' },
  CONTRACT_OVERLAPS: {
    status: 409,
    fr: 'Une autre version active couvre ces dates.',
    en: 'Another active version covers these dates.',
  },
  CONTRACT_OUT_OF_VALIDITY: {
    status: 422,
    fr: 'Le contrat ne couvre pas le {date}.',
    en: 'The contract does not cover {date}.',
  },
  LEGAL_BASIS_REQUIRED: {
    status: 422,
    fr: 'Sans base légale, un contrat ne s’active qu’en démonstration.',
    en: 'Without a legal basis a contract activates only in a demo.',
  },
  APPROVER_REQUIRED: {
    status: 422,
    fr: 'L’activation demande une personne nommée.',
    en: 'Activation needs a named approver.',
  },
  PROTOCOL_NOT_COVERED: {
    status: 422,
    fr: 'Le contrat ne paie pas ce protocole.',
    en: 'The contract does not pay this protocol.',
  },
  ENTRY_UNBALANCED: { status: 422, fr: 'Écriture refusée : {reason}.', en: 'Entry refused: {reason}.' },
  ENTRY_REVERSED: { status: 409, fr: 'Cette écriture est déjà contrepassée.', en: 'This entry is reversed already.' },
  // Opinions asked of an expert.
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
  // Multidisciplinary meetings.
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
  FACT_IN_FUTURE: { status: 422, fr: 'Ce fait est daté de l’avenir.', en: 'This fact is dated in the future.' },
  PROTOCOL_INVALID: {
    status: 422,
    fr: 'Protocole refusé, {where} : {fault} (fautes : {count}).',
    en: 'Protocol refused, {where}: {fault} (faults: {count}).',
  },
  INTERNAL: { status: 500, fr: 'Une erreur interne est survenue.', en: 'An internal error occurred.' },
} as const satisfies Record<string, { status: number; fr: string; en: string }>;

export type ProblemCode = keyof typeof problems;
