import { assessed, type Assessed, missing, notAssessed, type RuleResult } from './result';

export type Sex = 'male' | 'female' | 'unknown';

/** Estimated filtration per 1.73 m². Neither the two equations nor a clearance may stand for one another. */
export type Egfr2021 = Assessed<number, 'mL/min/{1.73_m2}', 'CKD-EPI-2021'>;
export type Egfr2009 = Assessed<number, 'mL/min/{1.73_m2}', 'CKD-EPI-2009'>;
/** Clearance in mL/min, not per 1.73 m²: what most drug labels ask for. */
export type CreatinineClearance = Assessed<number, 'mL/min', 'Cockcroft-Gault'>;

export interface KidneyInputs {
  readonly creatinineUmolL: number;
  readonly ageYears: number;
  readonly sex: Sex;
}

/** 1 mg/dL of creatinine in µmol/L. */
const UMOL_PER_MG_DL = 88.4;

interface Equation {
  readonly factor: number;
  readonly alpha: { readonly male: number; readonly female: number };
  readonly beyond: number;
  readonly yearly: number;
  readonly female: number;
}

const equation2021: Equation = {
  factor: 142,
  alpha: { male: -0.302, female: -0.241 },
  beyond: -1.2,
  yearly: 0.9938,
  female: 1.012,
};
const equation2009: Equation = {
  factor: 141,
  alpha: { male: -0.411, female: -0.329 },
  beyond: -1.209,
  yearly: 0.993,
  female: 1.018,
};

function ckdEpi(equation: Equation, inputs: KidneyInputs & { readonly sex: 'male' | 'female' }): number {
  const kappa = inputs.sex === 'female' ? 0.7 : 0.9;
  const ratio = inputs.creatinineUmolL / UMOL_PER_MG_DL / kappa;
  const below = Math.min(ratio, 1) ** equation.alpha[inputs.sex];
  const above = Math.max(ratio, 1) ** equation.beyond;
  const bySex = inputs.sex === 'female' ? equation.female : 1;
  return equation.factor * below * above * equation.yearly ** inputs.ageYears * bySex;
}

/** Adults of known sex only; the equations were made for no one else. */
function withSex<R>(
  inputs: KidneyInputs,
  compute: (known: KidneyInputs & { readonly sex: 'male' | 'female' }) => R,
): R | ReturnType<typeof notAssessed> | ReturnType<typeof missing> {
  if (inputs.ageYears < 18) return notAssessed('under 18 years');
  if (inputs.sex === 'unknown') return missing([{ fact: 'sex', reason: 'absent' }]);
  if (!(inputs.creatinineUmolL > 0)) return missing([{ fact: 'creatinine', reason: 'implausible' }]);
  return compute({ ...inputs, sex: inputs.sex });
}

/** CKD-EPI 2021 without race (Inker, NEJM 2021). Creatinine in µmol/L, age in completed years. */
export function egfrCkdEpi2021(inputs: KidneyInputs): RuleResult<number, 'mL/min/{1.73_m2}', 'CKD-EPI-2021'> {
  return withSex(inputs, (known) =>
    assessed(ckdEpi(equation2021, known), 'mL/min/{1.73_m2}', 'CKD-EPI-2021', { ...known }),
  );
}

/** CKD-EPI 2009 without ethnicity (Levey, Ann Intern Med 2009), still used by laboratories. */
export function egfrCkdEpi2009(inputs: KidneyInputs): RuleResult<number, 'mL/min/{1.73_m2}', 'CKD-EPI-2009'> {
  return withSex(inputs, (known) =>
    assessed(ckdEpi(equation2009, known), 'mL/min/{1.73_m2}', 'CKD-EPI-2009', { ...known }),
  );
}

/** Cockcroft and Gault 1976: `(140 − age) × kg × (1.23 man, 1.04 woman) / µmol/L`, in mL/min. */
export function creatinineClearance(
  inputs: KidneyInputs & { readonly weightKg: number },
): RuleResult<number, 'mL/min', 'Cockcroft-Gault'> {
  if (!(inputs.weightKg > 0)) return missing([{ fact: 'weight', reason: 'implausible' }]);
  return withSex(inputs, (known) => {
    const bySex = known.sex === 'female' ? 1.04 : 1.23;
    const value = (Math.max(140 - known.ageYears, 0) * inputs.weightKg * bySex) / known.creatinineUmolL;
    return assessed(value, 'mL/min', 'Cockcroft-Gault', { ...known, weightKg: inputs.weightKg });
  });
}

/** The clearance of an eGFR for this body: × surface / 1.73, the surface after Mosteller, in mL/min. */
export function deindexed(egfr: Egfr2021 | Egfr2009, heightCm: number, weightKg: number): number {
  return (egfr.value * bodySurfaceM2(heightCm, weightKg)) / 1.73;
}

/** Body surface in m² (Mosteller 1987): √(cm × kg / 3600). */
export const bodySurfaceM2 = (heightCm: number, weightKg: number): number => Math.sqrt((heightCm * weightKg) / 3600);

/** Above this clearance Calvert's formula counts no more, in mL/min. */
const CALVERT_CLEARANCE_MAX = 125;

/**
 * Calvert 1989: `AUC × (min(clearance, 125) + 25)`, in mg. It takes a clearance in mL/min, never an eGFR per 1.73 m²,
 * which the types refuse. A figure for the pharmacist's check, not a prescription.
 */
export function calvert(auc: number, clearance: CreatinineClearance): RuleResult<number, 'mg', 'Calvert'> {
  if (!(auc > 0)) return missing([{ fact: 'auc', reason: 'implausible' }]);
  const value = auc * (Math.min(clearance.value, CALVERT_CLEARANCE_MAX) + 25);
  return assessed(value, 'mg', 'Calvert', { auc, clearanceMlMin: clearance.value });
}
