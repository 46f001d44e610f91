import type { ProblemTexts } from './problem-texts';

/** Refusals about alerts, duty rosters and leave. */
export const alertProblems = {
  ALERT_URGENT: {
    status: 422,
    fr: 'Une alerte urgente ne se reporte pas et son délai ne s’arrête pas.',
    en: 'An urgent alert cannot be put off, and its clock does not stop.',
  },
  ALERT_DEFERRED_TOO_LONG: {
    status: 422,
    fr: 'Une alerte se reporte à un instant à venir, à sept jours au plus.',
    en: 'An alert is put off to an instant to come, seven days ahead at most.',
  },
  PROTOCOL_NOT_WATCHED: {
    status: 422,
    fr: 'Ce protocole doit être surveillé, et aucun tour de service ne couvre : {uncovered}.',
    en: 'This protocol must be watched, and no duty roster covers: {uncovered}.',
  },
  DUTY_ROSTER_INVALID: {
    status: 422,
    fr: 'Tour de service refusé : {reason}.',
    en: 'Duty roster refused: {reason}.',
  },
  LEAVE_INVALID: {
    status: 422,
    fr: 'Absence refusée : {reason}.',
    en: 'Leave refused: {reason}.',
  },
} as const satisfies Record<string, ProblemTexts>;
