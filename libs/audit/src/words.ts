import type { Language } from '@ariane/service';

type Words = Readonly<Record<Language, string>>;

/**
 * What was read, in words that a patient may read before anything was announced to them: no specialty, no protocol, no
 * kind of meeting (hazard H2).
 */
const reads: Readonly<Record<string, Words>> = {
  'read-pathway': { fr: 'a consulté votre parcours', en: 'looked at your pathway' },
  'read-file': { fr: 'a consulté votre dossier de parcours', en: 'looked at the file of your pathway' },
  'read-timeline': { fr: 'a consulté le déroulement de votre parcours', en: 'looked at the course of your pathway' },
  'read-plan': { fr: 'a consulté votre calendrier de soins', en: 'looked at your care calendar' },
  'read-changes': { fr: 'a consulté les changements de votre parcours', en: 'looked at the changes of your pathway' },
  'read-patient': { fr: 'a consulté votre fiche', en: 'looked at your record' },
  'read-patient-requests': { fr: 'a lu ce que vous avez demandé', en: 'read what you asked' },
  'search-patients': { fr: 'vous a trouvé·e en cherchant un nom', en: 'found you by searching for a name' },
  'list-pathways': { fr: 'vous a vu·e dans une liste de parcours', en: 'saw you in a list of pathways' },
  'list-work': { fr: 'vous a vu·e dans sa liste de travail', en: 'saw you in their list of work' },
  'list-tasks': { fr: 'a consulté les tâches qui vous concernent', en: 'looked at the tasks that concern you' },
  'list-alerts': { fr: 'a consulté les alertes qui vous concernent', en: 'looked at the alerts that concern you' },
  'list-affected': {
    fr: 'vous a vu·e dans une liste de parcours à mettre à jour',
    en: 'saw you in a list of pathways to be updated',
  },
  'list-break-glass': { fr: 'a examiné un accès d’urgence à votre dossier', en: 'reviewed an emergency access' },
  'read-appointment': { fr: 'a consulté un de vos rendez-vous', en: 'looked at one of your appointments' },
  'list-appointments': { fr: 'a consulté vos rendez-vous', en: 'looked at your appointments' },
  'read-opinion': { fr: 'a consulté une demande d’avis à votre sujet', en: 'looked at a request for advice about you' },
  'list-opinions': {
    fr: 'vous a vu·e dans une liste de demandes d’avis',
    en: 'saw you in a list of requests for advice',
  },
  'read-case': { fr: 'a consulté votre dossier pour une réunion', en: 'looked at your file for a meeting' },
  'list-cases': { fr: 'vous a vu·e dans la liste d’une réunion', en: 'saw you in the list of a meeting' },
  'read-names': { fr: 'a vu votre nom à l’écran', en: 'saw your name on a screen' },
  'list-links': { fr: 'a vu qui a un lien vers votre page', en: 'saw who has a link to your page' },
  'read-inbox': { fr: 'a lu les messages de la démonstration', en: 'read the messages of the demo' },
  'read-account': { fr: 'a consulté la facturation de votre parcours', en: 'looked at what your pathway is paid' },
  'read-accesses': { fr: 'a consulté cette liste des accès', en: 'looked at this list of accesses' },
  'read-audit': { fr: 'a contrôlé les accès à votre dossier', en: 'audited the accesses to your file' },
};

/** What was done, by the fact that says so. */
const changes: Readonly<Record<string, Words>> = {
  PatientRegistered: { fr: 'a créé votre fiche', en: 'made your record' },
  PatientTraitsCorrected: { fr: 'a corrigé votre fiche', en: 'corrected your record' },
  ConditionRecorded: { fr: 'a complété votre dossier', en: 'added to your file' },
  MeasurementRecorded: { fr: 'a noté une mesure', en: 'wrote down a measurement' },
  PathwayEnrolled: { fr: 'a ouvert votre parcours', en: 'opened your pathway' },
  FactRecorded: { fr: 'a noté un événement de votre parcours', en: 'wrote down an event of your pathway' },
  FactWithdrawn: { fr: 'a retiré une information notée par erreur', en: 'took back what was written by mistake' },
  CareTeamMemberAdded: { fr: 'a ajouté quelqu’un à votre équipe de soins', en: 'added somebody to your care team' },
  CareTeamMemberLeft: { fr: 'a changé votre équipe de soins', en: 'changed your care team' },
  PlanChanged: { fr: 'a changé votre calendrier de soins', en: 'changed your care calendar' },
  PlanChangeWithdrawn: { fr: 'a annulé un changement de calendrier', en: 'took back a change of your calendar' },
  PathwayMigrated: { fr: 'a mis à jour votre parcours', en: 'updated your pathway' },
  TaskDone: { fr: 'a terminé une tâche pour vous', en: 'finished a task for you' },
  AlertAcknowledged: { fr: 'a pris en charge une alerte à votre sujet', en: 'took charge of an alert about you' },
  AlertClosed: { fr: 'a traité une alerte à votre sujet', en: 'dealt with an alert about you' },
  PathwayOpened: { fr: 'a ouvert votre parcours pour une alerte', en: 'opened your pathway for an alert' },
  BreakGlassOpened: { fr: 'a ouvert votre dossier en urgence', en: 'opened your file in an emergency' },
  BreakGlassReviewed: { fr: 'a jugé un accès d’urgence à votre dossier', en: 'judged an emergency access' },
  AppointmentRequested: { fr: 'a demandé un rendez-vous pour vous', en: 'asked for an appointment for you' },
  AppointmentBooked: { fr: 'a réservé un rendez-vous pour vous', en: 'booked an appointment for you' },
  AppointmentConfirmed: { fr: 'a confirmé un de vos rendez-vous', en: 'confirmed one of your appointments' },
  AppointmentMoved: { fr: 'a déplacé un de vos rendez-vous', en: 'moved one of your appointments' },
  AppointmentCancelled: { fr: 'a annulé un de vos rendez-vous', en: 'cancelled one of your appointments' },
  AppointmentAttended: { fr: 'a noté votre venue', en: 'wrote down that you came' },
  AppointmentMissed: { fr: 'a noté votre absence à un rendez-vous', en: 'wrote down a missed appointment' },
  OpinionRequested: { fr: 'a demandé un avis à votre sujet', en: 'asked for advice about you' },
  OpinionGiven: { fr: 'a répondu à une demande d’avis', en: 'answered a request for advice' },
  CaseAsked: { fr: 'a demandé une réunion à votre sujet', en: 'asked for a meeting about you' },
  CaseDecided: { fr: 'a noté la conclusion d’une réunion', en: 'wrote down what a meeting concluded' },
};

const changed: Words = { fr: 'a mis à jour votre dossier', en: 'updated your file' };

const grounds: Readonly<Record<string, Words>> = {
  'care-team': { fr: 'fait partie de votre équipe de soins', en: 'is a member of your care team' },
  'answering-alert': { fr: 'répondait à une alerte', en: 'was answering an alert' },
  'break-glass': { fr: 'accès d’urgence, contrôlé ensuite', en: 'emergency access, reviewed afterwards' },
  patient: { fr: 'c’est vous', en: 'it is you' },
  'trusted-person': { fr: 'votre personne de confiance', en: 'your trusted person' },
  'expert-asked': { fr: 'participe à une demande d’avis à votre sujet', en: 'takes part in a request for advice' },
  'meeting-participant': { fr: 'participe à une réunion à votre sujet', en: 'takes part in a meeting about you' },
  office: { fr: 'dans le cadre de ses fonctions', en: 'as part of their function' },
};

const roleWords: Readonly<Record<string, Words>> = {
  coordinator: { fr: 'coordination des parcours', en: 'care coordination' },
  specialist: { fr: 'médecin spécialiste', en: 'specialist' },
  requester: { fr: 'professionnel de santé', en: 'health professional' },
  'meeting-secretary': { fr: 'secrétariat des réunions', en: 'secretary of meetings' },
  chair: { fr: 'présidence de réunion', en: 'chair of meetings' },
  finance: { fr: 'service financier', en: 'finance' },
  'finance-approver': { fr: 'direction financière', en: 'finance management' },
  'protocol-editor': { fr: 'rédaction des protocoles', en: 'editor of protocols' },
  'territory-administrator': { fr: 'administration du territoire', en: 'administration of the territory' },
  patient: { fr: 'patient·e', en: 'patient' },
  auditor: { fr: 'contrôle des accès', en: 'auditor' },
};

/** What an act was, by its code or the facts it brought about; the first known one says it. */
export function actInWords(action: readonly string[], language: Language): string {
  const known = action.map((one) => reads[one] ?? changes[one]).find((words) => words !== undefined);
  return (known ?? changed)[language];
}

/** Why, by codes of grounds; a change without any was made as part of a function. */
export const whyInWords = (codes: readonly string[], language: Language): string =>
  (codes.length === 0 ? ['office'] : codes).map((code) => (grounds[code] ?? grounds['office'])?.[language]).join(', ');

/** The roles somebody was signed in with; undefined where none is told. */
export const rolesInWords = (codes: readonly string[], language: Language): string | undefined =>
  codes.length === 0 ? undefined : codes.map((code) => roleWords[code]?.[language] ?? code).join(', ');

/** The codes of reads that have words: a route that declares another would be told to nobody in plain words. */
export const toldReads: ReadonlySet<string> = new Set(Object.keys(reads));
