import type { ProblemTexts } from './problem-texts';

/** Refusals about money: exact arithmetic, payment contracts, the ledger. */
export const moneyProblems = {
  NUMBER_MALFORMED: { status: 422, fr: 'Nombre illisible : {text}.', en: 'Not a number: {text}.' },
  MONEY_MALFORMED: { status: 422, fr: 'Montant illisible : {text}.', en: 'Not an amount of money: {text}.' },
  DIVISION_BY_ZERO: { status: 422, fr: 'Division par zéro.', en: 'Division by zero.' },
  WEIGHT_NEGATIVE: { status: 422, fr: 'Un poids est négatif.', en: 'A weight is negative.' },
  EXPRESSION_INVALID: { status: 422, fr: 'Expression « {text} » : {reason}.', en: 'Expression "{text}": {reason}.' },
  FACT_MISSING: {
    status: 422,
    fr: 'Il manque le fait « {name} ». Donnez-le comme les exemples du contrat.',
    en: 'The fact "{name}" is missing. Give it as the contract’s examples do.',
  },
  FACT_MALFORMED: {
    status: 422,
    fr: 'Le fait « {name} » est refusé : {reason}. Donnez-le comme les exemples du contrat.',
    en: 'The fact "{name}" is refused: {reason}. Give it as the contract’s examples do.',
  },
  CONTRACT_INVALID: {
    status: 422,
    fr: 'Contrat refusé, {place} : {reason}. {remedy}',
    en: 'Contract refused, {place}: {reason}. {remedy}',
  },
  EVIDENCE_INCOMPLETE: {
    status: 422,
    fr: 'Seuls {share} des dossiers sont complets, il en faut {threshold} pour régler. Il manque, par responsable : {defects}.',
    en: 'Only {share} of the records are complete, {threshold} are needed to settle. Missing, by owner: {defects}.',
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
  CONTRACT_SUSPENDED: {
    status: 409,
    fr: 'Le contrat est suspendu le {date}.',
    en: 'The contract is suspended on {date}.',
  },
  CONTRACT_SECOND_PERSON: {
    status: 409,
    fr: 'L’auteur d’un contrat ne le relit pas : demandez-le à une autre personne.',
    en: 'The author of a contract does not review it: ask another person.',
  },
  CONTRACT_ILLUSTRATIVE: {
    status: 422,
    fr: 'Des montants illustratifs ne se paient qu’en démonstration.',
    en: 'Illustrative amounts are paid in a demo only.',
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
} as const satisfies Record<string, ProblemTexts>;
