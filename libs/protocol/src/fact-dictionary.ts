import type { FactDefinition, FactDictionary, FactType } from './fact';

const define =
  (tie: FactDefinition['tie']) =>
  (type: FactType, description: string): FactDefinition => ({ ...type, description, tie });

const measured = define('unknown');
const state = define('last-recorded');
const event = (description: string): FactDefinition => state({ type: 'event' }, description);
const oneOf = (values: readonly string[]): FactType => ({ type: 'code', values });
const text: FactType = { type: 'code' };
const boolean: FactType = { type: 'boolean' };
const number = (unit?: string): FactType => ({ type: 'number', unit });
const receptor = oneOf(['positive', 'negative']);

/** What became of the steps, told by the services. The value, where there is one, is the outcome or the reason. */
const stepFacts: FactDictionary = {
  'appointment.booked': state(text, 'A slot was booked; the value is its start, an instant in UTC.'),
  'appointment.attended': event('The patient came and the visit took place.'),
  'appointment.missed': event('The patient did not come.'),
  'appointment.cancelled': event('The booked visit was cancelled.'),
  'opinion.given': state(text, 'The expert signed an opinion; the value is its coded conclusion.'),
  'opinion.declined': event('The expert will not answer.'),
  'opinion.expired': event('Nobody answered before the deadline.'),
  'case.decided': event('The meeting decided the case, with quorum, and signed.'),
  'case.deferred': event('The meeting did not decide; the case comes back.'),
  'meeting.decision': state(
    oneOf([
      ...['SURGERY_FIRST', 'NEOADJUVANT', 'ENDOCRINE', 'MORE_EXAMS', 'RECOURSE'],
      ...['CHEMOTHERAPY', 'CHEMOTHERAPY_RADIOTHERAPY', 'RADIOTHERAPY', 'SURVEILLANCE', 'RE_EXCISION'],
      'SUPPORTIVE_CARE',
    ]),
    'The orientation that the meeting signed.',
  ),
  'task.done': state(text, 'A task was done; the value is its outcome where the step declares outcomes.'),
  'questionnaire.answered': event('The questionnaire was answered.'),
  'questionnaire.score': measured(number('1'), 'The score of a questionnaire, of the step that asked for it.'),
  'document.signed': event('The document was signed.'),
  'sub-protocol.enrolled': event('The patient has entered the other protocol that the step names.'),
  'sub-protocol.closed': event('The patient has left the other protocol that the step names.'),
  'step.waived': event('A named professional decided that this step is not to be done; the value is the reason.'),
  'disclosure.announced': event('The diagnosis was announced to the patient in person.'),
};

const patientFacts: FactDictionary = {
  'patient.age': measured(number('a'), 'Age in completed years.'),
  'patient.sex': measured(oneOf(['female', 'male', 'other']), 'Administrative sex.'),
  'patient.menopause': measured(oneOf(['before', 'around', 'after']), 'Menopausal status.'),
  'patient.pregnant': measured(boolean, 'A pregnancy is under way.'),
  'patient.anticoagulated': measured(boolean, 'Takes an anticoagulant.'),
  'patient.wants-children': measured(boolean, 'Wishes to keep the possibility of having children.'),
  'patient.weight': measured(number('kg'), 'Body weight.'),
  'patient.height': measured(number('cm'), 'Body height.'),
  'patient.died': event('The patient died.'),
  'patient.refused': event('The patient refuses to go on with the pathway.'),
  'patient.transferred': event('The patient is cared for elsewhere from now on.'),
  'relapse.confirmed': event('The disease came back: another pathway begins.'),
};

/** Social determinants and what the patient prefers: said by the patient, so the last word counts. */
const socialFacts: FactDictionary = {
  'social.isolated': state(boolean, 'Lives without anybody who can help.'),
  'social.housing': state(oneOf(['stable', 'precarious', 'none']), 'Housing.'),
  'social.health-literacy': state(oneOf(['low', 'medium', 'high']), 'How easily health information is understood.'),
  'social.transport': state(oneOf(['own', 'needed']), 'Whether transport to care must be found.'),
  'social.caregiver': state(boolean, 'A relative helps with care.'),
  'social.language': state(text, 'The language in which the patient is at ease, as an ISO 639-1 code.'),
  'social.digital-access': state(boolean, 'Can be reached and can answer on line.'),
  'preference.treatment-place': state(oneOf(['home', 'local', 'expert-centre']), 'Where the patient prefers care.'),
  'preference.channel': state(
    oneOf(['portal', 'sms', 'phone', 'post', 'caregiver']),
    'How the patient prefers to be reached.',
  ),
};

const clinicalFacts: FactDictionary = {
  'tumour.side': measured(oneOf(['left', 'right', 'both']), 'Side of the lesion.'),
  'imaging.acr': measured(number('1'), 'BI-RADS / ACR category, 0 to 6.'),
  'biopsy.result': measured(oneOf(['malignant', 'benign', 'ambiguous', 'discordant']), 'What the core biopsy shows.'),
  er: measured(receptor, 'Oestrogen receptor.'),
  pr: measured(receptor, 'Progesterone receptor.'),
  her2: measured(receptor, 'HER2 status.'),
  grade: measured(number('1'), 'Histological grade, 1 to 3.'),
  ki67: measured(number('%'), 'Ki67 index.'),
  'nodes.positive': measured(boolean, 'At least one axillary node is invaded.'),
  'g8.score': measured(number('1'), 'G8 geriatric screening score, 0 to 17.'),
  lvef: measured(number('%'), 'Left ventricular ejection fraction.'),
  creatinine: measured(number('umol/L'), 'Serum creatinine.'),
  egfr: measured(number('mL/min/{1.73_m2}'), 'Estimated glomerular filtration rate, CKD-EPI 2021.'),
  crcl: measured(number('mL/min'), 'Creatinine clearance, Cockcroft-Gault.'),
  'proposal.outcome': state(oneOf(['accepted', 'refused']), 'The patient’s answer to the proposed treatment.'),
  'treatment.drugs': state(
    text,
    'International names of the drugs foreseen, joined by commas, as the prescriber gives them.',
  ),
  'surveillance.doctor': state(text, 'The named doctor to whom surveillance is handed.'),
};

const ruleAnswer = oneOf(['review', 'no-review', 'not-assessed', 'missing']);

/**
 * What the rules of `libs/clinical-rules` answer, as facts: `review` (assessed, a named professional must look),
 * `no-review` (assessed, nothing asked), `not-assessed` (the drug or the case is outside the rule) or `missing` (an input
 * is unknown, stale or contradictory). Only `no-review` lets a treatment step pass without a human.
 */
const ruleFacts: FactDictionary = {
  'clinical-rule.renal-dose': state(ruleAnswer, 'Renal dose rule over the drugs foreseen.'),
  'clinical-rule.nephrotoxic': state(ruleAnswer, 'Drugs foreseen that harm the kidney, and harmful combinations.'),
  'clinical-rule.uracil': state(ruleAnswer, 'Uracilaemia before a fluoropyrimidine among the drugs foreseen.'),
  'clinical-rule.g8': state(ruleAnswer, 'G8 of 14 or less from 75 years.'),
  'clinical-rule.creatinine-trend': state(ruleAnswer, 'Creatinine that rises, or is not stable.'),
  'clinical-rule.vein-preservation': state(ruleAnswer, 'A PICC where a fistula is foreseeable, in any pathway.'),
  'clinical-rule.contrast': state(ruleAnswer, 'Iodinated contrast and metformin at a low eGFR.'),
  'clinical-rule.ckd-inclusion': state(ruleAnswer, 'eGFR below 30 twice, three months apart, by either equation.'),
};

/** The codes every protocol may use; a protocol adds its own under `facts`. */
export const commonFacts: FactDictionary = {
  ...stepFacts,
  ...patientFacts,
  ...socialFacts,
  ...clinicalFacts,
  ...ruleFacts,
};
