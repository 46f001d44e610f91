import { defaultFreshness, filtration, type Freshness, type KidneyFacts, underAge } from './kidney-function';
import { type Review, reviewFor } from './result';

/** A fact of a pathway as this rule reads it: `at` is an instant, UTC. */
interface PathwayFact {
  readonly code: string;
  readonly at: string;
  readonly value?: string | number | boolean;
}

/** An active pathway of the patient, whatever its protocol. */
export interface PatientPathway {
  readonly protocolId: string;
  readonly facts: readonly PathwayFact[];
}

/** eGFR below which a fistula is foreseeable, in mL/min/1.73 m². */
const FISTULA_BELOW = 30;

/** The last value of each code under which a pathway foresees an access, and what in it makes a fistula foreseeable. */
const accessCode = 'venous-access.foreseen';
const foreseeing: Readonly<Record<string, (value: PathwayFact['value']) => string | undefined>> = {
  'ckd.stage': (value) => (value === '4' || value === '5' || value === 4 || value === 5 ? `stage ${value}` : undefined),
  'dialysis.access-planned': (value) => (value === false ? undefined : 'a dialysis access is planned'),
  'kidney-replacement.choice': (value) => (value === 'conservative' ? undefined : 'kidney replacement is planned'),
  'patient.on-dialysis': (value) => (value === false ? undefined : 'on dialysis'),
};

/** All codes that this rule reads in the patient's pathways. */
export const veinCodes: readonly string[] = [accessCode, ...Object.keys(foreseeing)];

/** Stages 4 and 5, dialysis and a kidney graft, which may fail, in ICD-10; stages 4, 5 and end stage in SNOMED CT. */
const conditionsForeseeing = /^(N18\.?[45]|Z49|Z99\.?2|Z94\.?0|431857002$|433146000$|46177005$)/;

/**
 * Whether a nephrologist should look before veins of the arm are used: a PICC is foreseen in one of the patient's
 * pathways, and a fistula is foreseeable from any of them, from a condition, or from an eGFR below 30 (OMEDIT: port
 * instead). A PICC is never cleared on an eGFR that is unknown: then the answer is what is missing.
 *
 * @param pathways all active ones, the one in which the question is asked among them
 * @param conditions codes of the patient's conditions, ICD-10 or SNOMED CT
 * @param now instant, UTC
 */
export function veinPreservation(
  pathways: readonly PatientPathway[],
  conditions: readonly string[],
  facts: KidneyFacts,
  now: string,
  freshness: Freshness = defaultFreshness,
): Review<'vein-preservation'> {
  const piccs = pathways.filter((one) => lastOf(one, accessCode, now)?.value === 'picc');
  if (piccs.length === 0) return reviewFor('vein-preservation', {}, [], ['no PICC is foreseen in any pathway']);
  const inputs = { piccForeseenIn: piccs.map(({ protocolId }) => protocolId).join(', ') };
  const told = [
    ...pathways.flatMap((one) => foreseenBy(one, now)),
    ...conditions.filter(foreseesFistula).map(diagnosed),
  ];
  const kidney = filtration(facts, now, freshness);
  switch (kidney.status) {
    case 'known': {
      const { egfr, egfr2009, creatinine } = kidney;
      const below = [egfr, egfr2009].filter(({ value }) => value < FISTULA_BELOW).map(({ formula }) => formula);
      const low = below.length > 0 ? [`eGFR below 30 mL/min/1.73 m² (${below.join(', ')})`] : [];
      const computed = {
        creatinine: creatinine.source,
        egfr2021MlMin173: egfr.value,
        egfr2009MlMin173: egfr2009.value,
      };
      return reviewFor('vein-preservation', { ...inputs, ...computed }, [...told, ...low], ['eGFR of 30 or more']);
    }
    case 'not-assessed':
      if (kidney.why === underAge && told.length === 0) return kidney;
      return reviewFor('vein-preservation', inputs, [...told, kidney.why]);
    case 'missing':
      return told.length === 0 ? kidney : reviewFor('vein-preservation', inputs, told);
  }
}

/** What in a pathway's last facts makes a fistula foreseeable, and in which. */
const foreseenBy = (pathway: PatientPathway, now: string): readonly string[] => {
  const access = lastOf(pathway, accessCode, now)?.value;
  const fistula = access === 'fistula' || access === 'graft' ? [`${access} foreseen`] : [];
  const told = Object.entries(foreseeing).flatMap(([code, read]) => {
    const fact = lastOf(pathway, code, now);
    return (fact && read(fact.value)) ?? [];
  });
  return [...fistula, ...told].map((reason) => `${reason} (${pathway.protocolId})`);
};

/** The latest of a code; of two at one instant the one recorded later, which stands later in the list. */
const lastOf = ({ facts }: PatientPathway, code: string, now: string): PathwayFact | undefined =>
  facts
    .filter((fact) => fact.code === code && Date.parse(fact.at) <= Date.parse(now))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .at(-1);

/** Whether a condition, by its ICD-10 or SNOMED CT code, makes a fistula foreseeable. */
export const foreseesFistula = (code: string): boolean => conditionsForeseeing.test(code);
const diagnosed = (code: string): string => `condition ${code}`;
