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
  NOT_A_VOTER: {
    status: 403,
    fr: 'Seuls les votants nommés par le contrat proposent et votent sa clé.',
    en: 'Only the voters named by the contract propose and vote its key.',
  },
  KEY_VOTE_OPEN: {
    status: 409,
    fr: 'Une clé est déjà au vote jusqu’au {closesAt}.',
    en: 'A key is being voted on until {closesAt}.',
  },
  VOTE_OVER: { status: 409, fr: 'Le vote est clos depuis {closesAt}.', en: 'The vote ended at {closesAt}.' },
  KEY_TOO_EARLY: { status: 422, fr: 'Indiquez une date après {allowed}.', en: 'Give a time after {allowed}.' },
  KEY_WEIGHTS_INVALID: {
    status: 422,
    fr: 'Poids refusés : {reason}. Un identifiant une fois, un nombre ≥ 0 chacun, l’un au moins au-dessus de zéro.',
    en: 'Weights refused: {reason}. Each id once with a number from 0 on, one of them above zero.',
  },
  KEY_NOT_TOLD: {
    status: 422,
    fr: 'Une clé de répartition se vote : retirez « keys » des faits.',
    en: 'A split key is voted: take "keys" out of the facts.',
  },
  DRY_RUN_NOT_READ: {
    status: 422,
    fr: 'Confirmez la lecture du rapport d’essai : dryRun vaut l’empreinte du dernier rapport ({allowed}).',
    en: 'Confirm that you have read the dry run’s report: dryRun is the hash of the last one ({allowed}).',
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
  ENTRY_NOT_REVERSIBLE: {
    status: 409,
    fr: 'Cette écriture ne se contrepasse pas ({reason}) : corrigez sa source.',
    en: 'This entry is not reversed ({reason}): correct its source.',
  },
  ACCOUNT_BOUND: {
    status: 422,
    fr: 'Le compte {account} dépasserait sa limite.',
    en: 'Account {account} would cross its bound.',
  },
  PENDING_RESOLVED: {
    status: 409,
    fr: 'Cette écriture en attente est déjà dénouée.',
    en: 'This pending entry is resolved already.',
  },
  PENDING_NOT_EXPIRED: {
    status: 409,
    fr: 'Cette écriture en attente n’est pas encore échue.',
    en: 'This pending entry has not expired yet.',
  },
  PENDING_BY_CALCULATION: {
    status: 409,
    fr: 'Ce montant en attente vient d’un calcul : corrigez ses faits, le calcul le résoudra.',
    en: 'A calculation holds this amount: correct its facts and the calculation resolves it.',
  },
  PENDING_EXCEEDED: {
    status: 422,
    fr: 'Le montant dépasse ce qui était en attente.',
    en: 'The amount is more than was pending.',
  },
  SPAN_INVALID: {
    status: 422,
    fr: 'La période se termine avant de commencer : {from} – {to}.',
    en: 'The time ends before it begins: {from} – {to}.',
  },
  CSV_INVALID: { status: 422, fr: 'Fichier CSV illisible : {reason}.', en: 'The CSV file cannot be read: {reason}.' },
  BILL_DAY_INVALID: {
    status: 422,
    fr: 'Le jour de réception doit être du jour des soins ou après, et au plus tard aujourd’hui.',
    en: 'The day of receipt must be the day of care or after it, and today at the latest.',
  },
  ACCRUAL_HISTORY_SHORT: {
    status: 409,
    fr: 'Non évalué : il faut {needed} mois complets de factures externes, il y en a {months}.',
    en: 'Not assessed: {needed} complete months of outside bills are needed, there are {months}.',
  },
  ACCRUAL_NOTHING_KNOWN: {
    status: 409,
    fr: 'Non évalué : après {lag} mois, aucune part des factures externes n’est connue d’habitude.',
    en: 'Not assessed: after {lag} months, no part of the outside bills is usually known.',
  },
  DISPUTE_NOT_OF_PARTY: {
    status: 422,
    fr: 'Cette écriture n’est pas due à cette partie.',
    en: 'This entry is not due to this party.',
  },
  DISPUTE_DELTA: {
    status: 422,
    fr: 'Une contestation rejetée ne change aucun montant.',
    en: 'A rejected dispute changes no amount.',
  },
  IBAN_INVALID: { status: 422, fr: 'Cet IBAN est faux.', en: 'This IBAN is wrong.' },
  BANK_DETAILS_MISSING: {
    status: 422,
    fr: 'Les coordonnées bancaires de {party} ne sont pas confirmées.',
    en: 'The bank details of {party} are not confirmed.',
  },
  PAYMENT_NOT_OWED: {
    status: 422,
    fr: 'Le paiement dépasse ce qui est dû à {party}.',
    en: 'The payment is more than {party} is owed.',
  },
  NOTHING_OWED: {
    status: 422,
    fr: 'Rien n’est à payer : tout ce qui est dû est versé ou dans un autre lot.',
    en: 'There is nothing to pay: all that is owed is paid or in another batch.',
  },
  BANK_AMOUNT_DIFFERS: {
    status: 422,
    fr: 'La banque dit un autre montant que le nôtre.',
    en: 'The bank says another amount than ours.',
  },
  CAMT_INVALID: {
    status: 422,
    fr: 'Relevé bancaire illisible : {reason}.',
    en: 'The bank statement cannot be read: {reason}.',
  },
  PERIOD_NOT_OVER: {
    status: 422,
    fr: 'Le mois {month} n’est pas fini : il se clôt après minuit, heure locale.',
    en: 'The month {month} is not over: it closes after local midnight.',
  },
  PERIOD_OUT_OF_ORDER: {
    status: 409,
    fr: 'Le mois {month} est encore ouvert : les mois se closent dans l’ordre.',
    en: 'The month {month} is still open: months close in order.',
  },
  PERIOD_NOT_READY: {
    status: 422,
    fr: 'Il reste à traiter, ou à justifier : {items}.',
    en: 'Left to be dealt with, or to be given a reason: {items}.',
  },
  PERIOD_CLOSED: { status: 409, fr: 'Le mois {month} est clos.', en: 'The month {month} is closed.' },
  APPROVAL_SECOND_PERSON: {
    status: 422,
    fr: 'Qui a préparé n’approuve pas : il faut une autre personne.',
    en: 'Who prepared does not approve: another person must.',
  },
  ENTRY_REVERSED: { status: 409, fr: 'Cette écriture est déjà contrepassée.', en: 'This entry is reversed already.' },
} as const satisfies Record<string, ProblemTexts>;
